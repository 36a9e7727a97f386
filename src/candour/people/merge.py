"""Making two records of one human being one (UK GDPR Art 5(1)(d)).

Who may decide that they are one is for the caller: it is asked of the person, or made
sure of by a member of staff. Rows keep their refs and their keys, so whatever is sealed
opens as before.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from candour.core.errors import Conflict
from candour.people.models import (
    ContactPoint,
    Insurance,
    Lifestyle,
    Link,
    Patient,
    Person,
    SearchKey,
    Standing,
)
from candour.register.declare import declaration
from candour.register.permit import Permit

# One row a person: which columns are taken over where the survivor's are empty.
FILES: dict[type[Any], tuple[str, ...]] = {
    Patient: ("pronouns", "gp", "gp_address", "nhs_number"),
    Lifestyle: ("occupation", "lifestyle"),
    Insurance: ("insurer", "policy_number"),
}


class NotOne(Conflict):
    """These records have different birth dates, so they are not joined."""

    code = "not_one_person"


def absorb(
    *, permit: Permit, survivor: int, absorbed: int, how: str, at: datetime
) -> None:
    """Make everything of `absorbed` the survivor's, and let go of the empty record.

    Both must be in scope. Where the two differ, what protects the person holds: a
    restriction, a hold, a lock. Tables where both may not stand side by side must have
    been settled by their own layer before. Raises NotOne for two birth dates.
    """
    _join_names(survivor, absorbed)
    _join_standing(survivor, absorbed)
    _drop_doubles(survivor, absorbed)
    _join_files(permit, survivor, absorbed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_merge_rows(%s, %s, %s, %s, %s)",
            [survivor, absorbed, at, str(permit.by), how],
        )


def _join_standing(survivor: int, absorbed: int) -> None:
    rows = {
        row.person_id: row
        for row in Standing.objects.select_for_update()
        .filter(person__in=[survivor, absorbed])
        .order_by("person")
    }
    one, other = rows[survivor], rows[absorbed]
    births = {row.born_on for row in (one, other) if row.born_on}
    if len(births) > 1:
        raise NotOne
    one.restricted_at = _earliest(one.restricted_at, other.restricted_at)
    one.locked_at = _earliest(one.locked_at, other.locked_at)
    one.died_on, one.born_on = one.died_on or other.died_on, min(births, default=None)
    # Anybody can type an address: a claimant's asking does not count as a dealing.
    dealt = (
        row.last_interaction_at for row in (one, other) if row.relation != ["claimant"]
    )
    one.last_interaction_at = max(filter(None, dealt), default=None)
    one.relation = _relations(one.relation, other.relation)
    one.held = one.held or other.held
    told = (one.told_policy, other.told_policy)
    one.told_policy = min(filter(None, told), default=None)
    one.sold_topics = sorted({*one.sold_topics, *other.sold_topics})
    one.interests = sorted({*one.interests, *other.interests})
    one.save()
    other.delete()


def _join_files(permit: Permit, survivor: int, absorbed: int) -> None:
    """Leave one registration, one way of living, one insurer: the survivor's first.

    Raises NotOne for two NHS numbers: each human being has one.
    """
    keys = Patient.objects.filter(person__in=[survivor, absorbed]).exclude(nhs_key=None)
    if len(set(keys.values_list("nhs_key", flat=True))) > 1:
        raise NotOne("These records have different NHS numbers. They are not joined.")
    for model, columns in FILES.items():
        one = model.objects.filter(person=survivor).first()
        other = model.objects.filter(person=absorbed).first()
        if one is None or other is None:
            continue
        sealed = declaration(model).sealed
        taken = [c for c in columns if not getattr(one, c) and getattr(other, c)]
        held = {
            c: permit.open(other, c) if c in sealed else getattr(other, c)
            for c in taken
        }
        other_key = getattr(other, "nhs_key", None)
        other.delete()
        for column, value in held.items():
            setattr(
                one,
                column,
                permit.seal(one, column, value) if column in sealed else value,
            )
        if "nhs_number" in held:
            one.nhs_key = other_key
        if taken:
            one.save()
    named = Link.objects.filter(person=survivor).values_list("kind", "name")
    for kind, name in named:
        Link.objects.filter(person=absorbed, kind=kind, name=name).delete()


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _relations(one: list[str], other: list[str]) -> list[str]:
    """Return what they are to the clinic; who is known is no mere claimant."""
    both = {*one, *other}
    return sorted(both - {"claimant"}) or ["claimant"]


def _join_names(survivor: int, absorbed: int) -> None:
    # Nobody makes a copy of either meanwhile: it would hold half of each.
    both = Person.objects.select_for_update().filter(pk__in=[survivor, absorbed])
    rows = {row.pk: row for row in both.order_by("pk")}
    one, other = rows[survivor], rows[absorbed]
    one.name = one.name or other.name
    one.preferred_name = one.preferred_name or other.preferred_name
    one.save(update_fields=["name", "preferred_name"])


def _has_letter(one: ContactPoint, other: ContactPoint) -> bool:
    """Say whether both were sent a letter: its link goes on working, so both stay."""
    return one.proof_hash is not None and other.proof_hash is not None


def _drop_doubles(survivor: int, absorbed: int) -> None:
    """Leave out of the absorbed record what the survivor's says already."""
    held = {
        (point.channel, point.value_key): point
        for point in ContactPoint.objects.filter(person=survivor)
    }
    for point in ContactPoint.objects.filter(person=absorbed):
        same = held.get((point.channel, point.value_key))
        if same is None or _has_letter(same, point):
            continue
        if same.verified_at is None and point.verified_at is not None:
            same.verified_at = point.verified_at
        same.wrong_at = None if same.verified_at else same.wrong_at or point.wrong_at
        proof, point.proof_hash = point.proof_hash, None
        point.delete()
        same.proof_hash = same.proof_hash or proof
        same.save(update_fields=["verified_at", "wrong_at", "proof_hash"])
    words = SearchKey.objects.filter(person=survivor).values_list("words", flat=True)
    SearchKey.objects.filter(person=absorbed, words__in=list(words)).delete()


def called(ref: UUID) -> UUID | None:
    """Return the ref that a record has now which was joined to another; else None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_called(%s)", [ref])
        [now] = cursor.fetchone()
    return UUID(str(now)) if now else None
