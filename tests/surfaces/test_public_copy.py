"""A copy of one's data: waited for, downloaded, and gone after its time."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from tests.factories import CANARY, QUESTION, make_enquiry, publish_policy
from tests.surfaces.requesting import later, proved
from tests.surfaces.visiting import text_of, work

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def test_a_copy_is_made_and_can_be_opened(visitor: Client) -> None:
    make_enquiry()
    page = proved(visitor)

    waiting = text_of(visitor.get(page))
    work()
    ready = text_of(visitor.get(page))
    answer: Any = visitor.post(f"{page}download/")

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
        ref: [person, until + 10**6, visit]
        for ref, (person, until, visit) in session["requests"].items()
    }
    session.save()

    assert "This copy is gone" in text_of(visitor.get(page))
    assert visitor.post(f"{page}download/").status_code == 410
