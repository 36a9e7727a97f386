"""The catalogue at the desk: a manager's, and on the trail."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.accounts.models import Practice, Registration
from candour.appointments.models import Away, Hours
from candour.catalogue import queries
from candour.catalogue.models import Room, Service
from candour.core import clock
from tests.apps.diary_cast import SITE, TUESDAY, Clinic, furnish
from tests.factories import NOON
from tests.surfaces.desk import acts, signed_in, text_of

pytestmark = pytest.mark.usefixtures("db")
INDEX = "/desk/catalogue/"


@pytest.fixture
def clinic(db: None, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return furnish()


@pytest.fixture
def desk(client: Client, clinic: Clinic) -> Client:
    signed_in(client, "manager")
    return client


def person_page(clinic: Clinic) -> str:
    return f"{INDEX}staff/{clinic.ines.ref}/"


def told(**more: str) -> dict[str, str]:
    plain = {
        "name": "Jaw slimming",
        "minutes": "40",
        "buffer_before": "0",
        "buffer_after": "10",
        "kind": "injectable",
        "law_calls_it": "botulinum_toxin",
        "areas": "jaw, neck",
        "active": "yes",
    }
    return {**plain, **more}


@pytest.mark.parametrize("role", ["reception", "practitioner", "marketing"])
def test_only_a_manager_opens_or_changes_the_catalogue(
    client: Client, clinic: Clinic, role: str, owner_sql: psycopg.Connection[Any]
) -> None:
    signed_in(client, role)

    assert client.get(INDEX).status_code == 403
    posted = client.post(INDEX, {"action": "room", "site": SITE, "name": "Room 9"})

    assert posted.status_code == 403
    assert not Room.objects.filter(name="Room 9").exists()
    assert [act[0] != "allow" for act in acts(owner_sql, "desk:catalogue:change")]


def test_a_service_is_added_with_its_rules_and_a_price_from_a_day(
    desk: Client, clinic: Clinic
) -> None:
    made = desk.post(f"{INDEX}services/new/", told())
    page = made.headers["Location"]
    desk.post(
        page, {"action": "price", "price": "£1,295.50", "valid_from": "2026-12-01"}
    )

    service = Service.objects.get(name="Jaw slimming")
    assert (service.minutes, service.buffer_after) == (40, 10)
    assert service.areas == ["jaw", "neck"]
    assert "£1,295.50" in text_of(desk.get(page))
    assert service.pk not in queries.prices(on=date(2026, 11, 30))
    assert queries.prices(on=date(2026, 12, 1))[service.pk].pence == 129550


@pytest.mark.parametrize("price", ["NaN", "1e999999", "-1", "1.005", "dear"])
def test_a_price_that_is_none_is_not_kept(
    desk: Client, clinic: Clinic, price: str
) -> None:
    page = desk.post(f"{INDEX}services/new/", told()).headers["Location"]

    answer = desk.post(
        page, {"action": "price", "price": price, "valid_from": "2026-12-01"}
    )

    assert answer.status_code == 422
    assert "in pounds" in text_of(answer)
    service = Service.objects.get(name="Jaw slimming")
    assert service.pk not in queries.prices(on=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Give it a name"),
        ({"minutes": "4"}, "from 5 minutes"),
        ({"minutes": "many"}, "whole number"),
        ({"minutes": "99999999999"}, "whole number"),
        ({"minutes": "00000199999999"}, "whole number"),
        ({"recall_days": "90"}, "go with a treatment that needs one"),
        ({"law_calls_it": "magic"}, "what the law calls it"),
    ],
)
def test_a_service_that_cannot_be_comes_back_as_it_was_typed(
    desk: Client, clinic: Clinic, wrong: dict[str, str], said: str
) -> None:
    answer = desk.post(f"{INDEX}services/new/", told(**wrong))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "jaw, neck" in answer.content.decode()
    assert not Service.objects.filter(areas=["jaw", "neck"]).exists()


def test_each_change_is_on_the_trail_with_who_made_it(
    desk: Client, clinic: Clinic, owner_sql: psycopg.Connection[Any]
) -> None:
    desk.post(
        INDEX, {"action": "room", "site": SITE, "name": "Room 9", "kinds": "laser"}
    )

    [act] = acts(owner_sql, "desk:catalogue:change")
    assert act[:2] == ("allow", "manager")
    [[changed]] = owner_sql.execute(
        "SELECT count(*) FROM trail_change c JOIN trail_event e ON e.act = c.act"
        " WHERE c.tbl = 'catalogue_room' AND e.verb = 'desk:catalogue:change'"
    ).fetchall()
    assert changed == 1


def test_rooms_and_devices_are_added_once_and_taken_out_of_use(
    desk: Client, clinic: Clinic
) -> None:
    again = {"action": "room", "site": SITE, "name": "Room 1"}
    assert "There is a room of that name" in text_of(desk.post(INDEX, again))
    desk.post(INDEX, {"action": "device", "site": SITE, "name": "B", "kind": "Laser"})
    assert [one.kind for one in queries.devices()] == ["laser", "laser"]

    desk.post(INDEX, {"action": "retire-room", "ref": str(clinic.rooms[0].ref)})

    assert [room.name for room in queries.rooms()] == ["Room 2"]


def test_what_somebody_gives_is_ticked(desk: Client, clinic: Clinic) -> None:
    desk.post(
        person_page(clinic),
        {"action": "services", "services": [str(clinic.talk.ref)]},
    )

    given = Practice.objects.filter(staff=clinic.ines).values_list(
        "service__code", flat=True
    )
    assert list(given) == ["talk"]


@pytest.mark.parametrize(
    ("register", "number", "fits"),
    [
        ("GMC", "7012345", True),
        ("NMC", "12a3456e", True),
        ("GDC", "123456", True),
        ("GMC", "70123", False),
        ("ICO", "ZA123456", False),
    ],
)
def test_a_registration_has_the_form_of_its_register(
    desk: Client, clinic: Clinic, register: str, number: str, fits: bool
) -> None:
    sent = {"action": "register", "register": register, "number": number}

    answer = desk.post(person_page(clinic), sent)

    assert Registration.objects.exists() is fits
    assert answer.status_code == (302 if fits else 422)
    if not fits:
        assert number in answer.content.decode()


def test_a_number_is_of_one_person(desk: Client, clinic: Clinic) -> None:
    sent = {"action": "register", "register": "GMC", "number": "7012345"}
    desk.post(f"{INDEX}staff/{clinic.tom.ref}/", sent)

    assert "A colleague has this number" in text_of(
        desk.post(person_page(clinic), sent)
    )


def test_hours_are_added_and_end_without_overlap(desk: Client, clinic: Clinic) -> None:
    saturday = {
        "action": "hours",
        "site": SITE,
        "weekday": "5",
        "opens": "10:00",
        "closes": "14:00",
    }
    desk.post(person_page(clinic), saturday)
    twice = desk.post(
        person_page(clinic), {**saturday, "opens": "13:00", "closes": "15:00"}
    )

    assert "other hours at that time" in text_of(twice)
    [row] = Hours.objects.filter(staff=clinic.ines, weekday=5)
    desk.post(person_page(clinic), {"action": "end-hours", "one": str(row.pk)})
    assert not Hours.objects.filter(staff=clinic.ines, weekday=5).exists()


def test_a_holiday_shows_nobody_free_and_can_be_taken_back(
    desk: Client, clinic: Clinic
) -> None:
    sent = {
        "action": "away",
        "site": SITE,
        "kind": "holiday",
        "first": str(TUESDAY),
        "last": str(TUESDAY),
    }
    desk.post(person_page(clinic), sent)

    [row] = Away.objects.all()
    assert (row.ends_at - row.starts_at).total_seconds() == 24 * 3600
    page = text_of(desk.get(f"/desk/calendar/?day={TUESDAY}"))
    assert "Ines Falk" not in page
    assert "Holiday" not in page
    desk.post(person_page(clinic), {"action": "end-away", "one": str(row.pk)})
    assert not Away.objects.exists()


def test_a_site_is_closed(desk: Client, clinic: Clinic) -> None:
    sent = {
        "action": "closed",
        "site": SITE,
        "first": "2026-12-25",
        "last": "2026-12-28",
    }

    desk.post(INDEX, sent)

    assert Away.objects.get().staff is None
    assert "25 December 2026" in text_of(desk.get(INDEX))
