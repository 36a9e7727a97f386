"""Erasing: what goes, what stays, and that nothing of the person is found anywhere."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from candour import gate
from candour.consent import actions as consent
from candour.core import actor
from candour.core.actor import VISITOR, staff, system
from candour.core.errors import NotFound, Refused, Tampered
from candour.core.ids import new_ref
from candour.disposal import certify, erase, ledger, queries, statements
from candour.disposal.actions import Changed, NothingGoes
from candour.disposal.erase import run
from candour.disposal.models import Erasure
from candour.enquiries import actions as enquiries
from candour.jobs import queue
from candour.outbox.models import Attempt, Message
from candour.outbox.send import send_due
from candour.people.models import Standing
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Ground
from candour.policy.vocabulary import RecordClass
from candour.rights import erasure
from candour.rights.actions import Asked
from candour.rights.identity import identify
from tests.apps.canary import found_anywhere
from tests.apps.rights_cast import (
    LATER,
    fetched,
    letters,
    make_person,
    plan_of,
    prove,
    status,
    themselves,
    work,
)
from tests.factories import CANARY, CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
RECEPTION = staff(new_ref(), "reception")
KEPT = Ground("test", "UK GDPR Article 17(3)(b)", "The law makes us.", "retention.x")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def full_life() -> int:
    """Make somebody with rows in every table there is; return their id."""
    enquiry = make_enquiry()
    person = enquiry.person_id
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        enquiries.reply(
            permit=permit,
            ref=enquiry.ref,
            subject="Our answer",
            body="Dear Zephyrine, yes we do.",
            by=RECEPTION,
            at=NOON,
        )
        message = Message.objects.get(origin_ref=enquiry.ref)
        Attempt.objects.create(
            message=message, person_id=person, at=NOON, outcome="unreachable"
        )
    with gate.open(
        by=system("test"), purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        for given in (consent.give, consent.withdraw):
            words = {"wording": "Write to me."} if given is consent.give else {}
            given(
                permit=permit,
                person_id=person,
                purpose="offers",
                channel="email",
                how="form",
                by=VISITOR,
                at=NOON,
                **words,  # type: ignore[arg-type]
            )
    return person


def asked_to_erase(owner: Owner) -> Asked:
    return prove(owner, "erasure")


def confirm(asked: Asked, *, at: Any = LATER) -> None:
    seen = plan_of(asked, at=at).fingerprint
    erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=at)


def finish(asked: Asked, *, at: Any = LATER) -> queries.Certified:
    [entry] = queries.uncertified()
    certify.finish(erasure=entry, at=at)
    work(at=at)
    found = queries.certificate(asked.ref)
    assert found is not None
    return found


def count(owner: Owner, table: str) -> int:
    [[found]] = owner.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(found)


def test_every_personal_table_has_rows_before_so_that_gone_means_gone(
    owner_sql: Owner,
) -> None:
    full_life()
    asked_to_erase(owner_sql)

    empty = [e.table for e in statements.in_order() if not count(owner_sql, e.table)]

    assert set(empty) <= {"disposal_erasure", "notices_shown"}


def test_nothing_of_the_person_is_found_anywhere(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    words = ["Zephyrine", "Quillfeather", CANARY_EMAIL, "redness"]
    before = [word for word in words[:3] if found_anywhere(owner_sql, word)]
    assert before == words[:3]
    refs = owner_sql.execute("SELECT ref::text FROM enquiries_enquiry").fetchall()

    confirm(asked)
    finish(asked)

    for word in [*words, *(ref for (ref,) in refs)]:
        assert found_anywhere(owner_sql, word) == []
    for entry in statements.in_order():
        assert count(owner_sql, entry.table) == 0
    assert count(owner_sql, "vault.key") == 0


def test_what_was_sealed_cannot_be_opened_from_an_old_row(owner_sql: Owner) -> None:
    person = full_life()
    [[sealed, ref]] = owner_sql.execute(
        "SELECT message, ref FROM enquiries_enquiry"
    ).fetchall()
    asked = asked_to_erase(owner_sql)
    confirm(asked)

    with (
        gate.open(
            by=system("test"),
            purpose="rights",
            people=[person],
            verb="t:t:t",
            at=NOON,
        ) as permit,
        pytest.raises(Tampered),
    ):
        permit.keys.unseal(person, f"enquiries_enquiry.message:{ref}", sealed)


def test_somebody_else_keeps_everything(owner_sql: Owner) -> None:
    other = make_enquiry(name="Quentin Marrowby", email="quentin@example.org")
    full_life()
    asked = asked_to_erase(owner_sql)
    tables = ["people_person", "people_contact_point", "enquiries_enquiry"]
    mine = "SELECT count(*) FROM {} WHERE {} = %s"
    owners = {"people_person": "id"}
    before = {
        t: owner_sql.execute(
            mine.format(t, owners.get(t, "person_id")), [other.person_id]
        ).fetchall()
        for t in tables
    }

    confirm(asked)
    finish(asked)

    for table, rows in before.items():
        query = mine.format(table, owners.get(table, "person_id"))
        assert owner_sql.execute(query, [other.person_id]).fetchall() == rows
        assert rows == [(1,)]
    assert found_anywhere(owner_sql, "Marrowby")


def test_an_address_shared_in_a_family_stays_with_the_other(owner_sql: Owner) -> None:
    make_enquiry()
    other = make_person("Ptolemy Quillfeather", [("email", CANARY_EMAIL)])
    claim = asked_to_erase(owner_sql)
    found = identify(
        ref=claim.ref,
        name=CANARY,
        detail="2026-11-20",
        by=themselves(claim),
        at=NOON,
    )
    assert found.request is not None

    confirm(found.request)
    finish(found.request)

    left = owner_sql.execute("SELECT id FROM people_person").fetchall()
    assert left == [(other,)]
    assert found_anywhere(owner_sql, "Zephyrine") == [
        "public.people_contact_point.value",
        "public.people_contact_point.value_key",
        "public.people_search_key.words",
    ]


def test_the_plan_changes_nothing_and_says_what_would_go(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    changes = count(owner_sql, "trail_change")

    plan = plan_of(asked)

    assert count(owner_sql, "trail_change") == changes
    goes = {item.table: item.rows for item in plan.goes}
    assert goes["enquiries_enquiry"] == 1
    assert goes["consent_event"] == 2
    assert goes["people_person"] == 1
    assert {item.table for item in plan.stays} == {
        "trail_event",
        "disposal_ledger",
        "consent_suppression",
    }
    assert all(item.why and item.article and item.clause for item in plan.stays)
    assert (plan.keys_by, plan.backups_by) == (date(2026, 11, 27), date(2026, 12, 25))
    assert plan.fingerprint == plan_of(asked).fingerprint


def test_what_came_in_since_is_shown_first(owner_sql: Owner) -> None:
    person = full_life()
    asked = asked_to_erase(owner_sql)
    seen = plan_of(asked).fingerprint
    with gate.open(
        by=system("test"), purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        enquiries.receive(
            permit=permit,
            person_id=person,
            token=new_ref(),
            topics=[],
            message="One more question",
            reply_by=["email"],
            source="website-form",
            brand="",
            at=NOON,
        )

    with pytest.raises(Changed):
        erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=LATER)

    assert count(owner_sql, "enquiries_enquiry") == 2
    assert count(owner_sql, "disposal_erasure") == 0
    locked = owner_sql.execute("SELECT locked_at FROM people_standing").fetchall()
    assert locked == [(None,)]


def test_a_plan_can_be_called_off(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)

    erasure.keep(ref=asked.ref, by=themselves(asked), at=LATER)

    assert status(asked).state == "withdrawn"
    with pytest.raises(erasure.NotOpen):
        confirm(asked)
    assert count(owner_sql, "enquiries_enquiry") == 1


def test_nobody_else_can_confirm(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    seen = plan_of(asked).fingerprint

    with pytest.raises(NotFound):
        erasure.confirm(ref=asked.ref, seen=seen, by=actor.person(new_ref()), at=LATER)
    with pytest.raises(NotFound):
        erasure.keep(ref=asked.ref, by=actor.person(new_ref()), at=LATER)
    assert count(owner_sql, "disposal_erasure") == 0


def test_a_request_for_a_copy_erases_nothing(owner_sql: Owner) -> None:
    full_life()
    asked = prove(owner_sql, "access")

    with pytest.raises(NotFound):
        erasure.confirm(ref=asked.ref, seen="", by=themselves(asked), at=LATER)


def test_an_unproven_request_erases_nothing(owner_sql: Owner) -> None:
    full_life()
    make_person("Ptolemy Quillfeather", [("email", CANARY_EMAIL)])
    asked = asked_to_erase(owner_sql)
    assert asked.state == "waiting-identity"

    with pytest.raises(erasure.NotOpen):
        erasure.confirm(ref=asked.ref, seen="", by=themselves(asked), at=LATER)


def test_a_legal_hold_keeps_everything_and_says_so(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    owner_sql.execute("UPDATE people_standing SET held = true")

    plan = plan_of(asked)

    assert plan.goes == ()
    assert {item.article for item in plan.stays if item.table == "people_person"} == {
        "UK GDPR Article 17(3)(e)"
    }
    with pytest.raises(NothingGoes):
        confirm(asked)
    assert count(owner_sql, "people_person") == 1


def test_a_restricted_person_can_be_erased(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    owner_sql.execute("UPDATE people_standing SET restricted_at = now()")

    confirm(asked)

    assert finish(asked).complete


def test_a_no_to_offers_is_kept_as_a_fingerprint_and_nothing_else(
    owner_sql: Owner,
) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    found = finish(asked)

    assert consent.is_suppressed(channel="email", value_key=CANARY_EMAIL)
    [line] = [one for one in found.tables if one.table == "consent_suppression"]
    assert (line.erased, line.left) == (0, 1)
    assert line.article == "UK GDPR Article 21(3)"


def test_without_a_no_nothing_is_remembered(owner_sql: Owner) -> None:
    make_enquiry()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    finish(asked)

    assert count(owner_sql, "consent_suppression") == 0


def test_a_letter_that_waits_is_never_sent(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    owner_sql.execute("UPDATE outbox_message SET send_after = now() - interval '1 day'")
    assert count(owner_sql, "outbox_message")
    confirm(asked)

    assert send_due(now=lambda: LATER + timedelta(days=1)) == 0


def test_a_copy_that_waits_is_removed(owner_sql: Owner) -> None:
    full_life()
    copy = prove(owner_sql, "access")
    work(at=NOON)
    folder = Path(settings.DATA_DIR) / "copies"
    assert len(list(folder.iterdir())) == 1
    asked = asked_to_erase(owner_sql)
    assert asked.ref != copy.ref

    confirm(asked)
    found = finish(asked)

    assert list(folder.iterdir()) == []
    assert found.files_erased == 1
    with pytest.raises(NotFound):
        fetched(copy)


def test_work_that_waits_goes_and_the_rest_stays(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    queue.defer("rights:copy:build", request=asked.ref)
    queue.defer("rights:copy:build", request=new_ref())

    confirm(asked)

    named = owner_sql.execute(
        "SELECT args->>'request' FROM procrastinate_jobs"
        " WHERE task_name = 'rights:copy:build'"
    ).fetchall()
    assert len(named) == 1
    assert named != [(str(asked.ref),)]


def test_the_certificate_says_what_was_found(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    assert queries.is_erased(asked.ref)
    assert queries.certificate(asked.ref) is None

    found = finish(asked, at=LATER + timedelta(minutes=1))

    assert found.complete
    assert found.number.startswith("E-2026-")
    assert found.asked_on == date(2026, 11, 20)
    assert found.read_at == found.gone_at == LATER + timedelta(minutes=1)
    assert found.keys_by == date(2026, 11, 27)
    assert found.backups_by == date(2026, 12, 25)
    lines = {line.table: line for line in found.tables}
    enquiry = lines["enquiries_enquiry"]
    assert (enquiry.erased, enquiry.left) == (1, 0)
    assert lines["disposal_ledger"].left == 1
    assert found.rows_erased == sum(line.erased for line in found.tables)
    assert found.keys_destroyed == 2  # of enquiries and of messages
    others = 5  # keys, work that waits, the trail, the ledger, addresses refused
    assert found.tables_read == len(statements.in_order()) + others


def test_the_certificate_names_nobody_and_the_trail_seals_it(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    found = finish(asked)

    [[content]] = owner_sql.execute(
        "SELECT content::text FROM disposal_certificate"
    ).fetchall()
    said = json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(said.encode()).hexdigest() == found.seal
    for word in ("Zephyrine", "Quillfeather", "example.org"):
        assert word not in content
    [[sealed]] = owner_sql.execute(
        "SELECT count(*) FROM trail_event WHERE verb = %s",
        [f"disposal:certificate:issue:{found.seal}"],
    ).fetchall()
    assert sealed == 1


def test_a_certificate_cannot_be_written_over(
    owner_sql: Owner, runtime_sql: Owner
) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    finish(asked)

    for table in ("disposal_certificate", "disposal_ledger"):
        for verb in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                runtime_sql.execute(verb)


def test_while_something_is_left_the_certificate_says_so(
    owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    owner_sql.execute(
        "INSERT INTO vault.key (id, person_id, record_class, wrapped, kek)"
        " VALUES (gen_random_uuid(), %s, 'enquiry', 'x', 'x')",
        [person],
    )
    [entry] = queries.uncertified()

    with monkeypatch.context() as broken:
        broken.setattr(certify, "_erase_again", lambda entry, at: None)
        with pytest.raises(certify.Left):
            certify.finish(erasure=entry, at=LATER)

    wrong = queries.certificate(asked.ref)
    assert wrong is not None
    assert not wrong.complete
    assert wrong.gone_at is None
    [line] = [one for one in wrong.tables if one.name == "Keys"]
    assert (line.left, line.kept) == (1, certify.SHOULD_BE_GONE)
    right = finish(asked)
    assert right.complete
    assert right.number == wrong.number
    assert count(owner_sql, "disposal_certificate") == 2


def test_a_file_that_will_not_go_is_on_the_certificate(
    owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_life()
    prove(owner_sql, "access")
    work(at=NOON)
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    [entry] = queries.uncertified()

    with monkeypatch.context() as broken:
        broken.setattr(certify, "_remove_files", lambda entry: None)
        with pytest.raises(certify.Left):
            certify.finish(erasure=entry, at=LATER)

    wrong = queries.certificate(asked.ref)
    assert wrong is not None
    assert not wrong.complete
    assert [line.name for line in wrong.tables if line.kept == certify.SHOULD_BE_GONE]
    assert finish(asked).complete


# --- where something must stay -----------------------------------------------------


@pytest.fixture
def enquiries_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the law keep enquiries: the classes it really keeps have no tables yet."""
    monkeypatch.setattr(
        Policy,
        "must_keep",
        lambda self, klass: KEPT if klass == RecordClass.ENQUIRY else None,
    )


