"""A crowd of 2,000 invented people: of every kind, and behind the walls."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

from candour import gate
from candour.appointments import models as diary
from candour.appointments.models import after, visit
from candour.cli import demo, demo_people
from candour.core import clock
from candour.core.actor import staff
from candour.core.errors import Invalid, Misconfigured
from candour.core.ids import new_ref
from candour.crowd import build
from candour.enquiries.models import STATUSES, Enquiry
from candour.law.numbers import is_nhs_number
from candour.notices.actions import publish
from candour.people import models as people
from candour.people import queries
from candour.people.models import interaction, ties
from candour.people.normal import value_key
from candour.policy.compile import compile_pack
from candour.policy.terms import Reach
from candour.records import models as records
from candour.records.models import agreement, alert, note, treatment
from tests.database import place, worker
from tests.factories import NOON
from tests.surfaces.desk import reading, signed_in, text_of

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
COUNT = 2000
VALUES: tuple[tuple[type[Model], str, Iterable[str]], ...] = (
    (Enquiry, "status", STATUSES),
    (people.Interaction, "kind", interaction.KINDS),
    (people.Interaction, "direction", interaction.DIRECTIONS),
    (people.Link, "kind", ties.KINDS),
    (diary.Appointment, "status", visit.STATUSES),
    (diary.Appointment, "cancelled_by", visit.CANCELLED_BY),
    (diary.Appointment, "cancelled_why", visit.CANCELLED_WHY),
    (diary.Appointment, "age_proof", visit.AGE_PROOFS),
    (diary.Recall, "state", after.RECALL_STATES),
    (diary.Waiting, "state", after.WAITING_STATES),
    (records.Alert, "kind", alert.KINDS),
    (records.Alert, "weight", alert.WEIGHTS),
    (records.Note, "kind", note.KINDS),
    (records.Note, "mode", note.MODES),
    (records.Agreement, "sign", agreement.SIGNATURES),
    (records.Treatment, "exception", ("", *treatment.EXCEPTIONS)),
    (records.AdverseEvent, "kind", treatment.EVENTS),
    (records.AdverseEvent, "severity", treatment.SEVERITIES),
)


def owner() -> Sql:
    return psycopg.connect(place().owner(worker()), autocommit=True)


def fill(monkeypatch: pytest.MonkeyPatch, count: int = COUNT) -> list[tuple[int, int]]:
    """Furnish a demonstration and invent its people, as the command does."""
    demo.prepare(policy="model")
    monkeypatch.setattr(demo_people, "_owner", owner)
    at = clock.now()
    return list(demo_people.invent(count, seed=7, at=at))


def names(sql: Sql) -> list[tuple[Any, ...]]:
    return sql.execute(
        "SELECT p.name, s.born_on, array_agg(c.value_key ORDER BY c.id)"
        " FROM people_person p JOIN people_standing s ON s.person_id = p.id"
        " JOIN people_contact_point c ON c.person_id = p.id"
        " WHERE p.name !~ 'Inventsby|Made-Up|Notreal|Fictitious|Placeholder'"
        " GROUP BY p.id, s.born_on ORDER BY p.id DESC LIMIT 300"
    ).fetchall()


def test_a_crowd_is_whole_and_stands_behind_the_walls(
    monkeypatch: pytest.MonkeyPatch, owner_sql: Sql, runtime_sql: Sql, client: Client
) -> None:
    demo.prepare(policy="model")
    before = _count(owner_sql, "people_person")

    done = fill(monkeypatch)

    assert [people for people, _ in done] == [1000, 2000]
    assert _count(owner_sql, "people_person") == before + COUNT
    assert _count(owner_sql, "people_standing") == before + COUNT
    _every_value_occurs()
    _no_visits_overlap(owner_sql)
    _keys_are_as_the_clinic_makes_them(owner_sql)
    _walls_hold(runtime_sql)
    _a_file_opens(client, owner_sql)
    with pytest.raises(Misconfigured, match="already"):
        demo_people.invent(10, seed=1, at=clock.now())


def _count(sql: Sql, table: str) -> int:
    row = sql.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def _every_value_occurs() -> None:
    with connection.cursor() as cursor:
        for model, column, wanted in VALUES:
            with reading():
                cursor.execute(f"SELECT DISTINCT {column} FROM {model._meta.db_table}")
                found = {value for (value,) in cursor.fetchall()}
            assert found == set(wanted), (model, column, found ^ set(wanted))


def _no_visits_overlap(sql: Sql) -> None:
    rows = sql.execute(
        "SELECT person_id, starts_at, ends_at FROM appointments_appointment"
        " ORDER BY person_id, starts_at"
    ).fetchall()
    assert len(rows) > COUNT / 2
    for one, two in pairwise(rows):
        assert one[0] != two[0] or one[2] <= two[1]
    spread = max(row[1] for row in rows) - min(row[1] for row in rows)
    assert timedelta(days=650) < spread < timedelta(days=800)


def _keys_are_as_the_clinic_makes_them(sql: Sql) -> None:
    for channel, value, key in sql.execute(
        "SELECT channel, value, value_key FROM people_contact_point"
        " ORDER BY id DESC LIMIT 400"
    ):
        assert value_key(channel, value) == key
    with reading() as permit:
        found = permit.read(people.Patient.objects.exclude(nhs_key=None), "nhs_number")
    assert len(found) > 50
    assert all(is_nhs_number(row.nhs_number) for row in found)
    shared = sql.execute(
        "SELECT count(*) FROM (SELECT value_key FROM people_contact_point"
        " WHERE channel = 'address' GROUP BY 1 HAVING count(*) > 1) x"
    ).fetchone()
    assert shared is not None
    assert shared[0] > 100


def _walls_hold(sql: Sql) -> None:
    for table in ("people_person", "records_note", "appointments_appointment"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sql.execute(f"SELECT FROM {table}")


def _a_file_opens(client: Client, sql: Sql) -> None:
    row = sql.execute(
        "SELECT p.ref, p.name FROM records_note n JOIN people_person p"
        " ON p.id = n.person_id JOIN people_standing s ON s.person_id = p.id"
        " WHERE restricted_at IS NULL ORDER BY n.id LIMIT 1"
    ).fetchone()
    assert row is not None
    ref, name = row
    signed_in(client, "practitioner")
    said = text_of(client.get(f"/desk/patients/{ref}/record/"))
    assert name in said
    assert "strong corrugators" in said
    found = client.post("/desk/patients/", {"q": name}, follow=True)
    assert str(ref) in found.content.decode()
    with gate.open(
        by=staff(new_ref(), "reception"),
        purpose="appointments",
        reach=Reach.DAY,
        verb="t:t:t",
        at=clock.now(),
    ) as permit:
        assert queries.search(name, permit=permit)


def test_the_same_seed_draws_the_same_people(
    monkeypatch: pytest.MonkeyPatch, owner_sql: Sql
) -> None:
    fill(monkeypatch, 300)
    first = names(owner_sql)
    owner_sql.execute("TRUNCATE people_person CASCADE")
    list(build.build(300, seed=7, at=clock.now(), connect=owner))
    again = names(owner_sql)

    assert len(first) == 300
    assert again == first
    assert len({name for name, _, _ in first}) > 290


def test_nobody_is_invented_in_a_real_clinic(
    monkeypatch: pytest.MonkeyPatch, owner_sql: Sql
) -> None:
    publish(policy=compile_pack("model"), by="test", at=NOON)
    monkeypatch.setattr(demo_people, "_owner", owner)

    with pytest.raises(Misconfigured, match="no demonstration"):
        demo_people.invent(10, seed=1, at=NOON)

    assert _count(owner_sql, "people_person") == 0


@pytest.mark.parametrize("count", [0, -5, 1_000_001])
def test_a_number_that_is_no_crowd_is_refused(count: int) -> None:
    demo.prepare(policy="model")

    with pytest.raises(Invalid, match="from 1 to 1,000,000"):
        demo_people.invent(count, seed=1, at=NOON)
