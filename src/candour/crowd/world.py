"""What every invented life draws on: chance, the clinic, and the sheets it writes."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from django.db.models import Model

from candour.appointments import models as diary
from candour.catalogue.models import Service
from candour.consent.models import ConsentEvent, Permission
from candour.crowd.names import Names
from candour.crowd.place import Diary, Held
from candour.crowd.sheets import Keys, Load, Numbers, Sheet
from candour.enquiries.models import Enquiry
from candour.notices.models import Shown
from candour.people import models as people
from candour.records import models as records

if TYPE_CHECKING:
    from candour.policy.compile import Policy

# In an order in which no row comes before the one it points to.
# True: others point here.
SHEETS: tuple[tuple[type[Model], bool], ...] = (
    (people.Person, True),
    (people.ContactPoint, False),
    (people.SearchKey, False),
    (people.Standing, False),
    (people.Patient, False),
    (people.Link, False),
    (people.Interaction, False),
    (Shown, False),
    (ConsentEvent, True),
    (Permission, False),
    (Enquiry, False),
    (diary.Appointment, True),
    (diary.AppointmentPractitioner, False),
    (diary.AppointmentResource, False),
    (diary.Recall, False),
    (diary.Waiting, False),
    (records.Alert, False),
    (records.Note, True),
    (records.NoteVersion, False),
    (records.Agreement, True),
    (records.Course, True),
    (records.Treatment, True),
    (records.Given, False),
    (records.AdverseEvent, False),
)


@dataclass(slots=True)
class World:
    """The clinic as a life sees it. Everything is drawn from one `chance`."""

    policy: "Policy"
    policy_id: int
    chance: random.Random
    names: Names
    diary: Diary
    services: dict[str, list[Service]]
    batches: dict[str, list[Held]]
    forms: dict[str, records.ConsentForm]
    at: datetime
    keys: Keys
    sheets: dict[type[Model], Sheet]
    numbers: dict[type[Model], Numbers]
    patient_number: Numbers
    nhs: Iterator[int]
    _clauses: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _turns: dict[str, "cycle[Any]"] = field(default_factory=dict)

    def turn(self, name: str, values: Sequence[Any]) -> Any:
        """Return the next of `values`: of what is rare, each comes up all the same."""
        if name not in self._turns:
            self._turns[name] = cycle(values)
        return next(self._turns[name])

    def rarely(self, share: float) -> bool:
        """Say yes in this share of all cases."""
        return self.chance.random() < share

    def ref(self) -> str:
        """Return a version 7 UUID of this day, the same for the same seed."""
        moment = int(self.at.timestamp() * 1000) + self.chance.getrandbits(20)
        noise = self.chance.getrandbits(74)
        return str(
            UUID(
                int=moment << 80 | 7 << 76 | (noise >> 62) << 64
                | 2 << 62 | noise & (1 << 62) - 1
            )
        )  # fmt: skip

    def source(self, *wanted: str) -> str:
        """Return the first of these sources that the policy names, or any it names."""
        named = self.policy.collected_from
        return next((one for one in wanted if one in named), min(named))

    def clause(self, role: str, purpose: str) -> dict[str, Any]:
        """Return the policy and the clause under which a row is kept."""
        if (role, purpose) not in self._clauses:
            decided = self.policy.decide(role, purpose)
            told = {"policy_id": self.policy_id, "clause": decided.clause}
            self._clauses[role, purpose] = told
        return self._clauses[role, purpose]

    def seal(
        self, person: int, model: type[Model], column: str, ref: str, text: str
    ) -> bytes:
        """Return `text` sealed with the person's own key."""
        return self.keys.seal(person, self.sheets[model], column, ref, text)

    def taken(self) -> list[Load]:
        """Return everything that waits to be written, in the order to write it in."""
        people_first, *rest = [self.sheets[model].taken() for model, _ in SHEETS]
        return [people_first, self.keys.taken(), *rest]


def sheets(
    connection: psycopg.Connection[Any],
) -> tuple[dict[type[Model], Sheet], dict[type[Model], Numbers]]:
    """Return an empty sheet for each table, and numbers where rows point to it."""
    numbers = {
        model: Numbers(connection, f"{model._meta.db_table}_id_seq")
        for model, numbered in SHEETS
        if numbered
    }
    return {model: Sheet(model, numbered=n) for model, n in SHEETS}, numbers
