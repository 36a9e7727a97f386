"""What the clinic promises beyond the law, and whether its own facts keep it."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from candour.law.periods import Period
from candour.policy.compiled import sayings
from candour.policy.compiled.uses import SPECIAL
from candour.policy.language.slots import EVERYTHING
from candour.policy.lint.rules.rights import MONTH
from candour.policy.lint.terms import Case, Hit, note, shorter, warning
from candour.policy.vocabulary import expand

FASTEST: Final = Period(days=3)
"""An answer promised sooner than this cannot survive a weekend."""

# Article 9(2)(i) is the safety of care, of medicines and of devices.
_CARE: Final = frozenset(
    ("health-care", "explicit-consent-or-law", "vital-interests", "public-health")
)
_BY_DUTY: Final = frozenset(("legal-obligation", "vital-interests"))
_LENGTH: Final = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"[ -](year|month|week|day)s?\b",
    re.IGNORECASE,
)
_NUMBERS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_TOO_STRONG: Final = re.compile(
    r"\b(guarantee[sd]?|100 ?%|completely (secure|safe)|totally (secure|safe)|"
    r"absolutely (secure|safe)|no one can ever|cannot be hacked|"
    r"never be (lost|hacked))",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[^@\s<>\"(),;]+@[^@\s<>\"(),;]+\.[a-z]{2,}", re.IGNORECASE)


@note("UK GDPR Articles 12(3), 12(5), 12A(3), 21 and 34(1)")
def stricter_than_law(case: Case) -> Iterator[Hit]:
    """What is promised beyond the law is promised knowingly."""
    rights, breach = case.document.rights, case.document.breach
    for right in case.policy.rights.values():
        entry = getattr(rights, right.kind)
        if entry is None:
            continue
        if entry.fee == "never":
            yield _stricter(
                f"{right.clause}.fee",
                "No fee is ever asked, where the law allows one for a request that "
                "goes far too far.",
                "UK GDPR Article 12(5)",
            )
        if entry.extension == "never":
            yield _stricter(
                f"{right.clause}.extension",
                "The time is never extended, where the law allows two months more.",
                "UK GDPR Article 12A(3)",
            )
        if right.within is not None and _sooner(right.within):
            yield _stricter(
                f"{right.clause}.within",
                f"An answer is promised within {sayings.period(right.within)}, and "
                "the law gives a month.",
                "UK GDPR Article 12A(1)",
            )
    if breach is not None and breach.tell_people == "any":
        yield _stricter(
            "breach.tell-people",
            "People are told of any breach, and the law asks it where the risk is "
            "high.",
            "UK GDPR Article 34(1)",
        )
    yield from _never_shown(case)


def _never_shown(case: Case) -> Iterator[Hit]:
    marketing, photographs = case.document.marketing, case.document.photographs
    publish = photographs.publish if photographs else None
    if marketing is None or "special" not in marketing.never_uses:
        return
    if publish is not None and publish.never == "special-category-in-marketing":
        yield _stricter(
            "marketing.never-uses",
            "Health data and pictures are never used in marketing, even where the "
            "person would agree to it.",
            "UK GDPR Article 9(2)(a)",
        )


def _sooner(within: Period) -> bool:
    """Say whether a promise can fall due before the law's month does."""
    return within != MONTH and (shorter(within, MONTH) or within.months == 0)


def _stricter(clause: str, message: str, article: str) -> Hit:
    return Hit(clause, message, "Make sure that it can be kept.", article)


@warning("UK GDPR Article 5(1)(a)")
def promise_cannot_be_kept(case: Case) -> Iterator[Hit]:
    """A promise leaves the time that keeping it takes."""
    for right in case.policy.rights.values():
        if right.within is not None and shorter(right.within, FASTEST):
            yield Hit(
                f"{right.clause}.within",
                f"An answer within {sayings.period(right.within)} cannot be kept over "
                "a weekend.",
                "Promise what can be kept.",
            )
    complaints = case.document.complaints
    if complaints is not None and complaints.acknowledge is not None:
        promised = Period.parse(complaints.acknowledge)
        if shorter(promised, FASTEST):
            yield Hit(
                "complaints.acknowledge",
                f"{promised} cannot be kept over a weekend.",
                "Promise what can be kept.",
            )
    security = case.document.security
    if security is not None and security.promise == "absolute":
        yield Hit(
            "security.promise",
            "Nobody can promise that data is completely safe.",
            "State 'promise: appropriate'.",
            "UK GDPR Article 32(1)",
        )


@warning("UK GDPR Article 5(1)(a)")
def promise_contradicts(case: Case) -> Iterator[Hit]:
    """No promise is broken by another line of the same policy."""
    for index, promise in enumerate(case.document.commitments):
        broken = PROMISES.get(promise, _nothing)(case)
        if broken:
            said = promise.replace("-", " ")
            yield Hit(
                f"commitments[{index}]",
                f"'{said}' is promised, and {sayings.listed(broken)} "
                f"{'goes' if len(broken) == 1 else 'go'} beyond it.",
                "Promise less, or do less.",
            )


