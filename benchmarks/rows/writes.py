"""Writing one row and 200, on the trail."""

from typing import Any

from django.db import transaction

from benchmarks.peers import models as plain
from benchmarks.protocol import Peer, Row, Work
from candour import gate
from candour.core.actor import system
from candour.core.ids import new_ref
from candour.people import actions
from candour.people.models import Person
from candour.policy.terms import Reach
from tests.factories import NOON

BY = system("bench")
BULK = 200


def _fields(name: str = "Canary") -> dict[str, Any]:
    return {"ref": new_ref(), "name": name, "source": "website-form", "made_at": NOON}


def one() -> Row:
    """One row written on the trail, against the same write and the known libraries."""

    def ours() -> None:
        key = actions.allocate()
        with gate.open(
            by=BY, purpose="enquiry", people=[key], verb="bench:person:add", at=NOON
        ):
            Person.objects.create(pk=key, **_fields())

    return Row("write, on the trail", ours, _single_peers(), lambda: _missed_none(1))


def _single_peers() -> tuple[Peer, ...]:
    def peer(model: Any) -> Work:
        def work() -> None:
            with transaction.atomic(using="peers"):
                model.objects.create(**_fields())

        return work

    return (
        Peer("the same write in a transaction", peer(plain.Person), 1.75),
        Peer("django-auditlog", peer(plain.Audited), 1.0),
        Peer("django-simple-history", peer(plain.Historic), 1.0),
    )


def bulk() -> Row:
    """200 rows in one statement, none missed."""

    def ours() -> None:
        with gate.open(
            by=BY,
            purpose="retention",
            verb="bench:people:add",
            at=NOON,
            reach=Reach.ALL,
        ):
            Person.objects.bulk_create(Person(**_fields()) for _ in range(BULK))

    def peer(model: Any) -> Work:
        def work() -> None:
            with transaction.atomic(using="peers"):
                model.objects.bulk_create(model(**_fields()) for _ in range(BULK))

        return work

    def one_by_one() -> None:
        # django-auditlog sees nothing of bulk_create: to miss none it must loop.
        with transaction.atomic(using="peers"):
            for _ in range(BULK):
                plain.Audited.objects.create(**_fields())

    def historic() -> None:
        from simple_history.utils import bulk_create_with_history

        rows = [plain.Historic(**_fields()) for _ in range(BULK)]
        bulk_create_with_history(rows, plain.Historic)

    peers = (
        Peer("the same bulk write", peer(plain.Person), 1.5),
        Peer("django-auditlog, none missed", one_by_one, 1.0),
        Peer("django-simple-history", historic, 1.0),
    )
    name = "bulk of 200, on the trail"
    return Row(name, ours, peers, lambda: _missed_none(BULK), inner=2)


def _missed_none(rows: int) -> None:
    """Raise unless a write of `rows` rows leaves each of them on the trail."""
    from benchmarks.rows.trails import owner

    with gate.open(
        by=BY, purpose="retention", verb="bench:check:add", at=NOON, reach=Reach.ALL
    ) as permit:
        Person.objects.bulk_create(Person(**_fields()) for _ in range(rows))
    with owner() as sql:
        found = sql.execute(
            "SELECT cardinality(row_ids) FROM trail_change WHERE act = %s",
            [permit.act],
        ).fetchall()
    assert found == [(rows,)], found
