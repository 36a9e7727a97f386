"""The trail against whoever can write to the database: every change is found.

What is tried here is tried as a superuser with the append-only triggers switched off,
since the owner could switch them off too. The rows are real ones: an enquiry taken and
opened, a refusal, and what the triggers wrote beside them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from candour import gate
from candour.core.actor import staff
from candour.core.errors import Refused
from candour.core.ids import new_ref
from candour.trail import heads, keys
from candour.trail.seal import BATCHES, Batch, batch_of, seal
from candour.trail.verify import Report, verify
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")

Sql = psycopg.Connection[Any]
LATER = NOON + timedelta(minutes=1)


def an_enquiry_read_and_refused(at: datetime) -> None:
    """Take an enquiry; reception reads it, marketing is refused it."""
    enquiry = make_enquiry(at=at)
    for role in ("reception", "marketing"):
        try:
            with gate.open(
                by=staff(new_ref(), role),
                purpose="enquiry",
                people=[enquiry.person_id],
                verb="desk:enquiry:read",
                at=at,
            ):
                pass
        except Refused:
            assert role == "marketing"


@pytest.fixture
def trail(superuser_sql: Sql) -> Iterator[Sql]:
    """Two sealed batches of real rows, and a way to change them."""
    publish_policy()
    for at in (NOON, LATER):
        an_enquiry_read_and_refused(at)
        assert seal(at=at) is not None
    with unguarded(superuser_sql):
        yield superuser_sql


@contextmanager
def unguarded(sql: Sql) -> Iterator[None]:
    """Switch the append-only triggers off, and on again."""
    for table in ("trail_event", "trail_change", "trail_batch"):
        sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    yield
    for table in ("trail_event", "trail_change", "trail_batch"):
        sql.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


def batches(sql: Sql) -> list[Batch]:
    return [batch_of(row) for row in sql.execute(f"{BATCHES} ORDER BY id").fetchall()]


def problems(sql: Sql) -> list[str]:
    return verify(sql).problems


def test_an_untouched_trail_is_whole(trail: Sql) -> None:
    found = verify(trail)

    assert found.problems == []
    assert found.batches == 2
    assert found.unsealed == 0
    rows = trail.execute(
        "SELECT (SELECT count(*) FROM trail_event)"
        " + (SELECT count(*) FROM trail_change)"
    ).fetchall()
    assert rows == [(found.rows,)]


def test_a_trail_without_anything_is_whole(owner_sql: Sql) -> None:
    assert verify(owner_sql) == Report()


def test_the_refusal_is_among_what_is_sealed(trail: Sql) -> None:
    [(refused, sealed)] = trail.execute(
        "SELECT count(*), max(e.xid) < max(b.to_xid) FROM trail_event e, trail_batch b"
        " WHERE e.outcome <> 'allow'"
    ).fetchall()

    assert refused > 0
    assert sealed


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'staff:somebody-else'",
        "role = 'marketing'",
        "verb = 'desk:enquiry:other'",
        "purpose = 'offers'",
        "outcome = 'note'",
        "clause = 'purposes.offers'",
        "policy = policy + 1",
        "policy = NULL",
        "categories = '{health}'",
        "people = people || 4711::bigint",
        "people = '{}'",
        "at = at + interval '1 microsecond'",
        "act = gen_random_uuid()",
        "salt = gen_random_uuid()",
        "id = DEFAULT",
    ],
)
def test_an_edited_act_is_found(trail: Sql, change: str) -> None:
    first = "(SELECT min(id) FROM trail_event WHERE people <> '{}')"
    trail.execute(f"UPDATE trail_event SET {change} WHERE id = {first}")

    assert problems(trail) == ["batch 1: a row is not as it was sealed"]


@pytest.mark.parametrize(
    "change",
    [
        "act = NULL",
        "tbl = 'people_person_2'",
        "op = CASE op WHEN 'insert' THEN 'delete' ELSE 'insert' END",
        "row_ids = row_ids || 4711::bigint",
        "people = '{}'",
        "at = at + interval '1 microsecond'",
    ],
)
def test_an_edited_change_is_found(trail: Sql, change: str) -> None:
    last = "(SELECT max(id) FROM trail_change)"
    trail.execute(f"UPDATE trail_change SET {change} WHERE id = {last}")

    assert problems(trail) == ["batch 2: a row is not as it was sealed"]


@pytest.mark.parametrize("table", ["trail_event", "trail_change"])
def test_a_deleted_row_is_found(trail: Sql, table: str) -> None:
    trail.execute(f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})")

    [problem] = problems(trail)

    assert problem.startswith("batch 1 holds ")


@pytest.mark.parametrize("table", ["trail_event", "trail_change"])
def test_a_truncated_table_is_found_in_every_batch(trail: Sql, table: str) -> None:
    trail.execute(f"TRUNCATE {table}")

    assert [problem[:14] for problem in problems(trail)] == [
        "batch 1 holds ",
        "batch 2 holds ",
    ]


def test_two_acts_that_swapped_their_people_are_found(trail: Sql) -> None:
    trail.execute(
        "UPDATE trail_event e SET people = o.people FROM trail_event o"
        " WHERE e.people <> '{}' AND o.people <> '{}' AND e.people <> o.people"
    )

    assert problems(trail) == [
        "batch 1: a row is not as it was sealed",
        "batch 2: a row is not as it was sealed",
    ]


def test_two_rows_that_swapped_places_are_found(trail: Sql) -> None:
    trail.execute(
        "CREATE TEMP TABLE taken AS SELECT * FROM trail_change ORDER BY id LIMIT 2"
    )
    trail.execute("DELETE FROM trail_change WHERE id IN (SELECT id FROM taken)")
    trail.execute(
        "INSERT INTO trail_change (id, epoch, xid, at, act, tbl, op, row_ids, people,"
        " salt) OVERRIDING SYSTEM VALUE SELECT (SELECT sum(id) FROM taken) - id,"
        " epoch, xid, at, act, tbl, op, row_ids, people, salt FROM taken"
    )

    assert problems(trail) == ["batch 1: a row is not as it was sealed"]


def an_act(sql: Sql, **columns: str) -> None:
    """Insert an act as whoever owns the database could, with any xid or epoch."""
    said = {
        "at": "now()", "act": "gen_random_uuid()", "actor": "'system:x'",
        "role": "'system'", "verb": "'a:b:c'", "purpose": "'audit'",
        "outcome": "'allow'", "clause": "'purposes.audit'", **columns,
    }  # fmt: skip
    names, values = ", ".join(said), ", ".join(said.values())
    sql.execute(f"INSERT INTO trail_event ({names}) VALUES ({values})")


def test_an_act_written_into_the_past_is_found(trail: Sql) -> None:
    an_act(trail, xid="(SELECT from_xid FROM trail_batch WHERE id = 2)")

    [problem] = problems(trail)

    assert problem.startswith("batch 2 holds ")


def test_an_act_from_before_the_first_batch_is_found(trail: Sql) -> None:
    an_act(trail, xid="'0'")

    [problem] = problems(trail)

    assert problem.startswith("batch 1 holds ")


@pytest.mark.parametrize(
    "columns",
    [
        {"xid": "'9000000000'"},  # a transaction that has not begun
        {"epoch": "2"},  # after a restore that has not happened
        {"epoch": "2", "xid": "'3'"},
        {"epoch": "0"},  # before the first epoch
    ],
)
def test_an_act_of_a_transaction_that_never_was_is_found(
    trail: Sql, columns: dict[str, str]
) -> None:
    an_act(trail, **columns)

    [problem] = problems(trail)

    assert problem.endswith("of trail_event claims a transaction that never was")


def test_an_act_since_the_last_batch_waits_and_is_no_problem(trail: Sql) -> None:
    an_act(trail)

    found = verify(trail)

    assert found.problems == []
    assert found.unsealed == 1


@pytest.mark.parametrize("first", [True, False])
def test_a_batch_cut_out_is_found(trail: Sql, first: bool) -> None:
    pick = "min" if first else "max"
    trail.execute(
        f"DELETE FROM trail_batch WHERE id = (SELECT {pick}(id) FROM trail_batch)"
    )

    number = 1 if first else 2
    assert f"batch {number} was published and is gone" in problems(trail)


def test_the_newest_batch_cut_off_with_all_its_rows_is_found(trail: Sql) -> None:
    for table in ("trail_event", "trail_change"):
        trail.execute(
            f"DELETE FROM {table} WHERE xid >= (SELECT max(from_xid) FROM trail_batch)"
        )
    trail.execute("DELETE FROM trail_batch WHERE id = 2")

    assert problems(trail) == ["batch 2 was published and is gone"]


def test_a_batch_cut_off_and_sealed_anew_is_found(trail: Sql) -> None:
    trail.execute(
        "DELETE FROM trail_event WHERE outcome = 'refuse'"
        " AND xid >= (SELECT max(from_xid) FROM trail_batch)"
    )
    trail.execute("DELETE FROM trail_batch WHERE id = 2")
    assert seal(at=LATER + timedelta(minutes=1)) is not None

    assert problems(trail) == ["batch 2 is not the one that was published"]


def test_everything_truncated_is_found(trail: Sql) -> None:
    trail.execute("TRUNCATE trail_event, trail_change, trail_batch")

    assert problems(trail) == [
        "batch 1 was published and is gone",
        "batch 2 was published and is gone",
    ]


def test_two_batches_that_swapped_are_found(trail: Sql) -> None:
    for old, new in ((1, 99), (2, 1), (99, 2)):
        trail.execute("UPDATE trail_batch SET id = %s WHERE id = %s", [new, old])

    found = problems(trail)

    assert "batch 1 was not signed by this clinic" in found
    assert "batch 1 does not follow the one before it" in found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("sealed_at = sealed_at - interval '1 day'", "was not signed by this clinic"),
        ("root = sha256('x')", "a row is not as it was sealed"),
        ("events = events - 1", "holds"),
        ("previous = sha256('x')", "does not follow the one before it"),
        ("epoch = 2", "was not signed by this clinic"),
        ("signature = sha256('x') || sha256('y')", "was not signed by this clinic"),
        ("signature = ''", "was not signed by this clinic"),
    ],
)
def test_an_edited_batch_is_found(trail: Sql, change: str, expected: str) -> None:
    trail.execute(f"UPDATE trail_batch SET {change} WHERE id = 2")

    found = problems(trail)

    assert "batch 2 was not signed by this clinic" in found
    assert any(expected in problem for problem in found)


def test_a_batch_signed_with_another_key_is_found(
    trail: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody alters a row, then seals it again with a key of their own."""
    trail.execute("DELETE FROM trail_event WHERE outcome = 'refuse'")
    trail.execute("TRUNCATE trail_batch")
    keys.heads_file().unlink()
    other = Ed25519PrivateKey.generate()
    with monkeypatch.context() as patch:
        patch.setattr(keys, "signing_key", lambda: other)
        assert seal(at=LATER) is not None

    assert problems(trail) == ["batch 1 was not signed by this clinic"]


def test_a_batch_that_was_never_published_is_found(trail: Sql) -> None:
    path = keys.heads_file()
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))

    assert "batch 1 was never published" in problems(trail)


def test_the_newest_batch_may_wait_to_be_published(trail: Sql) -> None:
    path = keys.heads_file()
    first = path.read_text().splitlines(keepends=True)[0]

    for left in (first, first + "2 deadbee"):  # a crash, also in mid-line
        path.write_text(left)
        assert problems(trail) == []

    an_enquiry_read_and_refused(LATER)
    seal(at=LATER)
    assert sorted(heads.read()[0]) == [1, 2, 3]
    assert problems(trail) == []


@pytest.mark.parametrize("line", ["nonsense\n", "3 \n", "1 " + "0" * 64 + "\n"])
def test_a_line_that_is_no_head_is_found(trail: Sql, line: str) -> None:
    with keys.heads_file().open("a") as file:
        file.write(line)

    assert len(problems(trail)) == 1
