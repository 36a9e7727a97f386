"""`candour demo people N`: a crowd of invented people with two years behind them."""

import argparse
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import psycopg

from candour.core import clock
from candour.core.errors import Invalid, Misconfigured

MOST = 1_000_000
SEED = 20_261


def add(inside: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo people` to what `demo` can do."""
    people = inside.add_parser(
        "people", help="invent people with visits, notes and treatments"
    )
    people.add_argument("count", type=int, metavar="N", help=f"up to {MOST:,}")
    people.add_argument(
        "--seed", type=int, default=SEED, help="the same, the same people"
    )
    people.set_defaults(run=run, needs="django", role="owner")


def run(args: argparse.Namespace) -> int:
    """Invent the people and say how many rows it took."""
    begun = time.monotonic()
    people = rows = 0
    for done in invent(args.count, seed=args.seed, at=clock.now()):
        people, rows = done
        if sys.stderr.isatty():
            print(f"\r{people:,} of {args.count:,} people", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    took = timedelta(seconds=round(time.monotonic() - begun))
    print(f"{people:,} invented people, {rows:,} rows, in {took}.")
    return 0


def invent(count: int, *, seed: int, at: datetime) -> Any:
    """Return an iterator that writes a crowd; see `crowd.build`.

    Raises Misconfigured where no demonstration is, or where it has its crowd already,
    and Invalid for a number that is none.
    """
    from candour.cli import demo
    from candour.crowd import build
    from candour.notices import queries

    if not 1 <= count <= MOST:
        raise Invalid(f"Give a number of people from 1 to {MOST:,}.")
    path = demo.path_of()
    if not path.exists() or not all(one.demo for one in queries.versions()):
        raise Misconfigured(
            "There is no demonstration in this folder. People are invented only where"
            " nobody is real: start one with ./run, or give another --data."
        )
    kept = demo.read(path)
    if kept.get("people"):
        raise Misconfigured(
            f"This demonstration was given {kept['people']:,} people already. Start"
            " another one with another --data."
        )
    demo.write(path, {**kept, "people": count})
    return build.build(count, seed=seed, at=at, connect=_owner)


def _owner() -> psycopg.Connection[Any]:
    """Open a connection like the command's own, which is the owner's."""
    from django.db import connection

    told = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password", "options")
    known = {name: told[name] for name in names if told.get(name)}
    return psycopg.connect(**known, autocommit=True)
