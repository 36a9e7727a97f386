"""What staff type into the patient file: alerts and notes. No database."""

from typing import Any
from uuid import UUID

from django.http import QueryDict

from candour.core.ids import new_ref
from candour.desk.wording_records import ALERTS, MODES, NOTES, WEIGHTS
from candour.people.cards import refuse_cards
from candour.records import said
from candour.records.actions.alerts import CODE_MAX
from candour.records.starts import STARTS, Start
from candour.web.answers import Chosen, Typed, hidden, mistakes

SOURCE = "consultation"  # everything here was learnt or done with the patient


def token_of(sent: QueryDict) -> UUID:
    """Return the token that came with a form, or a new one for what is not one."""
    try:
        return UUID(sent.get("token", ""))
    except ValueError:
        return new_ref()


def number_of(sent: QueryDict, name: str) -> int:
    """Return a count that came with a form; 0 for what is none."""
    given = sent.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0


class AlertForm:
    """A new alert, as typed."""

    def __init__(self) -> None:
        self.token = new_ref()
        self.kind = Chosen(
            name="kind",
            legend="What kind of alert?",
            options=list(ALERTS.items()),
            kind="radio",
            missing="Choose what kind of alert it is.",
            across=True,
        )
        self.code = _typed(
            "code",
            "What it is",
            "Say what it is, in a word or two.",
            CODE_MAX,
            hint="As it stands on top of every page: lidocaine, latex, warfarin.",
        )
        self.weight = Chosen(
            name="weight",
            legend="How much does it weigh?",
            options=[(key, label) for key, (label, _) in WEIGHTS.items()],
            kind="radio",
            missing="Choose how much it weighs.",
        )
        self.detail = _typed(
            "detail",
            "What happened, and what to do",
            "",
            said.DETAIL_MAX,
            type="textarea",
            required=False,
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        for one in self._all:
            one.read(sent)
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen]:
        return [self.kind, self.code, self.weight, self.detail]

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/alerts.html takes it."""
        weight = self.weight.shown()
        for option in weight["options"]:
            option["hint"] = WEIGHTS[option["value"]][1]
        return {
            "errors": self.errors,
            "kind": self.kind.shown(),
            "code": self.code.shown(),
            "weight": weight,
            "detail": self.detail.shown(),
            "hidden": hidden(token=self.token),
        }


class ReasonForm:
    """Why something is done, in a sentence."""

    def __init__(self, label: str, missing: str, hint: str = "") -> None:
        self.reason = _typed("reason", label, missing, said.REASON_MAX, hint=hint)
        self.reason.type = "textarea"

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.reason.read(sent)
        return not self.reason.error

    def shown(self) -> dict[str, Any]:
        """Return it with its mistakes."""
        return {"errors": mistakes([self.reason]), "reason": self.reason.shown()}


class NoteForm:
    """A note as typed; `start` fills in a beginning, a draft what was begun before."""

    def __init__(self, start: Start | None = None) -> None:
        self.token = new_ref()
        self.template = start.slug if start else "blank"
        self.kind = Chosen(
            name="kind",
            legend="What is it about?",
            options=list(NOTES.items()),
            kind="radio",
            missing="Choose what the note is about.",
            across=True,
            values=[start.kind] if start else [],
        )
        self.mode = Chosen(
            name="mode",
            legend="How did you meet?",
            options=list(MODES.items()),
            kind="radio",
            missing="Choose how you met.",
            across=True,
        )
        self.body = _typed(
            "body",
            "Note",
            "There is nothing in this note yet.",
            said.NOTE_MAX,
            type="textarea",
            hint="Saved for good, in your name. Later changes stand beside it.",
        )
        self.body.value = start.text if start else ""

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        given = sent.get("template", "")
        self.template = given if given in STARTS else "blank"
        for one in self._all:
            one.read(sent)
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen]:
        return [self.kind, self.mode, self.body]

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/write.html takes it."""
        return {
            "errors": self.errors,
            "kind": self.kind.shown(),
            "mode": self.mode.shown(),
            "body": self.body.shown(),
            "hidden": hidden(token=self.token, template=self.template),
        }


class AmendForm:
    """A changed note as typed. `seen` is the version its writer had before them."""

    def __init__(self, seen: int = 0, body: str = "") -> None:
        self.token, self.seen = new_ref(), seen
        self.body = _typed(
            "body",
            "The note as it should read",
            "There is nothing in this note yet.",
            said.NOTE_MAX,
            type="textarea",
        )
        self.body.value = body
        self.why = _typed(
            "why",
            "Why you change it",
            "Say why you change it.",
            said.REASON_MAX,
            hint="Stands beside the change for good: a slip, something left out.",
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token, self.seen = token_of(sent), number_of(sent, "seen")
        self.body.read(sent)
        self.why.read(sent)
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes([self.body, self.why])

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/amend.html takes it."""
        return {
            "errors": self.errors,
            "body": self.body.shown(),
            "why": self.why.shown(),
            "hidden": hidden(token=self.token, seen=self.seen),
        }


def _typed(name: str, label: str, missing: str, most: int, **more: Any) -> Typed:
    return Typed(
        name=name, label=label, missing=missing, most=most, check=refuse_cards, **more
    )
