"""Booking: what law and the clinic's rules have against it, and what it leaves."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from candour.appointments.actions import visits
from candour.appointments.errors import NoRoom, OutsideHours, Taken
from candour.appointments.models import Appointment, AppointmentResource, Away
from candour.appointments.rules import NotYet
from candour.core.errors import Invalid, Refused
from candour.people.models import Standing
from tests.apps.diary_cast import (
    DESK,
    SITE,
    TUESDAY,
    Clinic,
    again,
    at,
    book,
    diary,
    free_times,
    furnish,
    opened,
    somebody,
)
from tests.factories import NOON
from tests.surfaces.desk import reading

pytestmark = pytest.mark.usefixtures("db")
GROWN = date(1980, 5, 17)
LATER = TUESDAY + timedelta(days=7)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return furnish()


def change(visit: Appointment, status: str, version: int) -> Appointment:
    with opened(visit.person_id) as permit:
        return visits.set_status(
            permit=permit,
            ref=visit.ref,
            version=version,
            status=status,
            by=DESK,
            at=NOON,
        )


def test_a_visit_takes_its_practitioner_its_room_and_its_device(clinic: Clinic) -> None:
    visit = book(somebody(), clinic.laser, at(10), clinic.ines)

    with opened(visit.person_id):
        took = AppointmentResource.objects.filter(appointment=visit)
        assert {row.called for row in took} == {"Room 1", "Laser A"}
    assert visit.ends_at == at(10, 30)


def test_the_buffer_after_a_visit_is_nobody_elses(clinic: Clinic) -> None:
    book(somebody(), clinic.peel, at(10), clinic.ines)
    second = somebody("Barnaby Test", "b@example.org")

    with pytest.raises(Taken):
        book(second, clinic.peel, at(10, 30), clinic.ines)

    assert book(second, clinic.peel, at(10, 45), clinic.ines).status == "booked"


def test_a_second_laser_at_once_lacks_the_device_and_a_third_visit_a_room(
    clinic: Clinic,
) -> None:
    book(somebody(), clinic.laser, at(10), clinic.ines)
    second = somebody("Barnaby Test", "b@example.org")

    with pytest.raises(NoRoom):
        book(second, clinic.laser, at(10), clinic.tom)


def test_two_practitioners_on_one_visit_are_both_taken(clinic: Clinic) -> None:
    book(somebody(), clinic.talk, at(10), clinic.ines, clinic.tom)
    second = somebody("Barnaby Test", "b@example.org")

    for one in (clinic.ines, clinic.tom):
        with pytest.raises(Taken):
            book(second, clinic.peel, at(10), one)


def test_outside_hours_is_said_and_can_be_meant(clinic: Clinic) -> None:
    person = somebody()

    with pytest.raises(OutsideHours):
        book(person, clinic.peel, at(18), clinic.ines)

    assert book(person, clinic.peel, at(18), clinic.ines, outside_hours=True).pk


@pytest.mark.parametrize("whose", ["theirs", "everybody"])
def test_who_is_away_and_a_closed_site_see_nobody(clinic: Clinic, whose: str) -> None:
    Away.objects.create(
        staff=clinic.ines if whose == "theirs" else None,
        kind="holiday" if whose == "theirs" else "closed",
        starts_at=at(0),
        ends_at=at(23),
    )

    with pytest.raises(OutsideHours):
        book(somebody(), clinic.peel, at(10), clinic.ines)


def test_one_person_is_not_in_two_rooms(clinic: Clinic) -> None:
    person = somebody()
    book(person, clinic.talk, at(10), clinic.ines)

    with pytest.raises(Invalid, match="another visit at that time"):
        book(person, clinic.peel, at(10, 15), clinic.tom)


def test_an_unknown_source_is_refused(clinic: Clinic) -> None:
    booking = visits.Booking(
        service=clinic.peel.ref,
        site=SITE,
        starts_at=at(10),
        staff=(clinic.ines.pk,),
        source="tea-leaves",
    )
    person = somebody()

    with pytest.raises(Invalid, match="source"), opened(person) as permit:
        visits.book(permit=permit, person_id=person, booking=booking, by=DESK, at=NOON)


def test_somebody_restricted_is_not_booked(clinic: Clinic) -> None:
    person = somebody()
    with reading():
        Standing.objects.filter(person=person).update(restricted_at=NOON)

    with pytest.raises(Refused):
        book(person, clinic.peel, at(10), clinic.ines)


# ---- age -------------------------------------------------------------------------


def consulted(clinic: Clinic, person: int) -> None:
    talk = book(person, clinic.talk, at(10), clinic.ines)
    for version, status in enumerate(("arrived", "in-room", "done"), 1):
        change(talk, status, version)


def test_filler_is_not_booked_for_somebody_under_eighteen(clinic: Clinic) -> None:
    person = somebody(born=date(2009, 1, 1))
    consulted(clinic, person)

    with pytest.raises(Invalid, match="anybody under 18"):
        book(
            person,
            clinic.filler,
            at(10, on=LATER),
            clinic.ines,
            age_proof="passport",
        )


def test_nor_for_a_day_after_the_birthday_while_they_are_under_eighteen(
    clinic: Clinic,
) -> None:
    person = somebody(born=date(2008, 11, 25))
    consulted(clinic, person)

    with pytest.raises(Invalid, match="under 18 today"):
        book(person, clinic.filler, at(10, on=LATER), clinic.ines, age_proof="passport")


def test_who_was_born_on_29_february_is_eighteen_on_the_first_of_march(
    clinic: Clinic,
) -> None:
    person = somebody(born=date(2008, 2, 29))
    consulted(clinic, person)

    for day, match in ((date(2026, 2, 28), "under 18"), (date(2026, 3, 1), None)):
        now = at(9, on=day)
        wanted = at(10, on=day + timedelta(days=3))
        with reading():
            Appointment.objects.filter(person=person, service=clinic.talk).update(
                starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=8)
            )
        if match:
            with pytest.raises(Invalid, match=match):
                book(
                    person,
                    clinic.filler,
                    wanted,
                    clinic.ines,
                    now=now,
                    age_proof="passport",
                )
        else:
            assert book(
                person,
                clinic.filler,
                wanted,
                clinic.ines,
                now=now,
                age_proof="passport",
            ).pk


def test_an_adult_shows_a_proof_of_age_once(clinic: Clinic) -> None:
    person = somebody(born=GROWN)
    consulted(clinic, person)

    with pytest.raises(Invalid, match="nobody has seen a proof"):
        book(person, clinic.filler, at(10, on=LATER), clinic.ines)

    book(person, clinic.filler, at(10, on=LATER), clinic.ines, age_proof="passport")
    assert book(person, clinic.filler, at(14, on=LATER), clinic.ines).age_proof == ""


def test_an_unknown_birthday_is_asked_for(clinic: Clinic) -> None:
    person = somebody()
    consulted(clinic, person)

    with pytest.raises(Invalid, match="date of birth is not on record"):
        book(person, clinic.filler, at(10, on=LATER), clinic.ines, age_proof="passport")


# ---- time to think ---------------------------------------------------------------


def test_what_needs_a_consultation_first_says_so(clinic: Clinic) -> None:
    with pytest.raises(Invalid, match="needs a consultation first"):
        book(
            somebody(born=GROWN),
            clinic.filler,
            at(10, on=LATER),
            clinic.ines,
            age_proof="passport",
        )


def test_time_to_think_names_the_first_day(clinic: Clinic) -> None:
    person = somebody(born=GROWN)
    consulted(clinic, person)

    with pytest.raises(NotYet, match="Thursday 26 November 2026"):
        book(
            person,
            clinic.filler,
            at(10, on=TUESDAY + timedelta(days=1)),
            clinic.ines,
            age_proof="passport",
        )

    assert book(
        person,
        clinic.filler,
        at(10, on=TUESDAY + timedelta(days=2)),
        clinic.ines,
        age_proof="passport",
    ).pk


def test_where_no_days_are_set_the_person_says_that_it_was_enough(
    clinic: Clinic,
) -> None:
    type(clinic.filler).objects.filter(pk=clinic.filler.pk).update(reflection_days=None)
    person = somebody(born=GROWN)
    consulted(clinic, person)
    told: dict[str, Any] = {"age_proof": "passport"}

    with pytest.raises(Invalid, match="enough time to think"):
        book(person, clinic.filler, at(14), clinic.ines, **told)

    assert book(
        person, clinic.filler, at(14), clinic.ines, enough_time=True, **told
    ).enough_time


def test_who_did_not_come_to_the_talk_is_not_treated(clinic: Clinic) -> None:
    person = somebody(born=GROWN)
    talk = book(person, clinic.talk, at(10), clinic.ines)
    treated = book(
        person, clinic.filler, at(10, on=LATER), clinic.ines, age_proof="passport"
    )
    change(talk, "did-not-attend", 1)

    with pytest.raises(Invalid, match="consultation is not marked as done"):
        change(treated, "in-room", 1)


# ---- free times ------------------------------------------------------------------


def test_free_times_honour_whom_the_asker_may_not_see(clinic: Clinic) -> None:
    person = somebody()
    book(person, clinic.peel, at(9), clinic.ines)
    with reading():
        Standing.objects.filter(person=person).update(restricted_at=NOON)

    with diary() as permit:
        found = free_times(clinic.peel, permit, staff=[clinic.ines.pk])

    assert found[0].starts_at == at(9, 45)


def test_a_free_time_can_be_booked(clinic: Clinic) -> None:
    book(somebody(), clinic.laser, at(9), clinic.ines)
    second = somebody("Barnaby Test", "b@example.org")

    with diary() as permit:
        found = free_times(clinic.laser, permit)

    assert found[0].starts_at == at(9, 30)  # there is one laser
    who = clinic.ines if found[0].staff == clinic.ines.pk else clinic.tom
    assert book(second, clinic.laser, found[0].starts_at, who).pk


def test_finding_free_times_is_one_query(
    clinic: Clinic, django_assert_num_queries: Any
) -> None:
    book(somebody(), clinic.laser, at(9), clinic.ines)

    with diary() as permit, django_assert_num_queries(1):
        free_times(clinic.laser, permit)


def test_what_is_taken_is_not_told_outside_a_scope(
    clinic: Clinic, runtime_sql: psycopg.Connection[Any]
) -> None:
    book(somebody(), clinic.laser, at(9), clinic.ines)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute("SELECT * FROM appointments_busy(%s, %s)", [at(8), at(18)])


# ---- moving, cancelling ----------------------------------------------------------


def test_a_visit_moves_over_itself(clinic: Clinic) -> None:
    visit = book(somebody(), clinic.laser, at(10), clinic.ines)

    with opened(visit.person_id) as permit:
        visits.move(
            permit=permit,
            ref=visit.ref,
            version=1,
            starts_at=at(10, 15),
            by=DESK,
            at=NOON,
        )

    assert again(visit).starts_at == at(10, 15)


def test_a_cancelled_visit_frees_its_time_and_can_come_back_only_if_it_is_free(
    clinic: Clinic,
) -> None:
    visit = book(somebody(), clinic.laser, at(10), clinic.ines)
    with opened(visit.person_id) as permit:
        visits.cancel(
            permit=permit,
            ref=visit.ref,
            version=1,
            cancelled_by="patient",
            why="unwell",
            by=DESK,
            at=NOON,
        )

    book(somebody("Barnaby Test", "b@example.org"), clinic.laser, at(10), clinic.ines)

    with pytest.raises(Taken):
        change(visit, "booked", 2)
    assert again(visit).status == "cancelled"


def test_cancelling_says_by_whom_and_why(clinic: Clinic) -> None:
    visit = book(somebody(), clinic.laser, at(10), clinic.ines)

    for by, why in (("", "unwell"), ("patient", ""), ("patient", "moon")):
        with pytest.raises(Invalid), opened(visit.person_id) as permit:
            visits.cancel(
                permit=permit,
                ref=visit.ref,
                version=1,
                cancelled_by=by,
                why=why,
                by=DESK,
                at=NOON,
            )