def test_what_the_law_keeps_stays_with_whose_it_is(
    owner_sql: Owner, enquiries_stay: None
) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)

    plan = plan_of(asked)
    confirm(asked)
    found = finish(asked)

    stays = {item.table for item in plan.stays}
    assert {"enquiries_enquiry", "people_person", "rights_request"} <= stays
    assert {item.table for item in plan.goes} == {
        "consent_event",
        "consent_permission",
        "outbox_attempt",
        "outbox_message",
    }
    assert found.complete
    [line] = [one for one in found.tables if one.table == "enquiries_enquiry"]
    assert (line.left, line.kept, line.clause) == (
        1,
        "The law makes us.",
        "retention.x",
    )
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "consent_event") == 0


def test_what_stays_is_unlocked_and_put_aside(
    owner_sql: Owner, enquiries_stay: None
) -> None:
    person = full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    finish(asked)

    [[locked, restricted]] = owner_sql.execute(
        "SELECT locked_at, restricted_at FROM people_standing"
    ).fetchall()
    assert (locked, restricted) == (None, LATER)
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=LATER
        ),
    ):
        pass
    assert status(asked).state == "done"
    [letter] = letters(owner_sql, "erasure-certificate")
    assert f"/your-data/certificate/{asked.ref}/" in letter


