"""Filling in a form at the desk, as a browser without a script does."""

import html
import re
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from candour.policy.vocabulary import is_special
from candour.questionnaires import building
from candour.questionnaires.models import Response
from tests.apps.forms_cast import HISTORY, INES, caring, form_of, publish_form, question
from tests.factories import NOON, publish_policy
from tests.surfaces.desk import acts, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person, restrict

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
CARD = "My card is 4111 1111 1111 1111"


@pytest.fixture
def person(db: None) -> Any:
    """Somebody with a file, and the medical history in use."""
    publish_policy()
    publish_form()
    return make_person()


def hidden(page: Any, name: str) -> str:
    """Return what a hidden input of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, f"no {name} on the page"
    return html.unescape(found[1])


def begin(client: Client, person: Any, key: str = "medical-history") -> str:
    """Begin a form; return the address of its first section."""
    new = file_of(person, f"forms/new/{key}/")
    page = client.get(new)
    answer = client.post(new, {"token": hidden(page, "token"), "mode": "in-person"})
    assert answer.status_code == 302, text_of(answer)
    again = client.get(answer["Location"])
    return str(again["Location"])


def fill(client: Client, address: str, **answers: Any) -> Any:
    """Send a section as the page would, with what it had hidden in it."""
    page = client.get(address)
    sent = {name: hidden(page, name) for name in ("edition", "shown")}
    sent |= {f"q-{key}": value for key, value in answers.items()}
    return client.post(address, {"step": "next", **sent})


def kept() -> Response:
    """Return the one response there is."""
    with reading():
        return Response.objects.get()


def test_from_the_list_to_a_signed_and_filed_form(
    client: Client, person: Any, owner_sql: Sql
) -> None:
    signed_in(client, "practitioner")
    assert "Medical history" in text_of(client.get(file_of(person, "forms/")))
    section = begin(client, person)

    finish = fill(client, section, allergic="no", weight="71,5")["Location"]
    page = client.get(finish)
    assert "71.5 kg" in text_of(page)
    done = client.post(
        finish,
        {
            "edition": hidden(page, "edition"),
            "signed-name": "Zephyrine Quillfeather",
            "drawn": "[[[1,2],[300,150]]]",
        },
    )

    read = client.get(done["Location"])
    said = text_of(read)
    assert "The form is complete, and a copy is filed." in said
    assert "Are you allergic to anything? No" in said
    assert b'd="M1 2L300 150"' in read.content
    assert "Open the filed copy" in said
    assert "Signed and filed Forms that are complete" in text_of(
        client.get(file_of(person, "forms/"))
    )
    [(outcome, role, _, people)] = acts(owner_sql, "desk:form:finish")
    assert (outcome, role, people) == ("allow", "practitioner", [person.pk])


def test_what_follows_from_an_answer_comes_without_a_script(
    client: Client, person: Any
) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)
    first = client.get(section)
    assert re.search(r'data-question="allergies"[^>]* hidden', first.content.decode())

    page = fill(client, section, allergic="yes")

    assert page.status_code == 200
    assert "bring up more questions" in text_of(page)
    shown = page.content.decode()
    assert not re.search(r'data-question="allergies"[^>]* hidden', shown)
    again = client.post(
        section,
        {
            "edition": hidden(page, "edition"),
            "shown": hidden(page, "shown"),
            "q-allergic": "yes",
            "step": "next",
        },
    )
    assert again.status_code == 422
    assert "This has to be answered" in text_of(again)
    assert 'id="q-allergies-error"' in again.content.decode()


def test_a_missing_signature_is_refused_beside_its_field(
    client: Client, person: Any
) -> None:
    signed_in(client, "practitioner")
    finish = fill(client, begin(client, person), allergic="no")["Location"]

    page = client.post(finish, {"edition": "2", "signed-name": " ", "drawn": ""})

    assert page.status_code == 422
    assert 'id="signed-name-error"' in page.content.decode()
    assert kept().status == "draft"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"allergic": "yes", "allergies": CARD}, "payment card"),
        ({"allergic": "yes", "allergies": "nuts\0"}, "hidden character"),
        ({"allergic": "perhaps"}, "not one of the choices"),
        ({"allergic": "no", "weight": "heavy"}, "Give a number"),
        ({"allergic": "no", "weight": "900"}, "more than 400 kg"),
        ({"allergic": "yes", "allergies": "x" * 4001}, "1 character too long"),
    ],
)
def test_a_wrong_answer_is_refused_and_comes_back_as_typed(
    client: Client, person: Any, answers: dict[str, str], says: str
) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)

    page = fill(client, section, **answers)

    assert page.status_code == 422
    assert says in text_of(page)
    typed = answers.get("allergies", "").replace("\0", "")
    assert html.escape(typed) in page.content.decode()
    assert kept().edition == 1


def test_words_from_right_to_left_and_markup_stay_words(
    client: Client, person: Any
) -> None:
    signed_in(client, "practitioner")
    said = "حساسية من البنسلين <script>alert(1)</script>"
    finish = fill(client, begin(client, person), allergic="yes", allergies=said)
    section = finish.wsgi_request.path
    if finish.status_code == 200:
        finish = fill(client, section, allergic="yes", allergies=said)

    page = client.get(finish["Location"]).content.decode()

    assert "حساسية من البنسلين &lt;script&gt;" in page
    assert "<script>alert" not in page


def test_an_answer_to_what_is_not_asked_is_refused(client: Client, person: Any) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)

    page = fill(client, section, allergic="no", religion="mine")

    assert page.status_code == 422
    assert "does not ask. Nothing was saved." in text_of(page)
    assert kept().edition == 1


def test_sent_twice_is_once_and_two_at_once_lose_nothing(
    client: Client, person: Any
) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)
    sent = {"edition": "1", "shown": "allergic weight", "q-allergic": "no"}
    assert (
        client.post(section, sent)["Location"] == client.post(section, sent)["Location"]
    )

    late = client.post(section, {**sent, "q-weight": "80"})

    assert late.status_code == 409
    assert "Somebody else saved this form" in text_of(late)
    assert 'value="80"' in late.content.decode()
    assert "Saved meanwhile by somebody else: Nothing" in text_of(late)
    assert fill(client, section, allergic="no", weight="80").status_code == 302


def test_a_version_withdrawn_while_it_is_filled_keeps_what_was_typed(
    client: Client, person: Any
) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)
    with caring() as permit:
        building.withdraw(
            permit=permit, key="medical-history", version=1, why="A word was wrong",
            by=INES, at=NOON,
        )  # fmt: skip

    finish = fill(client, section, allergic="no", weight="70")["Location"]
    page = client.post(finish, {"edition": "2", "signed-name": "Zephyrine Q"})

    assert page.status_code == 409
    assert "withdrawn" in text_of(page)
    publish_form(form_of(*(q.model_dump(mode="json") for q in HISTORY.questions())))
    draft = client.get(finish)
    assert "Go on with the newer version" in text_of(draft)
    carried = client.post(
        finish.replace("finish/", "change/"),
        {"token": hidden(draft, "token"), "step": "carry-over"},
    )
    newer = client.get(client.get(carried["Location"])["Location"])
    assert "70 kg" in text_of(newer)


@pytest.mark.parametrize("role", ["reception", "marketing", "finance", "manager"])
def test_who_does_not_care_for_patients_is_refused_with_the_clause(
    client: Client, person: Any, role: str, owner_sql: Sql
) -> None:
    signed_in(client, role)

    page = client.get(file_of(person, "forms/"))

    assert page.status_code == 403
    [(outcome, *_)] = acts(owner_sql, "desk:form:list")
    assert outcome != "allow"


def test_a_restricted_file_opens_no_form(client: Client, person: Any) -> None:
    restrict(person)
    signed_in(client, "practitioner")

    page = client.get(file_of(person, "forms/"))

    assert page.status_code == 403
    assert "This file is restricted" in text_of(page)


def test_somebody_elses_form_is_not_found(client: Client, person: Any) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)
    other = make_person(name="Barnaby Oatcake", email="barnaby@example.org")
    form = UUID(section.split("/forms/")[1].split("/")[0])

    for part in ("", "part/you/", "finish/"):
        assert client.get(file_of(other, f"forms/{form}/{part}")).status_code == 404
    assert (
        client.post(file_of(other, f"forms/{form}/change/"), {"step": "discard"})
    ).status_code == 404


def test_a_draft_is_thrown_away_by_a_button(client: Client, person: Any) -> None:
    signed_in(client, "practitioner")
    section = begin(client, person)
    change = section.partition("part/")[0] + "change/"

    assert client.post(change, {"step": "discard"}).status_code == 302
    with reading():
        assert not Response.objects.exists()


def test_where_the_notice_asks_for_consent_a_health_form_waits_for_it(
    client: Client, db: None
) -> None:
    publish_policy("private-clinic")
    asks = question("ill", "yes-no", category="health.records", asks="Are you ill?")
    publish_form(form_of(asks))
    person = make_person()
    signed_in(client, "practitioner")
    new = file_of(person, "forms/new/medical-history/")
    page = client.get(new)
    sent = {"token": hidden(page, "token"), "mode": "in-person"}

    assert "Agreement to the use of health data" in text_of(page)
    waits = client.post(new, sent)
    unreasoned = client.post(new, {**sent, "exception": "health-care", "reason": " "})
    unknown = client.post(new, {**sent, "exception": "because", "reason": "so"})

    assert [one.status_code for one in (waits, unreasoned, unknown)] == [422] * 3
    assert "Say why this law applies" in text_of(unreasoned)
    with reading():
        assert not Response.objects.exists()
    assert client.post(new, {**sent, "agreed": "yes"}).status_code == 302
    assert kept().condition == "consent"
    assert "Their agreement is on record" in text_of(client.get(new))


def test_a_named_law_with_a_reason_opens_it_too_and_stays_on_the_form(
    client: Client, db: None, owner_sql: Sql
) -> None:
    publish_policy("private-clinic")
    publish_form(form_of(question("ill", "yes-no", category="health.records")))
    person = make_person()
    signed_in(client, "practitioner")
    new = file_of(person, "forms/new/medical-history/")
    sent = {"token": hidden(client.get(new), "token"), "mode": "in-person"}
    why = "Unconscious after a faint; the nurse needs the history"

    answer = client.post(new, {**sent, "exception": "vital-interests", "reason": why})

    assert answer.status_code == 302
    assert kept().condition == "vital-interests"
    [(sealed,)] = owner_sql.execute(
        "SELECT exception_reason FROM questionnaires_response"
    ).fetchall()
    assert b"Unconscious" not in bytes(sealed)
    done = fill(client, client.get(answer["Location"])["Location"], ill="no")
    page = client.post(done["Location"], {"edition": "2"})
    assert why in text_of(client.get(page["Location"]))


def test_ethnic_origin_is_special_and_stays_shut_to_reception(
    client: Client, db: None, owner_sql: Sql
) -> None:
    publish_policy("cm-london-medical")
    publish_form(form_of(question("origin", category="ethnicity", asks="Origin?")))
    person = make_person()
    signed_in(client, "practitioner")
    section = begin(client, person)
    fill(client, section, origin="Quillfolk")
    desk = Client()
    signed_in(desk, "reception")

    assert desk.get(section).status_code == 403
    assert b"Quillfolk" not in desk.get(section).content
    [(sealed, subject)] = owner_sql.execute(
        "SELECT answers, subject FROM questionnaires_response"
    ).fetchall()
    assert b"Quillfolk" not in bytes(sealed)
    assert subject == "ethnicity"
    assert is_special(subject)
