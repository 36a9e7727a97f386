"""What is typed in the enquiry form is kept as it is, or refused beside its field."""

import pytest
from django.test import Client

from tests.factories import publish_policy
from tests.surfaces.enquiring import ASKED, Owner, count, kept, send
from tests.surfaces.visiting import controls, text_of

pytestmark = pytest.mark.usefixtures("db")

HOSTILE = {
    "emoji": "👩🏽‍⚕️ 𝓩oë 🌿",
    "right to left": "مرحبا \u202eabc\u202c שלום",
    "sql": "Robert'); DROP TABLE people_person;-- %s {0} \\",
    "html": "<script>alert(1)</script></textarea>\"'><b>&amp;",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "combining": "Z\u0351\u036f\u0300a\u0315l",
    "controls": "bell\u0007 escape\u001b[31m",
}

LINES = {name: text for name, text in HOSTILE.items() if name != "controls"}


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", text) for text in LINES.values()]
    + [("message", text) for text in HOSTILE.values()],
)
def test_whatever_is_written_is_kept_as_it_was_written(
    visitor: Client, owner_sql: Owner, field: str, text: str
) -> None:
    answer = send(visitor, **{**ASKED, field: text})

    assert answer.status_code == 302
    found = kept(owner_sql)
    assert {"name": found.person__name, "message": found.message}[field] == text


def test_a_text_keeps_its_blanks_and_line_breaks(
    visitor: Client, owner_sql: Owner
) -> None:
    send(visitor, **{**ASKED, "message": "\r\n  One\r\n\r\n\tTwo  \r\n"})

    assert kept(owner_sql).message == "\r\n  One\r\n\r\n\tTwo  \r\n"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_typed_is_lost_when_something_is_wrong(
    visitor: Client, owner_sql: Owner, text: str
) -> None:
    wrong = {"name": text, "message": text, "email": "zephyrine@", "phone": text}

    answer = send(visitor, **wrong, marketing=["email"])

    shown = controls(answer)
    values = {c["name"]: c.get("value") for c in shown.found if c["tag"] == "input"}
    assert answer.status_code == 422
    assert values["name"] == values["phone"] == text
    assert values["email"] == "zephyrine@"
    assert shown.texts["message"].removeprefix("\n") == text
    assert [c["value"] for c in shown.found if "checked" in c] == ["email"]
    assert count(owner_sql, "people_person") == 0


@pytest.mark.parametrize("field", ["name", "email", "phone", "message"])
def test_a_hidden_character_is_refused_and_nothing_else_is_lost(
    visitor: Client, owner_sql: Owner, field: str
) -> None:
    typed = {**ASKED, "phone": "020 7946 0123"}

    answer = send(visitor, **{**typed, field: typed[field] + "\0"})

    shown = controls(answer)
    values = {c["name"]: c.get("value") for c in shown.found if c["tag"] == "input"}
    values["message"] = shown.texts["message"].removeprefix("\n")
    assert answer.status_code == 422
    assert {name: values[name] for name in typed} == typed
    assert f'id="{field}-error"' in text_of(answer)
    assert count(owner_sql, "people_person") == 0


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "   ", "Tell us your name."),
        ("name", "Z" * 203, "3 characters too long"),
        ("name", "Zephyrine\nQuillfeather", "on one line"),
        ("email", "", "Give us your email address"),
        ("email", "zephyrine", "not an email address"),
        ("email", "zephyrine@post", "not an email address"),
        ("email", f"z@{'a' * 250}.org", "too long"),
        ("phone", "call me", "not a phone number"),
        ("phone", "0" + "1" * 15, "too short or too long"),
        ("message", " \r\n ", "Write your question."),
        ("message", "🌿" * 5001, "1 character too long"),
        ("marketing", "carrier-pigeon", "not one of the choices"),
        ("reply", "carrier-pigeon", "not one of the choices"),
        ("reply", "phone", "You ticked “Phone call”"),
        ("marketing", "sms", "You ticked “Text message”"),
    ],
)
def test_a_mistake_is_named_beside_its_field(
    visitor: Client, owner_sql: Owner, field: str, value: str, said: str
) -> None:
    answer = send(visitor, **{**ASKED, field: value})

    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert "data-errors" in page
    assert count(owner_sql, "people_person") == 0
    assert count(owner_sql, "outbox_message") == 0


def test_line_breaks_count_once_as_they_do_in_the_browser(visitor: Client) -> None:
    answer = send(visitor, **{**ASKED, "message": "a\r\n" * 2500})

    assert answer.status_code == 302


def test_an_address_that_grows_when_it_is_compared_is_refused() -> None:
    publish_policy("ai-beauty")

    answer = send(Client(), **ASKED, wechat="ﷺ" * 60)

    assert answer.status_code == 422
    assert 'id="wechat-error"' in text_of(answer)
