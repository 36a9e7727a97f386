"""A copy of one's data, and its erasure, from the question to the proof."""

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core import mail
from django.test import Client
from django.urls import resolve

from candour.core import clock
from candour.core.ids import new_ref
from candour.rights import letters
from tests.factories import CANARY, CANARY_EMAIL, QUESTION, make_enquiry, publish_policy
from tests.surfaces.visiting import form_at, link_in, text_of, work

pytestmark = pytest.mark.usefixtures("db")

Owner = psycopg.Connection[Any]
REQUEST = re.compile(r"/your-data/[0-9a-f-]{36}/")
TABLES = ("people_person", "people_contact_point", "enquiries_enquiry", "vault.key")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def ask(visitor: Client, kind: str = "access", email: str = CANARY_EMAIL) -> Any:
    form = form_at(visitor, "/your-data/")
    return visitor.post("/your-data/", {**form, "kind": kind, "email": email})


def asked(visitor: Client, kind: str = "access") -> str:
    """Ask and do the work that follows; return the path of the link that was sent."""
    assert ask(visitor, kind).status_code == 302
    work()
    return link_in(mail.outbox[-1])


def proved(visitor: Client, kind: str = "access") -> str:
    """Ask and follow the link; return the path of the request's page."""
    answer = visitor.post(asked(visitor, kind))
    assert answer.status_code == 302
    assert REQUEST.fullmatch(answer["Location"])
    return str(answer["Location"])


def later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    """Let the clock of the surfaces show a later moment."""
    moment = clock.now() + timedelta(**by)

    def now() -> datetime:
        return moment

    monkeypatch.setattr(clock, "now", now)


def count(owner: Owner, table: str) -> int:
    row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_asking_says_the_same_to_everybody(visitor: Client, kind: str) -> None:
    make_enquiry()

    known, unknown = (
        ask(visitor, kind, email) for email in (CANARY_EMAIL, "nobody@example.org")
    )

    assert (known.status_code, known["Location"]) == (302, "/your-data/sent/")
    assert (known.content, known["Location"]) == (unknown.content, unknown["Location"])
    assert "Look in your e-mail" in text_of(visitor.get("/your-data/sent/"))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"kind": "", "email": CANARY_EMAIL}, "Choose a copy of your data"),
        ({"kind": "sell", "email": CANARY_EMAIL}, "not one of the choices"),
        ({"kind": "access", "email": ""}, "Give us the e-mail address"),
        ({"kind": "access", "email": "zephyrine"}, "not an e-mail address"),
        ({"kind": "access", "email": CANARY_EMAIL + "\0"}, "hidden character"),
        ({"kind": "access", "email": "<b>\u202e🌿'--"}, "not an e-mail address"),
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


def test_a_copy_is_made_and_can_be_opened(visitor: Client) -> None:
    make_enquiry()
    page = proved(visitor)

    waiting = text_of(visitor.get(page))
    work()
    ready = text_of(visitor.get(page))
    answer = visitor.post(f"{page}download/")

    assert 'data-refresh="2"' in waiting
    assert "Your copy is ready" in ready
    body = b"".join(answer.streaming_content)
    assert len(body) == int(answer["Content-Length"])
    assert answer["Content-Disposition"] == 'attachment; filename="your-data.zip"'
    assert answer["Cache-Control"] == "no-store, private"
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert CANARY in archive.read("index.html").decode()
        assert QUESTION in json.dumps(
            json.loads(archive.read("data.json")), ensure_ascii=False
        )
    assert "You downloaded it on" in text_of(visitor.get(page))


