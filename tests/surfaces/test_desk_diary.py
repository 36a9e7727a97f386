"""The diary at the desk: a day, a week, moving, what nobody may see."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.appointments.models import Appointment, Recall
from candour.core import clock
from candour.people.models import Standing
from candour.web.who import SECOND_STEP
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
from tests.factories import CANARY, NOON
from tests.surfaces.desk import (
    acts,
    give_app,
    messages,
    reading,
    signed_in,
    text_of,
)
from tests.surfaces.diary_desk import DAY, ref_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def clinic(db: None, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return furnish()


@pytest.fixture
def desk(client: Client, clinic: Clinic) -> Client:
    signed_in(client)
    return client


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


def test_today_shows_who_still_comes_and_a_practitioner_only_their_own(
    client: Client, clinic: Clinic
) -> None:
    today = at(15, on=date(2026, 11, 20))
    book(somebody(), clinic.peel, today, clinic.ines)
    book(somebody("Second Test", "s@example.org"), clinic.peel, today, clinic.tom)

    signed_in(client)
    said = text_of(client.get("/desk/"))
    assert CANARY in said
    assert "Second Test" in said

    give_app(clinic.ines)
    client.force_login(clinic.ines.user)
    session = client.session
    session[SECOND_STEP] = True
    session.save()
    said = text_of(client.get("/desk/"))
    assert "Who you see today" in said
    assert CANARY in said
    assert "Second Test" not in said


def test_today_says_nothing_of_visits_to_who_has_no_part_in_them(
    client: Client, clinic: Clinic
) -> None:
    book(somebody(), clinic.peel, at(15, on=date(2026, 11, 20)), clinic.ines)
    signed_in(client, "marketing")

    said = text_of(client.get("/desk/"))

    assert CANARY not in said
    assert "Who comes today" not in said
