"""What data is used for: its basis, its condition, its law, and who may do it."""

from collections.abc import Iterator
from typing import Final

from candour.policy.compiled.rules import Purpose
from candour.policy.compiled.uses import SPECIAL
from candour.policy.lint.terms import Case, Hit, Severity, error, label, note, warning
from candour.policy.vocabulary import CATEGORIES, RecordClass

PUBLIC_TASK: Final = "public-task"
PAGES: Final = frozenset(("web", "web.visit", "web.traffic", "web.links"))
"""Data that shows which pages somebody looked at, treatment pages among them."""

BY_LAW: Final = frozenset(
    ("explicit-consent-or-law", "substantial-public-interest", "public-health")
)
"""Conditions of Article 9 that hold only with a law of the UK beside them."""

ADVERTISING: Final = frozenset(("advertising", "search-and-advertising"))


@error("UK GDPR Articles 6(1) and 13(1)(c)")
def no_basis(case: Case) -> Iterator[Hit]:
    """Every use of data has its basis in law."""
    for purpose in case.policy.purposes.values():
        key = f"{purpose.clause}.basis"
        if not purpose.basis and not case.open(key):
            yield Hit(
                key,
                "Nothing says on what basis data is used for it.",
                "State one: consent, contract, legal-obligation, vital-interests or "
                "legitimate-interests.",
            )


@error("UK GDPR Article 6(1)(e) and (3)")
def public_task_claimed(case: Case) -> Iterator[Hit]:
    """A private clinic has no public task laid down by law."""
    for purpose in case.policy.purposes.values():
        if purpose.basis == PUBLIC_TASK:
            yield Hit(
                f"{purpose.clause}.basis",
                "It rests on a public task, and a private clinic has none.",
                "Choose another basis.",
            )
    if PUBLIC_TASK in case.document.bases:
        yield Hit(
            "bases",
            "A public task is among the bases, and a private clinic has none.",
            "Take it out of the list.",
            severity=Severity.WARNING,
        )


@warning("UK GDPR Article 13(1)(c)")
def basis_unlisted(case: Case) -> Iterator[Hit]:
    """The list of bases has every basis that a purpose uses."""
    listed = case.document.bases
    for purpose in case.policy.purposes.values() if listed else ():
        if purpose.basis and purpose.basis not in listed:
            yield Hit(
                f"{purpose.clause}.basis",
                f"It rests on {purpose.basis}, which the list of bases leaves out.",
                "Add it to 'bases'.",
            )


@note("UK GDPR Article 13(1)(c)")
def basis_unused(case: Case) -> Iterator[Hit]:
    """The list of bases has none that nothing rests on."""
    used = {purpose.basis for purpose in case.policy.purposes.values()}
    for basis in case.document.bases:
        if basis not in used and basis != PUBLIC_TASK:
            yield Hit(
                "bases",
                f"Nothing rests on {basis}.",
                "Take it out, or say what rests on it.",
            )


@error("UK GDPR Article 9(2)")
def no_condition_for_special(case: Case) -> Iterator[Hit]:
    """Health data and the like have a condition of Article 9 as well as a basis."""
    for purpose in case.policy.purposes.values():
        named = widest(purpose.withheld)
        if named:
            labels = ", ".join(label(word) for word in named)
            yield Hit(
                f"{purpose.clause}.condition",
                f"It uses {labels} without a condition of Article 9, so they are held "
                "back.",
                "State the condition, such as health-care, or leave them out.",
            )


@error("UK GDPR Article 9(2) and (3A); Data Protection Act 2018 section 10")
def exception_without_law(case: Case) -> Iterator[Hit]:
    """Where a law may stand in for explicit consent, it is named."""
    for purpose in case.policy.purposes.values():
        key = f"{purpose.clause}.because"
        if purpose.condition not in BY_LAW or purpose.because or case.open(key):
            continue
        yield Hit(
            key,
            "A law may take the place of explicit consent, and none is named.",
            "Name it in 'because', with its section or schedule.",
        )


@warning("UK GDPR Article 6(1)(f)")
def no_assessment(case: Case) -> Iterator[Hit]:
    """A legitimate interest was weighed against the person's."""
    for purpose in case.policy.purposes.values():
        if purpose.basis == "legitimate-interests" and not purpose.assessment:
            yield Hit(
                f"{purpose.clause}.assessment",
                "It rests on a legitimate interest that nobody has weighed.",
                "Name the assessment.",
            )


