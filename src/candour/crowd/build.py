"""Building a crowd: drawn by one thread, written by another, block by block.

The rows come in by COPY as the owner: a demonstration is furnished as a restored backup
is, and not by hundreds of thousands of units of work. The change triggers write each
block on the trail all the same, without an act, as the owner's own maintenance.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

import psycopg

from candour.crowd import lives, place, world
from candour.crowd.names import Names
from candour.crowd.sheets import Keys, Load, Numbers, copy
from candour.notices import current
from candour.records.actions import agreements

BLOCK = 1000  # people that are written in one transaction
VISITS = 1.4  # a person has, on average
Connect = Callable[[], psycopg.Connection[Any]]


def build(
    people: int, *, seed: int, at: datetime, connect: Connect
) -> Iterator[tuple[int, int]]:
    """Write a crowd of `people`; yield (people, rows) after each block is committed.

    `connect` opens a connection as the owner that commits each statement. The same
    seed on the same day draws the same people; keys and nonces are never drawn.
    """
    with connect() as drawing, connect() as writing, ThreadPoolExecutor(1) as other:
        here = _world(people, seed, at, drawing)
        waiting: Future[int] | None = None
        done = rows = blocked = 0
        for block, loads in _blocks(here, people):
            if waiting is not None:
                rows += waiting.result()
                done += blocked
                yield done, rows
            waiting, blocked = other.submit(copy, writing, loads), block
        if waiting is not None:
            rows += waiting.result()
            yield done + blocked, rows


def _blocks(here: world.World, people: int) -> Iterator[tuple[int, list[Load]]]:
    left = people
    while left > 0:
        block = 0
        while block < min(BLOCK, left):
            block += lives.household(here, most=min(BLOCK, left) - block)
        left -= block
        yield block, here.taken()


def _world(
    people: int, seed: int, at: datetime, connection: psycopg.Connection[Any]
) -> world.World:
    chance = random.Random(seed)  # noqa: S311  # people, not secrets
    policy, policy_id = current.current(), current.current_id()
    services = place.services(at)
    forms = {
        kind: form
        for kind, several in services.items()
        if (form := agreements.form_for(several[0])) is not None
    }
    seats = place.seats(int(people * VISITS), policy=policy, at=at)
    sheets, numbers = world.sheets(connection)
    return world.World(
        policy=policy,
        policy_id=policy_id,
        chance=chance,
        names=Names(chance),
        diary=place.Diary(seats, at),
        services=services,
        batches=place.batches(at),
        forms=forms,
        at=at,
        keys=Keys(),
        sheets=sheets,
        numbers=numbers,
        patient_number=Numbers(connection, "people_patient_number_seq"),
        nhs=itertools.count(1),
    )
