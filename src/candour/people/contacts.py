"""The ways to reach a person: added, judged, taken out."""

from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Invalid, NotFound
from candour.people import actions, history
from candour.people.models import ContactPoint, SearchKey
from candour.people.normal import value_key
from candour.register.permit import Permit


def add(
    *,
    permit: Permit,
    person_id: int,
    channel: str,
    value: str,
    source: str,
    at: datetime,
) -> None:
    """Add a way to reach a person. Raises Invalid for one that is held already."""
    permit.must_be_source(source)
    key = value_key(channel, value)
    if ContactPoint.objects.filter(
        person=person_id, channel=channel, value_key=key
    ).exists():
        raise Invalid("This is written down already.")
    ContactPoint.objects.create(
        person_id=person_id,
        channel=channel,
        value=value,
        value_key=key,
        source=source,
        made_at=at,
    )
    SearchKey.objects.create(person_id=person_id, words=key)


def drop(*, permit: Permit, person_id: int, ref: UUID, by: Actor, at: datetime) -> None:
    """Take out a way to reach a person, and remember what it was."""
    point = ContactPoint.objects.filter(person=person_id, ref=ref).first()
    if point is None:
        raise NotFound
    SearchKey.objects.filter(person=person_id, words=point.value_key).delete()
    point.delete()
    history.remember(
        permit, person_id, {f"contact-{point.channel}": point.value}, by, at
    )


def judge(
    *, permit: Permit, person_id: int, ref: UUID, right: bool, at: datetime
) -> None:
    """Write down that an address is theirs, or is not (UK GDPR Art 5(1)(d))."""
    found = ContactPoint.objects.filter(person=person_id, ref=ref).first()
    if found is None:
        raise NotFound
    judged = actions.own_address if right else actions.disown_address
    judged(permit=permit, contact_id=found.pk, at=at)
