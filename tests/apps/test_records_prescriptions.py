"""Prescriptions: by whom, after what, and never changed; photographs and their uses."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import Error as DatabaseError

from candour.accounts.models import Registration, Staff
from candour.core.actor import staff
from candour.core.errors import Conflict, Invalid, Refused
from candour.records import pictured
from candour.records.actions import prescriptions
from candour.records.models import Prescription
from tests.apps.canary import found_anywhere
from tests.apps.record_cast import care, write_note
from tests.apps.treatment_cast import actor, make_doctor, make_service
from tests.factories import NOON, make_enquiry, publish_policy
from tests.surfaces.desk import reading

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
BEFORE_THE_RULE = datetime(2025, 5, 31, 12, tzinfo=UTC)


class Surgery:
    """A patient, and who prescribes."""

    def __init__(self) -> None:
        publish_policy()
        self.person = make_enquiry(
            name="Ottoline Brackwater", email="o@example.org", message="Hello"
        ).person_id
        self.service = make_service()

    def by(self, register: str = "GMC") -> Staff:
        return make_doctor(self.service, register=register)

    def prescribe(self, by: Staff, **changes: Any) -> UUID:
        given: dict[str, Any] = {
            "medicine": "Botulinum toxin type A, 100 units",
            "drug": "botulinum_toxin",
            "quantity": "1 vial",
            "directions": "Zephyrine: 20 units to the glabella.",
            "cosmetic": True,
            "assessment": None,
            "token": uuid4(),
            "source": "consultation",
            "at": NOON,
            **changes,
        }
        who = given.pop("who", actor(by))
        with care(self.person, by=who) as permit:
            return prescriptions.prescribe(
                permit=permit, person_id=self.person, by=who, **given
            )

    def seen(self, mode: str = "in-person") -> UUID:
        return write_note(self.person, mode=mode, body="Seen.")


@pytest.fixture
def surgery(db: None) -> Surgery:
    return Surgery()


def test_what_is_prescribed_is_sealed_and_reads_back(
    surgery: Surgery, owner_sql: Sql
) -> None:
    doctor = surgery.by()

    ref = surgery.prescribe(doctor, assessment=surgery.seen())

    assert found_anywhere(owner_sql, "zephyrine") == []
    with care(surgery.person) as permit:
        row = pictured.prescription(surgery.person, ref, permit=permit)
    assert "20 units to the glabella" in row.directions
    assert row.profession == "doctor"
    assert row.registration.startswith("GMC ")


@pytest.mark.parametrize(
    ("register", "drug", "cosmetic", "mode", "allowed"),
    [
        ("NMC", "", True, None, False),
        ("NMC", "", True, "in-person", True),
        ("NMC", "", True, "video", False),
        ("NMC", "", False, None, True),
        ("GMC", "", True, None, True),
        ("GMC", "botulinum_toxin", True, None, False),
        ("GMC", "botulinum_toxin", True, "in-person", True),
        ("GMC", "hyaluronidase", True, "phone", False),
    ],
)
def test_who_has_to_see_the_patient_does(
    surgery: Surgery,
    register: str,
    drug: str,
    cosmetic: bool,
    mode: str | None,
    allowed: bool,
) -> None:
    by = surgery.by(register)
    note = surgery.seen(mode) if mode else None
    given: dict[str, Any] = {"drug": drug, "cosmetic": cosmetic, "assessment": note}

    if allowed:
        surgery.prescribe(by, **given)
        return
    with pytest.raises(Invalid):
        surgery.prescribe(by, **given)


def test_the_rule_for_nurses_begins_on_its_day(surgery: Surgery) -> None:
    surgery.prescribe(surgery.by("NMC"), drug="", at=BEFORE_THE_RULE)


@pytest.mark.parametrize("profession", ["nurse", "doctor"])
def test_the_database_wants_the_patient_seen_too(
    surgery: Surgery, owner_sql: Sql, profession: str
) -> None:
    surgery.prescribe(surgery.by(), assessment=surgery.seen())

    with pytest.raises(psycopg.errors.CheckViolation):
        owner_sql.execute(
            "UPDATE records_prescription SET assessment = NULL, profession = %s",
            [profession],
        )


def test_only_a_prescriber_with_a_registration_prescribes(surgery: Surgery) -> None:
    doctor, note = surgery.by(), surgery.seen()

    with pytest.raises(Invalid, match="Only a prescriber"):
        surgery.prescribe(
            doctor, assessment=note, who=staff(doctor.ref, "practitioner")
        )
    Registration.objects.all().delete()
    with pytest.raises(Invalid, match="registration is not on record"):
        surgery.prescribe(doctor, assessment=note)


def test_a_prescription_is_neither_changed_nor_taken_away(
    surgery: Surgery, runtime_sql: Sql
) -> None:
    surgery.prescribe(surgery.by(), assessment=surgery.seen())

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute("UPDATE records_prescription SET quantity = '9 vials'")
    with pytest.raises(DatabaseError, match="not deleted by hand"), reading():
        Prescription.objects.all().delete()


def test_a_prescription_is_stopped_once_with_a_reason(surgery: Surgery) -> None:
    doctor = surgery.by()
    ref = surgery.prescribe(doctor, assessment=surgery.seen())
    who = actor(doctor)
    given: dict[str, Any] = {"person_id": surgery.person, "ref": ref, "by": who}

    with care(surgery.person, by=who) as permit:
        prescriptions.stop(permit=permit, reason="Wrong dose.", at=NOON, **given)
    with pytest.raises(Conflict), care(surgery.person, by=who) as permit:
        prescriptions.stop(permit=permit, reason="Again.", at=NOON, **given)

    with care(surgery.person) as permit:
        row = pictured.prescription(surgery.person, ref, permit=permit)
    assert row.stop.reason == "Wrong dose."


@pytest.mark.parametrize(
    "changes",
    [
        {"medicine": " "},
        {"quantity": ""},
        {"directions": ""},
        {"directions": "4111 1111 1111 1111"},
        {"drug": "sugar"},
        {"source": "hearsay"},
    ],
)
def test_a_prescription_that_will_not_do_is_refused(
    surgery: Surgery, changes: dict[str, Any]
) -> None:
    given = {"assessment": surgery.seen(), **changes}

    with pytest.raises(Invalid):
        surgery.prescribe(surgery.by(), **given)


def test_a_form_sent_twice_is_one_prescription(surgery: Surgery) -> None:
    doctor, note, token = surgery.by(), surgery.seen(), uuid4()

    first = surgery.prescribe(doctor, assessment=note, token=token)

    assert surgery.prescribe(doctor, assessment=note, token=token) == first


def test_a_clinic_that_collects_no_prescriptions_keeps_none() -> None:
    surgery = Surgery()
    publish_policy("ai-beauty")

    with pytest.raises(Refused):
        surgery.prescribe(surgery.by(), assessment=surgery.seen())
