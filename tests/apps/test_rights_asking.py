"""Asking and following the link: the same for everybody, and proof before anything."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from candour.core.actor import VISITOR
from candour.core.errors import Expired, Invalid, NotFound
from candour.people.models import Person
from candour.rights import actions, queries
from tests.apps.rights_cast import (
    ask,
    letters,
    make_person,
    newest_token,
    prove,
    status,
    token_in,
    work,
)
from tests.factories import CANARY, CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
STRANGER = "nobody.we.know@example.org"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def rows(owner: Owner, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return owner.execute(sql, values).fetchall()


def count(owner: Owner, table: str) -> int:
    [[found]] = rows(owner, f"SELECT count(*) FROM {table}")
    return int(found)


def test_asking_leaves_the_same_rows_whether_or_not_the_address_is_held(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    before = rows(owner_sql, "SELECT max(id) FROM trail_change")[0][0]

    actions.ask(kind="access", address=CANARY_EMAIL, brand="", by=VISITOR, at=NOON)
    middle = rows(owner_sql, "SELECT max(id) FROM trail_change")[0][0]
    actions.ask(kind="access", address=STRANGER, brand="", by=VISITOR, at=NOON)

    changes = "SELECT tbl, op, cardinality(row_ids) FROM trail_change WHERE id > %s"
    known = rows(owner_sql, changes + " AND id <= %s ORDER BY id", before, middle)
    unknown = rows(owner_sql, changes + " ORDER BY id", middle)
    assert known == unknown
    assert count(owner_sql, "outbox_message") == 0


def test_nobodys_record_is_touched_before_the_link_is_followed(
    owner_sql: Owner,
) -> None:
    enquiry = make_enquiry()
    before = rows(owner_sql, "SELECT last_interaction_at FROM people_standing")

    ask(at=NOON + timedelta(days=9))

    [[asker]] = rows(owner_sql, "SELECT person_id FROM rights_request")
    assert asker != enquiry.person_id
    actions.follow_link(token=newest_token(owner_sql), at=NOON + timedelta(days=9))
    assert rows(owner_sql, "SELECT person_id, state FROM rights_request") == [
        (enquiry.person_id, "open")
    ]
    assert rows(owner_sql, "SELECT last_interaction_at FROM people_standing") == before


def test_an_unknown_address_gets_a_proper_record_and_the_same_letter(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    ask(address=STRANGER)
    ask(address=CANARY_EMAIL)

    unknown, known = letters(owner_sql)

    secret = token_in(unknown), token_in(known)
    assert unknown.replace(secret[0], "") == known.replace(secret[1], "")
    assert rows(
        owner_sql,
        "SELECT relation FROM people_standing s JOIN rights_request r"
        " ON r.person_id = s.person_id WHERE r.address_key = %s",
        STRANGER,
    ) == [(["claimant"],)]


def test_the_link_says_nothing_and_only_its_hash_is_kept(owner_sql: Owner) -> None:
    make_enquiry()
    ask()
    token = newest_token(owner_sql)

    [[kept]] = rows(owner_sql, "SELECT link_hash FROM rights_request")

    assert len(token) >= 43  # 256 bits
    assert kept == actions.hash_of(token)
    assert token not in kept
    [letter] = letters(owner_sql)
    assert CANARY.split()[0] not in letter
    assert CANARY_EMAIL not in letter
    [[subject]] = rows(owner_sql, "SELECT subject FROM outbox_message")
    assert subject == "Your link from Quillane"


def test_a_letter_about_erasure_says_where_the_certificate_will_be(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    ask("erasure")
    [[ref]] = rows(owner_sql, "SELECT ref FROM rights_request")

    assert f"/your-data/certificate/{ref}/" in letters(owner_sql)[0]


def test_a_link_works_once(owner_sql: Owner) -> None:
    make_enquiry()
    asked = prove(owner_sql)
    token = newest_token(owner_sql)

    assert asked.state == "open"
    with pytest.raises(Expired):
        actions.follow_link(token=token, at=NOON)
    with pytest.raises(Expired):
        actions.of_link(token, at=NOON)


def test_looking_at_a_link_uses_nothing_up(owner_sql: Owner) -> None:
    make_enquiry()
    ask("erasure")
    token = newest_token(owner_sql)

    ref, kind, until = actions.of_link(token, at=NOON)

    assert (kind, until) == ("erasure", NOON + actions.LINK_LASTS)
    assert actions.follow_link(token=token, at=NOON).ref == ref


def test_a_link_ends_after_a_day_and_a_made_up_one_never_began(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    ask()
    token = newest_token(owner_sql)

    with pytest.raises(Expired):
        actions.follow_link(token=token, at=NOON + timedelta(hours=24))
    with pytest.raises(Expired):
        actions.follow_link(token="x" * 43, at=NOON)
    assert actions.follow_link(token=token, at=NOON + timedelta(hours=23))


def test_asking_again_is_the_first_one_again_once_its_link_is_followed(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    first = prove(owner_sql)
    ask(at=NOON + timedelta(hours=1))

    again = actions.follow_link(
        token=newest_token(owner_sql), at=NOON + timedelta(hours=1)
    )

    assert again.ref == first.ref
    assert rows(owner_sql, "SELECT received_at FROM rights_request") == [(NOON,)]


def test_only_the_newest_visit_is_let_in(owner_sql: Owner) -> None:
    make_enquiry()
    first = prove(owner_sql, "erasure")
    second = prove(owner_sql, "erasure", at=NOON + timedelta(hours=1))
    assert first.ref == second.ref

    assert status(second).state == "open"
    with pytest.raises(NotFound):
        status(first)


@pytest.mark.parametrize("address", [CANARY_EMAIL, STRANGER])
def test_an_address_gets_three_letters_an_hour_at_most(
    owner_sql: Owner, address: str
) -> None:
    make_enquiry()
    for minute in range(6):
        ask(address=address, at=NOON + timedelta(minutes=minute))

    assert len(letters(owner_sql)) == 3
    plus = address.replace("@", "+1@")
    ask(address=plus, at=NOON + timedelta(minutes=6))
    assert len(letters(owner_sql)) == 3
    ask(address=address, at=NOON + timedelta(minutes=61))
    assert len(letters(owner_sql)) == 4


def test_a_copy_and_an_erasure_may_be_open_together(owner_sql: Owner) -> None:
    make_enquiry()
    ask("access")
    ask("erasure")

    kinds = rows(owner_sql, "SELECT kind FROM rights_request ORDER BY kind")
    assert kinds == [("access",), ("erasure",)]


def test_the_database_holds_one_open_request_of_a_kind(owner_sql: Owner) -> None:
    make_enquiry()
    ask()

    with pytest.raises(psycopg.errors.UniqueViolation, match="one_open"):
        owner_sql.execute(
            "INSERT INTO rights_request (ref, person_id, kind, state, brand,"
            " received_at, due_on, address_key, identity_tries, copy_name,"
            " copy_checksum, copy_holds, policy_id, clause)"
            " SELECT gen_random_uuid(), person_id, kind, 'open', '', received_at,"
            " due_on, address_key, 0, '', '', '[]', policy_id, clause"
            " FROM rights_request"
        )


@pytest.mark.parametrize("address", ["", "not an address", "a@b", "x" * 400 + "@y.org"])
def test_what_is_no_address_is_refused_and_nothing_is_written(
    owner_sql: Owner, address: str
) -> None:
    with pytest.raises(Invalid):
        actions.ask(kind="access", address=address, brand="", by=VISITOR, at=NOON)

    assert count(owner_sql, "people_person") == 0


def test_another_kind_of_request_is_refused() -> None:
    with pytest.raises(Invalid):
        actions.ask(kind="drop", address=STRANGER, brand="", by=VISITOR, at=NOON)


def test_a_claimant_becomes_the_person_who_appeared_meanwhile(
    owner_sql: Owner,
) -> None:
    ask(address=CANARY_EMAIL)
    enquiry = make_enquiry()

    asked = actions.follow_link(token=newest_token(owner_sql), at=NOON)

    assert asked.person_ref == ref_of(owner_sql, enquiry.person_id)
    assert count(owner_sql, "people_person") == 1
    assert letters(owner_sql)  # sealed anew for the person, and readable


def ref_of(owner: Owner, person: int) -> Any:
    return rows(owner, "SELECT ref FROM people_person WHERE id = %s", person)[0][0]


def test_proving_the_address_is_written_down_on_it(owner_sql: Owner) -> None:
    make_enquiry()
    prove(owner_sql)

    verified = rows(owner_sql, "SELECT verified_at FROM people_contact_point")
    assert verified == [(NOON,)]


def test_a_request_is_nobody_elses(owner_sql: Owner) -> None:
    make_enquiry()
    asked = prove(owner_sql)
    other = make_person("Quentin Marrowby", [("email", "quentin@example.org")])
    stranger = actions.Asked(asked.ref, ref_of(owner_sql, other), "access", "open")

    with pytest.raises(NotFound):
        status(stranger)
    assert status(asked).number.startswith("R-")


def test_the_answer_is_due_a_month_after_asking(owner_sql: Owner) -> None:
    make_enquiry()

    assert status(prove(owner_sql)).due_on == date(2026, 12, 21)  # the 20th is a Sunday


@pytest.mark.parametrize(
    ("pack", "due", "target"),
    [
        ("dermaesthetics", date(2026, 12, 20), date(2026, 12, 4)),
        ("ai-beauty", date(2026, 12, 20), None),
        ("private-clinic", date(2026, 12, 21), None),
    ],
)
def test_the_clinics_own_promise_counts_where_it_is_shorter(
    owner_sql: Owner, pack: str, due: date, target: date | None
) -> None:
    publish_policy(pack, at=NOON)
    actions.ask(kind="access", address=STRANGER, brand="", by=VISITOR, at=NOON)

    kept = rows(owner_sql, "SELECT due_on, target_on FROM rights_request")
    assert kept == [(due, target)]


def test_the_day_moves_later_only_by_a_step(owner_sql: Owner) -> None:
    make_enquiry()
    ask()
    later = "UPDATE rights_request SET due_on = due_on + 1"

    with pytest.raises(psycopg.errors.CheckViolation, match="only by a step"):
        owner_sql.execute(later)
    owner_sql.execute("UPDATE rights_request SET due_on = due_on - 1")
    owner_sql.execute(
        "INSERT INTO rights_step (request_id, person_id, at, by, what, ground, due_on)"
        " SELECT id, person_id, now(), 'staff', 'extended', 'Art 12A(3)', due_on + 1"
        " FROM rights_request"
    )
    owner_sql.execute(later)
    with pytest.raises(psycopg.errors.CheckViolation):
        owner_sql.execute(later)


def test_matching_twice_is_matching_once(owner_sql: Owner) -> None:
    make_enquiry()
    ask()
    [[ref]] = rows(owner_sql, "SELECT ref FROM rights_request")

    actions.match(ref=ref, at=NOON)

    assert len(letters(owner_sql)) == 1


def test_two_who_ask_from_one_address_are_two_until_it_is_certain(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    make_person("Ptolemy Quill", [("email", CANARY_EMAIL)])
    for _ in range(2):
        actions.ask(kind="erasure", address=CANARY_EMAIL, brand="", by=VISITOR, at=NOON)
    work(at=NOON)

    for token in map(token_in, letters(owner_sql)):
        actions.follow_link(token=token, at=NOON)

    assert rows(owner_sql, "SELECT count(DISTINCT person_id) FROM rights_request") == [
        (2,)
    ]
    assert count(owner_sql, "disposal_alias") == 0


def test_the_owner_of_no_request_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.owner(Person().ref)


def test_after_somebody_said_not_mine_a_request_from_there_is_answered(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    theirs = prove(owner_sql)
    owner_sql.execute("UPDATE people_contact_point SET wrong_at = now()")

    work(at=NOON)
    assert letters(owner_sql, "copy-ready")
    stranger = prove(owner_sql, at=NOON + timedelta(hours=1))

    assert stranger.state == "open"
    assert stranger.person_ref != theirs.person_ref
    assert rows(owner_sql, "SELECT count(*) FROM people_person WHERE name <> ''") == [
        (1,)
    ]
