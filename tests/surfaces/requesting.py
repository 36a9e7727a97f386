"""Asking for one's data or its erasure, as far as the request's own page."""

import re
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.test import Client

from candour.core import clock
from tests.factories import CANARY_EMAIL
from tests.surfaces.visiting import form_at, link_in, work

Owner = psycopg.Connection[Any]
REQUEST = re.compile(r"/your-data/[0-9a-f-]{36}/")


def ask(visitor: Client, kind: str = "access", email: str = CANARY_EMAIL) -> Any:
    """Send the form that asks; return the answer."""
    form = form_at(visitor, "/your-data/")
    return visitor.post("/your-data/", {**form, "kind": kind, "email": email})


def asked(visitor: Client, kind: str = "access") -> str:
    """Ask and do the work that follows; return the path of the link that was sent."""
    assert ask(visitor, kind).status_code == 302
    work()
    return link_in(mail.outbox[-1])


def proved(visitor: Client, kind: str = "access") -> str:
    """Ask and follow the link; return the path of the request's page."""
    answer = visitor.post(asked(visitor, kind))
    assert answer.status_code == 302
    assert REQUEST.fullmatch(answer["Location"])
    return str(answer["Location"])


def later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    """Let the clock of the surfaces show a later moment."""
    moment = clock.now() + timedelta(**by)

    def now() -> datetime:
        return moment

    monkeypatch.setattr(clock, "now", now)


def count(owner: Owner, table: str) -> int:
    """Return how many rows a table has."""
    row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])
