"""What staff type about consent to a treatment."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from candour.core.ids import new_ref
from candour.desk.forms_records import token_of
from candour.desk.typed import day_of, line, ref_of, text
from candour.web.answers import Chosen, Typed, hidden, mistakes


class ConsentForm:
    """Consent to a treatment, as it was taken."""

    def __init__(self, risks: Sequence[str], form: UUID, today: date) -> None:
        self.token, self.form = new_ref(), form
        self.consulted = line(
            "consulted", "Day of the consultation", "Write the day.", 10, type="date"
        )
        self.consulted.check, self.consulted.short = day_of, True
        self.risks = Chosen(
            name="risks",
            legend="What may go wrong, talked through one by one",
            options=[(str(n), risk) for n, risk in enumerate(risks)],
            missing="Talk through each risk and tick it. Each one counts.",
        )
        self.asked = text("asked", "What the patient asked, and the answer")
        self.enough = Chosen(
            name="enough",
            legend="Time to think",
            options=[("yes", "The patient says that there was enough time to think")],
        )
        self.signature = line(
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
