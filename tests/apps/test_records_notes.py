"""Notes and alerts: nothing is written over, nothing is lost, nothing leaks."""

import threading
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from candour.core.errors import Conflict, Invalid, NotFound, Refused
from candour.records import queries
from candour.records.actions import alerts
from candour.records.models import Alert, Draft, Note, NoteVersion
from candour.records.words import changed
from candour.register.permit import WITHHELD
from tests.apps.canary import found_anywhere
from tests.apps.record_cast import (
    DOCTOR,
    NOTE,
    NURSE,
    amend,
    care,
    keep_draft,
    raise_alert,
    write_note,
)
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
CARD = "4111 1111 1111 1111"


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    return make_enquiry(
        name="Ottoline Brackwater", email="o@example.org", message="Hello"
    ).person_id


def test_what_is_written_is_sealed_and_reads_back(person: int, owner_sql: Sql) -> None:
    raise_alert(person)
    ref = write_note(person)
    amend(person, ref)
    keep_draft(person, body="Zephyrine again")

    assert found_anywhere(owner_sql, "zephyrine") == []
    with care(person) as permit:
        [alert] = queries.alerts(person, permit=permit)
        found = queries.note(person, ref, permit=permit)
    assert (alert.code, alert.weight) == ("Lidocaine", "danger")
    assert "Zephyrine" in alert.detail
    assert found.versions[0].body == NOTE
    assert "22 units" in found.last.body
    assert found.last.why == "A slip of the pen."


def test_an_older_version_cannot_be_changed_even_by_the_program(
    person: int, runtime_sql: Sql
) -> None:
    write_note(person)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute("UPDATE records_note_version SET version = 2")


def test_of_two_who_amend_one_note_the_second_is_told(person: int) -> None:
    ref = write_note(person)
    amend(person, ref, by=NURSE)

    with pytest.raises(Conflict, match="while you were writing"):
        amend(person, ref, body="Something else entirely")

    with care(person) as permit:
        found = queries.note(person, ref, permit=permit)
    assert [row.version for row in found.versions] == [1, 2]
    assert found.last.by == str(NURSE)


def test_eight_who_amend_at_once_make_one_version(person: int) -> None:
    ref = write_note(person)
    came: list[str] = []
    start = threading.Barrier(8)

    def one(number: int) -> None:
        try:
            start.wait()
            amend(person, ref, body=f"Text number {number}")
            came.append("saved")
        except Conflict:
            came.append("told")
        finally:
            connection.close()

    writers = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(came) == ["saved"] + ["told"] * 7
    with care(person):
        assert NoteVersion.objects.filter(note__ref=ref).count() == 2


def test_a_form_sent_twice_is_one_note_and_one_alert(person: int) -> None:
    token = uuid4()

    assert write_note(person, token=token) == write_note(person, token=token)
    assert raise_alert(person, token=token) == raise_alert(person, token=token)

    with care(person):
        assert (Note.objects.count(), Alert.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": f"She pays with {CARD}"}, "card number"),
        ({"body": " \r\n "}, "nothing in this note"),
        ({"body": "x" * 20_001}, "longer than 20,000"),
        ({"kind": "gossip"}, "no such kind"),
        ({"source": "hearsay"}, "does not name"),
    ],
)
def test_a_note_that_will_not_do_is_refused_whole(
    person: int, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        write_note(person, **changes)

    with care(person):
        assert Note.objects.count() == 0


def test_a_card_number_is_kept_neither_in_a_change_nor_in_a_draft(person: int) -> None:
    ref = write_note(person)

    with pytest.raises(Invalid, match="card number"):
        amend(person, ref, body=f"Card {CARD}")
    with pytest.raises(Invalid, match="card number"):
        keep_draft(person, body=f"Card {CARD}")

    with care(person):
        assert Draft.objects.count() == 0


def test_a_change_needs_a_reason_and_a_change(person: int) -> None:
    ref = write_note(person)

    with pytest.raises(Invalid, match="why you change"):
        amend(person, ref, why=" ")
    with pytest.raises(Invalid, match="Nothing has changed"):
        amend(person, ref, body=NOTE)


def test_a_draft_is_its_writers_alone_and_goes_when_the_note_is_saved(
    person: int,
) -> None:
    token = keep_draft(person)
    keep_draft(person, token=token, body="More")

    with care(person, by=NURSE) as permit:
        assert queries.draft(person, permit=permit) is None
    with care(person) as permit:
        mine = queries.draft(person, permit=permit)
        assert mine is not None
        assert (mine.token, mine.body) == (token, "More")
    write_note(person, token=token)
    keep_draft(person, token=token, body="Arrives too late")

    with care(person) as permit:
        assert queries.draft(person, permit=permit) is None


def test_an_alert_is_ended_with_a_reason_once_and_stays(person: int) -> None:
    ref = raise_alert(person)

    with pytest.raises(Invalid, match="Say why"):
        _end(person, ref, " ")
    _end(person, ref, "Tested, not allergic.")
    with pytest.raises(Conflict, match="already"):
        _end(person, ref, "Again")

    with care(person) as permit:
        assert queries.alerts(person, permit=permit) == []
        [ended] = queries.ended_alerts(person, permit=permit)
    assert ended.end_reason == "Tested, not allergic."


def test_the_database_wants_the_reason_too(person: int, owner_sql: Sql) -> None:
    raise_alert(person)

    with pytest.raises(psycopg.errors.CheckViolation):
        owner_sql.execute("UPDATE records_alert SET active = false")


def _end(person: int, ref: UUID, reason: str) -> None:
    with care(person) as permit:
        alerts.end(
            permit=permit,
            person_id=person,
            ref=ref,
            reason=reason,
            by=DOCTOR,
            at=NOON,
        )


def test_another_persons_note_and_alert_are_not_found(person: int) -> None:
    other = make_enquiry(email="other@example.org").person_id
    note, alert = write_note(other), raise_alert(other)

    with pytest.raises(NotFound):
        amend(person, note)
    with pytest.raises(NotFound):
        _end(person, alert, "Not hers")


def test_an_emergency_opens_alerts_and_withholds_notes(person: int) -> None:
    raise_alert(person)
    write_note(person)

    with care(person, purpose="emergency") as permit:
        [alert] = queries.alerts(person, permit=permit)
        [note] = queries.notes(person, permit=permit)
    assert alert.code == "Lidocaine"
    assert note.text.body is WITHHELD


def test_a_clinic_that_collects_no_notes_keeps_none() -> None:
    publish_policy("pro-aesthetics")
    person = make_enquiry().person_id

    with pytest.raises(Refused):
        write_note(person)
    with pytest.raises(Refused):
        raise_alert(person)


def test_a_change_is_shown_word_by_word() -> None:
    pieces = changed("Left brow 20 units, no pain.", "Left brow 22 units, some pain.")

    assert [(p.what, p.text) for p in pieces if p.what != "same"] == [
        ("removed", "20"),
        ("added", "22"),
        ("removed", "no"),
        ("added", "some"),
    ]
    assert "".join(p.text for p in pieces if p.what != "removed") == (
        "Left brow 22 units, some pain."
    )
    assert "".join(p.text for p in pieces if p.what != "added") == (
        "Left brow 20 units, no pain."
    )
