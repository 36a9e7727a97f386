"""The timeline of a person at the desk."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour import gate
from candour.core.actor import system
from candour.core.clock import LONDON, now
from candour.outbox import send
from candour.people import interactions
from candour.people.models import Interaction, Person, Standing
from tests.apps.file_cast import caring
from tests.factories import NOON, make_enquiry, publish_policy
from tests.surfaces.desk import acts, answer, page_of, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
SAID = "She asked whether redness after a peel is usual. Żephyrine 🌿"
CARD = "4242 4242 4242 4242"


def sent(text: str = SAID, **changes: str) -> dict[str, str]:
    local = now().astimezone(LONDON)
    return {
        "kind": "call",
        "direction": "in",
        "channel": "phone",
        "at": f"{local:%d/%m/%Y %H:%M}",
        "text": text,
        **changes,
    }


@pytest.fixture
def person(db: None) -> Person:
    """Return somebody who asked a question."""
    publish_policy()
    return make_person()


def test_a_question_from_the_site_is_on_the_timeline(
    client: Client, person: Person
) -> None:
    signed_in(client, "reception")

    assert "A question to us (enquiry form, from them)" in text_of(
        client.get(file_of(person, "timeline/"))
    )


def test_a_call_is_written_down_sealed_and_counts_for_retention(
    client: Client, person: Person, owner_sql: Sql
) -> None:
    signed_in(client, "reception")

    answered = client.post(file_of(person, "timeline/"), sent())

    assert answered.status_code == 302
    said = text_of(client.get(answered["Location"]))
    assert SAID in said
    assert "Phone call (phone, from them)" in said
    assert "Reception Thistlewood" in said
    [(note,)] = owner_sql.execute(
        "SELECT note FROM people_interaction WHERE note IS NOT NULL"
    ).fetchall()
    assert b"redness" not in bytes(note)
    assert [row[0] for row in acts(owner_sql, "desk:timeline:write")] == ["allow"]
    with reading():
        last = Standing.objects.get(person=person.pk).last_interaction_at
    assert last is not None
    assert last > NOON


def test_a_letter_that_went_out_is_there_and_does_not_keep_data_longer(
    client: Client,
) -> None:
    publish_policy()
    enquiry = make_enquiry()
    signed_in(client, "reception")
    assert answer(client, enquiry).status_code == 302
    assert page_of(enquiry)
    with reading():
        before = Standing.objects.get(person=enquiry.person_id).last_interaction_at

    later = now() + timedelta(hours=1)
    send.send_due(now=lambda: later)

    with reading():
        [letter] = Interaction.objects.filter(kind="letter")
        after = Standing.objects.get(person=enquiry.person_id).last_interaction_at
        assert (letter.direction, letter.what) == ("out", "enquiry-reply")
        person = Person.objects.get(pk=enquiry.person_id)
    assert before == after
    assert "Letter (email, to them)" in text_of(
        client.get(file_of(person, "timeline/"))
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": f"Paid with {CARD}"}, "card number"),
        ({"text": "cvv 123"}, "card number"),
        ({"text": " "}, "Write what was said"),
        ({"at": "tomorrow"}, "not a day and a time"),
        ({"at": "24/11/2090 14:30"}, "has not happened yet"),
        ({"kind": "gossip"}, "not one of the choices"),
        ({"channel": ""}, "Choose in which way"),
    ],
)
def test_a_note_that_cannot_be_kept_comes_back_whole(
    client: Client, person: Person, changes: dict[str, str], said: str
) -> None:
    signed_in(client, "reception")

    page = client.post(file_of(person, "timeline/"), sent(**changes))

    assert page.status_code == 422
    assert said in text_of(page)
    if "text" not in changes:
        assert SAID in text_of(page)
    with reading():
        assert not Interaction.objects.exclude(note=None).exists()


def test_a_note_for_care_is_withheld_from_reception(
    client: Client, person: Person
) -> None:
    with caring(person.pk) as permit:
        interactions.note(
            permit=permit,
            person_id=person.pk,
            kind="conversation",
            channel="in-person",
            direction="in",
            text=SAID,
            happened_at=NOON,
            source="in-person",
            by=permit.by,
            at=NOON,
        )
    signed_in(client, "reception")

    said = text_of(client.get(file_of(person, "timeline/")))

    assert SAID not in said
    assert "A note for care, withheld from this purpose" in said


def test_a_note_of_reception_is_open_to_care(client: Client, person: Person) -> None:
    signed_in(client, "reception")
    client.post(file_of(person, "timeline/"), sent())
    client.logout()
    signed_in(client, "practitioner")

    assert SAID in text_of(client.get(file_of(person, "timeline/")))


def test_one_thing_is_written_down_once(person: Person) -> None:
    with reading():
        [asked] = Interaction.objects.filter(person=person.pk)
    with gate.open(
        by=system("t"), purpose="enquiry", people=[person.pk], verb="t:t:t", at=NOON
    ) as permit:
        interactions.record(
            permit=permit,
            person_id=person.pk,
            kind="enquiry",
            channel="website-form",
            direction="in",
            origin=asked.origin_ref,
            by=system("t"),
            at=NOON,
        )
        assert Interaction.objects.filter(person=person.pk).count() == 1


def test_the_timeline_costs_the_same_however_long_it_is(
    client: Client,
    person: Person,
    django_assert_max_num_queries: Any,
) -> None:
    signed_in(client, "reception")
    for _ in range(3):
        client.post(file_of(person, "timeline/"), sent())
    with django_assert_max_num_queries(40) as few:
        client.get(file_of(person, "timeline/"))
        asked = len(few)
    for _ in range(5):
        client.post(file_of(person, "timeline/"), sent())
    with django_assert_max_num_queries(asked):
        client.get(file_of(person, "timeline/"))
