"""A treatment is done on a consent that holds, or on a named exception, or not."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from candour import gate
from candour.accounts.models import Practice
from candour.catalogue import stock
from candour.core.actor import staff
from candour.core.errors import Conflict, Invalid, Refused
from candour.core.ids import new_ref
from candour.policy.terms import Reach
from candour.records import treated
from candour.records.actions import agreements, events, treatments
from candour.records.actions.treatments import NotReady
from candour.records.models import Treatment
from tests.apps.record_cast import care
from tests.apps.treatment_cast import (
    TODAY,
    actor,
    born,
    make_batch,
    make_doctor,
    make_form,
    make_service,
    take_consent,
    treat,
)
from tests.factories import NOON, make_enquiry, publish_policy
from tests.surfaces.desk import reading

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


class Clinic:
    """A person of 45 whose age was proved, a doctor, a service, a batch."""

    def __init__(self) -> None:
        publish_policy()
        self.person = make_enquiry().person_id
        born(self.person)
        self.service = make_service()
        self.doctor = make_doctor(self.service)
        self.batch = make_batch()
        make_form()

    def consent(self, **changes: Any) -> Any:
        return take_consent(self.person, self.service, self.doctor, **changes)

    def treat(self, **changes: Any) -> Any:
        changes = {"batch": self.batch, **changes}
        return treat(self.person, self.service, self.doctor, **changes)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic()


def stands(error: pytest.ExceptionInfo[NotReady]) -> list[str]:
    return [one.code for one in error.value.obstacles]


def test_a_treatment_on_a_consent_that_holds_is_written_down(clinic: Clinic) -> None:
    clinic.consent()

    ref = clinic.treat(narrative="Tolerated well.", advice=["told"], cost_pence=35_000)

    with care(clinic.person) as permit:
        row = treated.treatment(clinic.person, ref, permit=permit)
    assert (row.narrative, row.advice, row.cost_pence) == (
        "Tolerated well.",
        ["told"],
        35_000,
    )
    [given] = row.given
    assert (given.batch_number, int(given.dose), given.place) == (
        "C4471-B",
        20,
        "glabella",
    )


def test_without_consent_nothing_is_written_down(clinic: Clinic) -> None:
    with pytest.raises(NotReady) as error:
        clinic.treat()

    assert stands(error) == ["consent"]
    with reading():
        assert Treatment.objects.count() == 0


def test_a_consent_taken_back_or_put_away_counts_no_more(clinic: Clinic) -> None:
    first = clinic.consent()
    with care(clinic.person) as permit:
        agreements.withdraw(
            permit=permit, person_id=clinic.person, ref=first, by=permit.by, at=NOON
        )
    with pytest.raises(NotReady):
        clinic.treat()

    second = clinic.consent()
    with care(clinic.person) as permit:
        agreements.archive(
            permit=permit,
            person_id=clinic.person,
            ref=second,
            reason="Another product is used.",
            by=permit.by,
            at=NOON,
        )
    with pytest.raises(NotReady):
        clinic.treat()


def test_a_named_exception_with_a_reason_stands_in_for_consent(clinic: Clinic) -> None:
    with pytest.raises(Invalid, match="Say why"):
        clinic.treat(exception="life-at-risk")
    with pytest.raises(Invalid, match="no such exception"):
        clinic.treat(exception="in-a-hurry", exception_reason="Late.")

    ref = clinic.treat(exception="life-at-risk", exception_reason="Vessel blocked.")

    with care(clinic.person) as permit:
        row = treated.treatment(clinic.person, ref, permit=permit)
    assert (row.exception, row.exception_reason) == ("life-at-risk", "Vessel blocked.")


def test_the_database_wants_consent_or_exception_too(
    clinic: Clinic, owner_sql: Sql
) -> None:
    clinic.consent()
    clinic.treat()

    with pytest.raises(psycopg.errors.CheckViolation):
        owner_sql.execute("UPDATE records_treatment SET agreement_id = NULL")


def test_time_to_think_is_waited_for(clinic: Clinic) -> None:
    clinic.consent(consulted_on=TODAY - timedelta(days=6))

    with pytest.raises(NotReady) as error:
        clinic.treat()

    assert stands(error) == ["reflection"]
    assert "Saturday 21 November 2026" in str(error.value)


def test_without_a_set_time_the_patient_says_it_was_enough(clinic: Clinic) -> None:
    service = make_service(code="peel", kind="skin", law_calls_it="", reflection_days=0)
    doctor = make_doctor(service)
    make_form("skin")
    take_consent(clinic.person, service, doctor, consulted_on=TODAY, enough_time=False)

    with pytest.raises(NotReady) as error:
        treat(clinic.person, service, doctor)

    assert "has not said" in str(error.value)
    take_consent(clinic.person, service, doctor, consulted_on=TODAY)
    treat(clinic.person, service, doctor)


@pytest.mark.parametrize(
    ("born_on", "proved", "expected"),
    [
        (date(2008, 11, 21), True, ["under-18"]),
        (date(2008, 11, 20), True, []),
        (date(1981, 6, 14), False, ["age"]),
        (None, True, ["birth-date"]),
    ],
)
def test_botulinum_toxin_is_for_adults_whose_age_was_proved(
    born_on: date | None, proved: bool, expected: list[str]
) -> None:
    publish_policy()
    person = make_enquiry().person_id
    born(person, born_on, proved=proved)  # type: ignore[arg-type]
    service = make_service()
    doctor = make_doctor(service)
    make_form()
    take_consent(person, service, doctor)
    given: dict[str, str] = {
        "exception": "best-interests",
        "exception_reason": "It cannot set an age aside.",
    }

    if not expected:
        treat(person, service, doctor)
        return
    with pytest.raises(NotReady) as error:
        treat(person, service, doctor, **given)

    assert stands(error) == expected


def test_a_doctor_may_approve_it_for_somebody_under_18(clinic: Clinic) -> None:
    born(clinic.person, date(2010, 1, 1))
    clinic.consent()

    ref = clinic.treat(approval="Axillary hyperhidrosis, discussed with her mother.")

    with care(clinic.person) as permit:
        row = treated.treatment(clinic.person, ref, permit=permit)
    assert "hyperhidrosis" in row.approval


def test_consent_is_taken_by_who_treats(clinic: Clinic) -> None:
    nurse = make_doctor(clinic.service, register="NMC", role="practitioner")
    take_consent(clinic.person, clinic.service, nurse, role="practitioner")

    with pytest.raises(NotReady) as error:
        clinic.treat()

    assert stands(error) == ["taker"]


def test_who_is_not_on_the_list_neither_treats_nor_takes_consent(
    clinic: Clinic,
) -> None:
    Practice.objects.all().delete()

    with pytest.raises(Invalid, match="not on the list"):
        clinic.consent()
    with pytest.raises(Invalid, match="not on the list"):
        clinic.treat(exception="life-at-risk", exception_reason="x")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"discussed": [0, 1]}, "each risk"),
        ({"signature": " "}, "not signed"),
        ({"sign": "nodded"}, "not signed"),
        ({"form": uuid4()}, "words of this consent have changed"),
        ({"consulted_on": TODAY + timedelta(days=1)}, "after today"),
    ],
)
def test_a_consent_that_is_not_whole_is_refused(
    clinic: Clinic, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        clinic.consent(**changes)


def test_only_who_treats_may_take_consent_says_the_database(
    clinic: Clinic, owner_sql: Sql
) -> None:
    clinic.consent()

    with pytest.raises(psycopg.errors.CheckViolation):
        owner_sql.execute("UPDATE records_treatment_consent SET taken_as='reception'")


def test_words_of_consent_are_never_changed(clinic: Clinic, runtime_sql: Sql) -> None:
    second = make_form()

    assert second.version == 2
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute("UPDATE records_consent_form SET text = 'other'")


def test_an_expired_or_recalled_batch_is_given_to_nobody(clinic: Clinic) -> None:
    clinic.consent()
    clinic.batch.expires_on = TODAY - timedelta(days=1)
    clinic.batch.save()
    with pytest.raises(Invalid, match=r"expired on 19\.11\.2026"):
        clinic.treat()

    fresh = make_batch(number="D1")
    stock.recall(batch=fresh.ref, note="Particles", at=NOON)
    with pytest.raises(Invalid, match="was recalled"):
        clinic.treat(batch=fresh)


def test_stock_is_entered_once_and_never_expired(clinic: Clinic) -> None:
    with pytest.raises(Conflict):
        make_batch(number=" c4471-b ")
    with pytest.raises(Invalid, match="has expired"):
        make_batch(number="E1", expires_on=TODAY - timedelta(days=1))


def test_a_form_sent_twice_is_one_treatment(clinic: Clinic) -> None:
    clinic.consent()
    token = uuid4()

    assert clinic.treat(token=token) == clinic.treat(token=token)
    with reading():
        assert Treatment.objects.count() == 1


def test_a_course_counts_and_is_not_overrun(clinic: Clinic) -> None:
    clinic.consent()
    with care(clinic.person) as permit:
        course = treatments.begin_course(
            permit=permit,
            person_id=clinic.person,
            service=clinic.service,
            planned=2,
            plan="Twice, six weeks apart.",
            cost_pence=60_000,
            token=uuid4(),
            source="consultation",
            by=permit.by,
            at=NOON,
        )
    clinic.treat(course=course)
    clinic.treat(course=course)

    with pytest.raises(Conflict, match="Every treatment"):
        clinic.treat(course=course)
    with care(clinic.person) as permit:
        [row] = treated.courses(clinic.person, permit=permit)
    assert (row.done, row.planned, row.plan) == (2, 2, "Twice, six weeks apart.")


def test_who_received_a_batch_is_found_and_on_the_trail(
    clinic: Clinic, owner_sql: Sql
) -> None:
    clinic.consent()
    clinic.treat()
    other = make_batch(number="OTHER")
    manager = staff(new_ref(), "manager")

    with gate.open(
        by=manager, purpose="product-safety", reach=Reach.ALL, verb="t:t:t", at=NOON
    ) as permit:
        found = treated.received(clinic.batch, permit=permit)
        assert treated.received(other, permit=permit).rows == []
    assert [row.person for row in found.rows] == [clinic.person]
    [[people]] = owner_sql.execute(
        "SELECT people FROM trail_event WHERE purpose = 'product-safety'"
    ).fetchall()
    assert people == [clinic.person]


@pytest.mark.parametrize("role", ["reception", "marketing", "finance", "practitioner"])
def test_who_has_no_duty_to_recall_is_refused_the_list(
    clinic: Clinic, role: str
) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=staff(new_ref(), role),
            purpose="product-safety",
            reach=Reach.ALL,
            verb="t:t:t",
            at=NOON,
        ),
    ):
        raise AssertionError("opened")


def test_a_grave_event_is_reported_before_it_is_settled(clinic: Clinic) -> None:
    clinic.consent()
    done = clinic.treat()
    who = actor(clinic.doctor)
    with care(clinic.person, by=who) as permit:
        given: dict[str, Any] = {"permit": permit, "person_id": clinic.person}
        ref = events.write_down(
            **given,
            kind="vascular-occlusion",
            severity="moderate",
            account="Blanching at once; hyaluronidase given.",
            noticed_on=TODAY,
            treatment=done,
            token=uuid4(),
            source="consultation",
            by=who,
            at=NOON,
        )
        with pytest.raises(Conflict, match="has to be reported"):
            events.settle(**given, ref=ref, outcome="Healed.", by=who, at=NOON)
        [row] = treated.events(clinic.person, permit=permit)
        assert (row.reportable, row.reported_at) == (True, None)
        events.reported(**given, ref=ref, report="YC-1", by=who, at=NOON)
        events.settle(**given, ref=ref, outcome="Healed.", by=who, at=NOON)
        [row] = treated.events(clinic.person, permit=permit)
    assert (row.report, row.outcome) == ("YC-1", "Healed.")


def test_what_was_done_cannot_be_changed_even_by_the_program(
    clinic: Clinic, runtime_sql: Sql
) -> None:
    for table in ("records_treatment", "records_given"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime_sql.execute(f"UPDATE {table} SET person_id = person_id")
