"""Reading one patient and a list of 200, on the trail."""

import itertools

from django.db import connections, transaction

from benchmarks.peers import models as plain
from benchmarks.protocol import Peer, Row
from candour import gate
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.enquiries.models import Enquiry
from candour.people.models import Person
from candour.policy.terms import Reach
from tests.factories import NOON

BY = staff(new_ref(), "reception")
INSERT = "INSERT INTO peers_log (at, actor, verb, person) VALUES (%s, %s, %s, %s)"
FIELDS = ("ref", "name", "preferred_name", "source", "made_at", "brand")
LIST = ("ref", "status", "received_at", "person__name")


def one() -> Row:
    """One person read for a purpose, against a get with and without an audit row."""
    ids = itertools.cycle(plain.Person.objects.values_list("pk", flat=True)[:100])

    def ours() -> str:
        return str(_gated(next(ids)))

    def get() -> str:
        return str(plain.Person.objects.get(pk=next(ids)).name)

    def get_and_insert() -> str:
        with transaction.atomic(using="peers"):
            person = plain.Person.objects.get(pk=next(ids))
            raw = connections["peers"].connection
            raw.execute(INSERT, [NOON, str(BY), "desk:person:read", person.pk])
        return str(person.name)

    def same() -> None:
        for key in plain.Person.objects.values_list("pk", flat=True)[:20]:
            assert _gated(key) == plain.Person.objects.get(pk=key).name

    peers = (
        Peer("get + raw INSERT in a transaction", get_and_insert, 1.0),
        Peer("get", get, 2.5),
    )
    return Row("read of one, on the trail", ours, peers, same)


def _gated(key: int) -> str:
    with gate.open(
        by=BY, purpose="enquiry", people=[key], verb="bench:person:read", at=NOON
    ) as permit:
        [row] = permit.read(Person.objects.filter(pk=key), *FIELDS)
    return str(row.name)


def listing() -> Row:
    """200 enquiries with names, against the same read shape without Candour."""

    def ours() -> list[str]:
        with gate.open(
            by=BY, purpose="enquiry", verb="bench:list:read", at=NOON, reach=Reach.DAY
        ) as permit:
            rows = permit.read(Enquiry.objects.order_by("pk")[:200], *LIST)
        return [row.person__name for row in rows]

    def values() -> list[str]:
        found = plain.Enquiry.objects.order_by("pk").values(*LIST)[:200]
        return [row["person__name"] for row in found]

    def same() -> None:
        assert ours() == values()
        assert len(values()) == 200

    peers = (Peer("the same .values()", values, 1.35),)
    return Row("list of 200, on the trail", ours, peers, same, inner=5)
