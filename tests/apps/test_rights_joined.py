"""One human being who wrote twice is one again once it is certain who asks."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from candour import gate
from candour.consent import actions as consent
from candour.consent import queries as consents
from candour.core.actor import staff, system
from candour.core.errors import Expired
from candour.disposal import certify
from candour.disposal import queries as disposals
from candour.enquiries.models import Enquiry
from candour.people.models import Standing
from candour.rights import actions, erasure, identity
from candour.rights.actions import Asked
from tests.apps.canary import found_anywhere
from tests.apps.rights_cast import (
    ask,
    fetched,
    letters,
    make_person,
    newest_token,
    plan_of,
    prove,
    themselves,
    work,
)
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    make_enquiry,
    make_staff,
    publish_policy,
)

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
PHONE, OTHER = "020 7946 0999", "020 7946 0111"
FIRST, SECOND = "The first question of all", "And a second one, later"
LOOKER = system("looked")
CERTIFICATE = re.compile(r"/your-data/certificate/([0-9a-f-]{36})/")


@pytest.fixture
def twice(db: None) -> tuple[int, int]:
    """Return two records of one woman: two enquiries from one address."""
    publish_policy()
    first = make_enquiry(message=FIRST).person_id
    later = NOON + timedelta(hours=3)
    return first, make_enquiry(message=SECOND, at=later).person_id


def tried(asked: Asked, detail: str = "2026-11-20") -> Asked | None:
    return identity.identify(
        ref=asked.ref, name=CANARY, detail=detail, by=themselves(asked), at=NOON
    ).request


def answered(asked: Asked, detail: str = "2026-11-20") -> Asked:
    found = tried(asked, detail)
    assert found is not None
    return found


def people(owner: Owner) -> list[int]:
    rows = owner.execute("SELECT id FROM people_person ORDER BY id").fetchall()
    return [pk for (pk,) in rows]


def opened(person: int, verb: str = "t:t:t") -> Any:
    return gate.open(by=LOOKER, purpose="rights", people=[person], verb=verb, at=NOON)


def test_a_copy_holds_what_both_records_held(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    theirs = answered(prove(owner_sql))
    work(at=NOON)

    data = fetched(theirs).read("data.json").decode()

    assert FIRST in data
    assert SECOND in data
    assert people(owner_sql) == [twice[0]]


def test_the_copy_tells_who_looked_at_either_record(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    with opened(twice[1], "test:second:read"):
        pass
    theirs = answered(prove(owner_sql))
    work(at=NOON)

    assert "test:second:read" in fetched(theirs).read("data.json").decode()


def test_an_erasure_takes_both_and_the_ledger_names_both(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    theirs = answered(prove(owner_sql, "erasure"))
    plan = plan_of(theirs)
    erasure.confirm(
        ref=theirs.ref, seen=plan.fingerprint, by=themselves(theirs), at=NOON
    )

    [[scope]] = owner_sql.execute("SELECT scope FROM disposal_ledger").fetchall()
    assert twice[1] in [number for number, _ in scope["also"]]
    assert people(owner_sql) == []
    assert not found_anywhere(owner_sql, CANARY)
    assert owner_sql.execute("SELECT count(*) FROM vault.key").fetchall() == [(0,)]


def test_what_was_sealed_for_either_opens_for_the_one(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    answered(prove(owner_sql))

    [[keys]] = owner_sql.execute(
        "SELECT count(*) FROM vault.key WHERE person_id = %s"
        " AND record_class = 'enquiry'",
        [twice[0]],
    ).fetchall()
    with opened(twice[0]) as permit:
        rows = permit.read(Enquiry.objects.order_by("pk"), "message")
    assert keys == 2
    assert [row.message for row in rows] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("later", "holds"), [(-1, "withdrawn"), (0, "withdrawn"), (1, "given")]
)
def test_of_two_records_the_newer_word_holds_and_of_two_at_once_the_no(
    twice: tuple[int, int], owner_sql: Owner, later: int, holds: str
) -> None:
    how: dict[str, Any] = {"purpose": "marketing", "channel": "email", "how": "test"}
    with opened(twice[0]) as permit:
        how |= {"permit": permit, "person_id": twice[0], "by": LOOKER, "at": NOON}
        consent.withdraw(**how)
    with opened(twice[1]) as permit:
        how |= {"permit": permit, "person_id": twice[1]}
        consent.give(**how | {"at": NOON + timedelta(days=later)}, wording="Yes")

    answered(prove(owner_sql))

    with opened(twice[0]) as permit:
        held = consents.permissions(twice[0], permit=permit)
    assert [(row.channel, row.state) for row in held] == [("email", holds)]


def test_a_restriction_of_either_holds_for_the_one(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    owner_sql.execute(
        "UPDATE people_standing SET restricted_at = now() WHERE person_id = %s",
        [twice[1]],
    )

    answered(prove(owner_sql))

    with opened(twice[0]):
        [standing] = Standing.objects.filter(person=twice[0])
    assert standing.restricted_at is not None
    assert standing.relation == ["enquirer"]
    assert standing.last_interaction_at == NOON + timedelta(hours=3)


def test_two_birth_dates_are_not_one_person(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    for person, born in zip(twice, ("1980-02-03", "2004-05-06"), strict=True):
        owner_sql.execute(
            "UPDATE people_standing SET born_on = %s WHERE person_id = %s",
            [born, person],
        )

    assert tried(prove(owner_sql)) is None
    assert {*twice} <= {*people(owner_sql)}


def test_somebody_elses_record_in_their_name_does_not_stand_in_the_way(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    hers = make_person(CANARY, [("email", CANARY_EMAIL), ("phone", PHONE)])
    make_person(CANARY, [("email", CANARY_EMAIL), ("phone", OTHER)])

    theirs = answered(prove(owner_sql), PHONE)

    [[owner]] = owner_sql.execute(
        "SELECT person_id FROM rights_request WHERE ref = %s", [theirs.ref]
    ).fetchall()
    assert owner == hers


def test_the_day_tells_nobody_apart_of_whom_more_is_known(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    make_enquiry(name="Somebody Else")
    hers = make_enquiry().person_id
    owner_sql.execute(
        "INSERT INTO people_contact_point (ref, person_id, channel, value, value_key,"
        " source, made_at) VALUES (gen_random_uuid(), %s, 'phone', %s,"
        " '+442079460999', 'website-form', now())",
        [hers, PHONE],
    )
    asked = prove(owner_sql)

    assert tried(asked) is None
    assert tried(asked, PHONE) is not None


@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_an_address_that_nobody_proved_is_not_enough(
    db: None, owner_sql: Owner, kind: str
) -> None:
    publish_policy()
    make_enquiry(proven=False)

    asked = prove(owner_sql, kind)

    assert asked.state == "waiting-identity"
    assert answered(asked).state == "open"
    again = prove(owner_sql, kind, at=NOON + timedelta(hours=2))
    assert again.state in {"open", "ready"}


def test_the_claimants_old_link_is_over(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    prove(owner_sql)
    used = newest_token(owner_sql)

    with pytest.raises(Expired):
        actions.follow_link(token=used, at=NOON)


def test_each_letter_of_an_erasure_leads_to_its_certificate(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    make_person("Ptolemy Quill", [("email", CANARY_EMAIL), ("phone", PHONE)])
    first = answered(prove(owner_sql, "erasure"))
    again = answered(prove(owner_sql, "erasure", at=NOON + timedelta(hours=2)))
    named = set(CERTIFICATE.findall("".join(letters(owner_sql))))
    assert len(named) == 2
    assert again.ref == first.ref

    plan = plan_of(again)
    erasure.confirm(ref=again.ref, seen=plan.fingerprint, by=themselves(again), at=NOON)
    certify.finish(erasure=erasure_of(owner_sql), at=NOON)

    found = [disposals.certificate(UUID(ref)) for ref in named]
    assert found[0] is not None
    assert found[0].complete
    assert found[0] == found[1]


def erasure_of(owner: Owner) -> UUID:
    [[ref]] = owner.execute("SELECT ref FROM disposal_ledger").fetchall()
    assert isinstance(ref, UUID)
    return ref


def test_a_patient_who_once_asked_without_a_phone_is_one_with_that_question(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    asked_first = make_enquiry().person_id
    contacts = [("email", CANARY_EMAIL), ("phone", PHONE)]
    patient = make_person(CANARY, contacts, relation="patient")

    theirs = answered(prove(owner_sql), PHONE)

    [[owner]] = owner_sql.execute(
        "SELECT person_id FROM rights_request WHERE ref = %s", [theirs.ref]
    ).fetchall()
    assert owner in {asked_first, patient}
    assert people(owner_sql) == [owner]


def test_a_patients_file_is_not_opened_by_what_opens_a_question(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    patient = make_person(CANARY, [("email", CANARY_EMAIL)], relation="patient")
    contacts = [("email", CANARY_EMAIL), ("phone", PHONE)]
    other = make_person(CANARY, contacts)

    theirs = answered(prove(owner_sql), PHONE)

    assert theirs is not None
    assert people(owner_sql) == [patient, other]


def test_two_of_one_name_and_number_are_told_apart_by_staff_where_one_is_a_patient(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    contacts = [("email", CANARY_EMAIL), ("phone", PHONE)]
    make_person(CANARY, contacts, relation="patient")
    make_person(CANARY, contacts)

    assert tried(prove(owner_sql), PHONE) is None


def test_the_link_that_staff_had_sent_goes_whatever_went_there_before(
    twice: tuple[int, int], owner_sql: Owner
) -> None:
    asked = prove(owner_sql, "erasure")
    for minute in range(1, 4):
        ask("access", at=NOON + timedelta(minutes=minute))
    before = len(letters(owner_sql))
    [[ref]] = owner_sql.execute(
        "SELECT ref FROM people_person WHERE id = %s", [twice[0]]
    ).fetchall()
    lead = staff(make_staff("data-protection-lead").ref, "data-protection-lead")

    identity.confirm(ref=asked.ref, people=[ref], how="called", by=lead, at=NOON)

    assert len(letters(owner_sql)) == before + 1
