"""The enquiry form: what it asks, what it keeps, and what it does not."""

import threading
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from candour import gate
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.notices.actions import publish
from candour.outbox import actions as outbox
from candour.outbox.queries import thread
from candour.policy.compile import compile_pack, compile_sources
from candour.policy.load import read_pack
from tests.factories import CANARY, CANARY_EMAIL, NOON, QUESTION, publish_policy
from tests.surfaces.visiting import controls, form_at, text_of

pytestmark = pytest.mark.usefixtures("db")

PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)
RECEPTION = staff(new_ref(), "reception")
ASKED = {"name": CANARY, "email": CANARY_EMAIL, "message": QUESTION}
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
Owner = psycopg.Connection[Any]


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def send(visitor: Client, **answers: Any) -> Any:
    return visitor.post("/enquiry/", {**form_at(visitor, "/enquiry/"), **answers})


def count(owner: Owner, table: str) -> int:
    row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def kept(owner: Owner) -> Any:
    """Return the one enquiry as reception reads it."""
    row = owner.execute("SELECT ref, person_id FROM enquiries_enquiry").fetchone()
    assert row is not None
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[row[1]], verb="t:t:t", at=NOON
    ) as permit:
        found = queries.enquiry(row[0], permit=permit)
        found.mail = thread(row[0], permit=permit)
        return found


@pytest.mark.parametrize("pack", PACKS)
def test_it_asks_what_the_policy_says_and_requires_it_where_it_says_so(
    pack: str,
) -> None:
    publish_policy(pack)
    policy = compile_pack(pack)

    shown = controls(Client().get("/enquiry/")).found

    asked = {c["name"]: "required" in c for c in shown if c.get("type") != "hidden"}
    fields = {f.name: f.required for f in policy.form("enquiry").fields}
    fields.pop("interests")  # a choice among services; this clinic offers none yet
    boxes = {
        n for n in asked if n == "reply" or str(n).partition("-")[0] == "marketing"
    }
    assert {n: r for n, r in asked.items() if n not in boxes} == fields


@pytest.mark.parametrize("pack", PACKS)
def test_there_is_a_box_for_each_way_of_offers_and_none_is_ticked(pack: str) -> None:
    publish_policy(pack)
    rule = compile_pack(pack).marketing

    shown = controls(Client().get("/enquiry/")).found

    boxes = [c for c in shown if str(c["name"]).partition("-")[0] == "marketing"]
    topics = rule.topics if rule.ask_by == "topic-and-channel" else ("",)
    assert [c["value"] for c in boxes] == list(rule.channels) * len(topics)
    assert not [c for c in shown if "checked" in c]


def test_a_question_is_kept_whole(visitor: Client, owner_sql: Owner) -> None:
    answer = send(visitor, **ASKED, phone="020 7946 0123", reply=["email", "phone"])

    assert (answer.status_code, answer["Location"]) == (302, "/enquiry/thanks/")
    found = kept(owner_sql)
    assert (found.person__name, found.message) == (CANARY, QUESTION)
    assert (found.source, found.brand) == ("website-form", "quillane")
    assert (found.reply_by, found.status) == (["email", "phone"], "new")
    contacts = owner_sql.execute(
        "SELECT channel, value, source FROM people_contact_point ORDER BY id"
    ).fetchall()
    assert contacts == [
        ("email", CANARY_EMAIL, "website-form"),
        ("phone", "020 7946 0123", "website-form"),
    ]


def test_the_version_of_the_notice_that_was_shown_is_kept(
    visitor: Client, owner_sql: Owner
) -> None:
    send(visitor, **ASKED)

    shown = owner_sql.execute(
        "SELECT v.version, s.layer, s.place, e.clause FROM notices_shown s"
        " JOIN enquiries_enquiry e ON e.person_id = s.person_id"
        "  AND e.policy_id = s.policy_id"
        " JOIN notices_policy_version v ON v.id = s.policy_id"
    ).fetchall()
    assert shown == [("2026-09", "form", "enquiry", "purposes.enquiry")]


