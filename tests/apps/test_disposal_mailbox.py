"""What a demonstration keeps of a sent message goes when the message's row does."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail

from candour.core.clock import now
from candour.disposal import certify, files
from candour.outbox import send as sending
from candour.outbox.hand_over import hand_over
from candour.outbox.send import send_due
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Ground
from candour.policy.vocabulary import RecordClass
from candour.rights.lapse import PATIENCE, lapse
from tests.apps.erasure_cast import Owner, asked_to_erase, confirm, finish
from tests.apps.outbox_cast import reply_to
from tests.apps.rights_cast import ask
from tests.factories import CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
OTHER = "quentin@example.org"
KEPT = Ground("test", "UK GDPR Article 17(3)(b)", "The law makes us.", "retention.x")


@pytest.fixture(autouse=True)
def mailbox(db: None, settings: Any) -> Path:
    publish_policy()
    settings.EMAIL_BACKEND = "candour.outbox.mailbox.Mailbox"
    return Path(settings.MAILBOX_DIR)


def due(owner: Owner) -> None:
    """Let everything that waits be due, and send it."""
    owner.execute("UPDATE outbox_message SET send_after = now() - interval '1 minute'")
    send_due(now=now)


def kept(folder: Path) -> list[str]:
    """Return what is kept of sent messages."""
    return [path.read_text() for path in folder.glob("*.eml")]


def test_after_an_erasure_no_letter_to_them_is_kept(
    owner_sql: Owner, mailbox: Path
) -> None:
    reply_to()
    asked = asked_to_erase(owner_sql)
    due(owner_sql)
    assert [CANARY_EMAIL in letter for letter in kept(mailbox)] == [True, True]

    confirm(asked)
    found = finish(asked)

    assert kept(mailbox) == []
    assert found.complete
    assert found.files_erased == 2


def test_letters_to_others_and_to_staff_stay(owner_sql: Owner, mailbox: Path) -> None:
    make_enquiry()
    reply_to(OTHER)
    asked = asked_to_erase(owner_sql)
    due(owner_sql)
    send_mail("Your password", "Hello", None, ["reception@clinic.example"])

    confirm(asked)
    found = finish(asked)

    letters = kept(mailbox)
    assert len(letters) == 2
    assert [OTHER in letter for letter in sorted(letters)].count(True) == 1
    assert not [letter for letter in letters if CANARY_EMAIL in letter]
    assert found.files_erased == 1


def test_a_message_that_left_by_a_server_is_no_file(owner_sql: Owner) -> None:
    reply_to()
    asked = asked_to_erase(owner_sql)
    confirm(asked)

    assert finish(asked).files_erased == 0


def test_while_a_letter_is_kept_the_certificate_is_not_whole(
    owner_sql: Owner, mailbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enquiry()
    asked = asked_to_erase(owner_sql)
    due(owner_sql)
    confirm(asked)

    with monkeypatch.context() as broken:
        broken.setattr(files, "remove", lambda named: None)
        with pytest.raises(certify.Left):
            finish(asked)

    assert len(kept(mailbox)) == 1
    assert finish(asked).complete
    assert kept(mailbox) == []


@pytest.mark.parametrize("certified", [False, True])
def test_a_letter_on_its_way_during_the_erasure_is_not_kept(
    owner_sql: Owner,
    mailbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    certified: bool,
) -> None:
    reply_to()
    asked = asked_to_erase(owner_sql)
    on_its_way: list[str] = []

    def slowly(letter: Any) -> str:
        if not on_its_way:
            confirm(asked)
            if certified:
                finish(asked)
        on_its_way.append(letter.address)
        return hand_over(letter)

    monkeypatch.setattr(sending, "hand_over", slowly)
    due(owner_sql)
    if not certified:
        finish(asked)

    assert on_its_way == [CANARY_EMAIL]
    assert kept(mailbox) == []


def test_a_letter_that_came_in_before_the_certificate_goes_with_its_row(
    owner_sql: Owner, mailbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Policy,
        "must_keep",
        lambda self, klass: KEPT if klass == RecordClass.ENQUIRY else None,
    )
    person = make_enquiry().person_id
    late = reply_to(OTHER)
    asked = asked_to_erase(owner_sql)
    due(owner_sql)
    confirm(asked)
    letters = kept(mailbox)
    for table in ("outbox_attempt", "outbox_message"):
        owner_sql.execute(
            f"UPDATE {table} SET person_id = %s WHERE person_id = %s",
            [person, late.person_id],
        )

    assert finish(asked).complete

    assert len(letters) == 2
    assert kept(mailbox) == []


def test_a_claimant_who_goes_leaves_no_letter(owner_sql: Owner, mailbox: Path) -> None:
    ask(address=OTHER)
    due(owner_sql)
    assert len(kept(mailbox)) == 1

    ended = NOON + timedelta(days=2) + PATIENCE
    owner_sql.execute("UPDATE outbox_message SET sent_at = %s", [NOON])
    lapse(at=ended)
    due(owner_sql)
    lapse(at=ended + timedelta(days=3))

    assert owner_sql.execute("SELECT count(*) FROM outbox_message").fetchall() == [(0,)]
    assert kept(mailbox) == []


def test_a_message_sent_again_is_kept_once(owner_sql: Owner, mailbox: Path) -> None:
    reply_to()
    due(owner_sql)
    owner_sql.execute("UPDATE outbox_message SET state = 'queued'")
    due(owner_sql)

    assert len(kept(mailbox)) == 1
