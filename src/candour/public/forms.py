"""Input of the public forms: shape, and words for mistakes. Nothing is stored here."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.people.normal import value_key
from candour.policy.compile import Policy
from candour.policy.compiled.rules import FormField
from candour.public import offers
from candour.rights import stopping
from candour.web import words
from candour.web.answers import Chosen, Typed, hidden, mistakes

NAME = "identity.name"
TOPICS = frozenset({"interests", "enquiry.topics"})
MESSAGE = frozenset({"enquiry", "enquiry.message"})
MESSAGE_MOST = 5000
KEY_MOST = 320  # what the comparable form of an address may take in its column


class Asked(NamedTuple):
    """How the form asks for one category, and the channel of the address it gives."""

    label: str
    missing: str
    most: int
    channel: str = ""
    type: str = "text"
    autocomplete: str = ""
    inputmode: str = ""
    hint: str = ""


ASKED = {
    NAME: Asked("Your name", "Tell us your name.", 200, autocomplete="name"),
    "contact.email": Asked(
        "Your email address",
        "Give us your email address, so that we can answer.",
        254,
        "email",
        type="email",
        autocomplete="email",
        inputmode="email",
    ),
    "contact.phone": Asked(
        "Your phone number",
        "Give us your phone number, so that we can call you.",
        40,
        "phone",
        type="tel",
        autocomplete="tel",
        inputmode="tel",
    ),
    "contact.address": Asked(
        "Your address",
        "Give us your address.",
        300,
        "address",
        autocomplete="street-address",
    ),
    "contact.postcode": Asked(
        "Your postcode",
        "Give us your postcode.",
        12,
        "postcode",
        autocomplete="postal-code",
    ),
    "contact.wechat": Asked("Your WeChat ID", "Give us your WeChat ID.", 60, "wechat"),
    "contact.skype": Asked("Your Skype name", "Give us your Skype name.", 60, "skype"),
    "contact.messaging": Asked(
        "Another way to message you",
        "Tell us where we can message you.",
        100,
        "messaging",
        hint="The app, and your name there.",
    ),
}
"""The categories that an enquiry can keep. The form asks for no other."""

REPLIES = {
    "email": ("Email", "contact.email"),
    "phone": ("Phone call", "contact.phone"),
    "sms": ("Text message", "contact.phone"),
    "whatsapp": ("WhatsApp", "contact.phone"),
    "wechat": ("WeChat", "contact.wechat"),
    "skype": ("Skype", "contact.skype"),
    "post": ("Letter", "contact.address"),
}
"""Channel → its name on a box, and the category that it needs an address from."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was sent, whole and without mistakes."""

    name: str
    contacts: tuple[tuple[str, str], ...]  # channel, value
    message: str
    topics: tuple[str, ...]
    reply_by: tuple[str, ...]
    yes: tuple[offers.Yes, ...]

    @property
    def email(self) -> str:
        """Return the email address that was given, or nothing."""
        return dict(self.contacts).get("email", "")

    def token(self, form: UUID) -> UUID:
        """Return what makes sending this twice one enquiry.

        It is made of the form's own token and of what was written: a second press of
        the button gives the same one; going back to write something else does not, so
        that no question is taken for a repetition and lost.
        """
        written = hashlib.sha256(repr(self).encode("utf-8", "surrogatepass"))
        return uuid5(form, written.hexdigest())


class EnquiryForm:
    """The enquiry form of one policy. It asks what the policy says, and no more."""

    def __init__(self, policy: Policy, services: Sequence[tuple[str, str]]) -> None:
        self.policy = policy
        asked = policy.form("enquiry").fields
        self.boxes = {f.category: _box(policy, f) for f in asked if f.category in ASKED}
        self.message = next(
            (_message(policy, f) for f in asked if f.category in MESSAGE), None
        )
        self.topics = next(
            (
                _topics(policy, f, services)
                for f in asked
                if f.category in TOPICS and services
            ),
            None,
        )
        self.reply = self._reply()
        self.offers = offers.groups(policy)

    def _reply(self) -> Chosen | None:
        ways = [
            (channel, REPLIES[channel][0])
            for channel in self.policy.reply_channels
            if channel in REPLIES and REPLIES[channel][1] in self.boxes
        ]
        if len(ways) < 2:
            return None
        hint = "If you tick none, we choose one that you gave us."
        legend = "How may we reply?"
        return Chosen(name="reply", legend=legend, options=ways, hint=hint, across=True)

    def _answers(self) -> Iterator[Typed | Chosen]:
        yield from self.boxes.values()
        yield from (one for one in (self.message, self.topics, self.reply) if one)
        yield from self.offers

    def read(self, sent: QueryDict) -> Question | None:
        """Take what was sent; return the question, or None while something is wrong."""
        for answer in self._answers():
            answer.read(sent)
        self._need_addresses()
        return None if mistakes(self._answers()) else self._question()

    def _need_addresses(self) -> None:
        """Ask for the address behind each way of writing back that was ticked."""
        replies = self.reply.values if self.reply else []
        agreed = [one.channel for one in offers.said_yes(self.policy, self.offers)]
        for channel in dict.fromkeys([*replies, *agreed]):
            label, category = REPLIES.get(channel, ("", ""))
            box = self.boxes.get(category)
            if box is not None and not box.answer and not box.error:
                box.error = (
                    f"You ticked “{label}”. Give us this, or take the tick away."
                )

    def _question(self) -> Question:
        return Question(
            name=self.boxes[NAME].answer if NAME in self.boxes else "",
            contacts=tuple(
                (ASKED[category].channel, box.answer)
                for category, box in self.boxes.items()
                if ASKED[category].channel and box.answer
            ),
            message=self.message.answer if self.message else "",
            topics=tuple(self.topics.values) if self.topics else (),
            reply_by=tuple(self.reply.values) if self.reply else (),
            yes=tuple(offers.said_yes(self.policy, self.offers)),
        )

    def shown(self, *, token: UUID, notice: UUID, trouble: str = "") -> dict[str, Any]:
        """Return the form as public/enquiry.html takes it."""
        errors = mistakes(self._answers())
        if trouble:
            errors.insert(0, {"id": "main", "text": trouble})
        return {
            "errors": errors,
            "fields": [box.shown() for box in self.boxes.values()],
            "message": self.message and self.message.shown(),
            "topics": self.topics and self.topics.shown(),
            "reply": self.reply and self.reply.shown(),
            "marketing": offers.shown(self.policy, self.offers),
            "hidden": hidden(token=token, notice=notice),
        }


