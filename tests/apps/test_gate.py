"""Units of work: what is allowed, what is refused, what each leaves on the trail."""

from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.template import Context, Template

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import VISITOR, person, staff, system
from candour.core.errors import NotFound, Refused, Unavailable
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.enquiries.models import Enquiry
from candour.outbox import actions as outbox
from candour.outbox.models import Message
from candour.people.models import ContactPoint, Person, Standing
from candour.policy.terms import Facts, Reach
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
MARKETING = staff(new_ref(), "marketing")


@pytest.fixture
def enquiry() -> Enquiry:
    publish_policy()
    return make_enquiry()


def last_event(owner: psycopg.Connection[Any]) -> dict[str, Any]:
    cursor = owner.execute("SELECT * FROM trail_event ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    assert row is not None
    assert cursor.description is not None
    return dict(zip([column.name for column in cursor.description], row, strict=True))


def events(owner: psycopg.Connection[Any]) -> int:
    [count] = owner.execute("SELECT count(*) FROM trail_event").fetchone() or [0]
    return int(count)


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


def test_a_reading_is_on_the_trail_with_who_what_whose_and_which_clause(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        queries.enquiry(enquiry.ref, permit=permit)

    event = last_event(owner_sql)
    assert event["actor"] == str(RECEPTION)
    assert (event["role"], event["purpose"]) == ("reception", "enquiry")
    assert event["people"] == [enquiry.person_id]
    assert (event["outcome"], event["clause"]) == ("allow", permit.decision.clause)
    assert CANARY not in str(event)
    assert CANARY_EMAIL not in str(event)


def test_a_list_names_on_the_trail_exactly_those_it_showed(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    shown = [make_enquiry(email=f"x{n}@example.org").person_id for n in range(2)]

    with gate.open(
        by=RECEPTION, purpose="enquiry", verb="t:t:t", at=NOON, reach=Reach.DAY
    ) as permit:
        queries.inbox(permit=permit, size=2)

    assert last_event(owner_sql)["people"] == sorted(shown)


def test_a_role_without_the_purpose_is_refused_and_the_refusal_is_kept(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(Refused) as refused,
        gate.open(
            by=MARKETING,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")

    assert refused.value.clause == "purposes.enquiry"
    event = last_event(owner_sql)
    assert event["outcome"] in {"refuse", "gap"}
    assert event["people"] == [enquiry.person_id]


def test_a_purpose_nobody_declared_is_a_gap_on_the_trail(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION,
            purpose="curiosity",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")

    assert last_event(owner_sql)["outcome"] == "gap"


def test_a_refusal_that_comes_up_inside_a_unit_rolls_it_back_and_is_kept(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ) as permit,
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")
        permit.must_cover("health")

    [status] = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone() or [
        ""
    ]
    assert status == "new"
    assert last_event(owner_sql)["outcome"] == "refuse"


def test_what_fails_inside_a_unit_leaves_neither_change_nor_event(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    before = events(owner_sql)

    with (
        pytest.raises(ZeroDivisionError),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")
        raise ZeroDivisionError

    assert events(owner_sql) == before
    [status] = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone() or [
        ""
    ]
    assert status == "new"


def test_an_event_that_cannot_be_written_takes_the_work_with_it(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(psycopg.errors.CheckViolation),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t\tt",
            at=NOON,
        ),
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")

    [status] = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone() or [
        ""
    ]
    assert status == "new"


@pytest.mark.parametrize("fact", ["restricted_at", "locked_at"])
def test_restricted_or_locked_people_are_refused_to_the_desk(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any], fact: str
) -> None:
    owner_sql.execute(f"UPDATE people_standing SET {fact} = now()")

    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")


def test_lists_leave_out_restricted_people_and_count_them(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    make_enquiry(email="second@example.org")
    owner_sql.execute(
        "UPDATE people_standing SET restricted_at = now() WHERE person_id = %s",
        [enquiry.person_id],
    )

    with gate.open(
        by=RECEPTION, purpose="enquiry", verb="t:t:t", at=NOON, reach=Reach.DAY
    ) as permit:
        page = queries.inbox(permit=permit)

    assert (page.total, page.hidden) == (1, 1)
    assert [row.ref for row in page.rows] != [enquiry.ref]


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


def test_nothing_opens_before_a_policy_is_published() -> None:
    with (
        pytest.raises(Unavailable),
        gate.open(by=system("t"), purpose="rights", people=[1], verb="t:t:t", at=NOON),
    ):
        pytest.fail("the unit opened")


def test_a_policy_published_meanwhile_is_the_one_that_decides(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    newer = publish_policy("ai-beauty")

    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        assert permit.policy_id == newer.pk
        assert permit.policy.name == "ai-beauty"


def test_units_do_not_nest(enquiry: Enquiry) -> None:
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="durable"),
        gate.open(by=RECEPTION, purpose="enquiry", people=[1], verb="t:t:t", at=NOON),
    ):
        pytest.fail("the unit opened")


def test_a_ref_leads_to_its_person_and_an_unknown_one_nowhere(enquiry: Enquiry) -> None:
    assert gate.owner_of(Enquiry, enquiry.ref) == enquiry.person_id
    with pytest.raises(NotFound):
        gate.owner_of(Enquiry, new_ref())


def test_a_reading_costs_few_statements(enquiry: Enquiry) -> None:
    from django.test.utils import CaptureQueriesContext

    with (
        CaptureQueriesContext(connection) as seen,
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ) as permit,
    ):
        queries.enquiry(enquiry.ref, permit=permit)

    # Django's cursor sees the version look-up, the transaction and the reading; the
    # gate's own two statements go past it.
    assert len(seen) <= 5


def agree(person: int, purpose: str, *, withdraw: bool = False) -> None:
    """Say yes to a purpose by email, or take it back, as the front desk writes it."""
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        how = {"how": "desk", "by": RECEPTION, "at": NOON}
        told = {"permit": permit, "person_id": person, "purpose": purpose}
        if withdraw:
            consent.withdraw(**told, channel="email", **how)  # type: ignore[arg-type]
        else:
            consent.give(**told, channel="email", wording="Yes.", **how)  # type: ignore[arg-type]


def facts(person: int) -> Facts:
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        return permit.facts[person]


def test_a_permission_counts_until_it_is_taken_back(enquiry: Enquiry) -> None:
    agree(enquiry.person_id, "offers")
    assert facts(enquiry.person_id).permissions == {("offers", "email")}

    agree(enquiry.person_id, "offers", withdraw=True)

    assert facts(enquiry.person_id).permissions == frozenset()
    assert facts(enquiry.person_id).refusals == {("offers", "email")}


def test_a_yes_given_for_something_else_is_no_yes(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    agree(enquiry.person_id, "offers")
    owner_sql.execute("UPDATE consent_permission SET fingerprint = 'of another time'")

    assert facts(enquiry.person_id).permissions == frozenset()


def test_an_objection_reaches_the_decision(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    agree(enquiry.person_id, "offers")
    owner_sql.execute("UPDATE consent_permission SET state = 'objected'")

    assert facts(enquiry.person_id).objections == {"offers"}


def test_nobody_opens_another_persons_data(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    for by, purpose in ((person(new_ref()), "rights"), (VISITOR, "enquiry")):
        with (
            pytest.raises(NotFound),
            gate.open(
                by=by,
                purpose=purpose,
                people=[enquiry.person_id],
                verb="t:t:t",
                at=NOON,
            ),
        ):
            pytest.fail("the unit opened")
        assert last_event(owner_sql)["outcome"] == "refuse"


def test_somebody_without_a_standing_is_not_opened(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    owner_sql.execute("DELETE FROM people_standing")

    with (
        pytest.raises(NotFound),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")


def test_a_list_names_nobody_beforehand(enquiry: Enquiry) -> None:
    with (
        pytest.raises(ValueError, match="name nobody"),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            reach=Reach.DAY,
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")


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
