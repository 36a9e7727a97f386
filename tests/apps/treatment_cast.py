"""Treatments as tests do them: who treats, what with, and what was agreed before."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from candour.accounts.models import Practice, Registration, Staff
from candour.catalogue import stock
from candour.catalogue.models import Batch, Service
from candour.core.actor import Actor, staff, system
from candour.people import ties
from candour.people.models import Standing
from candour.records.actions import (
    agreements,
    events,
    photographs,
    prescriptions,
    treatments,
)
from candour.records.actions.agreements import Signed
from candour.records.actions.treatments import Done, Portion
from candour.records.models import ConsentForm
from tests.apps import files_cast, files_office, record_cast
from tests.apps.record_cast import care
from tests.factories import NOON, make_staff

TODAY = date(2026, 11, 20)
RISKS = ("Bruising", "A droop of the lid", "That it does too little")


def make_service(**changes: Any) -> Service:
    """Put a service on the menu: botulinum toxin, a week to think."""
    fields: dict[str, Any] = {
        "name": "Botulinum toxin",
        "says": "Lines softened.",
        "kind": "injectable",
        "minutes": 30,
        "law_calls_it": "botulinum_toxin",
        "reflection_days": 7,
        **changes,
    }
    code = fields.pop("code", "toxin")
    made, _ = Service.objects.get_or_create(code=code, defaults=fields)
    return made


def make_doctor(
    service: Service, *, register: str = "GMC", role: str = "prescriber"
) -> Staff:
    """Add somebody who gives a service and stands on a register."""
    number = str(uuid4().int)[:7]
    made = make_staff(role, email=f"{number}@clinic.example")
    Registration.objects.create(staff=made, register=register, number=number)
    Practice.objects.create(staff=made, service=service)
    return made


def actor(member: Staff, role: str = "prescriber") -> Actor:
    """Return a member of staff as who acts."""
    return staff(member.ref, role)


def make_batch(**changes: Any) -> Batch:
    """Take a batch of a toxin into stock."""
    product = stock.add_product(
        code=changes.pop("code", "type-a"),
        name=changes.pop("name", "Type A 100"),
        maker="Invented Laboratories",
        kind=changes.pop("kind", "toxin"),
        unit=changes.pop("unit", "units"),
        pom=True,
        implant=changes.pop("implant", False),
    )
    fields: dict[str, Any] = {
        "number": "C4471-B",
        "expires_on": TODAY + timedelta(days=200),
        "by": system("test"),
        "on": TODAY,
        **changes,
    }
    return stock.take_in(product=product.ref, **fields)


def make_form(kind: str = "injectable", **changes: Any) -> ConsentForm:
    """Put words of consent in use."""
    fields: dict[str, Any] = {
        "title": "Consent to injections",
        "text": "I have been told what is done, and what may go wrong.",
        "risks": RISKS,
        "by": system("test"),
        "at": NOON,
        **changes,
    }
    return agreements.publish_form(kind=kind, **fields)


def born(person: int, on: date = date(1981, 6, 14), *, proved: bool = True) -> None:
    """Write down when somebody was born, and that their age was proved."""
    with care(person) as permit:
        Standing.objects.filter(person=person).update(born_on=on)
        if proved:
            ties.check(
                permit=permit,
                person_id=person,
                kind="age",
                method="passport",
                copied=False,
                passed=True,
                source="in-person",
                by=permit.by,
                at=NOON,
            )


def take_consent(
    person: int,
    service: Service,
    by: Staff,
    *,
    role: str = "prescriber",
    **changes: Any,
) -> UUID:
    """Take consent to a treatment as the form does; return its ref."""
    form = agreements.form_for(service)
    assert form is not None
    fields: dict[str, Any] = {
        "discussed": range(len(form.risks)),
        "consulted_on": TODAY - timedelta(days=10),
        "enough_time": True,
        "sign": "typed",
        "signature": "Zephyrine Quillfeather",
        **changes,
    }
    at = fields.pop("at", NOON)
    token = fields.pop("token", None) or uuid4()
    who = actor(by, role)
    with care(person, by=who) as permit:
        return agreements.take(
            permit=permit,
            person_id=person,
            service=service,
            form=fields.pop("form", form.ref),
            said=Signed(**fields),
            token=token,
            source="consultation",
            by=who,
            at=at,
        )


def treat(person: int, service: Service, by: Staff, **changes: Any) -> UUID:
    """Write down that a treatment was done; return its ref."""
    batch = changes.pop("batch", None)
    portions = (
        [Portion(batch.ref, "glabella", Decimal(20), [(50, 34, "20")])] if batch else []
    )
    token = changes.pop("token", None) or uuid4()
    fields: dict[str, Any] = {"given": portions, "done_at": NOON, **changes}
    who = actor(by)
    with care(person, by=who) as permit:
        return treatments.record(
            permit=permit,
            person_id=person,
            done=Done(service=service, staff=by, **fields),
            token=token,
            source="consultation",
            by=who,
            at=NOON,
        )


def live(person: int) -> None:
    """Fill the record of a person: a row in every table there is."""
    born(person)
    service, batch = make_service(), make_batch(number=f"LIVE-{person}")
    if agreements.form_for(service) is None:
        make_form()
    doctor = make_doctor(service)
    who = actor(doctor)
    record_cast.raise_alert(person)
    note = record_cast.write_note(person)
    record_cast.amend(person, note)
    record_cast.keep_draft(person)
    take_consent(person, service, doctor, asked="Zephyrine: will it hurt?")
    given: dict[str, Any] = {"person_id": person, "by": who, "at": NOON}
    source = "consultation"
    with care(person, by=who) as permit:
        given["permit"] = permit
        course = treatments.begin_course(
            service=service,
            planned=3,
            plan="Zephyrine comes every six weeks.",
            cost_pence=90_000,
            token=uuid4(),
            source=source,
            **given,
        )
    done = treat(
        person,
        service,
        doctor,
        batch=batch,
        course=course,
        narrative="Zephyrine bore it well.",
    )
    with care(person, by=who) as permit:
        given["permit"] = permit
        events.write_down(
            kind="bruising",
            severity="mild",
            account="Zephyrine has a bruise.",
            noticed_on=TODAY,
            treatment=done,
            token=uuid4(),
            source=source,
            **given,
        )
        ordered = prescriptions.prescribe(
            medicine="Botulinum toxin type A",
            drug="botulinum_toxin",
            quantity="1 vial",
            directions="Zephyrine: 20 units.",
            cosmetic=True,
            assessment=note,
            token=uuid4(),
            source=source,
            **given,
        )
        prescriptions.stop(ref=ordered, reason="Zephyrine moved away.", **given)
    picture = files_office.washed(person, files_cast.jpeg())
    with care(person, by=who) as permit:
        given["permit"] = permit
        shown = photographs.describe(
            file=picture.ref,
            pose="left",
            place="cheek-left",
            moment="before",
            series="Zephyrine spring",
            taken_on=TODAY,
            source=source,
            **given,
        )
        photographs.permit_use(
            ref=shown, use="teaching", given=True, wording="Teach with it.", **given
        )
