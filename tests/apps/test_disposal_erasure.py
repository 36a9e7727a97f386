"""Erasing: what goes, what stays, and that nothing of the person is found anywhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import system
from candour.core.errors import NotFound, Tampered
from candour.core.ids import new_ref
from candour.disposal import ledger, statements
from candour.jobs import queue
from candour.outbox.send import send_due
from candour.policy.compile import compile_pack
from candour.rights.identity import identify
from tests.apps.canary import found_anywhere
from tests.apps.erasure_cast import (
    Owner,
    asked_to_erase,
    confirm,
    count,
    finish,
    full_life,
)
from tests.apps.rights_cast import (
    LATER,
    fetched,
    make_person,
    prove,
    themselves,
    work,
)
from tests.factories import CANARY, CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def test_every_personal_table_has_rows_before_so_that_gone_means_gone(
    owner_sql: Owner,
) -> None:
    full_life()
    asked_to_erase(owner_sql)

    empty = [e for e in statements.in_order() if not count(owner_sql, e.table)]

    keeps = compile_pack("model").must_keep  # those have tests of their own
    assert {e.table for e in empty if e.record_class and not keeps(e.record_class)} <= {
        "disposal_erasure",
        "notices_shown",
        "people_merge",
    }


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
    assert found.files_erased == 2  # the copy, and a proof of who they are
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
