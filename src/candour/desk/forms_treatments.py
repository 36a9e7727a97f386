"""What staff type about treatments: what was done, and what is planned."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.core.ids import new_ref
from candour.desk.forms_given import Lines
from candour.desk.forms_records import token_of
from candour.desk.typed import Options, Select, day_of, line, pence_of, text
from candour.desk.wording_treatments import ADVICE, EXCEPTIONS
from candour.web.answers import Chosen, Typed, hidden, mistakes

MORE = 3


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
        self.day = line("day", "Day", "Write the day.", 10, type="date", short=True)
        self.day.check, self.day.value = day_of, today.isoformat()
        self.lines = Lines(batches)
        self.narrative = text("narrative", "How it went")
        self.cost = line("cost", "What it cost, in pounds", "", 12, short=True)
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
        self.reason = text("exception_reason", "Why it could not wait")
        self.approval = text("approval", "What the doctor said, and why")

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


class CourseForm:
    """A plan of several treatments."""

    def __init__(self, services: Options) -> None:
        self.token = new_ref()
        self.service = Select("service", "Treatment", services, "Choose a treatment.")
        self.planned = line(
            "planned", "How many", "Say how many.", 2, inputmode="numeric", short=True
        )
        self.planned.check = _count
        self.plan = text("plan", "The plan")
        self.cost = line("cost", "What the course costs, in pounds", "", 12)
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


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= 60):
        raise Invalid("A course has between 1 and 60 treatments.")
    return int(typed)
