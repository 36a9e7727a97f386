"""What staff write of a call or a conversation."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from candour.core.clock import LONDON
from candour.core.errors import Invalid
from candour.desk.shown_timeline import CHANNELS, KINDS
from candour.people import interactions
from candour.people.cards import refuse_cards
from candour.policy.compile import Policy
from candour.web.answers import Chosen, Typed, mistakes

TIMES = ("%d/%m/%Y %H:%M", "%d %B %Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
# Where the policy names no such source, it is the clinic's own record of it.
OWN = "our-own-records"


class NewNote:
    """A note for the timeline, as typed."""

    def __init__(self, now: datetime) -> None:
        self.kind = Chosen(
            name="kind",
            legend="What was it?",
            options=[(k, KINDS[k]) for k in interactions.WRITTEN_BY_STAFF],
            kind="radio",
            across=True,
            missing="Choose what it was.",
        )
        self.direction = Chosen(
            name="direction",
            legend="Who began it?",
            options=[("in", "They did"), ("out", "We did")],
            kind="radio",
            across=True,
            missing="Choose who began it.",
        )
        self.channel = Chosen(
            name="channel",
            legend="In which way?",
            options=[
                (c, said.capitalize())
                for c, said in CHANNELS.items()
                if c != "website-form"
            ],
            kind="radio",
            across=True,
            missing="Choose in which way.",
        )
        local = now.astimezone(LONDON)
        self.at = Typed(
            name="at",
            label="When",
            missing="Write the day and the time.",
            most=40,
            value=f"{local:%d/%m/%Y %H:%M}",
            hint="Such as 24/11/2026 14:30.",
            check=_moment,
            short=True,
        )
        self.text = Typed(
            name="text",
            label="What was said",
            missing="Write what was said.",
            most=interactions.NOTE_MAX,
            type="textarea",
            hint="Sealed under their own key. Never write a card number.",
            check=refuse_cards,
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        for one in (self.kind, self.direction, self.channel, self.at, self.text):
            one.read(sent)
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes([self.kind, self.direction, self.channel, self.at, self.text])

    @property
    def happened_at(self) -> datetime:
        """Return when it was."""
        return _moment(self.at.answer)

    def source(self, policy: Policy) -> str:
        """Return where what was said came from, as the policy names it."""
        named = self.channel.value in policy.collected_from
        return self.channel.value if named else OWN

    def shown(self) -> dict[str, Any]:
        """Return it as desk/patient/timeline.html takes it."""
        return {
            "errors": self.errors,
            "kind": self.kind.shown(),
            "direction": self.direction.shown(),
            "channel": self.channel.shown(),
            "at": self.at.shown(),
            "text": self.text.shown(),
        }


def _moment(text: str) -> datetime:
    plain = " ".join(text.split())
    for form in TIMES:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=LONDON)
        except ValueError:
            continue
    raise Invalid("This is not a day and a time. Write it as 24/11/2026 14:30.")
