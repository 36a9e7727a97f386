"""Whom a person is tied to, what was checked of them, and who else spoke for them."""

from datetime import date, datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Invalid, NotFound
from candour.law.regions import Region
from candour.law.requests import indirect_notice_due
from candour.people.models import Check, Given, Link
from candour.people.models.ties import CHECKS, KINDS
from candour.people.models.ties import PROVABLE as PROVABLE
from candour.people.normal import phone_key
from candour.register.permit import Permit, Row

PROOFS = {
    "birth-certificate": "Birth certificate",
    "parental-responsibility": "Order or agreement on parental responsibility",
    "passport-and-address": "Passports with the same name and address",
    "power-of-attorney": "Power of attorney",
    "court-order": "Court order",
}
METHODS = {
    "passport": "Passport",
    "driving-licence": "Driving licence",
    "pass-card": "Proof of age card",
    "known-to-staff": "Known to a member of staff",
    "online-check": "Online check",
}


def add(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    name: str,
    phone: str,
    other_ref: UUID | None,
    source: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write down somebody who belongs to a person, with a number to call.

    Raises Invalid for an unknown kind, a number that is none, one that is there.
    """
    permit.must_be_source(source)
    if kind not in KINDS:
        raise Invalid("There is no such tie.")
    if not name.strip():
        raise Invalid("Write their name.")
    if phone:
        phone_key(phone)
    if Link.objects.filter(person=person_id, kind=kind, name=name).exists():
        raise Invalid("This is written down already.")
    Link.objects.create(
        person_id=person_id,
        kind=kind,
        name=name,
        phone=phone,
        other_ref=other_ref,
        source=source,
        made_at=at,
        by=str(by),
    )


def prove(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    proof: str,
    until: date | None,
    source: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write down the proof that somebody may act for a person, and until when."""
    link = Link.objects.filter(person=person_id, ref=ref, kind__in=PROVABLE).first()
    if link is None:
        raise NotFound
    if proof not in PROOFS:
        raise Invalid("Say which proof you saw.")
    if until is not None and until < at.date():
        raise Invalid("This day is over. Choose a later one, or none.")
    link.proof, link.until = proof, until
    link.verified_at, link.verified_by = at, str(by)
    link.save(update_fields=["proof", "until", "verified_at", "verified_by"])
    check(
        permit=permit,
        person_id=person_id,
        kind="relationship",
        method=proof,
        passed=True,
        copied=False,
        source=source,
        by=by,
        at=at,
    )


def drop(*, permit: Permit, person_id: int, ref: UUID) -> None:
    """Take out somebody who no longer belongs to a person."""
    if not Link.objects.filter(person=person_id, ref=ref).delete()[0]:
        raise NotFound


def check(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    method: str,
    passed: bool,
    copied: bool,
    source: str,
    by: Actor,
    at: datetime,
) -> Check:
    """Keep what came of looking at a document; the document itself is not kept.

    `copied` says that a copy was made: it is to be destroyed, and that is written down
    by `document_gone`.
    """
    permit.must_be_source(source)
    if kind not in CHECKS or method not in {**METHODS, **PROOFS}:
        raise Invalid("Say what was checked, and how.")
    return Check.objects.create(
        person_id=person_id,
        kind=kind,
        method=method,
        passed=passed,
        document_gone_at=None if copied else at,
        source=source,
        at=at,
        by=str(by),
    )


def document_gone(*, permit: Permit, person_id: int, ref: UUID, at: datetime) -> None:
    """Write down that the copy of a document was destroyed; the result stays."""
    waiting = Check.objects.filter(person=person_id, ref=ref, document_gone_at=None)
    if not waiting.update(document_gone_at=at):
        raise NotFound


def is_age_verified(person_id: int, *, permit: Permit) -> bool:
    """Say whether the person's age was checked, by identity or for itself."""
    permit.must_cover("identity")
    passed = Check.objects.filter(person=person_id, passed=True)
    return passed.filter(kind__in=["age", "identity"]).exists()


def may_act(person_id: int, *, on: date, permit: Permit) -> list[Row]:
    """Return who may act for a person on a day: proved, and not over."""
    return permit.read(
        Link.objects.filter(person=person_id, kind__in=PROVABLE)
        .exclude(verified_at=None)
        .exclude(until__lt=on),
        "ref", "kind", "name", "phone", "other_ref", "until",
    )  # fmt: skip


def given_by(
    *,
    permit: Permit,
    person_id: int,
    giver: str,
    what: str,
    source: str,
    by: Actor,
    at: datetime,
) -> date:
    """Write down that data came from somebody else; return by when the person is told.

    UK GDPR Article 14(3): a month at most. Raises Invalid without who gave it.
    """
    permit.must_be_source(source)
    if not giver.strip():
        raise Invalid("Write who told you.")
    region = Region(permit.policy.region)
    due = indirect_notice_due(at, region=region)
    Given.objects.create(
        person_id=person_id,
        giver=giver,
        what=what,
        source=source,
        at=at,
        by=str(by),
        due_on=due,
    )
    return due


def told(*, permit: Permit, person_id: int, ref: UUID, how: str, at: datetime) -> None:
    """Write down that the person was told where their data came from (Art 14)."""
    waiting = Given.objects.filter(person=person_id, ref=ref, told_at=None)
    if not waiting.update(told_at=at, told_how=how):
        raise NotFound


def links(person_id: int, *, permit: Permit) -> list[Row]:
    """Return who belongs to a person."""
    return permit.read(
        Link.objects.filter(person=person_id).order_by("kind", "pk"),
        "ref", "kind", "name", "phone", "other_ref", "proof", "verified_at", "until",
    )  # fmt: skip


def checks(person_id: int, *, permit: Permit) -> list[Row]:
    """Return what was checked of a person, newest first."""
    return permit.read(
        Check.objects.filter(person=person_id).order_by("-at", "-pk"),
        "ref", "kind", "method", "passed", "document_gone_at", "at", "by",
    )  # fmt: skip


def given(person_id: int, *, permit: Permit) -> list[Row]:
    """Return what others told us of a person, what is still to be told first."""
    return permit.read(
        Given.objects.filter(person=person_id).order_by("told_at", "due_on", "pk"),
        "ref", "giver", "what", "source", "at", "due_on", "told_at", "told_how",
    )  # fmt: skip
