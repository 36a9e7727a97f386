"""Asking for a copy of one's data or its erasure, and the link that proves who asks."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import resolve

from candour.core.ids import new_ref
from candour.rights import letters
from tests.factories import CANARY, CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.requesting import Owner, ask, asked, count, later, proved
from tests.surfaces.visiting import link_in, text_of, work

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_asking_says_the_same_to_everybody(visitor: Client, kind: str) -> None:
    make_enquiry()

    known, unknown = (
        ask(visitor, kind, email) for email in (CANARY_EMAIL, "nobody@example.org")
    )

    assert (known.status_code, known["Location"]) == (302, "/your-data/sent/")
    assert (known.content, known["Location"]) == (unknown.content, unknown["Location"])
    assert "Look in your email" in text_of(visitor.get("/your-data/sent/"))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"kind": "", "email": CANARY_EMAIL}, "Choose a copy of your data"),
        ({"kind": "sell", "email": CANARY_EMAIL}, "not one of the choices"),
        ({"kind": "access", "email": ""}, "Give us the email address"),
        ({"kind": "access", "email": "zephyrine"}, "not an email address"),
        ({"kind": "access", "email": CANARY_EMAIL + "\0"}, "hidden character"),
        ({"kind": "access", "email": "<b>\u202e🌿'--"}, "not an email address"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_asked(
    visitor: Client, owner_sql: Owner, answers: dict[str, str], said: str
) -> None:
    answer = visitor.post("/your-data/", answers)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert count(owner_sql, "rights_request") == 0


def test_the_day_of_the_answer_is_shown_before_asking(visitor: Client) -> None:
    publish_policy("dermaesthetics")

    assert "Within one month" in text_of(visitor.get("/your-data/"))


def test_opening_the_link_uses_nothing_up(visitor: Client, owner_sql: Owner) -> None:
    make_enquiry()
    link = asked(visitor)

    for _ in range(3):
        page = text_of(visitor.get(link))

    assert "Make my copy" in page
    assert count(owner_sql, "rights_request") == 1
    assert visitor.post(link).status_code == 302


def test_the_link_works_once(visitor: Client) -> None:
    make_enquiry()
    link = asked(visitor)
    visitor.post(link)

    again, looked = Client().post(link), Client().get(link)

    assert (again.status_code, looked.status_code) == (410, 410)
    assert "This link has expired" in text_of(again)


def test_the_link_ends(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_enquiry()
    link = asked(visitor)
    later(monkeypatch, hours=25)

    assert visitor.get(link).status_code == 410
    assert visitor.post(link).status_code == 410


@pytest.mark.parametrize(
    "token", ["stranger", "a" * 43, "%00", "%F0%9F%8C%BF", "..", "a%2Fb"]
)
def test_a_link_that_was_never_sent_looks_like_one_that_ended(
    visitor: Client, token: str
) -> None:
    answer = visitor.get(f"/your-data/link/{token}/")

    assert answer.status_code in {404, 410}
    assert token not in text_of(answer)


def test_a_visit_ends_after_two_hours(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enquiry()
    page = proved(visitor)
    later(monkeypatch, hours=2, minutes=1)

    assert visitor.get(page).status_code == 404
    assert visitor.post(f"{page}download/").status_code == 404


@pytest.mark.parametrize("path", ["", "download/", "erase/"])
def test_another_persons_request_is_not_found(visitor: Client, path: str) -> None:
    make_enquiry()
    page = proved(visitor)
    work()
    make_enquiry(email="other@example.org")
    other = Client()
    ask(other, email="other@example.org")
    work()
    other.post(link_in(mail.outbox[-1]))

    strangers = [other, Client()]

    for stranger in strangers:
        way = stranger.post if path else stranger.get
        assert way(f"{page}{path}", {"choice": "keep"}).status_code == 404
    assert text_of(other.get(page)) == text_of(other.get(f"/your-data/{uuid4()}/"))


@pytest.mark.parametrize("ref", [str(new_ref()), "1", "x", "%00", "0" * 36])
def test_a_request_that_is_none_is_not_found(visitor: Client, ref: str) -> None:
    assert visitor.get(f"/your-data/{ref}/").status_code == 404
    assert visitor.post(f"/your-data/{ref}/download/").status_code == 404
    assert visitor.post(f"/your-data/{ref}/erase/").status_code == 404
    assert visitor.get(f"/your-data/certificate/{ref}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/your-data/", "put"),
        ("/your-data/link/x/", "put"),
        (f"/your-data/{uuid4()}/", "delete"),
        (f"/your-data/{uuid4()}/download/", "get"),
        (f"/your-data/{uuid4()}/erase/", "get"),
        (f"/your-data/certificate/{uuid4()}/", "post"),
    ],
)
def test_each_address_takes_its_own_methods(
    visitor: Client, path: str, method: str
) -> None:
    assert getattr(visitor, method)(path).status_code == 405


def test_the_session_key_changes_when_a_link_is_followed(visitor: Client) -> None:
    make_enquiry()
    visitor.session.save()
    link = asked(visitor)
    session = visitor.session
    session["planted"] = True
    session.save()
    visitor.cookies["sessionid"] = str(session.session_key)
    before = session.session_key

    visitor.post(link)

    assert visitor.cookies["sessionid"].value != before


def test_nothing_of_a_person_is_in_an_address_or_kept_by_a_cache(
    visitor: Client,
) -> None:
    make_enquiry()
    link = asked(visitor)
    opened = visitor.get(link)
    page = str(visitor.post(link)["Location"])
    shown = visitor.get(page)

    for answer in (opened, shown):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
    for text in (CANARY, "zephyrine", "Quillfeather"):
        assert text not in link + page


def test_letters_lead_to_addresses_that_exist() -> None:
    ref = new_ref()

    for path in (letters.LINK, letters.CERTIFICATE, letters.ASK):
        assert resolve(path.format(token="t", ref=ref)).view_name


def test_one_client_may_not_ask_without_end(visitor: Client) -> None:
    answers = [visitor.post("/your-data/", {}).status_code for _ in range(31)]

    assert answers == [422] * 30 + [429]
