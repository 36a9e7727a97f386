"""The small forms of a file's details: each adds or puts right one thing."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.desk import wording
from candour.desk.forms_registration import REACH, collects, sources
from candour.people import ties
from candour.people.normal import phone_key, value_key
from candour.people.sought import day_of
from candour.policy.compile import Policy
from candour.web.answers import Chosen, Typed, mistakes

TIES = {
    "guardian": "Parent or guardian",
    "representative": "Somebody who acts for them",
    "next-of-kin": "Next of kin",
    "emergency-contact": "To call in an emergency",
    "referrer": "Who sent them to us",
    "company-contact": "Company they are with",
}
# Who may be written down only where the notice names that kind of data.
TIE_DATA = {
    "next-of-kin": "emergency-contact.next-of-kin",
    "emergency-contact": "emergency-contact",
    "referrer": "care-team.referrer",
}
CHECKS = {"identity": "Who they are", "age": "Their age"}
PASSED = {"yes": "It fits", "no": "It does not fit"}
COPIED = {"no": "No copy was made", "yes": "A copy was made, and is destroyed next"}


class Small:
    """One small form: its boxes by name, in order. `kind` is its action."""

    def __init__(self, kind: str, boxes: dict[str, Typed | Chosen]) -> None:
        self.kind, self.boxes = kind, boxes

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        for box in self.boxes.values():
            box.read(sent)
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self.boxes.values())

    def answer(self, name: str) -> str:
        """Return what was typed or chosen."""
        box = self.boxes[name]
        return box.answer if isinstance(box, Typed) else box.value

    def blame(self, text: str) -> None:
        """Say what is wrong with the last box that is typed, or with the last."""
        boxes = list(self.boxes.values())
        typed = [box for box in boxes if isinstance(box, Typed)]
        (typed[-1] if typed else boxes[-1]).error = text

    def shown(self) -> dict[str, Any]:
        """Return its boxes by the ends of their names, as the page takes them."""
        return {name.partition("_")[2]: box.shown() for name, box in self.boxes.items()}


def all_forms(policy: Policy, categories: frozenset[str]) -> dict[str, Small]:
    """Return each small form that the policy and the purpose have a use for."""
    forms = [
        _contact(policy, categories),
        _tie(policy, categories),
        _prove(),
        _check(),
        _died(),
        _told(),
    ]
    return {form.kind: form for form in forms}


def _source(policy: Policy, name: str) -> Chosen:
    return Chosen(
        name=name,
        legend="Where does this come from?",
        options=[(s, wording.source(s)) for s in sources(policy)],
        kind="radio",
        across=True,
        missing="Choose where this comes from.",
    )


def _contact(policy: Policy, categories: frozenset[str]) -> Small:
    channels = [
        (name, box.label)
        for name, box in REACH.items()
        if box.category in categories and collects(policy, box.category)
    ]
    return Small(
        "contact",
        {
            "contact_channel": Chosen(
                name="contact_channel",
                legend="What is it?",
                options=channels,
                kind="radio",
                across=True,
                missing="Choose what it is.",
            ),
            "contact_value": Typed(
                name="contact_value",
                label="The address, number or name",
                missing="Write it down.",
                most=300,
            ),
            "contact_source": _source(policy, "contact_source"),
        },
    )


def channel_mistake(form: Small) -> str:
    """Return what is wrong with an address for its channel, or nothing."""
    try:
        value_key(form.answer("contact_channel"), form.answer("contact_value"))
    except Invalid as wrong:
        return str(wrong)
    return ""


def _tie(policy: Policy, categories: frozenset[str]) -> Small:
    kinds = [
        (kind, TIES[kind])
        for kind in TIES
        if kind not in TIE_DATA
        or (TIE_DATA[kind] in categories and collects(policy, TIE_DATA[kind]))
    ]
    return Small(
        "tie",
        {
            "tie_kind": Chosen(
                name="tie_kind",
                legend="Who is it?",
                options=kinds,
                kind="radio",
                missing="Choose who it is.",
            ),
            "tie_name": Typed(
                name="tie_name", label="Name", missing="Write their name.", most=200
            ),
            "tie_phone": Typed(
                name="tie_phone",
                label="Phone",
                missing="",
                most=40,
                required=False,
                type="tel",
                check=phone_key,
            ),
            "tie_source": _source(policy, "tie_source"),
        },
    )


def _prove() -> Small:
    return Small(
        "prove",
        {
            "prove_proof": Chosen(
                name="prove_proof",
                legend="Which proof did you see?",
                options=list(ties.PROOFS.items()),
                kind="radio",
                missing="Choose the proof that you saw. The copy is not kept.",
            ),
            "prove_until": Typed(
                name="prove_until",
                label="Until when may they act",
                missing="",
                most=40,
                required=False,
                hint="Leave it empty where there is no end.",
                check=a_day,
                short=True,
            ),
        },
    )


def _check() -> Small:
    return Small(
        "check",
        {
            "check_kind": _radio("check_kind", "What did you check?", CHECKS),
            "check_method": _radio("check_method", "By what?", ties.METHODS),
            "check_result": _radio("check_result", "What came of it?", PASSED),
            "check_copied": _radio(
                "check_copied", "Is there a copy of the document?", COPIED
            ),
        },
    )


def _radio(name: str, legend: str, options: dict[str, str]) -> Chosen:
    return Chosen(
        name=name,
        legend=legend,
        options=list(options.items()),
        kind="radio",
        across=True,
        missing="Choose one.",
    )


def _died() -> Small:
    return Small(
        "died",
        {
            "died_on": Typed(
                name="died_on",
                label="Day of death",
                missing="Write the day.",
                most=40,
                hint="Such as 14 June 2026. No message goes out from then on.",
                check=a_day,
                short=True,
            )
        },
    )


def _told() -> Small:
    return Small(
        "told",
        {
            "told_how": _radio(
                "told_how",
                "How were they told?",
                {"in-person": "In person", "phone": "By phone", "letter": "By letter"},
            )
        },
    )


def a_day(text: str) -> date:
    """Return the day that was written. Raises Invalid for what is none."""
    day = day_of(text)
    if day is None:
        raise Invalid("This is not a date. Write it as 14 June 2026.")
    return day