def test_taking_a_question_is_on_the_trail(visitor: Client, owner_sql: Owner) -> None:
    send(visitor, **ASKED)

    acts = owner_sql.execute("SELECT actor, verb, purpose FROM trail_event").fetchall()
    assert acts == [("visitor", "public:enquiry:send", "enquiry")]


def test_a_yes_is_kept_in_the_words_beside_its_box(
    visitor: Client, owner_sql: Owner
) -> None:
    send(visitor, **ASKED, marketing=["email"])

    page = text_of(visitor.get("/enquiry/"))
    [(wording, topics, how)] = owner_sql.execute(
        "SELECT wording, topics, how FROM consent_event"
    ).fetchall()
    assert wording in page
    assert wording.startswith("Quillane may email me")
    assert (topics, how) == (["offers", "newsletters", "treatments"], "enquiry-form")
    states = owner_sql.execute(
        "SELECT purpose, channel, state FROM consent_permission"
    ).fetchall()
    assert states == [("offers", "email", "given")]


def test_yeses_by_topic_are_one_for_each_channel(owner_sql: Owner) -> None:
    publish_policy("ai-beauty")
    boxes = {"marketing-products": ["email", "wechat"], "marketing-resources": "email"}

    send(Client(), **ASKED, wechat="zephyrine", **boxes)

    rows = owner_sql.execute(
        "SELECT channel, topics, wording FROM consent_event ORDER BY channel"
    ).fetchall()
    assert rows == [
        (
            "email",
            ["products", "resources"],
            "Would you like news and offers? Products: E-mail\n"
            "Would you like news and offers? Resources: E-mail",
        ),
        ("wechat", ["products"], "Would you like news and offers? Products: WeChat"),
    ]


def test_without_a_tick_nothing_is_agreed(visitor: Client, owner_sql: Owner) -> None:
    send(visitor, **ASKED)

    assert count(owner_sql, "consent_event") == 0
    assert count(owner_sql, "consent_permission") == 0


def test_it_is_acknowledged_without_repeating_what_was_asked(
    visitor: Client, owner_sql: Owner
) -> None:
    send(visitor, **ASKED)

    [mail] = kept(owner_sql).mail
    assert (mail.kind, mail.address) == ("enquiry-acknowledgement", CANARY_EMAIL)
    assert CANARY not in mail.subject + mail.body
    assert "redness" not in mail.subject + mail.body
    assert "http://localhost:8000/privacy/" in mail.body


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
        ("email", "", "Give us your e-mail address"),
        ("email", "zephyrine", "not an e-mail address"),
        ("email", "zephyrine@post", "not an e-mail address"),
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


def test_sending_the_same_form_twice_is_one_enquiry(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")

    answers = [visitor.post("/enquiry/", {**form, **ASKED}) for _ in range(2)]

    assert [a["Location"] for a in answers] == ["/enquiry/thanks/"] * 2
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "people_person") == 1
    assert count(owner_sql, "outbox_message") == 1


def test_going_back_to_write_something_else_loses_neither(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")

    visitor.post("/enquiry/", {**form, **ASKED})
    visitor.post("/enquiry/", {**form, **ASKED, "message": "And another thing."})

    assert count(owner_sql, "enquiries_enquiry") == 2


def test_sending_the_same_form_at_the_same_time_is_one_enquiry(
    visitor: Client, owner_sql: Owner
) -> None:
    form = {**form_at(visitor, "/enquiry/"), **ASKED}
    begin, statuses = threading.Barrier(4), []

    def press() -> None:
        client = Client(raise_request_exception=False)
        begin.wait()
        statuses.append(client.post("/enquiry/", form).status_code)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert statuses == [302] * 4
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "people_person") == 1


