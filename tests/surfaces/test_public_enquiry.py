"""The enquiry form: what it asks, what it keeps, and what it does not."""

import pytest
from django.test import Client

from candour.notices.actions import publish
from candour.policy.compile import compile_pack, compile_sources
from candour.policy.load import read_pack
from tests.factories import CANARY, CANARY_EMAIL, NOON, QUESTION, publish_policy
from tests.surfaces.enquiring import ASKED, Owner, count, kept, send
from tests.surfaces.visiting import controls, text_of

pytestmark = pytest.mark.usefixtures("db")

PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


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
    assert states == [("offers", "email", "unconfirmed")]


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
            "Would you like news and offers? Products: Email\n"
            "Would you like news and offers? Resources: Email",
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
