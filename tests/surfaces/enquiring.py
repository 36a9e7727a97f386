"""Sending the enquiry form, and reading what was kept of it."""

from typing import Any

import psycopg
from django.test import Client

from candour import gate
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.outbox.queries import thread
from tests.factories import CANARY, CANARY_EMAIL, NOON, QUESTION
from tests.surfaces.visiting import form_at

RECEPTION = staff(new_ref(), "reception")
ASKED = {"name": CANARY, "email": CANARY_EMAIL, "message": QUESTION}
Owner = psycopg.Connection[Any]


def send(visitor: Client, **answers: Any) -> Any:
    """Fill in the form and send it; return the answer."""
    return visitor.post("/enquiry/", {**form_at(visitor, "/enquiry/"), **answers})


def count(owner: Owner, table: str) -> int:
    """Return how many rows a table has."""
    row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def kept(owner: Owner) -> Any:
    """Return the one enquiry as reception reads it."""
    row = owner.execute("SELECT ref, person_id FROM enquiries_enquiry").fetchone()
    assert row is not None
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[row[1]], verb="t:t:t", at=NOON
    ) as permit:
        found: Any = queries.enquiry(row[0], permit=permit)
        found.mail = thread(row[0], permit=permit)
        return found
