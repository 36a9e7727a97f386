"""Several people who want the same time at the same moment: one gets it."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from candour.appointments.actions import place, visits
from candour.appointments.errors import Moved, Taken
from candour.appointments.models import (
    Appointment,
    AppointmentPractitioner,
    AppointmentResource,
)
from candour.core.ids import new_ref
from tests.apps.diary_cast import (
    DESK,
    TUESDAY,
    Clinic,
    again,
    at,
    book,
    furnish,
    opened,
    somebody,
)
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("db")
WRITERS = 8
ROUNDS = 20


@pytest.fixture
def clinic(db: None) -> Clinic:
    return furnish()


def together(works: Sequence[Callable[[], object]]) -> list[object]:
    """Do them all at one moment, each on a connection of its own; return what came."""
    gate_ = threading.Barrier(len(works))
    came: list[object] = [None] * len(works)

    def run(place_: int, work: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate_.wait(20)
            came[place_] = work()
        except Exception as raised:  # noqa: BLE001 - handed to the test
            came[place_] = raised
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=one, daemon=True) for one in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return came


def test_of_eight_writers_for_one_slot_one_wins_twenty_times_of_twenty(
    clinic: Clinic, owner_sql: psycopg.Connection[Any]
) -> None:
    people = [somebody(f"Writer {n} Test", f"w{n}@example.org") for n in range(WRITERS)]
    for round_ in range(ROUNDS):
        wanted = at(9 + round_ % 7, on=TUESDAY + timedelta(days=round_ // 7))
        works = [partial(book, one, clinic.peel, wanted, clinic.ines) for one in people]

        came = together(works)

        won = [one for one in came if isinstance(one, Appointment)]
        lost = [one for one in came if isinstance(one, Taken)]
        assert (len(won), len(lost)) == (1, WRITERS - 1), came
        for loser in lost:
            assert "Somebody else has that time" in str(loser)
    [[held]] = owner_sql.execute(
        "SELECT count(*) FROM appointments_appointment_practitioner"
    ).fetchall()
    assert held == ROUNDS


def test_eight_writers_for_two_practitioners_and_two_rooms_fill_both(
    clinic: Clinic,
) -> None:
    people = [somebody(f"Writer {n} Test", f"w{n}@example.org") for n in range(WRITERS)]
    both = (clinic.ines, clinic.tom)
    works = [
        partial(book, person, clinic.peel, at(10), both[n % 2])
        for n, person in enumerate(people)
    ]

    came = together(works)

    assert sum(isinstance(one, Appointment) for one in came) == 2
    assert sum(isinstance(one, Taken) for one in came) == WRITERS - 2


def test_the_constraint_refuses_where_nobody_waits_for_a_turn(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "wait_for_turn", lambda **kwargs: None)
    people = [somebody(f"Writer {n} Test", f"w{n}@example.org") for n in range(WRITERS)]
    works = [
        partial(book, person, clinic.peel, at(10), clinic.ines) for person in people
    ]

    came = together(works)

    assert sum(isinstance(one, Appointment) for one in came) == 1, came
    assert sum(isinstance(one, Taken) for one in came) == WRITERS - 1, came


@pytest.mark.parametrize("what", ["staff", "room", "device"])
def test_the_database_itself_refuses_an_overlap_by_a_minute(
    clinic: Clinic, what: str
) -> None:
    first, second = somebody(), somebody("Barnaby Test", "b@example.org")
    book(first, clinic.laser, at(10), clinic.ines)
    other = book(second, clinic.laser, at(11), clinic.tom)
    over = DateTimeTZRange(at(10, 29), at(10, 59))
    things: dict[str, dict[str, Any]] = {
        "staff": {"staff": clinic.ines},
        "room": {"room": clinic.rooms[0]},
        "device": {"device": clinic.device},
    }
    model = AppointmentPractitioner if what == "staff" else AppointmentResource

    with opened(second), pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.create(
            appointment=other, person_id=second, called="x", during=over, **things[what]
        )

    assert "appointments_one_visit_a_" in str(refused.value)


def test_moving_one_visit_twice_at_once_moves_it_once(clinic: Clinic) -> None:
    person = somebody()
    visit = book(person, clinic.peel, at(10), clinic.ines)

    def move_to(hour: int) -> object:
        with opened(person) as permit:
            return visits.move(
                permit=permit,
                ref=visit.ref,
                version=1,
                starts_at=at(hour),
                by=DESK,
                at=NOON,
            )

    came = together([lambda: move_to(12), lambda: move_to(14)])

    [won] = [one for one in came if isinstance(one, Appointment)]
    [lost] = [one for one in came if isinstance(one, Moved)]
    assert "Somebody else changed this visit first" in str(lost)
    now = again(visit)
    assert (now.version, now.starts_at) == (2, won.starts_at)


def test_a_form_sent_twice_at_once_is_one_visit(clinic: Clinic) -> None:
    person, token = somebody(), new_ref()
    work = partial(book, person, clinic.peel, at(10), clinic.ines, token=token)

    came = together([work, work])

    assert {one.ref for one in came if isinstance(one, Appointment)} == {
        came[0].ref  # type: ignore[attr-defined]
    }
    assert len(came) == 2
