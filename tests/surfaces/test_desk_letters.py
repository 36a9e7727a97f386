"""Letters at the desk: chosen, written, seen, sent; what came; where paper is."""

import re
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.people.models import Person
from tests.apps import files_cast
from tests.apps.file_cast import register
from tests.apps.letters_office import given, surgery
from tests.factories import CANARY, publish_policy
from tests.surfaces.desk import acts, messages, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person

Sql = psycopg.Connection[Any]
YES = {"ground": "permission-for-this", "says": "In the room, today."}


@pytest.fixture
def person(db: None) -> Person:
    publish_policy()
    found = make_person()
    register(found.pk)
    return found


def seen_in(page: Any) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page.content.decode())
    assert found is not None, text_of(page)
    return found[1]


def begun(desk: Client, person: Person, **changes: Any) -> str:
    """Begin a letter to a surgery; return the address of its page."""
    page = f"{file_of(person, 'letters/write/gp/')}?to={surgery().ref}"
    form = {"fields": ["name", "born"], **YES, "reason": "Shared care.", "how": "email"}
    answer = desk.post(page, {**form, **changes})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def saved(desk: Client, page: str, **changes: Any) -> Any:
    form = {"body": f"Dear Doctor,\n\nName: {CANARY}", "how": "email", "told": "now"}
    seen = seen_in(desk.get(page))
    return desk.post(page, {**form, "seen": seen, "step": "save", **changes})


def test_a_letter_is_begun_written_seen_and_sent(
    client: Client, person: Person, owner_sql: Sql
) -> None:
    signed_in(client, "practitioner")

    page = begun(client, person)
    assert f"Name: {CANARY}" in client.get(page).content.decode()
    look = saved(client, page)["Location"]
    before = client.get(look)
    said = text_of(before)
    assert "Before it goes" in said
    assert "may not be given to" in said  # the phone: left out, and why
    done = client.post(look, {"seen": seen_in(before)})

    assert urlsplit(done["Location"]).path == page
    assert "on its way" in text_of(client.get(page))
    [one] = given()
    assert one.to == "Larkmoor Surgery"
    assert {m.kind for m in messages()} == {"letter", "disclosure-notice"}
    listed = text_of(client.get(file_of(person, "letters/")))
    assert "The patient said yes to this letter" in listed
    assert "Told on" in listed
    [(outcome, role, *_)] = acts(owner_sql, "desk:letter:send")
    assert (outcome, role) == ("allow", "practitioner")