def test_a_copy_that_takes_long_says_so(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enquiry()
    page = proved(visitor)
    later(monkeypatch, minutes=20)

    assert "Your copy is late" in text_of(visitor.get(page))


def test_a_copy_is_gone_after_a_week(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enquiry()
    page = proved(visitor)
    work()
    session = visitor.session
    later(monkeypatch, days=8)
    session["requests"] = {
        ref: [person, until + 10**6]
        for ref, (person, until) in session["requests"].items()
    }
    session.save()

    assert "This copy is gone" in text_of(visitor.get(page))
    assert visitor.post(f"{page}download/").status_code == 410


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
    visitor.cookies["sessionid"] = session.session_key
    before = session.session_key

    visitor.post(link)

    assert visitor.cookies["sessionid"].value != before


def plan_of(visitor: Client, page: str) -> str:
    found = re.search(r'name="plan" value="([0-9a-f]{64})"', text_of(visitor.get(page)))
    assert found is not None
    return found[1]


def test_an_erasure_shows_first_what_goes_and_what_stays(
    visitor: Client, owner_sql: Owner
) -> None:
    make_enquiry()
    page = text_of(visitor.get(proved(visitor, "erasure")))

    assert "Nothing has happened yet" in page
    assert "What you asked us" in page
    assert "UK GDPR Articles 5(2) and 17(3)(b)" in page
    assert count(owner_sql, "enquiries_enquiry") == 1


def test_an_erasure_is_done_and_certified(visitor: Client, owner_sql: Owner) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")
    sent = {"choice": "erase", "plan": plan_of(visitor, page)}

    answer = visitor.post(f"{page}erase/", sent)
    checking = visitor.get(answer["Location"])
    work()
    done = visitor.get(page, follow=True)

    assert answer["Location"] == page
    assert checking.status_code == 302 or "We are erasing" in text_of(checking)
    assert "What you asked us to erase is gone" in text_of(done)
    assert CANARY not in text_of(done)
    assert [count(owner_sql, table) for table in TABLES] == [0, 0, 0, 0]
    ref = page.split("/")[2]
    [letter] = [m for m in mail.outbox if "certificate" in str(m.body)]
    assert f"/your-data/certificate/{ref}/" in letter.body
    other = Client().get(f"/your-data/certificate/{ref}/")
    assert "What you asked us to erase is gone" in text_of(other)


def test_a_second_press_leads_to_the_same_end(visitor: Client) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")
    sent = {"choice": "erase", "plan": plan_of(visitor, page)}

    answers = [visitor.post(f"{page}erase/", sent) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, page)] * 2


def test_keeping_everything_erases_nothing(visitor: Client, owner_sql: Owner) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")

    visitor.post(f"{page}erase/", {"choice": "keep", "plan": plan_of(visitor, page)})

    assert "Nothing was erased" in text_of(visitor.get(page))
    assert count(owner_sql, "enquiries_enquiry") == 1


@pytest.mark.parametrize("choice", ["", "everything", "\0"])
def test_without_a_choice_nothing_happens(
    visitor: Client, owner_sql: Owner, choice: str
) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")

    visitor.post(f"{page}erase/", {"choice": choice, "plan": plan_of(visitor, page)})

    assert "Nothing has happened yet" in text_of(visitor.get(page))
    assert count(owner_sql, "disposal_erasure") == 0


@pytest.mark.parametrize("plan", ["", "0" * 64, "\0", "🌿"])
def test_what_is_erased_is_what_was_seen(
    visitor: Client, owner_sql: Owner, plan: str
) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")

    answer = visitor.post(f"{page}erase/", {"choice": "erase", "plan": plan})

    assert answer.status_code == 409
    assert "Something was added since you looked" in text_of(answer)
    assert plan_of(visitor, page) in text_of(answer)
    assert count(owner_sql, "enquiries_enquiry") == 1


def shared(visitor: Client, kind: str = "access") -> str:
    """Let two people share an address, and one of them ask."""
    make_enquiry(name=CANARY)
    make_enquiry(name="Ottoline Thistlewood")
    return proved(visitor, kind)


def test_where_an_address_is_shared_more_is_asked(visitor: Client) -> None:
    page = shared(visitor)

    asked_more = text_of(visitor.get(page))

    assert "One detail more" in asked_more
    assert CANARY not in asked_more
    assert "Ottoline" not in asked_more


def test_a_name_and_a_detail_that_fit_go_on(visitor: Client, owner_sql: Owner) -> None:
    page = shared(visitor)
    owner_sql.execute(
        "UPDATE enquiries_enquiry SET received_at = '2026-03-02T12:00Z' WHERE"
        " person_id = (SELECT id FROM people_person WHERE name = %s)",
        [CANARY],
    )

    answer = visitor.post(page, {"name": CANARY.upper(), "detail": "2 March 2026"})
    work()
    mine = str(answer["Location"])
    body = b"".join(visitor.post(f"{mine}download/").streaming_content)

    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        index = archive.read("index.html").decode()
    assert CANARY in index
    assert "Ottoline" not in index


def test_after_five_wrong_answers_a_person_goes_on(visitor: Client) -> None:
    page = shared(visitor)
    wrong = {"name": "Nobody", "detail": "1 January 1970"}

    answers = [visitor.post(page, wrong) for _ in range(5)]

    assert "you have 4 tries left" in text_of(answers[0])
    assert "you have 1 try left" in text_of(answers[3])
    assert answers[4].status_code == 302
    assert "A person here looks at your request" in text_of(visitor.get(page))


def test_an_empty_answer_is_no_try(visitor: Client) -> None:
    page = shared(visitor)

    answer = visitor.post(page, {"name": " ", "detail": "\0"})

    assert answer.status_code == 422
    assert "Tell us your name" in text_of(answer)
    later_on = visitor.post(page, {"name": "Nobody", "detail": "1 January 1970"})
    assert "you have 4 tries left" in text_of(later_on)


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
