"""What a person still has to choose."""

from collections.abc import Iterator

from candour.policy.lint.terms import Case, Hit, error


@error("")
def decide_open(case: Case) -> Iterator[Hit]:
    """Nothing is left to decide."""
    for undecided in case.policy.open_decisions:
        meanwhile = undecided.meanwhile or "nothing is done"
        yield Hit(
            undecided.key,
            f"Not decided: {undecided.why}. Meanwhile: {meanwhile}.",
            "Choose, and write the value in place of 'decide'.",
        )
