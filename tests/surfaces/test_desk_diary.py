"""The diary at the desk: a day, booking by form, moving, what nobody may see."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from candour.appointments.models import Appointment, Recall, Waiting
from candour.people.models import Person, Standing
from tests.apps.diary_cast import (
    SITE,
    TUESDAY,
    Clinic,
    again,
    at,
    book,
    furnish,
    somebody,
)
from tests.factories import CANARY
from tests.surfaces.desk import acts, messages, reading, signed_in, text_of

pytestmark = pytest.mark.usefixtures("db")
DAY = f"?day={TUESDAY}&site={SITE}"


@pytest.fixture
def clinic(db: None, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    from candour.core import clock
    from tests.factories import NOON

    monkeypatch.setattr(clock, "now", lambda: NOON)
    return furnish()


@pytest.fixture
def desk(client: Client, clinic: Clinic) -> Client:
    signed_in(client)
    return client


def ref_of(person: int) -> UUID:
    with reading():
        return Person.objects.get(pk=person).ref


def only_visit() -> Appointment:
    with reading():
        return Appointment.objects.get()


def fill(clinic: Clinic, **more: str) -> dict[str, str]:
    return {
        "service": str(clinic.peel.ref),
        "site": SITE,
        "slot": f"2026-11-24T10:00Z|{clinic.ines.pk}",
        "source": "phone",
        **more,
    }


def booking(person: int) -> str:
    return f"/desk/visits/new/?person={ref_of(person)}"


# ---- a day -----------------------------------------------------------------------


@pytest.mark.parametrize("page", ["/desk/calendar/", "/desk/calendar/list/"])
def test_a_day_shows_who_comes_when_and_to_whom(
    desk: Client, clinic: Clinic, page: str
) -> None:
    book(somebody(), clinic.laser, at(10), clinic.ines)

    said = text_of(desk.get(page + DAY))

    for words in (CANARY, "10 am", "Laser", "Room 1, Laser A", "Ines Falk", "1 visit"):
        assert words in said


def test_rooms_can_be_the_columns(desk: Client, clinic: Clinic) -> None:
    book(somebody(), clinic.laser, at(10), clinic.ines)

    said = text_of(desk.get(f"/desk/calendar/{DAY}&by=rooms"))

    assert "Room 2" in said
    assert CANARY in said


def test_a_week_of_one_practitioner(desk: Client, clinic: Clinic) -> None:
    book(somebody(), clinic.laser, at(10), clinic.ines)

    said = text_of(desk.get(f"/desk/calendar/week/{clinic.ines.ref}/{DAY}"))

    assert "23 November 2026 to 29 November 2026" in said
    assert CANARY in said


@pytest.mark.parametrize("page", ["/desk/calendar/", "/desk/calendar/list/"])
def test_somebody_restricted_is_a_time_that_is_taken(
    desk: Client, clinic: Clinic, page: str
) -> None:
    person = somebody()
    book(person, clinic.laser, at(10), clinic.ines)
    with reading():
        Standing.objects.filter(person=person).update(restricted_at=at(8))

    said = text_of(desk.get(page + DAY))

    assert CANARY not in said
    assert "1 more is kept from you" in said
    if page == "/desk/calendar/":
        assert "Taken. Not yours to see." in said


def test_a_day_takes_as_many_queries_for_ten_visits_as_for_one(
    desk: Client, clinic: Clinic, django_assert_max_num_queries: Any
) -> None:
    book(somebody("First Test", "f@example.org"), clinic.peel, at(9), clinic.ines)
    desk.get("/desk/calendar/" + DAY)
    counts = []
    for round_ in range(2):
        with django_assert_max_num_queries(40) as seen:
            desk.get("/desk/calendar/" + DAY)
        counts.append(len(seen))
        for n in range(5):
            who = somebody(f"N{n} Test", f"n{n}@example.org")
            if round_ == 0:
                book(who, clinic.peel, at(10 + n), clinic.tom)

    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["marketing", "finance"])
def test_the_diary_is_refused_to_who_has_no_part_in_it(
    client: Client, clinic: Clinic, role: str, owner_sql: psycopg.Connection[Any]
) -> None:
    signed_in(client, role)

    answer = client.get("/desk/calendar/" + DAY)

    assert answer.status_code == 403
    assert acts(owner_sql, "desk:calendar:day")[0][0] != "allow"
    assert 'href="/desk/calendar/"' not in client.get("/desk/").content.decode()


def test_opening_a_day_is_on_the_trail_with_those_who_were_shown(
    desk: Client, clinic: Clinic, owner_sql: psycopg.Connection[Any]
) -> None:
    person = somebody()
    book(person, clinic.laser, at(10), clinic.ines)

    desk.get("/desk/calendar/" + DAY)

    [act] = acts(owner_sql, "desk:calendar:day")
    assert act[0] == "allow"
    assert act[3] == [person]


def test_odd_addresses_show_today(desk: Client) -> None:
    for query in ("?day=x", "?day=9999-99-99", "?day=0001-01-01", "?site=x&by=y"):
        assert desk.get("/desk/calendar/" + query).status_code == 200


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


# ---- moving and what becomes of it --------------------------------------------------


def drop(visit: Appointment, slot: str, **more: str) -> dict[str, str]:
    return {
        "ref": str(visit.ref),
        "version": str(visit.version),
        "slot": slot,
        "shown": str(TUESDAY),
        "site": SITE,
        **more,
    }


def test_a_visit_is_moved_and_the_move_undone(desk: Client, clinic: Clinic) -> None:
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)

    moved = desk.post(
        "/desk/calendar/move/", drop(visit, f"2026-11-24T14:00Z|{clinic.tom.pk}")
    )
    page = desk.get(moved.headers["Location"])
    assert again(visit).starts_at == at(14)
    assert "Undo: put it back" in text_of(page)

    undo = page.context["undo"]
    desk.post("/desk/calendar/move/", {**undo, "site": SITE, "outside_hours": "yes"})

    assert again(visit).starts_at == at(10)
    assert "Ines Falk" in text_of(desk.get(f"/desk/visits/{visit.ref}/"))


def test_the_old_reminder_goes_with_the_move(desk: Client, clinic: Clinic) -> None:
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)

    desk.post("/desk/calendar/move/", drop(visit, "2026-11-24T14:00Z|0"))

    told, reminder = messages()
    assert told.subject == "Your visit was moved"
    assert reminder.send_after == at(14) - timedelta(hours=48)


def test_a_move_onto_another_visit_says_so_and_where_to_look(
    desk: Client, clinic: Clinic
) -> None:
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)
    book(somebody("Second Test", "s@example.org"), clinic.peel, at(14), clinic.ines)

    answer = desk.post("/desk/calendar/move/", drop(visit, "2026-11-24T14:00Z|0"))

    page = desk.get(answer.headers["Location"])
    assert "Somebody else has that time" in text_of(page)
    assert f"/desk/visits/{visit.ref}/move/" in page.content.decode()
    assert again(visit).starts_at == at(10)


def test_a_move_from_an_old_page_is_told(desk: Client, clinic: Clinic) -> None:
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)
    desk.post("/desk/calendar/move/", drop(visit, "2026-11-24T14:00Z|0"))

    answer = desk.post("/desk/calendar/move/", drop(visit, "2026-11-24T15:00Z|0"))

    assert "Somebody else changed this visit first" in text_of(
        desk.get(answer.headers["Location"])
    )


def test_a_visit_is_moved_by_form_alone(desk: Client, clinic: Clinic) -> None:
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)
    page = f"/desk/visits/{visit.ref}/move/"
    slot = f"2026-11-24T10:15Z|{clinic.ines.pk}"
    assert slot in desk.get(f"{page}?since={TUESDAY}").content.decode()

    answer = desk.post(page, {"version": "1", "slot": slot})

    assert answer.status_code == 302
    assert again(visit).starts_at == at(10, 15)


def test_a_day_is_worked_through_from_the_list(desk: Client, clinic: Clinic) -> None:
    type(clinic.peel).objects.filter(pk=clinic.peel.pk).update(
        needs_review=True, recall_days=90
    )
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)

    for version, status in enumerate(("arrived", "in-room", "done"), 1):
        sent = {"action": status, "version": str(version), "back": "list", "list": "x"}
        answer = desk.post(f"/desk/visits/{visit.ref}/", sent)
        assert answer.headers["Location"].startswith("/desk/calendar/list/")

    with reading():
        assert Recall.objects.get().due_on == TUESDAY + timedelta(days=90)
    assert again(visit).status == "done"


def test_a_cancelled_visit_says_by_whom_and_why_and_tells_them(
    desk: Client, clinic: Clinic, owner_sql: psycopg.Connection[Any]
) -> None:
    visit = book(somebody(), clinic.peel, at(10), clinic.ines)
    page = f"/desk/visits/{visit.ref}/"
    sent = {"action": "cancel", "version": "1", "cancelled_by": "patient"}

    assert "Choose why" in text_of(desk.post(page, {**sent, "why": ""}))
    desk.post(page, {**sent, "why": "unwell"})

    assert "They did: Unwell" in text_of(desk.get(page))
    [told] = messages()
    assert told.subject == "Your visit was cancelled"
    assert [act[0] for act in acts(owner_sql, "desk:visit:change")] == ["allow"]


def test_a_patients_tab_has_their_visits_and_its_head_the_next(
    desk: Client, clinic: Clinic
) -> None:
    person = somebody()
    book(person, clinic.peel, at(10), clinic.ines)

    said = text_of(desk.get(f"/desk/patients/{ref_of(person)}/appointments/"))

    assert "Next appointment" in said
    assert "24 Nov 2026, 10 am" in said


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
