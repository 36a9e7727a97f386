"""What staff type about something that went wrong."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.core.ids import new_ref
from candour.desk.forms_records import token_of
from candour.desk.typed import Options, Select, day_of, line, text
from candour.desk.wording_treatments import EVENTS, SEVERITIES
from candour.web.answers import Chosen, Typed, hidden, mistakes


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
        self.noticed = line("noticed", "Noticed on", "Write the day.", 10, type="date")
        self.noticed.check, self.noticed.short = day_of, True
        self.noticed.value = today.isoformat()
        self.account = text("account", "What was seen and what was done")
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
