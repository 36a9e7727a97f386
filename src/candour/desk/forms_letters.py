"""What staff type about letters, what came, and paper. No database."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from candour.core.ids import new_ref
from candour.desk.forms_records import token_of
from candour.desk.typed import day_of
from candour.desk.wording_letters import CAME, GROUNDS, HOW, PAPER, SENDERS, TOLD
from candour.disclosures.actions.coming import PLACE_MAX, Sender
from candour.disclosures.actions.writing import BODY_MAX, REASON_MAX, Terms
from candour.disclosures.deciding import Ground
from candour.people.cards import refuse_cards
from candour.web.answers import Chosen, Typed, hidden, mistakes

NAME_MAX = 160


def _radio(
    name: str, legend: str, options: Mapping[str, str], missing: str, **more: Any
) -> Chosen:
    return Chosen(
        name=name,
        legend=legend,
        options=list(options.items()),
        kind="radio",
        missing=missing,
        **more,
    )


def _area(name: str, label: str, most: int = REASON_MAX, **more: Any) -> Typed:
    given = {"missing": "", "required": False, **more}
    return Typed(name=name, label=label, most=most, type="textarea", **given)


class _Form:
    """Several answers that are read and shown together."""

    answers: list[Typed | Chosen]
    problem = ""

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        for one in self.answers:
            one.read(sent)
        return not mistakes(self.answers)

    def shown(self) -> dict[str, Any]:
        """Return the form as its page takes it: each answer by name, and errors."""
        said = {one.name: one.shown() for one in self.answers}
        first = self.answers[0].name
        problem = [{"id": first, "text": self.problem}] if self.problem else []
        return {**said, "errors": [*problem, *mistakes(self.answers)]}


class BeginForm(_Form):
    """What a letter is begun with: things of the file, ground, reason, channel."""

    def __init__(
        self,
        fields: Sequence[tuple[str, str]],
        grounds: Sequence[str],
        usual: Sequence[str],
        *,
        to_patient: bool,
    ) -> None:
        self.token = new_ref()
        self.fields = Chosen(
            name="fields",
            legend="What goes into it",
            options=list(fields),
            hint="Only what they need. You can change the words next.",
            missing="" if to_patient else "Tick at least one thing.",
            values=[key for key, _ in fields if key in usual],
        )
        offered = {word: GROUNDS[word] for word in grounds}
        self.ground = _radio(
            "ground",
            "On what ground it goes to them",
            offered,
            "Choose on what ground it goes.",
        )
        if len(offered) == 1:
            self.ground.values = list(offered)
        self.says = _area(
            "says",
            "What that rests on",
            hint="When and how they said yes; or the law, the order, the danger.",
        )
        self.reason = _area("reason", "Why you write (only this clinic sees it)")
        self.how = _radio("how", "How it goes", HOW, "Choose how it goes.", across=True)
        self.answers = [self.fields]
        if not to_patient:
            self.answers += [self.ground, self.says, self.reason]
        self.answers.append(self.how)

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        return super().read(sent)

    def terms(self) -> Terms:
        """Return what was said of how it goes."""
        ground = Ground(self.ground.value, self.says.answer)
        return Terms(self.how.value, ground, self.reason.answer)

    def shown(self) -> dict[str, Any]:
        """Return the form as desk/letters/begin.html takes it."""
        return {**super().shown(), "hidden": hidden(token=self.token)}


class TextForm(_Form):
    """The text of a letter, how it goes, and whether the patient is told."""

    def __init__(self, *, to_patient: bool) -> None:
        self.body = _area(
            "body",
            "The letter",
            BODY_MAX,
            required=True,
            missing="Write the letter first.",
            check=refuse_cards,
            hint="Plain text. An empty line begins a new paragraph.",
        )
        self.how = _radio("how", "How it goes", HOW, "Choose how it goes.", across=True)
        self.told = _radio(
            "told",
            "Is the patient told?",
            TOLD,
            "Say whether the patient is told of this letter.",
        )
        self.why_not = _area("why_not", "Why they are not told")
        self.answers = [self.body, self.how]
        if not to_patient:
            self.answers += [self.told, self.why_not]

    def terms(self, ground: Ground, reason: str) -> Terms:
        """Return what was said of how it goes, with what was said before."""
        return Terms(
            self.how.value,
            ground,
            reason,
            self.told.value,
            self.why_not.answer if self.told.value == "not" else "",
        )


class CameForm(_Form):
    """A letter that came: from whom, how, when."""

    def __init__(self) -> None:
        self.kind = _radio("kind", "Who is it from?", SENDERS, "Choose who it is from.")
        self.sender = Typed(
            name="sender",
            label="Their name",
            missing="Write who sent it.",
            most=NAME_MAX,
            hint="The person, surgery or firm, as it stands on the letter.",
        )
        self.on = Typed(
            name="on",
            label="It came on",
            missing="Choose the day it came.",
            most=10,
            type="date",
            short=True,
            check=day_of,
        )
        self.channel = _radio(
            "channel", "How it came", CAME, "Choose how it came.", across=True
        )
        self.about = _area("about", "What it is about", hint="In a line or two.")
        self.answers = [self.kind, self.sender, self.on, self.channel, self.about]

    def told(self) -> Sender:
        """Return who it is from."""
        return Sender(
            self.kind.value,
            self.sender.answer,
            self.channel.value,
            day_of(self.on.answer),
            self.about.answer,
        )


class PaperForm(_Form):
    """A paper file or a model, and where it is."""

    def __init__(self) -> None:
        self.kind = _radio("kind", "What is it?", PAPER, "Choose what it is.")
        self.where = Typed(
            name="where",
            label="Place",
            missing="Write where it is kept: the room or the archive.",
            most=PLACE_MAX,
            hint="“Cellar, cupboard 4”. No names: whoever destroys it sees this.",
        )
        self.box = Typed(
            name="box", label="Box or shelf", missing="", most=40, required=False
        )
        self.what = Typed(
            name="what",
            label="What is in it",
            missing="",
            most=PLACE_MAX,
            required=False,
        )
        self.answers = [self.kind, self.where, self.box, self.what]