def test_a_failure_in_the_middle_leaves_nothing(
    visitor: Client, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(outbox, "queue_email", fail)
    form = form_at(visitor, "/enquiry/")
    visitor.raise_request_exception = False

    answer = visitor.post("/enquiry/", {**form, **ASKED, "marketing": ["email"]})

    assert answer.status_code == 500
    tables = ("people_person", "enquiries_enquiry", "consent_event", "trail_event")
    assert [count(owner_sql, table) for table in tables] == [0, 0, 0, 0]


def test_when_the_notice_changes_meanwhile_it_is_shown_before_anything_is_kept(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")
    publish_policy("ai-beauty")

    answer = visitor.post("/enquiry/", {**form, **ASKED})

    assert answer.status_code == 422
    assert "Our privacy notice changed" in text_of(answer)
    assert controls(answer).texts["message"].removeprefix("\n") == QUESTION
    assert count(owner_sql, "enquiries_enquiry") == 0


@pytest.mark.parametrize("token", ["", "not-a-token", "\0"])
def test_a_form_without_its_token_comes_back_with_a_new_one(
    visitor: Client, owner_sql: Owner, token: str
) -> None:
    answer = send(visitor, **ASKED, token=token)

    assert answer.status_code == 422
    assert "open too long" in text_of(answer)
    assert count(owner_sql, "enquiries_enquiry") == 0


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart"])
def test_ten_megabytes_are_too_much(
    visitor: Client, owner_sql: Owner, kind: str
) -> None:
    form = {**form_at(visitor, "/enquiry/"), **ASKED, "message": "x" * 10_000_000}

    if kind == "multipart":
        answer = visitor.post("/enquiry/", form)
    else:
        body = "&".join(f"{name}={value}" for name, value in form.items())
        answer = visitor.post("/enquiry/", body, content_type=kind)

    assert answer.status_code == 413
    assert "larger than we take" in text_of(answer)
    assert count(owner_sql, "enquiries_enquiry") == 0


def test_a_thousand_fields_are_too_much(visitor: Client) -> None:
    answer = visitor.post("/enquiry/", {f"field-{n}": "x" for n in range(1500)})

    assert answer.status_code == 413


def test_one_client_may_not_send_without_end(visitor: Client) -> None:
    answers = [visitor.post("/enquiry/", {}).status_code for _ in range(62)]

    assert answers == [422] * 60 + [429] * 2
    other = visitor.post("/enquiry/", {}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 422


def test_a_form_from_another_site_is_refused(visitor: Client, owner_sql: Owner) -> None:
    strict = Client(enforce_csrf_checks=True)
    form = form_at(strict, "/enquiry/")

    stolen = strict.post(
        "/enquiry/", {**form, **ASKED, "csrfmiddlewaretoken": "x" * 64}
    )
    own = strict.post("/enquiry/", {**form, **ASKED})

    assert (stolen.status_code, own.status_code) == (403, 302)
    assert "open too long" in text_of(stolen)
    assert count(owner_sql, "enquiries_enquiry") == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_it_takes_no_other_method(visitor: Client, method: str) -> None:
    answer = getattr(visitor, method)("/enquiry/")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"
    assert "works another way" in text_of(answer)


def test_the_thanks_hold_nothing_of_the_person(visitor: Client) -> None:
    answer = visitor.get("/enquiry/thanks/")

    assert answer.status_code == 200
    assert "We have your question" in text_of(answer)
    assert not answer.cookies


def test_a_policy_that_lets_no_visitor_ask_refuses_by_its_clause(
    owner_sql: Owner,
) -> None:
    sources = dict(read_pack("model"))
    [name] = sources
    stated = (
        "by: {visitor: one, person: one, reception: day, manager: day, system: one}"
    )
    assert sources[name].count(stated) == 1
    sources[name] = sources[name].replace(stated, "by: {reception: day}")
    publish(policy=compile_sources(sources), by="test", at=NOON, demo=True)

    answer = send(Client(), **ASKED)

    page = text_of(answer)
    assert answer.status_code == 403
    assert "Clause 3." in page
    assert "You ask, and we answer." in page
    [outcome] = owner_sql.execute("SELECT outcome, verb FROM trail_event").fetchall()
    assert outcome == ("gap", "public:enquiry:send")
    assert count(owner_sql, "people_person") == 0
