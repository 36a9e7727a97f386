"""What staff type about prescriptions and photographs. No database."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.core.ids import new_ref
from candour.desk.forms_records import token_of
from candour.desk.typed import Options, Select, day_of
from candour.desk.wording_photographs import MOMENTS, POSES
from candour.people.cards import refuse_cards
from candour.records import said
from candour.records.actions.photographs import SERIES_MAX
from candour.records.actions.prescriptions import DRUGS, MEDICINE_MAX, QUANTITY_MAX
from candour.records.places import PLACES
from candour.web.answers import Chosen, Typed, hidden, mistakes

NO_NOTE = "None: it was not needed"


class PrescriptionForm:
    """A prescription, as its prescriber orders it."""

    def __init__(self, notes: Options) -> None:
        self.token = new_ref()
        drugs = [(slug or "other", label) for slug, label in DRUGS.items()]
        self.drug = Chosen(
            name="drug",
            legend="Which kind of medicine?",
            options=drugs,
            kind="radio",
            missing="Choose the kind of medicine.",
            across=True,
        )
        self.medicine = _line(
            "medicine",
            "Medicine, form and strength",
            "Name the medicine.",
            MEDICINE_MAX,
        )
        self.quantity = _line("quantity", "How much", "Say how much.", QUANTITY_MAX)
        self.quantity.short = True
        self.directions = Typed(
            name="directions",
            label="How it is to be used",
            missing="Say how it is to be used.",
            most=said.NOTE_MAX,
            type="textarea",
            check=refuse_cards,
        )
        self.purpose = Chosen(
            name="purpose",
            legend="What is it for?",
            options=[("cosmetic", "Looks"), ("medical", "A medical condition")],
            kind="radio",
            missing="Choose what it is for.",
            across=True,
        )
        self.assessment = Select(
            "assessment", "Note of seeing the patient in person", notes, empty=NO_NOTE
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.token = token_of(sent)
        for one in self._all:
            one.read(sent)
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen | Select]:
        return [
            self.drug, self.medicine, self.quantity, self.directions, self.purpose,
            self.assessment,
        ]  # fmt: skip

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/prescribe.html takes it."""
        return {
            "errors": self.errors,
            "hidden": hidden(token=self.token),
            **{one.name: one.shown() for one in self._all},
        }


class PhotographForm:
    """What a photograph shows."""

    def __init__(self, today: date) -> None:
        self.pose = Select("pose", "Pose", list(POSES.items()), "Choose the pose.")
        places = [(slug, one.label) for slug, one in PLACES.items()]
        self.place = Select("place", "Place", places, "Choose the place.")
        self.moment = Chosen(
            name="moment",
            legend="When in the treatment?",
            options=list(MOMENTS.items()),
            kind="radio",
            missing="Choose when it was taken.",
            across=True,
        )
        self.taken = _line("taken", "Taken on", "Write the day.", 10)
        self.taken.type, self.taken.check, self.taken.short = "date", day_of, True
        self.taken.value = today.isoformat()
        self.series = _line("series", "Series", "", SERIES_MAX)
        self.series.required = False
        self.series.hint = "Pictures of one series are compared: filler spring 2026."

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        for one in self._all:
            one.read(sent)
        return not self.errors

    @property
    def _all(self) -> list[Typed | Chosen | Select]:
        return [self.pose, self.place, self.moment, self.taken, self.series]

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes(self._all)

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/photograph.html takes it."""
        return {
            "errors": self.errors,
            **{one.name: one.shown() for one in self._all},
        }


def _line(name: str, label: str, missing: str, most: int) -> Typed:
    return Typed(name=name, label=label, missing=missing, most=most, check=refuse_cards)
