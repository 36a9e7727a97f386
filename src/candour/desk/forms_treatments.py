"""What staff type about treatments: what was done, agreed, planned, gone wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import QueryDict

from candour.core.clock import LONDON, local_date
from candour.core.errors import Invalid
from candour.core.ids import new_ref
from candour.desk.forms_records import token_of
from candour.desk.wording_treatments import ADVICE, EVENTS, EXCEPTIONS, SEVERITIES
from candour.people.cards import refuse_cards
from candour.records import said
from candour.records.actions.treatments import Portion
from candour.records.places import PLACES
from candour.web.answers import Chosen, Typed, hidden, mistakes

Options = Sequence[tuple[str, str]]
ROWS, MORE, MOST = 3, 3, 30
NOT_A_DAY = "Write a day, such as 2026-11-24."


def day_of(text: str) -> date:
    """Return a day as a date box sends it. Raises Invalid."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(NOT_A_DAY) from error


def moment_of(day: date, now: datetime) -> datetime:
    """Return when something of a day was: this moment for today, else noon."""
    if day == local_date(now):
        return now
    return datetime.combine(day, time(12), LONDON)


def pence_of(text: str) -> int | None:
    """Return pounds as pence; None for nothing. Raises Invalid."""
    plain = text.replace("£", "").replace(",", "").strip()
    if not plain:
        return None
    try:
        pence = Decimal(plain) * 100
    except InvalidOperation as error:
        raise Invalid("Write an amount in pounds, such as 350 or 350.50.") from error
    if not 0 <= pence < 100_000_000 or pence != int(pence):
        raise Invalid("Write an amount in pounds, such as 350 or 350.50.")
    return int(pence)


def ref_of(text: str) -> UUID | None:
    """Return a ref that came with a form, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(slots=True)
class Select:
    """One answer out of a long list."""

    name: str
    label: str
    options: Options
    missing: str = ""
    empty: str = "Choose"
    value: str = ""
    error: str = ""

    def read(self, sent: QueryDict) -> None:
        """Take what was sent, and say what is wrong with it."""
        given = sent.get(self.name, "")
        known = {value for value, _ in self.options}
        self.value = given if given in known else ""
        self.error = "" if self.value else self.missing

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/select.html takes it."""
        return {
            "name": self.name,
            "label": self.label,
            "empty": self.empty,
            "value": self.value,
            "error": self.error,
            "options": [
                {"value": value, "label": label, "chosen": value == self.value}
                for value, label in self.options
            ],
        }


@dataclass(slots=True)
class Line:
    """One line of what was given: a batch, a place, a dose, a spot on the map."""

    number: int
    batch: str = ""
    place: str = ""
    dose: str = ""
    x: str = ""
    y: str = ""
    error: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing was written on it."""
        return not (self.batch or self.place or self.dose.strip())


@dataclass(slots=True)
class Lines:
    """The lines of what was given, as typed."""

    batches: Options
    lines: list[Line] = field(default_factory=lambda: [Line(n) for n in range(ROWS)])

    def read(self, sent: QueryDict, *, more: int = 0) -> None:
        """Take the lines that were sent, and `more` empty ones."""
        count = sent.get("lines", "")
        known = int(count) if count.isdecimal() and len(count) < 3 else ROWS
        known = min(max(known + more, ROWS), MOST)
        self.lines = [self._line(sent, n) for n in range(known)]

    def _line(self, sent: QueryDict, n: int) -> Line:
        line = Line(
            n,
            *(sent.get(f"{name}-{n}", "") for name in ("batch", "place", "dose")),
            *(_hundredth(sent.get(f"{name}-{n}", "")) for name in ("x", "y")),
        )
        if line.empty:
            return line
        if line.batch not in {value for value, _ in self.batches}:
            line.error = "Choose the batch it came from."
        elif line.place not in PLACES:
            line.error = "Choose the place."
        elif _dose(line.dose) is None:
            line.error = "Write the dose as a number, such as 4 or 0.5."
        return line

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return [
            {"id": f"dose-{line.number}", "text": line.error}
            for line in self.lines
            if line.error
        ]

    def portions(self) -> list[Portion]:
        """Return what was given, lines of one batch and place put together."""
        found: dict[tuple[str, str], list[Line]] = {}
        for line in self.lines:
            if not line.empty:
                found.setdefault((line.batch, line.place), []).append(line)
        return [
            Portion(
                UUID(batch),
                place,
                sum((_dose(one.dose) or Decimal(0) for one in rows), Decimal(0)),
                [
                    (int(one.x), int(one.y), one.dose.strip())
                    for one in rows
                    if one.x and one.y
                ],
            )
            for (batch, place), rows in found.items()
        ]

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/given_lines.html takes it."""
        return {
            "lines": self.lines,
            "batches": [{"value": v, "label": label} for v, label in self.batches],
            "places": list(PLACES.values()),
            "count": len(self.lines),
            "face": {"name": "face", "marks": []},
            "body": {"name": "body", "marks": []},
        }


def _hundredth(text: str) -> str:
    return (
        text
        if text.isascii() and text.isdecimal() and 0 <= int(text[:4]) <= 100
        else ""
    )


def _dose(text: str) -> Decimal | None:
    try:
        dose = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return dose if dose.is_finite() and 0 < dose < 10_000 else None


