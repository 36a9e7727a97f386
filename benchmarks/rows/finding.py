"""Finding one person among 100,000 and opening the first page of their file."""

import itertools
from collections.abc import Callable
from functools import cache

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.protocol import Peer, Row
from candour import gate
from candour.catalogue.actions import replace_menu
from candour.cli.furnish import menu
from candour.core import clock
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.crowd import build
from candour.people import queries
from candour.people.normal import words_key
from candour.policy.terms import Reach
from candour.register.permit import Permit
from tests.surfaces.desk import signed_in

PEOPLE = 100_000
SEARCHED = 60
FOUND_WITHIN = 50.0  # milliseconds: somebody stands at the desk meanwhile
SHOWN_WITHIN = 100.0
BY = staff(new_ref(), "reception")
ASKS = (
    "    PERFORM wall.admits('identity');\n",
    "    IF NOT wall.everyone() THEN\n"
    "        RAISE EXCEPTION 'searching needs a scope of everyone' USING errcode ="
    " '42501';\n    END IF;\n",
)
COUNT = "SELECT count(*) FROM people_person"
DRAWN = (
    "SELECT p.name, p.ref FROM people_person p JOIN people_patient t"
    " ON t.person_id = p.id JOIN people_standing s ON s.person_id = p.id"
    " WHERE s.restricted_at IS NULL ORDER BY p.ref LIMIT %s"
)


def _owner() -> psycopg.Connection:
    host = settings.DATABASES["default"]["HOST"]
    told = f"host={host} dbname=candour user=candour_owner"
    return psycopg.connect(told, autocommit=True)


@cache
def _crowd() -> list[tuple[str, str]]:
    """Invent the people, once; return some names with their refs."""
    replace_menu(menu("model"))
    for _ in build.build(PEOPLE, seed=1, at=clock.now(), connect=_owner):
        pass
    with _owner() as owner:
        owner.execute("VACUUM ANALYZE")
        counted = owner.execute(COUNT).fetchone()
        assert counted is not None
        assert counted[0] >= PEOPLE
        _without_the_wall(owner)
        found = owner.execute(DRAWN, [SEARCHED]).fetchall()
    return [(name, str(ref)) for name, ref in found]


def _without_the_wall(owner: psycopg.Connection) -> None:
    """Make the same function, word for word, that asks for no scope."""
    row = owner.execute(
        "SELECT pg_get_functiondef("
        "'people_search(text, bigint, date, text)'::regprocedure)"
    ).fetchone()
    assert row is not None
    written = str(row[0])
    for part in ASKS:
        assert written.count(part) == 1, part
        written = written.replace(part, "")
    written = written.replace("people_search(", "bench_open_search(", 1)
    owner.execute(written)
    owner.execute("GRANT EXECUTE ON FUNCTION bench_open_search TO candour_runtime")


def _searching(search: Callable[[str, Permit], list[int]]) -> Callable[[], list[int]]:
    names = itertools.cycle([name for name, _ in _crowd()])

    def work() -> list[int]:
        with gate.open(
            by=BY,
            purpose="appointments",
            reach=Reach.DAY,
            verb="bench:search:read",
            at=clock.now(),
        ) as permit:
            return search(next(names), permit)

    return work


def _behind_the_wall(name: str, permit: Permit) -> list[int]:
    return queries.search(name, permit=permit)


def _open(name: str, permit: Permit) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bench_open_search(%s, %s, %s, %s)",
            [words_key(name), None, None, None],
        )
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))[: queries.MOST]


def searching() -> Row:
    """A search by name, behind the wall and without it, each in a unit of work."""
    ours, peer = _searching(_behind_the_wall), _searching(_open)

    def same() -> None:
        for _ in range(SEARCHED):
            found = ours()
            assert found
            assert found == peer()

    peers = (Peer("the same function, no wall", peer, 1.2),)
    return Row("name among 100,000", ours, peers, same, inner=20, within=FOUND_WITHIN)


def patient() -> Row:
    """The first page of a file through the whole stack. A person waits for it.

    It is held to a time and to no peer: without gate, vault and trail the page cannot
    be made at all, since every table raises without a scope.
    """
    client = Client(SERVER_NAME="localhost")
    signed_in(client, "practitioner")
    files = _crowd()
    turn = itertools.cycle([f"/desk/patients/{ref}/" for _, ref in files])

    def ours() -> None:
        answer = client.get(next(turn))
        assert answer.status_code == 200, answer.status_code

    def same() -> None:
        for name, ref in files[:10]:
            page = client.get(f"/desk/patients/{ref}/").content.decode()
            assert name in page

    return Row("a file's first page", ours, (), same, inner=5, within=SHOWN_WITHIN)
