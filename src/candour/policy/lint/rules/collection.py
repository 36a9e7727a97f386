"""What is collected, from whom, by which form, and what follows if it is not given."""

from collections.abc import Iterator, Mapping
from typing import Final

from candour.policy.language.slots import EVERYTHING
from candour.policy.lint.terms import Case, Hit, error, label, note, warning
from candour.policy.vocabulary import (
    ALWAYS_USED,
    CATEGORIES,
    RecordClass,
    covers,
    expand,
)

OF_ITSELF: Final = (*ALWAYS_USED, "requests")
"""What is held because somebody agreed, wrote or asked, whatever the purposes are."""

NOT_ON_THE_DEVICE: Final = frozenset(("web.log", "web.ip", "web.communication"))
"""What a server learns from the request itself: nothing is stored or read for it."""

_THEMSELVES: Final = frozenset(
    ("patient", "enquirer", "customer", "visitor", "subscriber", "applicant", "staff")
)


def touches(word: str, collected: Mapping[str, object]) -> bool:
    """Say whether anything collected is a category, inside it, or around it."""
    return any(covers(word, has) or covers(has, word) for has in collected)


@warning("UK GDPR Article 5(1)(c)")
def collected_for_nothing(case: Case) -> Iterator[Hit]:
    """Data that no purpose uses is not collected."""
    used = expand(
        word
        for purpose in case.policy.purposes.values()
        for word in (*purpose.named, *OF_ITSELF)
        if word != EVERYTHING
    )
    for category in case.policy.collected:
        if not expand((category,)) & used:
            yield Hit(
                f"collects.{category}",
                f"No purpose uses {label(category)}.",
                "Stop collecting it, or say what it is for.",
            )


@warning("UK GDPR Articles 13 and 14")
def purpose_uses_uncollected(case: Case) -> Iterator[Hit]:
    """What a purpose uses, the notice says is collected."""
    users: dict[str, list[str]] = {}
    for purpose in case.policy.purposes.values():
        for word in purpose.named:
            if word != EVERYTHING and not touches(word, case.policy.collected):
                users.setdefault(word, []).append(purpose.name)
    for word, purposes in users.items():
        yield Hit(
            f"collects.{word}",
            f"Used for {', '.join(purposes)}, and not under 'collects': {label(word)}.",
            "Add it to 'collects', or stop using it.",
        )


@warning("UK GDPR Articles 13(1) and 14(2)(f)")
def collected_without_source(case: Case) -> Iterator[Hit]:
    """It is said about whom each kind of data is, and where it comes from."""
    for entry in case.policy.collected.values():
        missing = [
            name
            for name, given in (("of", entry.about), ("from", entry.sources))
            if not given
        ]
        if missing:
            yield Hit(
                entry.clause,
                f"Of {label(entry.category)} it is not said {_WHICH[missing[0]]}.",
                f"Add '{missing[0]}'.",
            )


_WHICH: Final = {"of": "about whom it is", "from": "where it comes from"}


@warning("UK GDPR Article 14(1) to (3)")
def third_party_source_without_art_14(case: Case) -> Iterator[Hit]:
    """Somebody whose data comes from another person is told of it within a month."""
    told = [
        case.policy.purposes[name].uses
        for kind, message in case.document.messages.items()
        for name in (message.purpose or "",)
        if "art-14-notice" in (*message.carries, kind) and name in case.policy.purposes
    ]
    for entry in case.policy.collected.values():
        strangers = [who for who in entry.about if who not in _THEMSELVES]
        if not strangers or "patient" not in entry.sources:
            continue
        if not any(entry.category in uses for uses in told):
            who = ", ".join(word.replace("-", " ") for word in strangers)
            yield Hit(
                entry.clause,
                f"It is about a {who} and comes from a patient, and no message tells "
                "them.",
                "Add a message that carries 'art-14-notice' under the purpose that "
                "uses it.",
            )


@warning("PECR regulation 6(1)")
def needs_choice_missing(case: Case) -> Iterator[Hit]:
    """What is read from a person's device waits for their choice."""
    for category, entry in case.document.collects.items():
        of_device = CATEGORIES[category].record_class is RecordClass.WEB
        if not of_device and category != "email.opened":
            continue
        if category in NOT_ON_THE_DEVICE or "our-own-records" in entry.from_:
            continue
        if {"website-visit", "email-open"} & {*entry.from_} and not (
            {"choice", "consent"} & {*entry.needs}
        ):
            yield Hit(
                f"collects.{category}.needs",
                f"{label(category).capitalize()} is read from the person's device "
                "without a choice.",
                "Add 'needs: choice', or claim an exception under 'cookies'.",
            )


@warning("UK GDPR Article 13(2)(e)")
def need_unstated(case: Case) -> Iterator[Hit]:
    """People are told whether they must give data, and what follows if they do not."""
    need = case.document.need
    if need is None or not need.stated:
        yield Hit(
            "need",
            "Nothing says whether data has to be given.",
            "Add 'need: {stated: […], consequence: …}'.",
        )
    elif need.consequence is None and not case.open("need.consequence"):
        yield Hit(
            "need.consequence",
            "Nothing says what follows when data is not given.",
            "Add 'consequence'.",
        )


@note("UK GDPR Article 13(2)(e)")
def statutory_need_without_law(case: Case) -> Iterator[Hit]:
    """Data that the law is said to ask for comes with the law that asks."""
    need = case.document.need
    if need is None or "statutory" not in need.stated:
        return
    if not any(entry.need == "statutory" for entry in case.policy.collected.values()):
        yield Hit(
            "need.stated",
            "Some data is said to be asked for by law, and nothing says which.",
            "Mark what it is with 'need: statutory', or take the word out.",
        )


@warning("UK GDPR Article 13(1)(c)")
def form_without_purpose(case: Case) -> Iterator[Hit]:
    """A form says what its answers are for."""
    for form in case.policy.forms.values():
        if not form.purposes:
            yield Hit(
                form.clause,
                "Nothing says what the answers are for.",
                "Add 'for' with its purposes.",
            )


@warning("UK GDPR Article 5(1)(c)")
def form_asks_too_much(case: Case) -> Iterator[Hit]:
    """A form asks only for what its purposes use."""
    for form in case.policy.forms.values():
        used = frozenset[str]().union(
            *(case.policy.purposes[name].uses for name in form.purposes)
        )
        for field in form.fields if form.purposes else ():
            if not expand((field.category,)) & used:
                yield Hit(
                    field.clause,
                    f"It asks for {label(field.category)}, which none of its purposes "
                    "uses.",
                    "Do not ask, or name the purpose.",
                )


@warning("UK GDPR Article 13(2)(e)")
def form_requires_optional(case: Case) -> Iterator[Hit]:
    """What is said to be optional is not insisted on."""
    for form in case.policy.forms.values():
        for field in form.fields:
            entry = case.policy.collected.get(field.category)
            if field.required and entry is not None and entry.need == "optional":
                yield Hit(
                    field.clause,
                    f"It insists on {label(field.category)}, which is said to be "
                    "optional.",
                    "Move it to 'asks', or say why it is needed.",
                )


@error("PCI DSS requirement 3.3; UK GDPR Article 5(1)(c)")
def card_numbers_held(case: Case) -> Iterator[Hit]:
    """Card numbers stay with the company that takes the payment."""
    payments = case.document.payments
    if payments is not None and payments.cards == "held":
        yield Hit(
            "payments.cards",
            "Card details would be held here.",
            "Let a payment company take them, and keep its reference.",
        )
