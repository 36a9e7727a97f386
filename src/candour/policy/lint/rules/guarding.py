"""How data is guarded, and who answers for it."""

from collections.abc import Iterator

from candour.policy.lint.terms import Case, Hit, note


@note("UK GDPR Articles 24(1) and 32(1)")
def security_unowned(case: Case) -> Iterator[Hit]:
    """Each thing that guards data has somebody who answers for it."""
    security = case.document.security
    if security is None:
        return
    if not security.controls:
        yield Hit(
            "security",
            "Nothing says who answers for what guards the data.",
            "Add 'controls', each with 'says' and 'owner', or '{}' for the model's.",
        )
    for name, control in security.controls.items():
        if control.owner is None or control.says is None:
            yield Hit(
                f"security.controls.{name}",
                "It does not say what guards the data, and who answers for that.",
                "Add 'says' and 'owner'.",
            )
