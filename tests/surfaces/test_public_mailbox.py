"""The demonstration's post: there while mail stays here, and nowhere else."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client

from candour.notices.actions import publish
from candour.policy.compile import compile_pack
from candour.public import post
from tests.factories import CANARY_EMAIL, NOON, publish_policy
from tests.surfaces.visiting import text_of

pytestmark = pytest.mark.usefixtures("db")
BACKEND = "candour.outbox.mailbox.Mailbox"


@pytest.fixture
def visitor(settings: Any, tmp_path: Path) -> Client:
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.EMAIL_BACKEND = BACKEND
    publish_policy()
    return Client()


def sent(subject: str = "Your link", body: str = "Hello") -> None:
    send_mail(subject, body, None, [CANARY_EMAIL])


def test_it_says_when_nothing_was_sent(visitor: Client) -> None:
    assert "Nothing has been sent" in text_of(visitor.get("/mailbox/"))


def test_the_newest_message_comes_first(visitor: Client) -> None:
    for subject in ("One", "Two", "Three"):
        sent(subject)

    page = text_of(visitor.get("/mailbox/"))

    assert page.index(">Three<") < page.index(">Two<") < page.index(">One<")
    assert CANARY_EMAIL in page


def test_a_message_is_shown_as_text_with_links_to_follow(visitor: Client) -> None:
    sent("Zoë’s £", "Open http://localhost:8000/your-data/link/abc/ <b>now</b> 🌿")
    [one], _ = post.listed(1)

    page = text_of(visitor.get(f"/mailbox/{one.id}/"))

    assert 'href="http://localhost:8000/your-data/link/abc/"' in page
    assert "&lt;b&gt;now&lt;/b&gt; 🌿" in page
    assert "Zoë’s £" in page


def test_a_message_cannot_bring_markup_into_the_page(visitor: Client) -> None:
    sent("<script>alert(1)</script>", "javascript:alert(1) <img src=x onerror=y>")
    [one], _ = post.listed(1)

    for path in ("/mailbox/", f"/mailbox/{one.id}/"):
        page = text_of(visitor.get(path))
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


def test_many_messages_come_in_pages(visitor: Client) -> None:
    for number in range(post.SHOWN + 1):
        sent(f"Message {number}")

    first, second = (text_of(visitor.get(f"/mailbox/?page={n}")) for n in (1, 2))

    assert "Page 1 of 2" in first
    assert ">Message 0<" not in first
    assert ">Message 0<" in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 40, ""])
def test_a_page_that_is_none_is_a_page(visitor: Client, page: str) -> None:
    sent()

    assert visitor.get("/mailbox/", {"page": page}).status_code == 200


@pytest.mark.parametrize(
    "id", ["a" * 24, "..%2f..%2fkeys%2fscope", "x", "0" * 23 + "G"]
)
def test_a_message_that_is_none_is_not_found(visitor: Client, id: str) -> None:
    assert visitor.get(f"/mailbox/{id}/").status_code == 404


def test_a_file_beside_the_messages_is_not_read(visitor: Client, settings: Any) -> None:
    settings.MAILBOX_DIR.mkdir()
    (settings.MAILBOX_DIR / "notes.eml").write_bytes(EmailMessage().as_bytes())

    assert "Nothing has been sent" in text_of(visitor.get("/mailbox/"))
    assert visitor.get("/mailbox/notes/").status_code == 404


@pytest.mark.parametrize("change", [{"host": "smtp.example.org"}, {"ready": False}])
def test_there_is_no_such_page_where_mail_is_real(
    visitor: Client, settings: Any, change: dict[str, Any]
) -> None:
    sent()
    [one], _ = post.listed(1)
    settings.MAIL = replace(settings.MAIL, **change)

    assert visitor.get("/mailbox/").status_code == 404
    assert visitor.get(f"/mailbox/{one.id}/").status_code == 404
    assert "/mailbox/" not in text_of(visitor.get("/"))


def test_no_cache_keeps_a_message(visitor: Client) -> None:
    assert "no-store" in visitor.get("/mailbox/")["Cache-Control"]


HERE = [
    {"REMOTE_ADDR": "127.0.0.1"},
    {"REMOTE_ADDR": "127.3.2.1"},
    {"REMOTE_ADDR": "::1"},
    {"REMOTE_ADDR": "::ffff:127.0.0.1"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, ::1"},
]
ELSEWHERE = [
    {"REMOTE_ADDR": "192.0.2.7"},
    {"REMOTE_ADDR": "10.0.0.2"},
    {"REMOTE_ADDR": "2001:db8::1"},
    {"REMOTE_ADDR": "::ffff:192.0.2.7"},
    {"REMOTE_ADDR": "128.0.0.1"},
    {"REMOTE_ADDR": ""},
    {"REMOTE_ADDR": "localhost"},
    {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 192.0.2.7"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7, 127.0.0.1"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": ""},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.7"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"},
]


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("asking", HERE, ids=str)
def test_whoever_sits_at_this_machine_reads_the_post(
    visitor: Client, settings: Any, asking: dict[str, Any], secure: bool
) -> None:
    settings.SECURE = secure
    sent()

    assert "Your link" in text_of(visitor.get("/mailbox/", **asking))
    assert "/mailbox/" in text_of(visitor.get("/", **asking))


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("asking", ELSEWHERE, ids=str)
def test_from_elsewhere_there_is_no_post(
    visitor: Client, settings: Any, asking: dict[str, Any], secure: bool
) -> None:
    settings.SECURE = secure
    sent()
    [one], _ = post.listed(1)

    for path in ("/mailbox/", f"/mailbox/{one.id}/"):
        assert visitor.get(path, **asking).status_code == 404
    assert "/mailbox/" not in text_of(visitor.get("/", **asking))


def test_what_a_demonstration_sent_is_not_shown_by_a_real_clinic(
    visitor: Client,
) -> None:
    sent()
    publish(policy=compile_pack("model"), by="test", at=NOON, demo=False)

    assert visitor.get("/mailbox/").status_code == 404


def test_a_message_that_is_taken_meanwhile_is_left_out(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent("One")
    sent("Two")
    real = post._files

    def then_erased() -> Any:
        found = sorted(real())
        found[0][1].unlink()
        return found

    monkeypatch.setattr(post, "_files", then_erased)

    page = text_of(visitor.get("/mailbox/"))
    assert ">Two<" in page
    assert ">One<" not in page
