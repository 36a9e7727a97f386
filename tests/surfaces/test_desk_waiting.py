"""Who waits for a time, who should come back, and the calendar of a phone."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.appointments.models import Recall, Waiting
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
from tests.factories import CANARY, NOON
from tests.surfaces.desk import (
    acts,
    reading,
    signed_in,
    text_of,
)
from tests.surfaces.diary_desk import ref_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def clinic(db: None, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return furnish()


@pytest.fixture
def desk(client: Client, clinic: Clinic) -> Client:
    signed_in(client)
    return client


# ---- waiting, coming back, the phone -------------------------------------------------


def test_who_waits_stands_beside_the_times_they_can_come(
    desk: Client, clinic: Clinic
) -> None:
    person = somebody()
    answer = desk.post(
        f"/desk/waiting/new/?person={ref_of(person)}",
        {
            "service": str(clinic.peel.ref),
            "site": SITE,
            "weekday-0": "tue",
            "since-0": "15:00",
            "until-0": "16:00",
            "from_on": str(TUESDAY),
            "source": "phone",
        },
    )
    said = text_of(desk.get(answer.headers["Location"]))

    assert CANARY in said
    assert "Tuesday 15:00 to 16:00" in said
    assert "Tue 24 Nov, 3 pm" in said
    with reading():
        ref = Waiting.objects.get().ref
    desk.post(f"/desk/waiting/{ref}/end/")
    assert "Nobody is waiting" in text_of(desk.get("/desk/waiting/"))


def test_being_on_the_waiting_list_twice_is_told(desk: Client, clinic: Clinic) -> None:
    page = f"/desk/waiting/new/?person={ref_of(somebody())}"
    told = {
        "service": str(clinic.peel.ref),
        "site": SITE,
        "source": "phone",
        "note": "Keep me",
    }
    desk.post(page, told)

    answer = desk.post(page, told)

    assert answer.status_code == 409
    assert "on the waiting list for this already" in text_of(answer)
    assert "Keep me" in answer.content.decode()


def test_who_is_due_to_come_back_is_listed_and_can_be_let_off(
    desk: Client, clinic: Clinic
) -> None:
    from tests.apps import diary_cast

    person = somebody()
    diary_cast.recalled(person, clinic, due=date(2026, 11, 30))

    page = desk.get("/desk/recalls/")
    assert CANARY in text_of(page)
    with reading():
        ref = Recall.objects.get().ref
    desk.post(f"/desk/recalls/{ref}/")

    assert "Nobody is due" in text_of(desk.get("/desk/recalls/"))


def test_a_phones_calendar_has_no_name_and_no_treatment(
    client: Client, clinic: Clinic, owner_sql: psycopg.Connection[Any]
) -> None:
    from candour.appointments import feeds

    person = somebody()
    book(person, clinic.laser, at(10), clinic.ines)
    secret = feeds.make(staff=clinic.ines, at=at(8))

    answer = client.get(f"/desk/calendar/feed/{secret}.ics")

    body = answer.content.decode()
    assert answer.status_code == 200
    assert "DTSTART:20261124T100000Z" in body
    assert "LOCATION:Room 1" in body
    for word in (CANARY, "Quillfeather", "Laser", "laser"):
        assert word not in body
    assert acts(owner_sql, "desk:calendar:feed")[0][3] == [person]


def test_a_feed_that_was_replaced_or_of_somebody_who_left_is_gone(
    client: Client, clinic: Clinic
) -> None:
    from candour.accounts.actions import leave
    from candour.appointments import feeds

    old = feeds.make(staff=clinic.ines, at=at(8))
    new = feeds.make(staff=clinic.ines, at=at(9))

    assert client.get(f"/desk/calendar/feed/{old}.ics").status_code == 404
    leave(staff=clinic.ines, at=at(10))
    assert client.get(f"/desk/calendar/feed/{new}.ics").status_code == 404


def test_the_address_of_a_feed_is_shown_once(client: Client, clinic: Clinic) -> None:
    signed_in(client, "practitioner")

    client.post("/desk/calendar/yours/", {"action": "make"})

    assert "/desk/calendar/feed/" in text_of(client.get("/desk/calendar/yours/"))
    assert "/desk/calendar/feed/" not in text_of(client.get("/desk/calendar/yours/"))
