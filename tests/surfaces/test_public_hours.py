"""Opening hours on the front page: read whole, laid out by day, today marked."""

import re
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.test import Client

from candour.catalogue.actions import replace_window
from candour.cli import furnish
from candour.core import clock
from candour.law.regions import Region
from candour.notices.actions import publish
from candour.policy.compile import compile_sources
from candour.policy.load import read_pack
from candour.public import hours
from candour.public.hours import Opening
from tests.factories import NOON, publish_policy
from tests.surfaces.visiting import text_of

PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)
SAID = "Monday to Friday 9 am to 7 pm, Saturday 10 am to 4 pm"
OURS = hours.written(SAID)
BY_HAND = [
    {"days": "Monday", "opens": "12:00", "closes": "20:00"},
    {"days": "Tuesday and Thursday", "opens": "09:30", "closes": "18:00"},
    {"days": "Alternate Saturdays", "opens": "10:00", "closes": "15:00"},
]


def at(said: str) -> datetime:
    """Return a moment on the wall clock in London."""
    return datetime.fromisoformat(said).replace(tzinfo=clock.LONDON).astimezone(UTC)


def now(openings: list[Opening], said: str) -> str:
    """Return the sentence of one moment."""
    return str(hours.week(openings, at=at(said), region=Region.ENGLAND)["now"])


def test_hours_in_words_are_read_day_by_day() -> None:
    days = hours.week(OURS, at=NOON, region=Region.ENGLAND)["rows"]

    assert [(row["day"], row["times"]) for row in days] == [
        *((day, ["9 am to 7 pm"]) for day in hours.DAYS[:5]),
        ("Saturday", ["10 am to 4 pm"]),
        ("Sunday", []),
    ]
    assert [row["day"] for row in days if row["today"]] == ["Friday"]


@pytest.mark.parametrize(
    ("said", "opens", "closes"),
    [
        ("Sunday 10.30 am to 4.15 pm", time(10, 30), time(16, 15)),
        ("Sundays 8am to noon", time(8), time(12)),
        ("Sunday 12 pm to 1 pm", time(12), time(13)),
        ("Sunday 12.30 am to 11 am", time(0, 30), time(11)),
    ],
)
def test_times_are_read_as_people_write_them(
    said: str, opens: time, closes: time
) -> None:
    assert hours.written(said) == [Opening(6, opens, closes, alternate=False)]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "By appointment",
        "Weekdays 9 am to 5 pm",
        "Friday to Monday 9 am to 5 pm",
        "Monday 9 to 5",
        "Monday 9 am to 13 pm",
        "Monday 9.75 am to 5 pm",
        "Monday 9 am to 7 pm, and on request",
        "Monday to Friday to Sunday 9 am to 5 pm",
    ],
)
def test_what_is_not_understood_is_not_half_understood(said: str) -> None:
    assert hours.written(said) == []


def test_some_days_are_every_other_week() -> None:
    rows = hours.week(hours.listed(BY_HAND), at=NOON, region=Region.ENGLAND)["rows"]

    assert [row["times"] for row in rows] == [
        ["noon to 8 pm"],
        ["9.30 am to 6 pm"],
        [],
        ["9.30 am to 6 pm"],
        [],
        ["10 am to 3 pm, every other week"],
        [],
    ]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-20T08:59", "Open today from 9 am to 7 pm."),
        ("2026-11-20T09:00", "Open now, until 7 pm."),
        ("2026-11-20T18:59", "Open now, until 7 pm."),
        ("2026-11-20T19:00", "Closed now. Open again tomorrow from 10 am."),
        ("2026-11-21T16:00", "Closed now. Open again on Monday from 9 am."),
        ("2026-11-22T12:00", "Closed today. Open again tomorrow from 9 am."),
        # By the clock in London, which in summer is not that of the server.
        ("2026-07-20T09:30", "Open now, until 7 pm."),
        # Christmas Day is a Friday; the Monday after is a bank holiday in its place.
        ("2026-12-25T12:00", "Today is a bank holiday. Ask us before you come."),
        ("2026-12-27T12:00", "Closed today. Open again on Tuesday from 9 am."),
        # A Saturday can be one, too.
        ("2027-12-25T12:00", "Today is a bank holiday. Ask us before you come."),
    ],
)
def test_it_says_whether_it_is_open_now(moment: str, said: str) -> None:
    assert now(OURS, moment) == said


