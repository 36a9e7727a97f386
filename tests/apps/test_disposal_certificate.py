"""The certificate says what was found, and cannot be changed."""

import hashlib
import json
from datetime import date, timedelta

import psycopg
import pytest

from candour.disposal import certify, files, queries, statements
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
    prove,
    work,
)
from tests.factories import NOON, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


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
    # identity, enquiries, messages (theirs, and of their asking), appointments, proofs
    assert found.keys_destroyed == 6
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
        broken.setattr(files, "remove", lambda named: None)
        with pytest.raises(certify.Left):
            certify.finish(erasure=entry, at=LATER)

    wrong = queries.certificate(asked.ref)
    assert wrong is not None
    assert not wrong.complete
    assert [line.name for line in wrong.tables if line.kept == certify.SHOULD_BE_GONE]
    assert finish(asked).complete