class TreatmentForm:
    """A treatment as it was done."""

    def __init__(
        self, staff: Options, batches: Options, courses: Options, today: date
    ) -> None:
        self.token = new_ref()
        self.staff = Select("staff", "Done by", staff, "Choose who did it.")
        self.course = Select(
            "course", "Part of a course", courses, empty="No, on its own"
        )
        self.day = _line("day", "Day", "Write the day.", 10, type="date", short=True)
        self.day.check, self.day.value = day_of, today.isoformat()
        self.lines = Lines(batches)
        self.narrative = _text("narrative", "How it went")
        self.cost = _line("cost", "What it cost, in pounds", "", 12, short=True)
        self.cost.check, self.cost.required = pence_of, False
        self.cost.inputmode = "decimal"
        self.advice = Chosen(
            name="advice",
            legend="How was aftercare explained?",
            options=list(ADVICE.items()),
            across=True,
        )
        self.exception = Chosen(
            name="exception",
            legend="Which exception is it?",
            options=list(EXCEPTIONS.items()),
            kind="radio",
        )
        self.reason = _text("exception_reason", "Why it could not wait")
        self.approval = _text("approval", "What the doctor said, and why")

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        more = MORE if sent.get("step") == "more" else 0
        self.token = token_of(sent)
        for one in self._all:
            one.read(sent)
        self.lines.read(sent, more=more)
        return not self.errors and not more

    @property
    def _all(self) -> list[Typed | Chosen | Select]:
        return [
            self.staff, self.course, self.day, self.narrative, self.cost, self.advice,
            self.exception, self.reason, self.approval,
        ]  # fmt: skip

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return [*mistakes(self._all), *self.lines.errors]

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/treat.html takes it."""
        return {
            "errors": self.errors,
            "hidden": hidden(token=self.token),
            "given": self.lines.shown(),
            **{one.name: one.shown() for one in self._all},
        }


class ConsentForm:
    """Consent to a treatment, as it was taken."""

    def __init__(self, risks: Sequence[str], form: UUID, today: date) -> None:
        self.token, self.form = new_ref(), form
        self.consulted = _line(
            "consulted", "Day of the consultation", "Write the day.", 10, type="date"
        )
        self.consulted.check, self.consulted.short = day_of, True
        self.risks = Chosen(
            name="risks",
            legend="What may go wrong, talked through one by one",
            options=[(str(n), risk) for n, risk in enumerate(risks)],
            missing="Talk through each risk and tick it. Each one counts.",
        )
        self.asked = _text("asked", "What the patient asked, and the answer")
        self.enough = Chosen(
            name="enough",
            legend="Time to think",
            options=[("yes", "The patient says that there was enough time to think")],
        )
        self.signature = _line(
            "signature",
            "Full name of the patient, typed by the patient",
            "",
            120,
            hint="Or draw the signature below.",
        )
        self.signature.required = False
        self.drawn = ""

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        self.form = ref_of(sent.get("form", "")) or self.form
        for one in self._all:
            one.read(sent)
        self.drawn = sent.get("drawn", "").replace("\0", "")
        if len(self.risks.values) < len(self.risks.options):
            self.risks.error = self.risks.missing
        if not self.drawn and not self.signature.answer:
            self.signature.error = "The patient signs here: typed, or drawn below."
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen]:
        return [self.consulted, self.risks, self.asked, self.enough, self.signature]

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/agree.html takes it."""
        return {
            "errors": self.errors,
            "hidden": hidden(token=self.token, form=self.form),
            "drawn": self.drawn,
            **{one.name: one.shown() for one in self._all},
        }


class CourseForm:
    """A plan of several treatments."""

    def __init__(self, services: Options) -> None:
        self.token = new_ref()
        self.service = Select("service", "Treatment", services, "Choose a treatment.")
        self.planned = _line(
            "planned", "How many", "Say how many.", 2, inputmode="numeric", short=True
        )
        self.planned.check = _count
        self.plan = _text("plan", "The plan")
        self.cost = _line("cost", "What the course costs, in pounds", "", 12)
        self.cost.check, self.cost.required, self.cost.short = pence_of, False, True

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        for one in self._all:
            one.read(sent)
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen | Select]:
        return [self.service, self.planned, self.plan, self.cost]

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/course.html takes it."""
        return {
            "errors": self.errors,
            "hidden": hidden(token=self.token),
            **{one.name: one.shown() for one in self._all},
        }


class EventForm:
    """Something that went wrong."""

    def __init__(self, treatments: Options, today: date) -> None:
        self.token = new_ref()
        self.treatment = Select(
            "treatment", "After which treatment", treatments, empty="None of them"
        )
        self.kind = Select(
            "kind", "What happened", list(EVENTS.items()), "Choose what happened."
        )
        self.severity = Chosen(
            name="severity",
            legend="How grave is it?",
            options=list(SEVERITIES.items()),
            kind="radio",
            missing="Choose how grave it is.",
        )
        self.noticed = _line("noticed", "Noticed on", "Write the day.", 10, type="date")
        self.noticed.check, self.noticed.short = day_of, True
        self.noticed.value = today.isoformat()
        self.account = _text("account", "What was seen and what was done")
        self.account.required, self.account.missing = True, "Say what happened."

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        for one in self._all:
            one.read(sent)
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen | Select]:
        return [self.treatment, self.kind, self.severity, self.noticed, self.account]

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/event.html takes it."""
        return {
            "errors": self.errors,
            "hidden": hidden(token=self.token),
            **{one.name: one.shown() for one in self._all},
        }


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 60):
        raise Invalid("A course has between 1 and 60 treatments.")
    return int(text)


def _line(name: str, label: str, missing: str, most: int, **more: Any) -> Typed:
    return Typed(name=name, label=label, missing=missing, most=most, **more)


def _text(name: str, label: str) -> Typed:
    return Typed(
        name=name,
        label=label,
        missing="",
        most=said.REASON_MAX if name == "exception_reason" else said.DETAIL_MAX,
        type="textarea",
        required=False,
        check=refuse_cards,
    )
