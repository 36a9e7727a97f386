"""Notes and alerts at the desk: by whom, what is refused, and nothing typed is lost."""

import re
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.people.models import Person
from candour.records.models import Draft, Note
from tests.apps.record_cast import amend, raise_alert, write_note
from tests.factories import publish_policy
from tests.surfaces.desk import acts, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person, restrict

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
CARD = "4111 1111 1111 1111"
TYPED = "Day 45. A small bruise above the left brow. <b>Zephyrine</b> مرحبا"


@pytest.fixture
def person(db: None) -> Person:
    publish_policy()
    return make_person()


def note_form(**changes: str) -> dict[str, str]:
    return {
        "kind": "review",
        "mode": "phone",
        "body": TYPED,
        "token": str(uuid4()),
        "step": "save",
        **changes,
    }


def alert_form(**changes: str) -> dict[str, str]:
    return {
        "kind": "allergy",
        "code": "Lidocaine",
        "weight": "danger",
        "detail": "Lips swelled in 2019.",
        "token": str(uuid4()),
        **changes,
    }


def test_a_note_is_written_and_read(
    client: Client, person: Person, owner_sql: Sql
) -> None:
    signed_in(client, "practitioner")

    saved = client.post(file_of(person, "record/write/"), note_form())
    said = text_of(client.get(saved["Location"]))

    assert "The note is saved" in said
    assert TYPED in said
    assert "Practitioner Thistlewood, phone" in said
    listed = client.get(file_of(person, "record/"))
    assert TYPED in text_of(listed)
    assert "<b>Zephyrine" not in listed.content.decode()
    [(outcome, role, _, people)] = acts(owner_sql, "desk:note:write")
    assert (outcome, role, people) == ("allow", "practitioner", [person.pk])


@pytest.mark.parametrize("role", ["reception", "marketing", "finance", "manager"])
@pytest.mark.parametrize("part", ["record/", "record/write/", "record/alerts/"])
def test_who_does_not_treat_is_refused_with_the_clause(
    client: Client, person: Person, owner_sql: Sql, role: str, part: str
) -> None:
    write_note(person.pk)
    raise_alert(person.pk)
    signed_in(client, role)

    page = client.get(file_of(person, part))

    assert page.status_code == 403
    assert "Glabella" not in text_of(page)
    assert "Lidocaine" not in text_of(page)
    assert "Clause" in text_of(page)


def test_reception_is_told_that_alerts_are_not_shown(
    client: Client, person: Person
) -> None:
    raise_alert(person.pk)
    signed_in(client, "reception")

    said = text_of(client.get(file_of(person)))

    assert "Alerts are not shown here" in said
    assert "Lidocaine" not in said


def test_an_alert_stands_on_every_tab_until_it_is_ended(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    alerts = file_of(person, "record/alerts/")

    client.post(alerts, alert_form())
    for part in ("", "record/", "record/write/"):
        assert "Allergy: Lidocaine" in text_of(client.get(file_of(person, part)))
    page = client.get(alerts).content.decode()
    [end] = set(re.findall(f"{alerts}[0-9a-f-]{{36}}/", page))
    unsaid = client.post(end, {"reason": ""})
    client.post(end, {"reason": "Tested, not allergic."})

    assert unsaid.status_code == 422
    said = text_of(client.get(alerts))
    assert "Ended alerts (1)" in said
    assert "Tested, not allergic." in said
    assert "Allergy: Lidocaine" not in text_of(client.get(file_of(person)))


def test_alerts_stay_open_under_restriction_and_notes_do_not(
    client: Client, person: Person
) -> None:
    raise_alert(person.pk)
    write_note(person.pk)
    restrict(person)
    signed_in(client, "practitioner")

    page = client.get(file_of(person, "record/"))

    assert page.status_code == 403
    assert "Allergy: Lidocaine" in text_of(page)
    assert "Glabella" not in text_of(page)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": f"{TYPED} {CARD}"}, "card number"),
        ({"mode": ""}, "Choose how you met"),
        ({"kind": "gossip"}, "not one of the choices"),
        ({"body": "a\0b"}, "hidden character"),
    ],
)
def test_a_note_that_will_not_do_comes_back_as_typed(
    client: Client, person: Person, changes: dict[str, str], said: str
) -> None:
    signed_in(client, "practitioner")
    form = note_form(**changes)

    page = client.post(file_of(person, "record/write/"), form)

    assert page.status_code == 422
    assert said in text_of(page)
    assert form["body"].replace("\0", "") in text_of(page) or "<b>" in form["body"]
    assert form["token"] in page.content.decode()
    with reading():
        assert Note.objects.count() == 0


def test_who_comes_second_keeps_what_they_typed_and_sees_the_other(
    client: Client, person: Person
) -> None:
    ref = write_note(person.pk, body="Left brow, 20 units.")
    amend(person.pk, ref, body="Left brow, 22 units.", why="Misread the syringe.")
    signed_in(client, "practitioner")
    change = file_of(person, f"record/notes/{ref}/change/")
    form = {
        "body": "Right brow, 20 units.",
        "why": "The other side.",
        "seen": "1",
        "token": str(uuid4()),
        "step": "save",
    }

    page = client.post(change, form)

    assert page.status_code == 409
    said = text_of(page)
    assert "Right brow, 20 units." in said
    assert "[added: 22 ]" in said
    assert "Misread the syringe." in said
    assert 'name="seen" value="2"' in page.content.decode()
    after = client.post(change, {**form, "seen": "2"})
    assert "Version 3: The other side." in text_of(client.get(after["Location"]))


def test_a_draft_is_kept_offered_again_and_thrown_away(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    write, form = file_of(person, "record/write/"), note_form()

    kept = client.post(file_of(person, "record/draft/"), form)
    card = client.post(file_of(person, "record/draft/"), {**form, "body": CARD})

    assert kept.content.decode() == "Kept as a draft. Nobody else sees it."
    assert (card.status_code, CARD in card.content.decode()) == (422, False)
    assert "You began a note" in text_of(client.get(file_of(person, "record/")))
    again = client.get(write).content.decode()
    assert form["token"] in again
    assert "Day 45" in again
    client.post(write, {**form, "step": "drop"})
    assert "Day 45" not in text_of(client.get(write))
    with reading():
        assert Draft.objects.count() == 0


def test_without_a_script_a_draft_is_kept_by_a_button(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    write = file_of(person, "record/write/")

    client.post(write, note_form(step="draft"))
    refused = client.post(write, note_form(step="draft", body=CARD))

    assert refused.status_code == 422
    assert CARD in text_of(refused)
    assert "Day 45" in text_of(client.get(write))


def test_a_note_begins_with_what_a_good_one_answers(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")

    page = client.get(file_of(person, "record/write/?start=toxin"))

    assert "Muscles and units:" in text_of(page)


def test_another_persons_note_is_not_found(client: Client, person: Person) -> None:
    other = make_person(email="other@example.org")
    ref = write_note(other.pk)
    signed_in(client, "practitioner")

    for part in (f"record/notes/{ref}/", f"record/notes/{ref}/change/"):
        assert client.get(file_of(person, part)).status_code == 404


def test_the_record_asks_no_more_however_many_notes_there_are(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    asked = []
    for _ in range(2):
        for _ in range(3):
            write_note(person.pk)
        client.get(file_of(person, "record/"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(file_of(person, "record/"))
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert asked[0] <= 20