def test_a_letter_by_post_is_printed_and_then_posted(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    page = begun(client, person, how="post")
    look = saved(client, page, how="post")["Location"]
    client.post(look, {"seen": seen_in(client.get(look))})
    filed = client.get(page)
    assert "It was posted" in text_of(filed)
    pdf = re.search(r'href="(/desk/files/[^"]+)"', filed.content.decode())
    assert pdf is not None
    opened = client.get(pdf[1])
    assert b"".join(opened).startswith(b"%PDF")
    assert given() == []

    client.post(page, {"step": "posted"})

    assert len(given()) == 1


@pytest.mark.parametrize("role", ["reception", "marketing", "finance", "manager"])
def test_who_does_not_treat_is_refused(
    client: Client, person: Person, role: str
) -> None:
    signed_in(client, role)

    for part in ("letters/", "letters/write/gp/", "letters/came/", "letters/paper/"):
        page = client.get(file_of(person, part))
        assert page.status_code == 403
        assert CANARY not in text_of(page)


def test_a_stranger_and_another_persons_letter_are_not_found(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    page = begun(client, person)
    other = make_person(name="Ottoline Brackwater", email="o@example.org")

    assert client.get(page.replace(str(person.ref), str(other.ref))).status_code == 404
    assert client.get(file_of(person, "letters/write/nobody/")).status_code == 404


def test_without_a_ground_it_comes_back_as_typed(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    page = f"{file_of(person, 'letters/write/gp/')}?to={surgery().ref}"

    form = {"fields": ["name"], "ground": "permission-for-this", "how": "post"}
    answer = client.post(page, {**form, "says": "", "reason": "Typed <b>this</b>"})

    assert answer.status_code == 422
    assert "how they said yes" in text_of(answer)
    assert "Typed &lt;b&gt;this" in answer.content.decode()


def test_what_was_typed_comes_back_when_somebody_was_first(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    page = begun(client, person)
    seen = seen_in(client.get(page))
    saved(client, page, body="The first one.")

    answer = saved(client, page, body="The second one.", seen=seen)

    assert answer.status_code == 409
    assert "The first one." in text_of(answer)
    assert "The second one." in answer.content.decode()


def test_what_is_not_what_was_seen_does_not_go(client: Client, person: Person) -> None:
    signed_in(client, "practitioner")
    page = begun(client, person)
    look = saved(client, page)["Location"]
    seen = seen_in(client.get(look))
    with reading():
        Person.objects.filter(pk=person.pk).update(name="Somebody Else")

    answer = client.post(look, {"seen": seen})

    assert answer.status_code == 409
    assert "Nothing has gone" in text_of(answer)
    assert "says something else than the file" in text_of(answer)
    assert given() == []


def test_a_long_reason_is_said_to_be_long(client: Client, person: Person) -> None:
    signed_in(client, "practitioner")
    page = f"{file_of(person, 'letters/write/gp/')}?to={surgery().ref}"

    answer = client.post(page, {"fields": ["name"], **YES, "reason": "x" * 10_000})

    assert answer.status_code == 422
    assert "8000 characters too long" in text_of(answer)


def test_a_letter_that_came_is_filed_with_its_sender(
    client: Client, person: Person
) -> None:
    signed_in(client, "practitioner")
    page = file_of(person, "letters/came/")
    form = {
        "kind": "health-professional",
        "sender": "Dr Foxglove Underhill",
        "on": "2026-11-18",
        "channel": "post",
        "about": "Blood pressure.",
    }
    assert client.post(page, form).status_code == 422
    # A scan is larger than what any other page takes.
    whole = files_cast.pdf() + b"%" + b"x" * 300_000 + b"\n%%EOF\n"
    scan = SimpleUploadedFile("x.pdf", whole, "application/pdf")

    answer = client.post(page, {**form, "file": scan})

    assert answer.status_code == 302, text_of(answer)
    said = text_of(client.get(file_of(person, "letters/")))
    assert "Dr Foxglove Underhill" in said
    assert "Article 14" in said


def test_paper_has_its_place_until_it_is_gone(client: Client, person: Person) -> None:
    signed_in(client, "practitioner")
    page = file_of(person, "letters/paper/")
    form = {"kind": "model", "where": "Cellar", "box": "12", "what": "Upper jaw"}
    assert client.post(page, {**form, "where": ""}).status_code == 422

    client.post(page, form)

    listed = client.get(file_of(person, "letters/"))
    assert "Study model or cast : Upper jaw Cellar, 12" in text_of(listed)
    gone = re.search(r'action="([^"]+/letters/paper/[^"]+)"', listed.content.decode())
    assert gone is not None
    client.post(gone[1])
    assert "Nothing of theirs is kept on paper" in text_of(
        client.get(file_of(person, "letters/"))
    )


def test_the_register_takes_a_recipient_and_wants_a_check(
    client: Client, db: None
) -> None:
    publish_policy()
    signed_in(client, "practitioner")
    form = {"slug": "gp", "name": "Larkmoor Surgery", "country": "GB", "active": "yes"}

    answer = client.post("/desk/recipients/add/", form)
    assert answer.status_code == 422
    assert "made sure who they are" in text_of(answer)
    assert "Larkmoor Surgery" in answer.content.decode()
    done = client.post("/desk/recipients/add/", {**form, "screened_how": "Rang them."})

    assert done.status_code == 302
    page = client.get("/desk/recipients/")
    assert "Larkmoor Surgery" in text_of(page)
    link = re.search(
        r'href="(/desk/recipients/[0-9a-f-]{36}/)">Larkmoor', page.content.decode()
    )
    assert link is not None
    one = client.get(link[1])
    off = {"name": "Larkmoor Surgery", "country": "GB", "seen": seen_in(one)}
    assert client.post(link[1], off).status_code == 302
    assert client.post(link[1], off).status_code == 422


@pytest.mark.parametrize("role", ["reception", "marketing", "finance"])
def test_the_register_is_shut_to_others(client: Client, db: None, role: str) -> None:
    publish_policy()
    signed_in(client, role)

    assert client.get("/desk/recipients/").status_code == 403
    assert client.get("/desk/paper/").status_code == 403


def test_the_data_protection_lead_sees_register_and_paper(
    client: Client, db: None
) -> None:
    publish_policy()
    signed_in(client, "data-protection-lead")

    assert client.get("/desk/recipients/").status_code == 200
    assert "Nothing waits" in text_of(client.get("/desk/paper/"))
