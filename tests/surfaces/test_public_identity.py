"""Where an address is shared, a request asks whose it is."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from tests.factories import CANARY, make_enquiry, publish_policy
from tests.surfaces.requesting import Owner, proved
from tests.surfaces.visiting import text_of, work

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


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
    download: Any = visitor.post(f"{mine}download/")
    body = b"".join(download.streaming_content)

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