def test_they_can_ask_again(owner_sql: Owner, enquiries_stay: None) -> None:
    full_life()
    first = asked_to_erase(owner_sql)
    confirm(first)
    finish(first)

    again = prove(owner_sql, "erasure", at=LATER + timedelta(days=1))
    confirm(again, at=LATER + timedelta(days=1))

    assert finish(again, at=LATER + timedelta(days=1)).complete
    assert count(owner_sql, "disposal_ledger") == 2


def test_what_must_be_kept_and_came_in_late_calls_it_off(
    owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person(CANARY, [("email", CANARY_EMAIL)])
    asked = asked_to_erase(owner_sql)
    monkeypatch.setattr(
        Policy,
        "must_keep",
        lambda self, klass: KEPT if klass == RecordClass.ENQUIRY else None,
    )
    seen = plan_of(asked).fingerprint
    with monkeypatch.context() as crashed:
        crashed.setattr(erase, "run", lambda **kwargs: erase.Outcome.NOTHING)
        erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=LATER)
    other = make_enquiry(name="Quentin Marrowby", email="quentin@example.org")
    owner_sql.execute(
        "UPDATE enquiries_enquiry SET person_id = %s WHERE id = %s", [person, other.pk]
    )

    [waiting] = queries.waiting()
    run(erasure=waiting, at=LATER)
    work(at=LATER)

    assert count(owner_sql, "disposal_ledger") == 0
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert status(asked).confirmed_at is None
    with gate.open(
        by=system("test"), purpose="rights", people=[person], verb="t:t:t", at=LATER
    ):
        assert not Erasure.objects.exists()
        assert Standing.objects.get(person=person).locked_at is None


def test_the_ledger_has_the_line_outside_the_database(owner_sql: Owner) -> None:
    person = full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)

    [line] = ledger.read().lines.values()

    assert line["person"] == person
    assert line["request"] == str(asked.ref)
    assert set(line["goes"]) >= {"enquiry", "identity", "message", "consent"}
    assert found_in(ledger.path(), "Zephyrine") is False


def found_in(path: Path, word: str) -> bool:
    return word in path.read_text()
