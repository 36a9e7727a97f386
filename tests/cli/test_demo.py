"""The demonstration: furnished once, quick after that, and kept apart from the real."""

import argparse
import json
import stat
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from candour.accounts import queries as accounts
from candour.catalogue import queries as catalogue
from candour.cli import demo, furnish, setup
from candour.core.errors import Misconfigured, NotFound
from candour.notices import queries as notices
from candour.notices.actions import publish
from candour.policy.compile import compile_pack
from tests.factories import NOON
from tests.surfaces.desk import SECOND, SIGN_IN, text_of

pytestmark = pytest.mark.usefixtures("db")

Sql = psycopg.Connection[Any]
PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


def count(sql: Sql, table: str) -> int:
    row = sql.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def digits(role: str, capsys: pytest.CaptureFixture[str]) -> str:
    demo.run_code(argparse.Namespace(who=role))
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize("policy", PACKS)
def test_every_policy_can_be_demonstrated(policy: str, owner_sql: Sql) -> None:
    lines = demo.prepare(policy=policy)

    assert compile_pack(policy).clinic in lines[0]
    assert notices.versions()[0].name == policy
    assert notices.versions()[0].demo
    assert len(catalogue.menu()) >= 5
    assert len(catalogue.rooms()) >= 2
    assert all(service.room_kind for service in catalogue.menu())
    assert count(owner_sql, "enquiries_enquiry") == len(furnish.QUESTIONS)


def test_done_again_it_changes_nothing_and_is_quick(owner_sql: Sql) -> None:
    first = demo.prepare(policy="model")
    before = count(owner_sql, "trail_event"), count(owner_sql, "people_person")

    started = time.process_time()
    again = demo.prepare(policy="model")

    assert time.process_time() - started < 1
    assert again == first
    assert (
        count(owner_sql, "trail_event"),
        count(owner_sql, "people_person"),
    ) == before
    assert len(notices.versions()) == 1


def test_another_policy_takes_the_place_of_the_last(owner_sql: Sql) -> None:
    demo.prepare(policy="model")
    first = {service.code for service in catalogue.menu()}

    demo.prepare(policy="ai-beauty")

    assert notices.versions()[0].name == "ai-beauty"
    assert {service.code for service in catalogue.menu()} != first
    assert count(owner_sql, "enquiries_enquiry") == len(furnish.QUESTIONS)


@pytest.mark.parametrize("policy", PACKS)
def test_the_front_page_shows_the_whole_window(policy: str, client: Client) -> None:
    demo.prepare(policy=policy)
    told = furnish.window(policy)

    page = text_of(client.get("/"))

    assert told["close"] in page
    assert "Sunday" in page
    for service in furnish.menu(policy):
        assert service["name"] in page


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("close: x\n", "close: x\nheadline: y\n"),
        ("close: x\n", ""),
        ("opens: '10:00'", "opens: '10:00', until: '9'"),
        ("'10:00'", "early"),
        ("code: a", "colour: red"),
    ],
)
def test_a_window_says_nothing_that_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str, found: str
) -> None:
    whole = (
        "clinic: a\nclose: x\nhours:\n"
        "  - {days: Monday, opens: '10:00', closes: '11:00'}\nservices:\n"
        "  - {code: a, name: A, about: A., price: 1, from: false, class: skin,"
        " minutes: 5}\n"
    )
    path = tmp_path / "a" / furnish.FILE
    path.parent.mkdir()
    monkeypatch.setattr(furnish, "default_root", lambda: tmp_path)
    path.write_text(whole)
    assert furnish.menu("a")[0]["code"] == "a"
    assert whole.count(told) == 1

    path.write_text(whole.replace(told, found))

    with pytest.raises(Misconfigured):
        furnish.window("a")


def test_what_signs_the_staff_in_is_for_this_account_alone() -> None:
    demo.prepare(policy="model")

    path = Path(settings.DATA_DIR) / "demo.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_text())
    assert kept["totp"].keys() == demo.STAFF.keys()
    assert len(set(kept["totp"].values())) == len(demo.STAFF)


def test_another_installation_has_another_password() -> None:
    assert len({demo._password() for _ in range(50)}) == 50


def test_the_printed_sign_ins_open_the_desk(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = demo.prepare(policy="model")
    password = lines[1].rsplit(" ", 1)[1]

    client.post(SIGN_IN, {"login": "reception@demo.example", "password": password})
    client.post(SECOND, {"code": digits("reception", capsys)})

    said = text_of(client.get("/desk/enquiries/"))
    assert all(question.name in said for question in furnish.QUESTIONS)


def test_marketing_signs_in_and_is_refused_the_inbox(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = demo.prepare(policy="ai-beauty")
    password = lines[1].rsplit(" ", 1)[1]

    client.post(SIGN_IN, {"login": "marketing@demo.example", "password": password})
    client.post(SECOND, {"code": digits("marketing", capsys)})

    assert client.get("/desk/enquiries/").status_code == 403


def test_there_are_no_digits_before_there_is_a_demonstration() -> None:
    with pytest.raises(NotFound):
        demo.run_code(argparse.Namespace(who="reception"))


def test_the_trail_says_that_the_questions_are_the_systems(owner_sql: Sql) -> None:
    demo.prepare(policy="model")

    actors = owner_sql.execute(
        "SELECT DISTINCT actor, verb FROM trail_event"
    ).fetchall()

    assert sorted(actors) == [
        ("system:demo", "cli:demo:ask"),
        ("system:demo", "cli:demo:forms"),
    ]


def test_a_demonstration_that_was_cut_short_is_finished(
    owner_sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop(Exception):
        pass

    def stop(*args: object) -> None:
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr(demo, "_ask", stop)
        with pytest.raises(Stop):
            demo.prepare(policy="model")

    demo.prepare(policy="model")

    assert count(owner_sql, "enquiries_enquiry") == len(furnish.QUESTIONS)
    assert len(accounts.working()) == len(demo.STAFF)


def test_a_real_clinic_is_never_furnished(owner_sql: Sql) -> None:
    publish(policy=compile_pack("model"), by="test", at=NOON)

    with pytest.raises(Misconfigured, match="real clinic"):
        demo.prepare(policy="model")

    assert count(owner_sql, "accounts_staff") == 0
    assert count(owner_sql, "people_person") == 0


# --- without a demonstration ----------------------------------------------------------


def test_a_real_clinic_opens_with_nothing_invented(owner_sql: Sql) -> None:
    lines = setup.prepare(policy="model")

    assert lines[0] == "model 2026-09 is in force."
    assert "candour staff add" in lines[1]
    assert not notices.versions()[0].demo
    for table in ("accounts_staff", "people_person", "catalogue_service"):
        assert count(owner_sql, table) == 0


@pytest.mark.parametrize("policy", PACKS[1:])
def test_a_real_clinic_does_not_open_while_a_decision_is_open(policy: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        setup.prepare(policy=policy)

    for decision in compile_pack(policy).open_decisions:
        assert decision.key in str(refused.value)
    assert notices.versions() == []


def test_a_start_never_replaces_the_policy_of_a_real_clinic() -> None:
    setup.prepare(policy="model")

    lines = setup.prepare(policy="ai-beauty")

    assert [version.name for version in notices.versions()] == ["model"]
    assert "candour policy publish ai-beauty" in lines[1]


def test_a_demonstration_is_never_opened_as_a_real_clinic() -> None:
    demo.prepare(policy="model")

    with pytest.raises(Misconfigured, match="made up"):
        setup.prepare(policy="model")
