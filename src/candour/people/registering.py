"""Registering patients, and changing what is written of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.law.numbers import is_nhs_number
from candour.people import actions, contacts, history, sought
from candour.people.models import (
    ContactPoint,
    Lifestyle,
    Patient,
    Person,
    SearchKey,
    Standing,
)
from candour.people.normal import value_key, words_key
from candour.register.declare import declaration
from candour.register.permit import Permit

PATIENT = "patient"
OLDEST = 130  # years; beyond it a birth date is a slip


class Registered(Conflict):
    """This person is registered already. Open their file."""

    code = "registered"


class Overtaken(Conflict):
    """Somebody else changed these details while you were writing."""

    code = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is asked when somebody becomes a patient. What was not asked is absent."""

    text: Mapping[str, str] = field(default_factory=dict)  # by column
    born_on: date | None = None
    contacts: Sequence[tuple[str, str]] = ()  # channel, value


# Column -> the model that holds it. Each is one row a person.
COLUMNS: dict[str, type[Any]] = {
    "name": Person,
    "preferred_name": Person,
    "pronouns": Patient,
    "gp": Patient,
    "gp_address": Patient,
    "nhs_number": Patient,
    "occupation": Lifestyle,
    "lifestyle": Lifestyle,
}


def register_new(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    details: Details,
    source: str,
    brand: str,
    by: Actor,
    at: datetime,
) -> int:
    """Make the person `person_id` (see actions.allocate) a patient; return the number.

    Raises Invalid for a source that the policy does not name. A second one with the
    same `ref`, which is made with the form, breaks a constraint.
    """
    actions.add_person(
        permit=permit,
        person_id=person_id,
        name=details.text.get("name", ""),
        contacts=details.contacts,
        relation=PATIENT,
        source=source,
        brand=brand,
        at=at,
    )
    # Its own ref is the form's too: whoever sends it again is led to the same file.
    Person.objects.filter(pk=person_id).update(ref=ref)
    return _patient(permit, person_id, ref, details, source, by, at)


def register_known(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    details: Details,
    source: str,
    by: Actor,
    at: datetime,
) -> int:
    """Make somebody who is on record a patient; return the number.

    Addresses that are not held yet are added. Raises Registered for a patient.
    """
    permit.must_be_source(source)
    standing = Standing.objects.select_for_update().get(person=person_id)
    if Patient.objects.filter(person=person_id).exists():
        raise Registered
    standing.relation = sorted({*standing.relation, PATIENT} - {"claimant"})
    standing.save(update_fields=["relation"])
    held = set(
        ContactPoint.objects.filter(person=person_id).values_list(
            "channel", "value_key"
        )
    )
    for channel, value in details.contacts:
        if (channel, value_key(channel, value)) not in held:
            contacts.add(
                permit=permit,
                person_id=person_id,
                channel=channel,
                value=value,
                source=source,
                at=at,
            )
    actions.touched(permit=permit, person_id=person_id, at=at)
    return _patient(permit, person_id, ref, details, source, by, at)


def _patient(
    permit: Permit,
    person_id: int,
    ref: UUID,
    details: Details,
    source: str,
    by: Actor,
    at: datetime,
) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_patient_number_seq')")
        number = int(cursor.fetchone()[0])
    Patient.objects.create(
        ref=ref,
        person_id=person_id,
        number=number,
        registered_at=at,
        registered_by=str(by),
        source=source,
    )
    if details.born_on is not None:
        _must_be_born(details.born_on, at)
        Standing.objects.filter(person=person_id).update(born_on=details.born_on)
    for column, value in details.text.items():
        _write(permit, person_id, column, value, source, at)
    _index_names(person_id)
    return number


