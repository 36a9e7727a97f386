"""The details of a file at the desk: putting right what is written of a person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from candour.people.models import Check, ContactPoint, Given, Link, Person, Standing
from candour.people.registering import version
from tests.apps.file_cast import BORN, register
from tests.factories import CANARY_EMAIL, publish_policy
from tests.surfaces.desk import reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person

pytestmark = pytest.mark.usefixtures("db")
CHANGED = {
    "name": "Zephyrine Quillfeather",
    "preferred_name": "Zeph",
    "pronouns": "she/her",
    "born_on": "14 June 1981",
    "nhs_number": "9434765919",
    "gp": "Dr Nettle Thornbury",
    "gp_address": "4 Wharf Lane, Little Quill",
    "source": "clinic-form",
    "by_whom": "themselves",
    "seen": "1",
}


@pytest.fixture
def person(db: None) -> Person:
    """Return a patient."""
    publish_policy()
    found = make_person()
    register(found.pk)
    return found


@pytest.fixture
def desk(client: Client) -> Client:
    """Return reception, signed in."""
    signed_in(client, "reception")
    return client


def post(desk: Client, person: Person, action: str, **sent: str) -> Any:
    return desk.post(file_of(person, "details/"), {"action": action, **sent})


def shown(desk: Client, person: Person) -> str:
    return text_of(desk.get(file_of(person, "details/")))


def test_the_details_show_what_is_written(desk: Client, person: Person) -> None:
    said = shown(desk, person)

    for words in (CANARY_EMAIL, "Dr Foxglove Underhill", "9434765919", "she/her"):
        assert words in said
    assert "Nothing was changed yet" in said


def test_a_change_is_saved_with_what_it_was(desk: Client, person: Person) -> None:
    page = desk.get(file_of(person, "details/change/"))
    assert 'value="Dr Foxglove Underhill"' in page.content.decode()

    done = desk.post(file_of(person, "details/change/"), CHANGED)

    assert done.status_code == 302
    said = shown(desk, person)
    assert "what they were is kept" in said
    assert "GP, was Dr Foxglove Underhill" in said
    assert "Dr Nettle Thornbury" in said
    assert "Reception Thistlewood" in said


def test_the_second_of_two_who_edit_sees_what_changed_and_loses_nothing(
    desk: Client, person: Person
) -> None:
    desk.post(file_of(person, "details/change/"), CHANGED)

    mine = {**CHANGED, "gp": "Dr Mine", "preferred_name": "Zee"}
    page = desk.post(file_of(person, "details/change/"), mine)

    assert page.status_code == 409
    said = text_of(page)
    assert "Somebody changed these details while you were writing" in said
    assert "GP: Dr Nettle Thornbury" in said
    body = page.content.decode()
    assert 'value="Dr Mine"' in body
    assert 'value="Zee"' in body
    [seen] = re.findall(r'name="seen" value="(\d+)"', body)
    again = desk.post(file_of(person, "details/change/"), {**mine, "seen": seen})
    assert again.status_code == 302
    with reading():
        assert version(person.pk) == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Write their name"),
        ({"nhs_number": "943 476 5910"}, "not an NHS number"),
        ({"born_on": "never"}, "not a date"),
        ({"born_on": "14 June 2190"}, "has not come yet"),
        ({"gp": "4242 4242 4242 4242"}, "card number"),
        ({"source": ""}, "Choose where this comes from"),
    ],
)
def test_a_mistake_comes_back_with_what_was_typed(
    desk: Client, person: Person, changed: dict[str, str], said: str
) -> None:
    page = desk.post(file_of(person, "details/change/"), {**CHANGED, **changed})

    assert page.status_code == 422
    assert said in text_of(page)
    assert 'value="4 Wharf Lane, Little Quill"' in page.content.decode()
    with reading():
        assert version(person.pk) == 1


def test_an_address_is_added_judged_and_taken_out(desk: Client, person: Person) -> None:
    added = post(
        desk,
        person,
        "contact",
        contact_channel="whatsapp",
        contact_value="07700 900461",
        contact_source="phone",
    )
    assert added.status_code == 302
    with reading():
        point = ContactPoint.objects.get(person=person.pk, channel="whatsapp")
        assert (point.value_key, point.source) == ("+447700900461", "phone")

    post(desk, person, f"wrong:{point.ref}")
    assert "Not theirs" in shown(desk, person)
    post(desk, person, f"right:{point.ref}")
    assert "Proved" in shown(desk, person)
    post(desk, person, f"drop:{point.ref}")
    assert "WhatsApp, was 07700 900461" in shown(desk, person)


def test_a_wrong_number_comes_back(desk: Client, person: Person) -> None:
    page = post(
        desk,
        person,
        "contact",
        contact_channel="phone",
        contact_value="12",
        contact_source="phone",
    )

    assert page.status_code == 422
    assert 'value="12"' in page.content.decode()


def test_a_yes_and_a_no_are_written_down_and_a_no_is_not_undone_here(
    desk: Client, person: Person
) -> None:
    assert post(desk, person, "yes:email").status_code == 302
    assert "Since" in shown(desk, person)

    post(desk, person, "no:email")
    assert (
        'value="yes:email"'
        not in desk.get(file_of(person, "details/")).content.decode()
    )
    refused = post(desk, person, "yes:email")

    assert refused.status_code == 409
    assert "They said no to this" in text_of(refused)
    assert post(desk, person, "yes:pigeon").status_code == 404


def test_a_guardian_may_act_once_a_proof_was_seen(desk: Client, person: Person) -> None:
    post(
        desk,
        person,
        "tie",
        tie_kind="guardian",
        tie_name="Ottoline Quillfeather",
        tie_phone="020 7946 0111",
        tie_source="clinic-form",
    )
    assert "May not act yet" in shown(desk, person)
    with reading():
        ref = Link.objects.get(person=person.pk).ref

    assert post(desk, person, f"prove:{ref}").status_code == 422
    late = post(
        desk, person, f"prove:{ref}", prove_proof="court-order", prove_until="1/1/2020"
    )
    assert late.status_code == 422
    post(desk, person, f"prove:{ref}", prove_proof="birth-certificate")

    said = shown(desk, person)
    assert "Proved: Birth certificate" in said
    assert "That they may act for them" in said
    post(desk, person, f"untie:{ref}")
    assert "Ottoline" not in shown(desk, person)


def test_only_the_result_of_a_check_stays(desk: Client, person: Person) -> None:
    sent = {
        "check_kind": "age",
        "check_method": "passport",
        "check_result": "yes",
        "check_copied": "yes",
    }
    assert post(desk, person, "check", **sent).status_code == 302
    assert "A copy is still here" in shown(desk, person)
    with reading():
        ref = Check.objects.get(person=person.pk).ref

    post(desk, person, f"copy-gone:{ref}")

    assert "A copy is still here" not in shown(desk, person)
    assert "Their age: Passport" in shown(desk, person)


def test_what_somebody_else_told_is_told_to_the_person(
    desk: Client, person: Person
) -> None:
    other = {"by_whom": "somebody-else", "giver": "Her sister"}
    desk.post(file_of(person, "details/change/"), {**CHANGED, **other})
    assert "To be told" in shown(desk, person)
    with reading():
        ref = Given.objects.get(person=person.pk).ref

    post(desk, person, f"told:{ref}", told_how="phone")

    assert "To be told" not in shown(desk, person)


def test_a_death_is_written_down_and_stops_messages(
    desk: Client, person: Person
) -> None:
    early = BORN - timedelta(days=1)
    wrong = post(desk, person, "died", died_on=f"{early:%d/%m/%Y}")
    assert wrong.status_code == 422

    post(desk, person, "died", died_on="1 November 2026")

    assert "This person has died" in shown(desk, person)
    with reading():
        assert Standing.objects.get(person=person.pk).died_on is not None


def test_an_unknown_action_and_another_persons_row_are_not_found(
    desk: Client, person: Person
) -> None:
    other = make_person(email="other@example.org")
    with reading():
        theirs = ContactPoint.objects.get(person=other.pk).ref

    assert post(desk, person, "explode").status_code == 404
    assert post(desk, person, f"drop:{theirs}").status_code == 404
    assert post(desk, person, "drop:x").status_code == 404
    with reading():
        assert ContactPoint.objects.filter(person=other.pk).exists()


def test_what_reception_may_not_see_stays_as_it_is_when_they_change(
    client: Client, person: Person
) -> None:
    with reading():
        pass
    signed_in(client, "practitioner")
    sent = {**CHANGED, "occupation": "Lighthouse keeper"}
    assert client.post(file_of(person, "details/change/"), sent).status_code == 302
    client.logout()
    signed_in(client, "reception")

    again = {**CHANGED, "seen": "2", "pronouns": "they/them"}
    assert client.post(file_of(person, "details/change/"), again).status_code == 302

    assert "Lighthouse" not in shown(client, person)
    client.logout()
    from candour.accounts.models import Staff

    with reading():
        staff = Staff.objects.get(name="Practitioner Thistlewood")
    client.force_login(staff.user)
    session = client.session
    from candour.web.who import SECOND_STEP

    session[SECOND_STEP] = True
    session.save()
    assert "Lighthouse keeper" in shown(client, person)
