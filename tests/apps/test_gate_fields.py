"""Columns: which are given, as what, and which are withheld."""

from typing import Any

import psycopg
import pytest
from django.template import Context, Template

from candour import gate
from candour.core.actor import staff, system
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.enquiries.models import Enquiry
from candour.outbox import actions as outbox
from candour.outbox.models import Message
from candour.people.models import ContactPoint, Person, Standing
from candour.register.permit import WITHHELD, NotRead, Row
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    QUESTION,
    make_enquiry,
    publish_policy,
)

pytestmark = pytest.mark.usefixtures("db")

RECEPTION = staff(new_ref(), "reception")


@pytest.fixture
def enquiry() -> Enquiry:
    publish_policy()
    return make_enquiry()


def test_inside_its_purpose_a_sealed_value_is_read_as_it_was_written(
    enquiry: Enquiry,
) -> None:
    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        row = queries.enquiry(enquiry.ref, permit=permit)

    assert (row.message, row.person__name) == (QUESTION, CANARY)


def test_what_is_stored_is_not_what_was_written(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    row = owner_sql.execute("SELECT message FROM enquiries_enquiry").fetchone()

    assert row is not None
    assert b"redness" not in bytes(row[0])


def test_a_column_outside_the_purpose_is_withheld_and_not_empty(
    enquiry: Enquiry,
) -> None:
    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        [standing] = permit.read(Standing.objects.all(), "born_on", "relation")
        [person] = permit.read(Person.objects.all(), "name")

    assert standing.born_on is WITHHELD
    assert standing.relation == ["enquirer"]
    assert person.name == CANARY


def test_contact_points_are_read_by_what_each_one_is(enquiry: Enquiry) -> None:
    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        [point] = permit.read(ContactPoint.objects.all(), "channel", "value")

    assert (point.channel, point.value) == ("email", CANARY_EMAIL)


def test_an_undeclared_column_cannot_be_read(enquiry: Enquiry) -> None:
    with (
        pytest.raises(LookupError, match="is not declared"),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ) as permit,
    ):
        permit.read(Enquiry.objects.all(), "nothing_of_the_kind")


def test_a_message_of_another_purpose_is_withheld(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with gate.open(
        by=system("t"),
        purpose="rights",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        outbox.queue_email(
            permit=permit,
            person_id=enquiry.person_id,
            kind="identity-link",
            to=CANARY_EMAIL,
            subject="A link",
            body="https://clinic.example/secret",
            origin=("request", new_ref()),
            by=system("t"),
            at=NOON,
        )

    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        [message] = permit.read(Message.objects.all(), "subject", "body", "purpose")

    assert (message.body, message.subject) == (WITHHELD, WITHHELD)
    assert message.purpose == "rights"


def test_withheld_is_never_mistaken_for_nothing() -> None:
    shown = Template(
        "{% if it %}{{ it }}{% else %}none{% endif %} {{ it|default:'no' }}"
    )

    assert shown.render(Context({"it": WITHHELD})) == "withheld withheld"


def test_a_field_that_was_not_read_is_no_blank() -> None:
    with pytest.raises(NotRead):
        Template("{{ row.allergies }}").render(Context({"row": Row(pk=1)}))
