"""What people may ask of the clinic, how fast it answers, and where they complain."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from candour.law.parameters import COMPLAINT_ACKNOWLEDGED
from candour.law.periods import Period
from candour.policy.compiled.rules import Purpose
from candour.policy.lint.terms import Case, Hit, error, shorter, warning

MONTH: Final = Period(months=1)

_BY_BASIS: Final = MappingProxyType(
    {
        "objection": frozenset(("legitimate-interests", "public-task")),
        "portability": frozenset(("consent", "contract")),
        "withdrawal": frozenset(("consent",)),
    }
)
"""Rights that only some bases give: right → those bases."""


@warning("UK GDPR Article 13(2)(b) and (c)")
def right_unlisted(case: Case) -> Iterator[Hit]:
    """People are told of every right they have here."""
    purposes = case.policy.purposes.values()
    for right in (
        *("access", "rectification", "erasure", "restriction"),
        *("objection", "portability", "withdrawal"),
    ):
        if getattr(case.document.rights, right) is not None:
            continue
        bases = _BY_BASIS.get(right)
        if bases is None or any(_by_choice(one, bases) for one in purposes):
            yield Hit(
                f"rights.{right}",
                f"The right of {right} is left out.",
                f"Add '{right}' to 'rights'.",
            )


def _by_choice(purpose: Purpose, bases: frozenset[str]) -> bool:
    return purpose.basis in bases


@warning("UK GDPR Article 12(2)")
def requests_go_nowhere(case: Case) -> Iterator[Hit]:
    """It is said where a request goes."""
    if not case.document.rights.to:
        yield Hit(
            "rights.to",
            "Nothing says where a request goes.",
            "Name a contact in 'rights.to'.",
        )


@error("UK GDPR Article 12A(1)")
def right_too_slow(case: Case) -> Iterator[Hit]:
    """No answer is promised later than the law allows."""
    for right in case.policy.rights.values():
        if right.within is not None and shorter(MONTH, right.within):
            yield Hit(
                f"{right.clause}.within",
                f"{right.within} is longer than the month the law gives.",
                "Promise a month or less.",
            )


@warning("UK GDPR Article 12(6)")
def identity_always_asked(case: Case) -> Iterator[Hit]:
    """Proof of identity is asked for only where there is doubt."""
    if case.document.rights.identity == "always":
        yield Hit(
            "rights.identity",
            "Everybody who asks would have to prove who they are.",
            "State 'identity: only-if-doubt'.",
        )


@warning("UK GDPR Article 19")
def recipients_not_told(case: Case) -> Iterator[Hit]:
    """Whoever got data that is put right, erased or restricted is told."""
    for kind in ("rectification", "erasure", "restriction"):
        right = getattr(case.document.rights, kind)
        if right is not None and right.tell_recipients == "where-possible":
            yield Hit(
                f"rights.{kind}.tell-recipients",
                "Whether recipients are told would be the clinic's to choose.",
                "State 'tell-recipients: always': the law's own exceptions remain.",
            )


@warning("UK GDPR Article 22C")
def no_human_review(case: Case) -> Iterator[Hit]:
    """A person looks at what a machine decided, when asked."""
    automated = case.document.rights.automated
    if automated is not None and not automated.human_review:
        yield Hit(
            "rights.automated.human-review",
            "Nobody would look again at a decision made by a machine.",
            "State 'human-review: true'.",
        )


@error("UK GDPR Article 17(3)")
def erasure_of_everything(case: Case) -> Iterator[Hit]:
    """Erasing everything is not promised while the law keeps some of it."""
    erasure = case.document.rights.erasure
    if erasure is not None and erasure.on_objection == "delete-all":
        kept = ", ".join(sorted(ground.value for ground in case.policy.grounds))
        yield Hit(
            "rights.erasure.on-objection",
            f"Everything would be erased, and these have to stay: {kept}.",
            "State 'on-objection: assess'.",
        )


@error("UK GDPR Article 13(2)(ca); DPA 2018 section 164A(2)")
def no_complaint_route(case: Case) -> Iterator[Hit]:
    """People are told how to complain to the clinic."""
    complaints = case.document.complaints
    if complaints is None:
        yield Hit(
            "complaints",
            "Nobody is told how to complain.",
            "Add 'complaints: {to: …, first: clinic, then: ico}'.",
        )
    elif complaints.to is None and not case.open("complaints.to"):
        yield Hit(
            "complaints.to",
            "Nothing says where a complaint goes.",
            "Name a contact.",
        )


@error("UK GDPR Article 13(2)(d)")
def no_regulator_route(case: Case) -> Iterator[Hit]:
    """People are told that they may complain to the ICO."""
    complaints = case.document.complaints
    if complaints is not None and not (complaints.then or complaints.regulator):
        yield Hit(
            "complaints.then",
            "Nobody is told that they may go to the Information Commissioner.",
            "State 'then: ico'.",
        )


@warning("DPA 2018 section 164A(3)")
def complaint_unacknowledged(case: Case) -> Iterator[Hit]:
    """A complaint is acknowledged within 30 days."""
    complaints = case.document.complaints
    key = "complaints.acknowledge"
    if complaints is None or case.open(key):
        return
    if complaints.acknowledge is None:
        yield Hit(
            key,
            "Nothing says when a complaint is acknowledged.",
            "State 'acknowledge: P30D' or less.",
        )
    elif shorter(COMPLAINT_ACKNOWLEDGED.value, Period.parse(complaints.acknowledge)):
        yield Hit(
            key,
            f"{complaints.acknowledge} is longer than the 30 days the law gives.",
            "State 'acknowledge: P30D' or less.",
        )


@warning("UK GDPR Article 8 and Recital 38")
def child_rule_missing(case: Case) -> Iterator[Hit]:
    """It is said what holds for children."""
    if case.document.children is None:
        yield Hit(
            "children",
            "Nothing says what holds for children.",
            "Add 'children', or 'children: {}' to take the model's rule.",
        )


@warning("Botulinum Toxin and Cosmetic Fillers (Children) Act 2021 sections 1 and 2")
def child_treated_unproved(case: Case) -> Iterator[Hit]:
    """Where children may be treated, their age is shown first."""
    children = case.document.children
    treated = children.treated if children else None
    if treated is None:
        return
    proved = treated.proof == "required" or {"age-proved", "adult"} & {*treated.needs}
    if not proved:
        yield Hit(
            "children.treated",
            "A child could be treated without proof of age or of who may agree.",
            "Add 'proof: required', or 'age-proved' to 'needs'.",
        )
