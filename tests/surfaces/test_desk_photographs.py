"""Photographs and prescriptions at the desk."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from candour.accounts.models import Registration
from candour.consent.models import ConsentEvent
from candour.people.models import Person
from candour.records import pictured
from candour.records.models import Prescription
from tests.apps import files_cast
from tests.apps.files_office import washed
from tests.apps.record_cast import care, write_note
from tests.factories import publish_policy
from tests.surfaces.desk import acts, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


@pytest.fixture
def person(db: None) -> Person:
    publish_policy()
    return make_person()


def taken(person: Person) -> UUID:
    """Take in a photograph and wash it; return the ref of its file."""
    row = washed(person.pk, files_cast.jpeg())
    return row.ref


def described(client: Client, person: Person, file: UUID, **changes: str) -> Any:
    form = {
        "pose": "left",
        "place": "crows-feet-left",
        "moment": "before",
        "taken": "2026-03-01",
        "series": "Toxin spring 2026",
        **changes,
    }
    return client.post(file_of(person, f"photographs/{file}/"), form)


def test_a_photograph_is_described_and_laid_beside_the_later_one(
    client: Client, person: Person, owner_sql: Sql
) -> None:
    first, second = taken(person), taken(person)
    signed_in(client, "practitioner")
    assert "To be described" in text_of(client.get(file_of(person, "photographs/")))

    described(client, person, first)
    described(client, person, second, moment="after", taken="2026-05-01")
    page = client.get(file_of(person, "photographs/"))
    address = page.content.decode().split('href="')
    pair = next(one.split('"')[0] for one in address if "compare" in one[:120])
    both = client.get(pair.replace("&amp;", "&"))

    assert "Toxin spring 2026" in text_of(page)
    assert "For the record only" in text_of(page)
    assert both.content.decode().index(str(first)) < both.content.decode().index(
        str(second)
    )
    assert "do not show the same" not in text_of(both)
    small: Any = client.get(f"/desk/files/{first}/small/")
    assert b"".join(small.streaming_content).startswith(b"\xff\xd8")
    verbs = ("desk:photograph:list", "desk:photograph:compare", "desk:file:glance")
    assert all(acts(owner_sql, verb)[-1][0] == "allow" for verb in verbs)


def test_each_use_of_each_photograph_has_a_yes_of_its_own(
    client: Client, person: Person
) -> None:
    first, second = taken(person), taken(person)
    signed_in(client, "practitioner")
    for file in (first, second):
        described(client, person, file)
    use = file_of(person, f"photographs/{first}/use/")

    client.post(use, {"use": "teaching", "given": "yes"})
    assert allowed(person, "teaching") == []
    client.post(use, {"use": "teaching", "given": "yes", "agreed": "yes"})
    assert allowed(person, "teaching") == [first]
    assert allowed(person, "publication") == []
    with reading():
        [event] = ConsentEvent.objects.filter(purpose="photographs-teaching")
    assert "to teach them" in event.wording
    client.post(use, {"use": "teaching", "given": "no"})

    assert allowed(person, "teaching") == []
    assert "No" in text_of(client.get(file_of(person, f"photographs/{first}/")))


def allowed(person: Person, use: str) -> list[UUID]:
    with care(person.pk) as permit:
        found = pictured.usable(person.pk, use, permit=permit)
    return [one.file.ref for one in found]


def test_a_clinic_that_never_shows_photographs_asks_for_no_yes(
    client: Client,
) -> None:
    publish_policy("pro-aesthetics")
    person = make_person()
    file = taken(person)
    signed_in(client, "practitioner")
    described(client, person, file)

    said = text_of(client.get(file_of(person, f"photographs/{file}/")))
    asked = {"use": "publication", "given": "yes", "agreed": "yes"}
    answer = client.post(file_of(person, f"photographs/{file}/use/"), asked)

    assert "never shown" in said
    assert answer.status_code == 403
    assert allowed(person, "publication") == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pose": "upside-down"}, "Choose the pose"),
        ({"moment": ""}, "Choose when it was taken"),
        ({"taken": "2099-01-01"}, "not been taken yet"),
        ({"taken": "soon"}, "Write a day"),
    ],
)
def test_what_a_photograph_shows_comes_back_as_typed(
    client: Client, person: Person, changes: dict[str, str], said: str
) -> None:
    file = taken(person)
    signed_in(client, "practitioner")

    page = described(client, person, file, **changes)

    assert page.status_code == 422
    assert said in text_of(page)
    assert "Toxin spring 2026" in page.content.decode()


@pytest.mark.parametrize("role", ["reception", "marketing", "finance", "manager"])
@pytest.mark.parametrize("part", ["photographs/", "record/prescriptions/"])
def test_who_does_not_treat_sees_no_photograph_and_no_prescription(
    client: Client, person: Person, role: str, part: str
) -> None:
    signed_in(client, role)

    assert client.get(file_of(person, part)).status_code == 403


def test_a_clinic_without_pictures_refuses_the_tab(client: Client) -> None:
    publish_policy("dermaesthetics")
    person = make_person()
    signed_in(client, "practitioner")

    assert client.get(file_of(person, "photographs/")).status_code == 403
    assert "Photographs" not in text_of(client.get(file_of(person)))


def test_another_persons_photograph_is_not_found(
    client: Client, person: Person
) -> None:
    file = taken(make_person(email="other@example.org"))
    signed_in(client, "practitioner")

    assert client.get(file_of(person, f"photographs/{file}/")).status_code == 404
    assert described(client, person, file).status_code == 404


def order(note: UUID | None, **changes: str) -> dict[str, object]:
    return {
        "token": uuid4(),
        "drug": "botulinum_toxin",
        "medicine": "Botulinum toxin type A, 100 units",
        "quantity": "1 vial",
        "directions": "20 units to the glabella. 🌿",
        "purpose": "cosmetic",
        "assessment": note or "",
        **changes,
    }


def test_a_prescription_is_issued_printed_and_stopped(
    client: Client, person: Person
) -> None:
    note = write_note(person.pk)
    doctor = signed_in(client, "prescriber")
    Registration.objects.create(staff=doctor, register="GMC", number="7000001")
    listed = file_of(person, "record/prescriptions/")

    unseen = client.post(f"{listed}new/", order(None))
    client.post(f"{listed}new/", order(note))
    with reading():
        ref = Prescription.objects.get().ref
    pdf = client.get(f"{listed}{ref}/")
    client.post(f"{listed}{ref}/stop/", {"reason": "Wrong dose."})

    assert unseen.status_code == 422
    assert "has to see the patient in person" in text_of(unseen)
    assert "20 units to the glabella" in text_of(unseen)
    assert pdf.content.startswith(b"%PDF")
    assert "no-store" in pdf["Cache-Control"]
    said = text_of(client.get(listed))
    assert "Stopped" in said
    assert "Wrong dose." in said


def test_a_practitioner_reads_prescriptions_and_issues_none(
    client: Client, person: Person
) -> None:
    note = write_note(person.pk)
    signed_in(client, "practitioner")
    listed = file_of(person, "record/prescriptions/")

    assert "Prescribe</a>" not in client.get(listed).content.decode()
    page = client.post(f"{listed}new/", order(note))

    assert page.status_code == 422
    assert "Only a prescriber" in text_of(page)