@note("UK GDPR Article 5(2)")
def assessment_undated(case: Case) -> Iterator[Hit]:
    """Each assessment says who made it, and when."""
    undated = sorted(
        {
            purpose.assessment
            for name, purpose in case.document.purposes.items()
            if purpose.assessment and purpose.assessed is None
        }
    )
    if undated:
        yield Hit(
            "purposes",
            f"Nobody is said to have made these assessments: {', '.join(undated)}.",
            "Add 'assessed: {by: …, on: …}' to each purpose that rests on one.",
        )


@warning("UK GDPR Article 6(3)")
def legal_obligation_without_law(case: Case) -> Iterator[Hit]:
    """A legal obligation names the law."""
    for purpose in case.policy.purposes.values():
        key = f"{purpose.clause}.because"
        by_duty = purpose.basis == "legal-obligation"
        if by_duty and not purpose.because and not case.open(key):
            yield Hit(
                key,
                "It rests on a legal obligation, and no law is named.",
                "Name the Act and its section.",
            )


@warning("UK GDPR Article 5(1)(f)")
def purpose_without_role(case: Case) -> Iterator[Hit]:
    """Somebody may act for every purpose."""
    for purpose in case.policy.purposes.values():
        if not purpose.by:
            yield Hit(
                f"{purpose.clause}.by",
                "Nobody may use data for it, because it names no role.",
                "Add 'by', or 'like: …' to take the roles of a purpose of the model.",
            )


@warning("UK GDPR Articles 13(2)(f) and 22A")
def profiling_without_right(case: Case) -> Iterator[Hit]:
    """Where people are profiled, they are told what they may ask for."""
    if case.document.rights.automated is not None:
        return
    for purpose in case.policy.purposes.values():
        if purpose.profiling:
            yield Hit(
                f"{purpose.clause}.profiling",
                "People are profiled, and nothing says what they may ask for.",
                "Add 'rights.automated'.",
            )


@error("UK GDPR Article 9(1) and (2)(a)")
def special_in_marketing(case: Case) -> Iterator[Hit]:
    """Health data and the like sell nothing, unless the person said yes to that."""
    marketing = case.policy.marketing.purposes
    for purpose in case.policy.purposes.values():
        special = widest(purpose.uses & SPECIAL)
        if not special or purpose.condition == "explicit-consent":
            continue
        labels = ", ".join(label(word) for word in special)
        if purpose.name in marketing:
            yield Hit(
                f"{purpose.clause}.uses",
                f"Marketing uses {labels}.",
                "Take them out, or ask for explicit consent to it.",
            )
        elif purpose.serves == "marketing" or purpose.serves in marketing:
            yield Hit(
                f"{purpose.clause}.serves",
                f"It uses {labels} and serves marketing.",
                "Let it serve care alone.",
            )


@warning("UK GDPR Article 9(1)")
def special_in_advertising(case: Case) -> Iterator[Hit]:
    """Adverts do not follow people from the page of a treatment."""
    for purpose in case.policy.purposes.values():
        kinds = {
            recipient.kind
            for recipient in case.policy.recipients
            if recipient.slug in purpose.recipients
        }
        if not kinds & ADVERTISING or purpose.condition == "explicit-consent":
            continue
        excluded = case.document.purposes[purpose.name].excludes
        if PAGES & {*purpose.named} and "web.treatment-pages" not in excluded:
            yield Hit(
                f"{purpose.clause}.excludes",
                "Which treatment pages somebody looked at may say something of their "
                "health, and advertisers would learn it.",
                "Add 'web.treatment-pages' to 'excludes'.",
            )


@warning("PECR regulation 6; UK GDPR Article 4(11)")
def device_needs_consent(case: Case) -> Iterator[Hit]:
    """What is stored on a device by choice is used by consent."""
    cookies = case.document.cookies
    for name, use in cookies.uses.items() if cookies else ():
        purpose = case.policy.purposes.get(use.purpose or "")
        if purpose is None or use.needs != "choice" or not _of_device(purpose):
            continue
        if purpose.basis and purpose.basis != "consent":
            yield Hit(
                f"{purpose.clause}.basis",
                f"The cookies of '{name}' wait for a choice, and {purpose.basis} "
                "cannot take its place.",
                "State 'basis: consent'.",
            )


def _of_device(purpose: Purpose) -> bool:
    classes = {
        CATEGORIES[word].record_class for word in purpose.named if word in CATEGORIES
    }
    return classes == {RecordClass.WEB}


def widest(words: frozenset[str]) -> list[str]:
    """Return the words that no wider one in the set already says, in list order."""
    return [
        slug
        for slug, category in CATEGORIES.items()
        if slug in words and category.parent not in words
    ]