def change(
    *,
    permit: Permit,
    person_id: int,
    details: Details,
    seen: int,
    source: str,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Change what is written of a patient; return the names of what changed.

    `seen` is the version that was on the screen. Raises Overtaken when it has moved on
    meanwhile: whoever comes second looks at what the first one changed.
    """
    permit.must_be_source(source)
    patient = Patient.objects.select_for_update().filter(person=person_id).first()
    if patient is None:
        raise NotFound
    before = values(person_id, permit=permit)
    wanted: dict[str, Any] = {**details.text, "born_on": details.born_on}
    if details.born_on is None:
        wanted.pop("born_on")  # not asked: a birth date is put right, never taken out
    changed = sorted(k for k, v in wanted.items() if k in before and before[k] != v)
    if not changed:
        return []
    if patient.version != seen:
        raise Overtaken
    for column in changed:
        if column == "born_on":
            _must_be_born(wanted[column], at)
            Standing.objects.filter(person=person_id).update(born_on=details.born_on)
        else:
            _write(permit, person_id, column, details.text[column], source, at)
    _index_names(person_id)
    Patient.objects.filter(pk=patient.pk).update(version=patient.version + 1)
    was = {name: str(before[name] or "") for name in changed}
    history.remember(permit, person_id, was, by, at)
    return changed


def values(person_id: int, *, permit: Permit) -> dict[str, Any]:
    """Return what is written of a person by column, as far as the purpose covers it."""
    held: dict[str, Any] = {}
    for model in dict.fromkeys(COLUMNS.values()):
        names = [c for c, m in COLUMNS.items() if m is model and _open(m, c, permit)]
        if not names:
            continue
        key = "pk" if model is Person else "person"
        found = permit.read(model.objects.filter(**{key: person_id}), *names)
        for name in names:
            held[name] = (getattr(found[0], name) or "") if found else ""
    if permit.covers("identity.birth-date"):
        [born] = Standing.objects.filter(person=person_id).values_list(
            "born_on", flat=True
        )
        held["born_on"] = born
    return held


def _open(model: type[Any], column: str, permit: Permit) -> bool:
    category = declaration(model).personal[column]
    return isinstance(category, str) and permit.covers(category)


def version(person_id: int) -> int:
    """Return the version of a patient's details; 0 for somebody who is none."""
    found = Patient.objects.filter(person=person_id).values_list("version", flat=True)
    return found.first() or 0


def _write(
    permit: Permit, person_id: int, column: str, value: str, source: str, at: datetime
) -> None:
    """Write one column where it is kept; where there is no row, empty means none.

    Raises Refused for what the purpose does not cover.
    """
    model = COLUMNS[column]
    permit.must_cover(str(declaration(model).personal[column]))
    if model is Person:
        Person.objects.filter(pk=person_id).update(**{column: value})
        return
    if column == "nhs_number":
        _write_nhs(permit, person_id, value)
        return
    row = model.objects.filter(person=person_id).first()
    if row is None:
        if not value:
            return
        row = model(person_id=person_id, source=source, made_at=at)
    if column in declaration(model).sealed:
        setattr(row, column, permit.seal(row, column, value) if value else None)
    else:
        setattr(row, column, value)
    row.save()


def _write_nhs(permit: Permit, person_id: int, value: str) -> None:
    row = Patient.objects.get(person=person_id)
    if value and not is_nhs_number(value):
        raise Invalid("This is not an NHS number. Its ten digits do not fit together.")
    digits = "".join(filter(str.isdecimal, value))
    row.nhs_number = permit.seal(row, "nhs_number", digits) if digits else None
    row.nhs_key = sought.nhs_key(digits) if digits else None
    row.save(update_fields=["nhs_number", "nhs_key"])


def _must_be_born(born_on: date, at: datetime) -> None:
    if born_on > at.date():
        raise Invalid("This date of birth has not come yet.")
    if at.year - born_on.year > OLDEST:
        raise Invalid("This date of birth is too long ago. Check the year.")


def died(*, permit: Permit, person_id: int, on: date, by: Actor, at: datetime) -> None:
    """Write down that a person has died: what they agreed to ended with them."""
    if on > at.date():
        raise Invalid("This day has not come yet.")
    standing = Standing.objects.select_for_update().get(person=person_id)
    if standing.born_on and on < standing.born_on:
        raise Invalid("This is before the day they were born.")
    standing.died_on = on
    standing.save(update_fields=["died_on"])
    history.remember(permit, person_id, {"died_on": ""}, by, at)


def _index_names(person_id: int) -> None:
    """Let a person be found by their names of today, and by no older ones."""
    person = Person.objects.get(pk=person_id)
    kept = set(
        ContactPoint.objects.filter(person=person_id).values_list(
            "value_key", flat=True
        )
    )
    wanted = {words_key(n) for n in (person.name, person.preferred_name) if n} | kept
    held = SearchKey.objects.filter(person=person_id)
    held.exclude(words__in=wanted).delete()
    there = set(held.values_list("words", flat=True))
    SearchKey.objects.bulk_create(
        SearchKey(person=person, words=words) for words in sorted(wanted - there)
    )