@note("UK GDPR Article 5(2)")
def promise_unknown(case: Case) -> Iterator[Hit]:
    """Every promise is one that something here can check."""
    for index, promise in enumerate(case.document.commitments):
        if promise not in PROMISES:
            yield Hit(
                f"commitments[{index}]",
                f"Nothing here knows what '{promise}' asks for.",
                "Use a promise that is known, or put it in 'words'.",
            )


def _nothing(_: Case) -> list[str]:
    return []


def _health_only(case: Case) -> list[str]:
    """Return purposes that use more than the account for something beside care."""
    return [
        name
        for name, purpose in case.policy.purposes.items()
        if name in case.policy.marketing.purposes or purpose.kind in _SELLING
    ]


_SELLING: Final = frozenset(("offers", "advertising", "tailoring", "performance"))


def _special_only_care(case: Case) -> list[str]:
    return [
        name
        for name, purpose in case.policy.purposes.items()
        if _named_special(case, name)
        and purpose.condition not in _CARE
        and EVERYTHING not in purpose.named
    ]


def _special_in_marketing(case: Case) -> list[str]:
    return [
        name
        for name in sorted(case.policy.marketing.purposes)
        if name in case.policy.purposes and _named_special(case, name)
    ]


def _named_special(case: Case, name: str) -> bool:
    purpose = case.policy.purposes[name]
    return bool(
        (purpose.uses | purpose.withheld)
        & SPECIAL
        & expand(word for word in purpose.named if word != EVERYTHING)
    )


def _beyond_interests(case: Case) -> list[str]:
    marketing = case.document.marketing
    if not case.policy.marketing.channels or marketing is None:
        return []
    return [] if marketing.interests else ["marketing"]


def _improving_only(case: Case) -> list[str]:
    """Return purposes that are not for the person's own experience."""
    return [
        name
        for name, purpose in case.policy.purposes.items()
        if purpose.basis in _BY_DUTY and purpose.source.value == "stated"
    ]


def _unasked_marketing(case: Case) -> list[str]:
    return [
        name
        for name in sorted(case.policy.marketing.purposes)
        if name in case.policy.purposes
        and case.policy.purposes[name].basis != "consent"
    ]


PROMISES: Final[Mapping[str, Callable[[Case], list[str]]]] = MappingProxyType(
    {
        "never-sell": _nothing,
        "respect-privacy": _nothing,
        "fair-and-lawful": _nothing,
        "lawful-and-ethical": _nothing,
        "described-purposes-only": _nothing,
        "health-and-wellbeing-only": _health_only,
        "improve-experience": _improving_only,
        "interests-only": _beyond_interests,
        "no-marketing-without-consent": _unasked_marketing,
        "special-never-marketing": _special_in_marketing,
        "special-only-for-care-and-safety": _special_only_care,
    }
)
"""Promise → what of the policy goes beyond it. Some say nothing that can be broken:
the language has no word for selling, and a use that is not described is refused."""


@warning("UK GDPR Article 5(1)(a)")
def words_contradict_facts(case: Case) -> Iterator[Hit]:
    """The clinic's own wording says the periods and addresses that hold."""
    emails = {email for one in case.policy.contacts for email in one.emails}
    for key, text in case.document.words.items():
        periods = {
            fact.value for fact in case.policy.under(key) if isinstance(fact.value, str)
        }
        for said in _periods(text):
            known = [Period.parse(p) for p in periods if _is_period(p)]
            if known and said not in known:
                yield Hit(
                    f"words.{key}",
                    f"It says {sayings.period(said)}, and the policy says "
                    f"{sayings.listed(map(sayings.period, known), 'or')}.",
                    "Let the words say what holds.",
                )
        for email in _EMAIL.findall(text):
            if email.rstrip(".") not in emails:
                yield Hit(
                    f"words.{key}",
                    f"It gives {email.rstrip('.')}, which is no contact of the policy.",
                    "Use an address under 'contacts'.",
                )


@warning("UK GDPR Article 5(1)(a)")
def words_too_strong(case: Case) -> Iterator[Hit]:
    """The clinic's own wording promises nothing that nobody can keep."""
    for key, text in case.document.words.items():
        found = _TOO_STRONG.search(text)
        if found:
            yield Hit(
                f"words.{key}",
                f"'{found.group()}' cannot be promised.",
                "Say what is done.",
            )


def _is_period(text: str) -> bool:
    return text.startswith("P") and any(letter.isdigit() for letter in text)


def _periods(text: str) -> Iterator[Period]:
    """Yield the periods that a text names, such as 'eight years'."""
    for number, unit in _LENGTH.findall(text):
        word = number.lower()
        count = int(word) if word.isdigit() else _NUMBERS.index(word) + 1
        days = {"day": count, "week": 7 * count}.get(unit.lower(), 0)
        yield Period(
            years=count if unit.lower() == "year" else 0,
            months=count if unit.lower() == "month" else 0,
            days=days,
        )
