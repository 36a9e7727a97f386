"""What tests of requests do again and again: ask, read the letter, follow the link."""

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from candour import gate
from candour.core import actor
from candour.core.actor import VISITOR, Actor, system
from candour.outbox.models import Message
from candour.people import actions as people
from candour.people.normal import value_key
from candour.rights import actions, erasure, queries
from candour.rights.actions import Asked
from candour.rights.copy import build, fetch
from tests.factories import CANARY_EMAIL, NOON

READER = system("test")
LATER = NOON + timedelta(minutes=5)


def ask(
    kind: str = "access", address: str = CANARY_EMAIL, *, at: datetime = NOON
) -> None:
    """Ask as the front door does, and let the queued job find whose it is."""
    actions.ask(kind=kind, address=address, brand="quillane", by=VISITOR, at=at)
    work(at=at)


def work(*, at: datetime) -> None:
    """Do what waits in the queue, except sending mail, until there is nothing left."""
    jobs = {
        actions.MATCH: lambda args: actions.match(ref=UUID(args["request"]), at=at),
        actions.BUILD: lambda args: build.build(ref=UUID(args["request"]), at=at),
        erasure.CLOSE: lambda args: erasure.close(ref=UUID(args["request"]), at=at),
    }
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args::text FROM procrastinate_jobs"
                " WHERE status = 'todo' AND task_name = ANY(%s) ORDER BY id LIMIT 1",
                [list(jobs)],
            )
            row = cursor.fetchone()
        if row is None:
            return
        jobs[row[1]](json.loads(row[2]))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [row[0]])


def posted(owner: psycopg.Connection[Any], *, at: datetime = NOON) -> None:
    """Let every letter that waits have left: the mail server took it."""
    owner.execute(
        "UPDATE outbox_message SET state = 'sent', sent_at = %s WHERE state = 'queued'",
        [at],
    )


def letters(owner: psycopg.Connection[Any], kind: str = "identity-link") -> list[str]:
    """Return the bodies of the letters of a kind that were queued, oldest first."""
    rows = owner.execute(
        "SELECT id, person_id FROM outbox_message WHERE kind = %s ORDER BY id", [kind]
    ).fetchall()
    bodies = []
    for pk, person in rows:
        with gate.open(
            by=READER, purpose="rights", people=[person], verb="t:t:t", at=NOON
        ) as permit:
            [row] = permit.read(Message.objects.filter(pk=pk), "body")
            bodies.append(row.body)
    return bodies


def token_in(letter: str) -> str:
    """Return the secret of the link in a letter."""
    found = re.search(r"/your-data/link/([\w-]+)/", letter)
    assert found is not None, letter
    return found[1]


def newest_token(owner: psycopg.Connection[Any], kind: str = "identity-link") -> str:
    """Return the secret of the newest link that was sent."""
    return token_in(letters(owner, kind)[-1])


def prove(
    owner: psycopg.Connection[Any],
    kind: str = "access",
    address: str = CANARY_EMAIL,
    *,
    at: datetime = NOON,
) -> Asked:
    """Ask, follow the link, and return the request."""
    ask(kind, address, at=at)
    return actions.follow_link(token=newest_token(owner), at=at)


def themselves(asked: Asked) -> Actor:
    """Return the person whose request it is, as the surface knows them."""
    return actor.person(asked.person_ref, visit=asked.visit)


def status(asked: Asked, *, at: datetime = NOON) -> queries.Status:
    """Return where a request stands."""
    with gate.open(
        by=themselves(asked),
        purpose="rights",
        people=[queries.owner(asked.ref)],
        verb="t:t:t",
        at=at,
    ) as permit:
        return queries.status(asked.ref, permit=permit)


def plan_of(asked: Asked, *, at: datetime = NOON) -> Any:
    """Return what an erasure would do today."""
    with gate.open(
        by=themselves(asked),
        purpose="rights",
        people=[queries.owner(asked.ref)],
        verb="t:t:t",
        at=at,
    ) as permit:
        return erasure.shown(asked.ref, permit=permit)


def fetched(asked: Asked, *, at: datetime = LATER) -> zipfile.ZipFile:
    """Download a copy and open it."""
    download = fetch.fetch(ref=asked.ref, by=themselves(asked), at=at)
    content = b"".join(download.chunks)
    assert len(content) == download.size
    return zipfile.ZipFile(io.BytesIO(content))


def make_person(
    name: str,
    contacts: list[tuple[str, str]],
    *,
    relation: str = "enquirer",
    at: datetime = NOON,
) -> int:
    """Make a person with contact points and nothing else; return their id."""
    person = people.allocate()
    with gate.open(
        by=VISITOR, purpose="enquiry", people=[person], verb="t:t:t", at=at
    ) as permit:
        people.add_person(
            permit=permit,
            person_id=person,
            name=name,
            contacts=contacts,
            relation=relation,
            source="website-form",
            brand="",
            at=at,
        )
        for channel, value in contacts:
            key = value_key(channel, value)
            people.verify_address(permit=permit, person_id=person, key=key, at=at)
    return person