def test_nothing_is_said_for_certain_of_every_other_week() -> None:
    rows = hours.listed(BY_HAND)

    assert now(rows, "2026-11-21T12:00") == (
        "Open every other Saturday. Ask us about today."
    )
    assert now(rows, "2026-11-20T12:00") == (
        "Closed today. Open again on Monday from noon."
    )
    assert now(rows[-1:], "2026-11-20T12:00") == "Closed today."


def test_a_break_in_the_middle_of_the_day_is_one() -> None:
    halves = hours.written("Monday 9 am to noon, Monday 2 pm to 5 pm")

    assert now(halves, "2026-11-23T12:30") == "Open today from 2 pm to 5 pm."
    [monday, *_] = hours.week(halves, at=NOON, region=Region.ENGLAND)["rows"]
    assert monday["times"] == ["9 am to noon", "2 pm to 5 pm"]


@pytest.mark.parametrize("pack", PACKS)
def test_every_demonstration_has_hours_that_can_be_read(pack: str) -> None:
    rows = furnish.window(pack)["hours"]

    assert len(hours.listed(rows)) >= len(rows)


# --- the front page -------------------------------------------------------------------


def shown(page: str) -> dict[str, str]:
    """Return the table of hours: day, with "Today" where it is, and times."""
    rows = re.findall(
        r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>', page, flags=re.DOTALL
    )
    return {re.sub("<.*?>", "", day): re.sub("<.*?>", "", said) for day, said in rows}


def showing(monkeypatch: pytest.MonkeyPatch, said: str) -> str:
    """Return the front page at a moment."""
    moment = at(said)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return text_of(Client().get("/"))


@pytest.mark.usefixtures("db")
def test_the_window_says_when_the_clinic_is_open_and_has_the_last_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_policy("ai-beauty")
    replace_window(close="Ask <us>.", hours=BY_HAND)

    page = showing(monkeypatch, "2026-11-23T13:00")

    assert shown(page) == {
        "Monday Today": "noon to 8 pm",
        "Tuesday": "9.30 am to 6 pm",
        "Wednesday": "Closed",
        "Thursday": "9.30 am to 6 pm",
        "Friday": "Closed",
        "Saturday": "10 am to 3 pm, every other week",
        "Sunday": "Closed",
    }
    assert page.count('aria-current="date"') == 1
    assert "Open now, until 8 pm." in page
    assert "London time" in page
    assert "Ask &lt;us&gt;." in page
    assert "147 Oxford Street" in page


@pytest.mark.usefixtures("db")
def test_what_the_policy_says_of_the_place_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_policy("model")
    replace_window(close="", hours=BY_HAND)

    page = showing(monkeypatch, "2026-11-24T13:00")

    assert shown(page)["Tuesday Today"] == "9 am to 7 pm"
    assert shown(page)["Sunday"] == "Closed"


@pytest.mark.usefixtures("db")
def test_hours_that_are_no_list_are_shown_as_they_are_written() -> None:
    sources: dict[str, Any] = dict(read_pack("model"))
    [name] = sources
    assert sources[name].count(SAID) == 1
    sources[name] = sources[name].replace(SAID, "By appointment, also on Sundays")
    publish(policy=compile_sources(sources), by="test", at=NOON, demo=True)

    page = text_of(Client().get("/"))

    assert "By appointment, also on Sundays" in page
    assert shown(page) == {}


@pytest.mark.usefixtures("db")
def test_without_hours_or_a_place_nothing_is_said_of_them() -> None:
    publish_policy("cm-london-medical")

    page = text_of(Client().get("/"))

    assert shown(page) == {}
    assert "When we are open" not in page
    assert "Where we are" not in page
    assert "see who has looked" in page


@pytest.mark.usefixtures("db")
def test_other_places_of_the_brand_are_named() -> None:
    publish_policy("private-clinic")

    page = text_of(Client().get("/"))

    assert "98 Harley Street" in page
    assert "We also see people in Birmingham, Bristol," in page