class AskForm:
    """Asking for one's data: what, and the address to prove who asks."""

    def __init__(self) -> None:
        self.kind = Chosen(
            name="kind",
            legend="What would you like?",
            kind="radio",
            options=[("access", "A copy of my data"), ("erasure", "To be erased")],
            missing="Choose a copy of your data, or erasure.",
        )
        self.email = Typed(
            name="email",
            label="Your email address",
            missing="Give us the email address you used with us.",
            most=ASKED["contact.email"].most,
            type="email",
            hint="The one you used with us.",
            autocomplete="email",
            inputmode="email",
            check=_check("email"),
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether all of it is as it should be."""
        self.kind.read(sent)
        self.email.read(sent)
        return not mistakes((self.kind, self.email))

    def shown(self) -> dict[str, Any]:
        """Return the form as public/your_data.html takes it."""
        return {
            "errors": mistakes((self.kind, self.email)),
            "kind": self.kind.shown(),
            "email": self.email.shown(),
            "hidden": [],
        }


class StopForm:
    """Stopping news and offers: the address or the number they come to."""

    def __init__(self) -> None:
        self.address = Typed(
            name="address",
            label="Your email address or phone number",
            missing="Give us the address or the number that we write to.",
            most=ASKED["contact.email"].most,
            hint="The one that news or offers come to.",
            autocomplete="email",
            check=stopping.must_be_address,
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it is as it should be."""
        self.address.read(sent)
        return not mistakes((self.address,))

    def shown(self) -> dict[str, Any]:
        """Return the form as public/stop.html takes it."""
        return {
            "errors": mistakes((self.address,)),
            "address": self.address.shown(),
            "hidden": [],
        }


class IdentityForm:
    """One detail more, where an address is shared: a name, and something we know."""

    def __init__(self) -> None:
        self.name = Typed(
            name="name",
            label="Your full name",
            missing="Tell us your name, as you gave it to us.",
            most=ASKED[NAME].most,
            autocomplete="name",
        )
        self.detail = Typed(
            name="detail",
            label="Something we know about you",
            missing="Give us one of these details.",
            most=ASKED[NAME].most,
            hint="A phone number or postcode you gave us, or a code from a member of"
            " our staff. If you never gave us either, the day you wrote to us.",
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether all of it is as it should be."""
        self.name.read(sent)
        self.detail.read(sent)
        return not mistakes((self.name, self.detail))

    def shown(self, *, trouble: str = "") -> dict[str, Any]:
        """Return the form as public/request_identity.html takes it."""
        errors = mistakes((self.name, self.detail))
        if trouble:
            errors.insert(0, {"id": "name", "text": trouble})
        return {
            "errors": errors,
            "fields": [self.name.shown(), self.detail.shown()],
            "hidden": [],
        }


def _box(policy: Policy, asked: FormField) -> Typed:
    how = ASKED[asked.category]
    return Typed(
        name=asked.name,
        label=how.label,
        missing=how.missing,
        most=how.most,
        required=asked.required,
        type=how.type,
        hint=how.hint,
        why=asked.why,
        clause=words.number(policy, asked.clause),
        autocomplete=how.autocomplete,
        inputmode=how.inputmode,
        short=how.most <= 60,
        check=_check(how.channel) if how.channel else None,
    )


def _check(channel: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if len(value_key(channel, value)) > KEY_MOST:
            raise Invalid("This is too long. Make it shorter.")

    return check


def _message(policy: Policy, asked: FormField) -> Typed:
    return Typed(
        name=asked.name,
        label="Your question",
        missing="Write your question.",
        most=MESSAGE_MOST,
        required=asked.required,
        type="textarea",
        hint="Please leave out your health. If we need to know, we ask you in private.",
        why=asked.why,
        clause=words.number(policy, asked.clause),
    )


def _topics(
    policy: Policy, asked: FormField, services: Sequence[tuple[str, str]]
) -> Chosen:
    return Chosen(
        name="topics",
        legend="What is it about?",
        options=services,
        missing="Choose at least one." if asked.required else "",
        why=asked.why,
        clause=words.number(policy, asked.clause),
        across=True,
    )
