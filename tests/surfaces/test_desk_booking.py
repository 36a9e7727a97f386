"""Booking by form: what is typed is never lost, what stands in the way is said."""

from datetime import timedelta

import pytest
from django.test import Client

from candour.appointments.models import Appointment
from candour.core import clock
from tests.apps.diary_cast import (
    SITE,
    TUESDAY,
    Clinic,
    at,
    book,
    furnish,
    somebody,
)
from tests.factories import NOON
from tests.surfaces.desk import (
    messages,
    reading,
    signed_in,
    text_of,
)
from tests.surfaces.diary_desk import booking, only_visit, ref_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def clinic(db: None, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return furnish()


@pytest.fixture
def desk(client: Client, clinic: Clinic) -> Client:
    signed_in(client)
    return client


def fill(clinic: Clinic, **more: str) -> dict[str, str]:
    return {
        "service": str(clinic.peel.ref),
        "site": SITE,
        "slot": f"2026-11-24T10:00Z|{clinic.ines.pk}",
        "source": "phone",
        **more,
    }


# ---- booking by form ---------------------------------------------------------------


def test_whom_a_visit_is_for_is_searched_without_a_name_in_the_address(
    desk: Client, clinic: Clinic
) -> None:
    person = somebody()

    asked = desk.post("/desk/visits/new/", {"q": "quillfeather"})
    assert "quillfeather" not in asked.headers["Location"].lower()
    page = desk.get(asked.headers["Location"])

    assert f"?person={ref_of(person)}" in page.content.decode()


def test_a_visit_is_booked_from_a_free_time(desk: Client, clinic: Clinic) -> None:
    person = somebody()
    page = desk.get(f"{booking(person)}&service={clinic.peel.ref}&since={TUESDAY}")
    assert f"2026-11-24T10:00Z|{clinic.ines.pk}" in page.content.decode()

    answer = desk.post(booking(person), fill(clinic, note="A step at the door"))

    visit = only_visit()
    assert answer.headers["Location"] == f"/desk/visits/{visit.ref}/"
    said = text_of(desk.get(answer.headers["Location"]))
    for words in ("Peel", "Ines Falk", "Room 1", "A step at the door", "10 am"):
        assert words in said


def test_the_loser_of_a_race_keeps_what_was_typed_and_sees_the_next_free_times(
    desk: Client, clinic: Clinic
) -> None:
    book(somebody("First Test", "f@example.org"), clinic.peel, at(10), clinic.ines)

    answer = desk.post(booking(somebody()), fill(clinic, note="Prefers the lift"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has that time" in page
    assert "Prefers the lift" in page
    assert f"2026-11-24T10:45Z|{clinic.ines.pk}" in page
    assert f"2026-11-24T10:00Z|{clinic.ines.pk}" not in page


def test_a_time_can_be_typed(desk: Client, clinic: Clinic) -> None:
    answer = desk.post(
        booking(somebody()),
        fill(
            clinic, slot="", day="2026-11-24", clock="11:20", staff=f"{clinic.tom.pk}"
        ),
    )

    assert answer.status_code == 302
    assert only_visit().starts_at == at(11, 20)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"slot": ""}, "Choose a free time"),
        ({"slot": "2026-11-24|x"}, "Choose a free time"),
        ({"service": ""}, "Choose what the visit is for"),
        ({"day": "2027-03-28", "clock": "01:30"}, "That time does not exist"),
        ({"day": "2027-10-31", "clock": "01:30"}, "comes twice"),
        ({"day": "x", "clock": "y"}, "Give a day and a time"),
        ({"day": "2026-11-24", "clock": "20:00"}, "does not work then"),
        ({"link": "javascript:alert(1)"}, "begins with https"),
        ({"source": "tea-leaves"}, "does not name this source"),
        ({"note": "x" * 2001}, "This note is too long"),
    ],
)
def test_what_cannot_be_booked_comes_back_with_why_and_nothing_is_stored(
    desk: Client, clinic: Clinic, typed: dict[str, str], said: str
) -> None:
    told = fill(clinic, staff=f"{clinic.ines.pk}", **{"note": "Keep me", **typed})

    answer = desk.post(booking(somebody()), told)

    assert answer.status_code in (409, 422)
    page = text_of(answer)
    assert said in page
    if "service" not in typed:
        assert told["note"][:7] in answer.content.decode()
    with reading():
        assert not Appointment.objects.exists()


def test_the_hour_that_comes_twice_is_booked_once_it_is_said_which(
    desk: Client, clinic: Clinic
) -> None:
    told = fill(
        clinic,
        day="2027-10-31",
        clock="01:30",
        fold="1",
        staff=f"{clinic.ines.pk}",
        outside_hours="yes",
    )

    assert desk.post(booking(somebody()), told).status_code == 302
    assert f"{only_visit().starts_at:%H:%M}" == "01:30"  # UTC: winter time


def test_a_form_sent_twice_is_one_visit(desk: Client, clinic: Clinic) -> None:
    person = somebody()
    told = fill(clinic, token="0191f0d2-0000-7000-8000-000000000001")

    first, second = (desk.post(booking(person), told) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert only_visit()


def test_a_booking_tells_them_by_email_now_and_two_days_before(
    desk: Client, clinic: Clinic
) -> None:
    desk.post(booking(somebody()), fill(clinic))

    told, reminder = messages()
    assert (told.kind, told.purpose) == ("appointment", "appointments")
    assert told.subject == "Your visit is booked"
    assert reminder.subject == "Your visit is soon"
    assert reminder.send_after == at(10) - timedelta(hours=48)
