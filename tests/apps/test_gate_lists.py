"""A list leaves out exactly those whose file would not be opened one by one."""

from typing import Any

import psycopg
import pytest

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import staff, system
from candour.core.errors import NotFound, Refused
from candour.core.ids import new_ref
from candour.notices import current
from candour.people.models import Person
from candour.policy.terms import Reach
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")

RECEPTION = staff(new_ref(), "reception")
Sql = psycopg.Connection[Any]
STANDINGS = {
    "nothing said": "relation = relation",
    "restricted": "restricted_at = now()",
    "being erased": "locked_at = now()",
    "died": "died_on = '2020-02-02'",
    "a child": "born_on = '2020-01-01'",
    "eighteen today": "born_on = '2008-11-20'",
    "a patient": "relation = '{patient}', sold_topics = '{skin}'",
}


@pytest.fixture
def everybody(owner_sql: Sql) -> list[int]:
    """Somebody of each kind, one who objected, and one without a standing."""
    publish_policy()
    made = []
    for place, change in enumerate([*STANDINGS.values(), "objects", "none"]):
        person = make_enquiry(email=f"list{place}@example.org").person_id
        made.append(person)
        if change == "objects":
            objects_to_everything(person, owner_sql)
        elif change == "none":
            owner_sql.execute(
                "DELETE FROM people_standing WHERE person_id = %s", [person]
            )
        else:
            owner_sql.execute(
                f"UPDATE people_standing SET {change} WHERE person_id = %s", [person]
            )
    return made


def agree(person: int) -> None:
    """Say yes to offers by e-mail, as the front desk writes it."""
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        consent.give(
            permit=permit, person_id=person, purpose="offers", channel="email",
            wording="Yes.", how="desk", by=RECEPTION, at=NOON,
        )  # fmt: skip


def objects_to_everything(person: int, owner_sql: Sql) -> None:
    agree(person)
    owner_sql.execute(
        "INSERT INTO consent_permission (person_id, purpose, channel, state, since,"
        " topics, fingerprint, event_id) SELECT person_id, p, channel, 'objected',"
        " since, topics, fingerprint, event_id FROM consent_permission,"
        " unnest(%s::text[]) p WHERE person_id = %s AND p <> purpose",
        [sorted(current.current().purposes), person],
    )
    owner_sql.execute("UPDATE consent_permission SET state = 'objected'")


def listed(role: str, purpose: str, reach: Reach) -> set[int]:
    by = system("t") if role == "system" else staff(new_ref(), role)
    with gate.open(
        by=by, purpose=purpose, verb="t:t:t", at=NOON, reach=reach
    ) as permit:
        rows = permit.admitted(Person.objects.all(), "pk")
        return {row.pk for row in permit.read(rows)}


def opened(role: str, purpose: str, person: int) -> bool:
    by = system("t") if role == "system" else staff(new_ref(), role)
    try:
        with gate.open(by=by, purpose=purpose, people=[person], verb="t:t:t", at=NOON):
            return True
    except (NotFound, Refused):
        return False


def test_a_list_and_a_file_decide_alike(everybody: list[int]) -> None:
    policy = current.current()
    tried, refused = 0, 0
    for role in sorted(policy.roles - {"person", "visitor"}):
        for purpose in sorted(policy.purposes):
            for reach in (Reach.DAY, Reach.ALL):
                answer = policy.decide(role, purpose, reach)
                if not answer.allowed or "identity" not in answer.classes:
                    continue
                files = {p for p in everybody if opened(role, purpose, p)}

                assert listed(role, purpose, reach) == files, (role, purpose, reach)
                tried, refused = tried + 1, refused + (files != set(everybody))

    assert tried > 5
    assert refused > 5
