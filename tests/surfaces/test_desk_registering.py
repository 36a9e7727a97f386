"""Registering a patient at the desk."""

import re
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.people.models import Given, Patient, Person
from tests.apps.file_cast import register
from tests.factories import CANARY, CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.desk import acts, page_of, reading, signed_in, text_of
from tests.surfaces.filed import PATIENTS, file_of, make_person, restrict

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
NEW = f"{PATIENTS}new/"
FILLED = {
    "name": "Ottoline Brackwater",
    "born_on": "3 May 1990",
    "email": "ottoline@example.org",
    "phone": "020 7946 0111",
    "gp": "Dr Foxglove, Wharf Lane",
    "source": "clinic-form",
    "by_whom": "themselves",
    "notice": "printed",
}


@pytest.fixture
def desk(client: Client) -> Client:
    """Return reception, signed in."""
    publish_policy()
    signed_in(client, "reception")
    return client


def patients() -> list[str]:
    """Return the names of all patients."""
    with reading():
        return list(
            Patient.objects.order_by("pk").values_list("person__name", flat=True)
        )


def hidden(page: Any, name: str) -> list[str]:
    """Return what a form sends along under a name."""
    import re

    return re.findall(
        rf'<input type="hidden" name="{name}" value="([^"]*)"', page.content.decode()
    )


def test_somebody_who_walks_in_is_registered(desk: Client, owner_sql: Sql) -> None:
    token = hidden(desk.get(NEW), "token")

    answer = desk.post(NEW, {**FILLED, "token": token})

    assert answer.status_code == 302
    said = text_of(desk.get(answer["Location"]))
    assert "They are registered" in said
    assert "Born 3 May 1990" in said
    assert re.search(r"File P-\d+", said)
    assert acts(owner_sql, "desk:patient:register")[0][0] == "allow"
    shown = owner_sql.execute("SELECT layer, place FROM notices_shown").fetchall()
    assert shown == [("printed", "registration")]
    [source] = owner_sql.execute("SELECT source FROM people_patient").fetchall()
    assert source == ("clinic-form",)


def test_the_same_form_sent_twice_is_one_patient(desk: Client) -> None:
    token = hidden(desk.get(NEW), "token")

    first = desk.post(NEW, {**FILLED, "token": token})
    seen = hidden(desk.post(NEW, {**FILLED, "token": token}), "not_same")
    second = desk.post(NEW, {**FILLED, "token": token, "not_same": seen})

    assert first["Location"] == second["Location"]
    assert patients() == ["Ottoline Brackwater"]


def test_an_enquirer_is_registered_without_retyping(desk: Client) -> None:
    enquiry = make_enquiry()
    with reading():
        person = Person.objects.get(pk=enquiry.person_id)
    assert f"{file_of(person)}register/" in desk.get(page_of(enquiry)).content.decode()

    page = desk.get(file_of(person, "register/"))
    assert f'value="{CANARY}"' in page.content.decode()
    assert CANARY_EMAIL in text_of(page)
    answer = desk.post(
        file_of(person, "register/"),
        {**FILLED, "name": CANARY, "email": "", "token": hidden(page, "token")},
    )

    assert answer["Location"] == file_of(person)
    said = text_of(desk.get(file_of(person)))
    assert CANARY_EMAIL in said
    assert "020 7946 0111" in said
    assert "Open their file" in text_of(desk.get(page_of(enquiry)))
    again = desk.post(
        file_of(person, "register/"), {**FILLED, "name": CANARY, "email": ""}
    )
    assert again.status_code == 302
    assert patients() == [CANARY]


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"email": CANARY_EMAIL}, "the same email"),
        ({"email": "", "phone": "+44 20 7946 0999"}, "the same phone number"),
        (
            {"name": "Zefirine Quillfeather", "born_on": "1981-06-14", "email": ""},
            "a name like it and the same birth date",
        ),
        ({"nhs_number": "9434765919", "email": ""}, "the same NHS number"),
    ],
)
def test_who_is_on_record_is_shown_before_anything_is_saved(
    desk: Client, changed: dict[str, str], because: str
) -> None:
    person = make_person()
    register(person.pk)

    page = desk.post(NEW, {**FILLED, **changed})

    assert page.status_code == 409
    said = text_of(page)
    assert because in said
    assert CANARY in said
    assert "Nothing is saved yet" in said
    assert patients() == [CANARY]
    if "nhs_number" not in changed:
        seen = hidden(page, "not_same")
        assert (
            desk.post(NEW, {**FILLED, **changed, "not_same": seen}).status_code == 302
        )
        assert len(patients()) == 2


def test_a_taken_nhs_number_is_said_beside_its_box(desk: Client) -> None:
    register(make_person().pk)
    sent = {**FILLED, "nhs_number": "943 476 5919"}

    seen = hidden(desk.post(NEW, sent), "not_same")
    page = desk.post(NEW, {**sent, "not_same": seen})

    assert page.status_code == 422
    assert "Somebody else has this NHS number" in text_of(page)
    assert 'value="Ottoline Brackwater"' in page.content.decode()
    assert patients() == [CANARY]


def test_a_restricted_person_who_is_alike_is_not_named(desk: Client) -> None:
    restrict(make_person())

    page = desk.post(NEW, {**FILLED, "email": CANARY_EMAIL})

    assert page.status_code == 409
    assert CANARY not in text_of(page)
    assert "their file is restricted" in text_of(page)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Write their name."),
        ({"born_on": "31 February 1990"}, "This is not a date"),
        ({"born_on": "3 May 2190"}, "has not come yet"),
        ({"nhs_number": "943 476 5918"}, "This is not an NHS number"),
        ({"phone": "12"}, "too short"),
        ({"email": "ottoline"}, "not an e"),
        ({"source": "gossip"}, "not one of the choices"),
        ({"source": ""}, "Choose where this comes from"),
        ({"notice": "not-yet"}, "they get the notice now"),
        ({"by_whom": "somebody-else"}, "Write who told you"),
        ({"gp": "Dr 4242 4242 4242 4242"}, "card number"),
    ],
)
def test_what_cannot_be_so_comes_back_with_what_was_typed(
    desk: Client, changed: dict[str, str], said: str
) -> None:
    page = desk.post(NEW, {**FILLED, **changed})

    assert page.status_code == 422
    assert said in text_of(page)
    if "email" not in changed:
        assert 'value="ottoline@example.org"' in page.content.decode()
    assert patients() == []


def test_what_somebody_else_told_starts_the_clock_of_article_14(desk: Client) -> None:
    sent = {"by_whom": "somebody-else", "giver": "Her sister", "notice": "not-yet"}

    answer = desk.post(NEW, {**FILLED, **sent})

    assert answer.status_code == 302
    with reading():
        [given] = Given.objects.all()
    assert (given.giver, given.told_at) == ("Her sister", None)
    assert given.due_on > given.at.date()


def test_only_what_the_notice_names_and_the_role_may_see_is_asked(
    desk: Client,
) -> None:
    page = desk.get(NEW).content.decode()

    assert 'name="nhs_number"' in page
    assert 'name="wechat"' not in page  # the notice does not name it
    assert 'name="occupation"' not in page  # for care, which is not reception's


@pytest.mark.parametrize("role", ["marketing", "finance"])
def test_who_may_not_open_files_registers_nobody(client: Client, role: str) -> None:
    publish_policy()
    signed_in(client, role)

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, FILLED).status_code == 403
    assert patients() == []
