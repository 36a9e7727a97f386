"""What registering asks: only what the policy collects and the purpose covers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.desk import wording
from candour.law.numbers import is_nhs_number
from candour.people.cards import refuse_cards
from candour.people.normal import value_key
from candour.people.registering import Details
from candour.people.sought import day_of
from candour.policy.compile import Policy
from candour.policy.vocabulary import covers
from candour.web.answers import Chosen, Typed, mistakes

THEMSELVES, SOMEBODY_ELSE = "themselves", "somebody-else"
NOT_YET = "not-yet"
NOTICE = {
    "printed": "Printed copy handed over",
    "screen": "Read on a screen here",
    "read-out": "Told by phone, with the address of the page",
    "sent": "Sent by email or post",
}
# Sources that staff at the desk write down from, where the policy names them.
SOURCES = (
    "clinic-form", "in-person", "phone", "email", "post", "registration", "booking",
    "consultation", "online-consultation", "website-form", "video-call", "whatsapp",
    "wechat", "instant-message", "health-professional", "insurer", "patient", "other",
)  # fmt: skip


class Box(NamedTuple):
    """One question: its category, its label, and how it is typed."""

    category: str
    label: str
    most: int
    type: str = "text"
    hint: str = ""
    autocomplete: str = "off"
    short: bool = False


WHO = {
    "name": Box("identity.name", "Full name", 200),
    "preferred_name": Box(
        "identity.preferred-name", "Name they like to be called by", 120
    ),
    "pronouns": Box("identity.pronouns", "Pronouns", 40, short=True),
    "born_on": Box(
        "identity.birth-date",
        "Date of birth",
        20,
        hint="Day, month and year, such as 14 June 1981 or 14/06/1981.",
        short=True,
    ),
    "nhs_number": Box(
        "identity.nhs-number", "NHS number", 12, hint="Ten digits.", short=True
    ),
}
REACH = {
    "email": Box("contact.email", "Email", 254, type="email"),
    "phone": Box("contact.phone", "Phone", 40, type="tel"),
    "sms": Box("contact.phone", "Mobile", 40, type="tel"),
    "address": Box("contact.address", "Address", 300),
    "postcode": Box("contact.postcode", "Postcode", 12, short=True),
    "whatsapp": Box("contact.messaging", "WhatsApp number", 40, type="tel"),
    "wechat": Box("contact.wechat", "WeChat name", 60),
    "skype": Box("contact.skype", "Video call name", 60),
}
CARE = {
    "gp": Box("care-team.gp", "GP", 200, hint="Name and practice."),
    "gp_address": Box("care-team.gp", "GP’s address", 300),
    "occupation": Box("lifestyle.occupation", "Occupation", 120),
    "lifestyle": Box("lifestyle", "How they live", 2000, type="textarea"),
}


class Registration:
    """The form with which staff write down a person, or change what is written."""

    def __init__(
        self, policy: Policy, categories: Iterable[str], *, changing: bool = False
    ) -> None:
        self.policy, self.changing = policy, changing
        covered = frozenset(categories)
        self.who = self._boxes(WHO, covered)
        self.reach = {} if changing else self._boxes(REACH, covered)
        self.care = self._boxes(CARE, covered)
        self.source = Chosen(
            name="source",
            legend="Where does this come from?",
            options=[(s, wording.source(s)) for s in sources(policy)],
            kind="radio",
            across=True,
            missing="Choose where this comes from. It is written beside the data.",
        )
        self.by_whom = Chosen(
            name="by_whom",
            legend="Who told you?",
            options=[
                (THEMSELVES, "They did"),
                (SOMEBODY_ELSE, "Somebody else"),
            ],
            kind="radio",
            across=True,
            missing="Say who told you. It decides what they must be told.",
        )
        self.giver = Typed(
            name="giver",
            label="Who was it?",
            missing="",
            most=200,
            required=False,
            hint="Only if it was somebody else. The person is told within a month.",
        )
        self.notice = Chosen(
            name="notice",
            legend="How did they get the privacy notice?",
            options=[*NOTICE.items(), (NOT_YET, "Not yet")],
            kind="radio",
            missing="Say how they got the privacy notice, or that they have not yet.",
        )

    def _boxes(
        self, asked: Mapping[str, Box], covered: frozenset[str]
    ) -> dict[str, Typed]:
        return {
            name: _typed(name, box)
            for name, box in asked.items()
            if box.category in covered and collects(self.policy, box.category)
        }

    @property
    def boxes(self) -> dict[str, Typed]:
        """Return every box by its name."""
        return {**self.who, **self.reach, **self.care}

    def fill(self, held: Mapping[str, Any]) -> None:
        """Show what is written already."""
        for name, box in self.boxes.items():
            value = held.get(name)
            if isinstance(value, date):
                value = f"{value.day} {value:%B %Y}"
            box.value = str(value or "")

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        for box in (*self.boxes.values(), self.giver):
            box.read(sent)
        self.source.read(sent)
        self.by_whom.read(sent)
        if not self.changing:
            self.notice.read(sent)
        if self.by_whom.value == SOMEBODY_ELSE and not self.giver.answer:
            self.giver.error = self.giver.error or "Write who told you."
        told = self.by_whom.value == THEMSELVES and self.notice.value == NOT_YET
        if told and not self.notice.error:
            self.notice.error = (
                "They told you themselves, so they get the notice now"
                " (UK GDPR Article 13). Hand it over, then say how."
            )
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(
            [*self.boxes.values(), self.source, self.by_whom, self.giver, self.notice]
        )

    def blame(self, name: str, text: str) -> None:
        """Say what is wrong with a box, or with the name where there is no such box."""
        box = self.boxes.get(name) or self.boxes.get("name") or self.giver
        box.error = text

    @property
    def born_on(self) -> date | None:
        """Return the date of birth that was given."""
        box = self.who.get("born_on")
        return day_of(box.answer) if box and box.answer else None

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """Return the ways to reach them that were given."""
        return [(name, box.answer) for name, box in self.reach.items() if box.answer]

    @property
    def keys(self) -> list[str]:
        """Return those ways made comparable."""
        return [value_key(channel, value) for channel, value in self.contacts]

    def details(self) -> Details:
        """Return what to keep."""
        text = {
            name: box.answer.replace("\r\n", "\n")
            for name, box in {**self.who, **self.care}.items()
            if name != "born_on"
        }
        return Details(text=text, born_on=self.born_on, contacts=self.contacts)

    def answer(self, name: str) -> str:
        """Return what was typed in a box, or nothing where it is not asked."""
        box = self.boxes.get(name)
        return box.answer if box else ""

    def shown(self) -> dict[str, Any]:
        """Return it as desk/patient/register.html takes it."""
        return {
            "errors": self.errors,
            "who": [box.shown() for box in self.who.values()],
            "reach": [box.shown() for box in self.reach.values()],
            "care": [box.shown() for box in self.care.values()],
            "source": self.source.shown(),
            "by_whom": self.by_whom.shown(),
            "giver": self.giver.shown(),
            "notice": self.notice.shown(),
        }


def collects(policy: Policy, category: str) -> bool:
    """Say whether the notice names this kind of data: no form asks for another."""
    return any(
        covers(slug, category) or covers(category, slug) for slug in policy.collected
    )


def sources(policy: Policy) -> list[str]:
    """Return the sources that staff may name, in order."""
    return [source for source in SOURCES if source in policy.collected_from]


def refs(sent: Sequence[str]) -> set[UUID]:
    """Return the refs among what was sent; what is none is left out."""
    found = set()
    for text in sent:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def _typed(name: str, box: Box) -> Typed:
    return Typed(
        name=name,
        label=box.label,
        missing="Write their name.",
        most=box.most,
        required=name == "name",
        type=box.type,
        hint=box.hint,
        autocomplete=box.autocomplete,
        short=box.short,
        check=lambda value: _check(name, value),
    )


def _check(name: str, value: str) -> None:
    """Raise Invalid for what cannot be so."""
    if name == "born_on":
        if day_of(value) is None:
            raise Invalid("This is not a date. Write it as 14 June 1981.")
    elif name == "nhs_number":
        if not is_nhs_number(value):
            raise Invalid(
                "This is not an NHS number: its ten digits do not fit together."
                " Read it again from the letter."
            )
    elif name in REACH:
        value_key(name, value)
    else:
        refuse_cards(value)
