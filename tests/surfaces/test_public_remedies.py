"""Whoever is told no, or not all, is told why and what they can do about it."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core import mail
from django.test import Client

from candour.core import clock
from candour.rights.actions import Asked, hash_of
from candour.rights.lapse import lapse
from candour.web import who
from tests.apps import rights_cast as cast
from tests.factories import CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.desk import text_of
from tests.surfaces.visiting import form_at, link_in, work

Owner = psycopg.Connection[Any]
PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)
REMEDIES = (
    "If you do not agree",
    "Ask us again",
    "Complain to us",
    "within 30 days",
    "Information Commissioner’s Office",
    "0303 123 1113",
    "Wycliffe House, Water Lane, Wilmslow",
    "Go to a court",
)

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    make_enquiry()
    return Client()


def proved(visitor: Client, kind: str) -> str:
    """Ask and follow the link; return the path of the request's page."""
    form = form_at(visitor, "/your-data/")
    answers = {**form, "kind": kind, "email": CANARY_EMAIL}
    visitor.post("/your-data/", answers)
    work()
    answer = visitor.post(link_in(mail.outbox[-1]))
    return str(answer["Location"])


def erase(visitor: Client, path: str) -> str:
    """Press the button under the plan; return what the next page says."""
    fields = form_at(visitor, path)
    visitor.post(f"{path}erase/", {**fields, "choice": "erase"})
    work()
    return text_of(visitor.get(path, follow=True))


def says_what_to_do(said: str) -> bool:
    return all(part in said for part in REMEDIES)


def test_what_stays_without_a_name_can_be_disagreed_with_too(visitor: Client) -> None:
    path = proved(visitor, "erasure")

    plan = text_of(visitor.get(path))
    certificate = erase(visitor, path)

    for said in (plan, certificate):
        assert says_what_to_do(said)
    assert "What you asked us to erase is gone" in certificate


def test_where_nothing_can_go_the_page_says_so_and_what_to_do(
    visitor: Client, owner_sql: Owner
) -> None:
    path = proved(visitor, "erasure")
    owner_sql.execute("UPDATE people_standing SET held = true")

    said = text_of(visitor.get(path))

    assert "Nothing can be erased yet" in said
    assert "You have our answer in writing by" in said
    assert "Three dates" not in said
    assert says_what_to_do(said)


@pytest.mark.parametrize("pack", PACKS)
def test_each_clinics_page_has_its_own_clauses_on_complaints(
    owner_sql: Owner, pack: str
) -> None:
    publish_policy(pack)
    make_enquiry()
    visitor = Client()
    path = proved(visitor, "erasure")
    owner_sql.execute("UPDATE people_standing SET held = true")

    page = visitor.get(path)

    assert says_what_to_do(text_of(page))
    assert re.search(
        r"as soon as we can\.\s*<a[^>]*>Clause 9\.1", page.content.decode()
    )


def test_called_off_is_said_in_its_own_words(visitor: Client) -> None:
    path = proved(visitor, "erasure")
    fields = form_at(visitor, path)
    visitor.post(f"{path}erase/", {**fields, "choice": "keep"})

    said = text_of(visitor.get(path))

    assert "Everything stays" in said
    assert "You called the erasure off on" in said
    assert says_what_to_do(said)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("access", "Nothing was given to anybody"), ("erasure", "Nothing was erased")],
)
def test_lapsed_is_said_in_its_own_words(
    visitor: Client,
    owner_sql: Owner,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    words: str,
) -> None:
    now = clock.now()
    cast.ask(kind, CANARY_EMAIL, at=now)
    cast.posted(owner_sql, at=now)
    lapse(at=now + timedelta(days=9))
    owner_sql.execute("UPDATE rights_request SET visit_hash = %s", [hash_of("v")])
    [(ref, person)] = owner_sql.execute(
        "SELECT r.ref, p.ref FROM rights_request r JOIN people_person p"
        " ON p.id = r.person_id"
    ).fetchall()
    asked = Asked(ref, person, kind, "expired", "v")
    monkeypatch.setattr(who, "asking", lambda request, ref: cast.themselves(asked))

    said = text_of(visitor.get(f"/your-data/{ref}/"))

    assert "This request has ended" in said
    assert "The link we sent you was not opened in time" in said
    assert words in said
    assert says_what_to_do(said)


def test_with_no_tries_left_it_is_no_refusal_and_all_the_same_there_is_a_way(
    visitor: Client,
) -> None:
    make_enquiry(name="Xanthippe Quillfeather")
    path = proved(visitor, "access")
    for _ in range(5):
        visitor.post(path, {"name": "Somebody Else", "detail": "W1X 4QX"})

    said = text_of(visitor.get(path))

    assert "It is not a no" in said
    assert re.search(r"answers you by \d+ \w+ 20\d\d", said)
    assert says_what_to_do(said)


def test_while_there_are_tries_left_nobody_is_sent_to_court(visitor: Client) -> None:
    make_enquiry(name="Xanthippe Quillfeather")

    assert "If you do not agree" not in text_of(visitor.get(proved(visitor, "access")))


def test_a_copy_that_was_not_fetched_in_time_is_said_with_what_to_do(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = proved(visitor, "access")
    work()
    ready = text_of(visitor.get(path))
    [person, _, visit] = visitor.session["requests"][path.split("/")[2]]
    asked = Asked(UUID(path.split("/")[2]), UUID(person), "access", "ready", visit)
    moment = clock.now() + timedelta(days=8)
    monkeypatch.setattr(who, "asking", lambda request, ref: cast.themselves(asked))
    monkeypatch.setattr(clock, "now", lambda: moment)

    said = text_of(visitor.get(path))

    assert "Your copy is ready" in ready
    assert "If you do not agree" not in ready
    assert "This copy is gone" in said
    assert says_what_to_do(said)
