"""Each time a person and the clinic dealt with each other: written down, and read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.people.cards import refuse_cards
from candour.people.models import Interaction, Standing
from candour.people.models.interaction import DIRECTIONS, KINDS
from candour.register.permit import EVERY_MESSAGE, WITHHELD, Permit, Row

NOTE_MAX = 10_000  # characters
CARE = "care"
WRITTEN_BY_STAFF = ("call", "conversation", "message", "visit", "letter")


def record(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    channel: str,
    direction: str,
    by: Actor,
    at: datetime,
    what: str = "",
    origin: UUID | None = None,
    source: str = "our-own-records",
    note: str = "",
    happened_at: datetime | None = None,
) -> None:
    """Write down that they dealt with each other, once for each `origin`.

    What came from the person, or happened with them, counts for how long data is kept
    (standing.last_interaction_at); what only went out to them does not.
    """
    if kind not in KINDS or direction not in DIRECTIONS:
        raise Invalid("There is no such kind of contact.")
    if (
        origin is not None
        and Interaction.objects.filter(
            person=person_id, origin_ref=origin, kind=kind, direction=direction
        ).exists()
    ):
        return
    when = happened_at or at
    row = Interaction(
        person_id=person_id,
        at=when,
        kind=kind,
        channel=channel,
        direction=direction,
        what=what,
        purpose=permit.purpose,
        origin_ref=origin,
        source=source,
        made_at=at,
        by=str(by),
    )
    if note:
        row.note = permit.seal(row, "note", note)
    row.save(force_insert=True)
    if direction != "out":
        Standing.objects.filter(person=person_id).exclude(
            last_interaction_at__gte=when
        ).update(last_interaction_at=when)


def note(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    channel: str,
    direction: str,
    text: str,
    happened_at: datetime,
    source: str,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what staff wrote of a call or a conversation.

    Raises Invalid for an empty note, one with a card number in it (PCI DSS 3), one from
    a source that the policy does not name, or one of a day that has not come.
    """
    permit.must_be_source(source)
    if kind not in WRITTEN_BY_STAFF:
        raise Invalid("There is no such kind of contact.")
    if not text.strip():
        raise Invalid("Write what was said.")
    if len(text) > NOTE_MAX:
        raise Invalid("This note is too long.")
    refuse_cards(text)
    if happened_at > at:
        raise Invalid("This has not happened yet. Check the day and the time.")
    record(
        permit=permit,
        person_id=person_id,
        kind=kind,
        channel=channel,
        direction=direction,
        note=text,
        happened_at=happened_at,
        source=source,
        by=by,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Dealing:
    """One line of a timeline; `note` is what staff wrote, None, or withheld."""

    row: Row
    note: Any


def timeline(person_id: int, *, permit: Permit, most: int = 200) -> list[Dealing]:
    """Return what happened between them, newest first.

    What was written for care is withheld from other purposes: it is about health.
    """
    rows = Interaction.objects.filter(person=person_id).order_by("-at", "-pk")
    shown = permit.read(
        rows[:most],
        "ref", "at", "kind", "channel", "direction", "what", "purpose", "origin_ref",
        "source", "by",
    )  # fmt: skip
    open_ = [row.pk for row in shown if _may_read(row.purpose, permit)]
    noted = permit.read(
        Interaction.objects.filter(pk__in=open_).exclude(note=None), "note"
    )
    notes = {row.pk: row.note for row in noted}
    shut = set(
        Interaction.objects.filter(pk__in=[row.pk for row in shown])
        .exclude(pk__in=open_)
        .exclude(note=None)
        .values_list("pk", flat=True)
    )
    return [
        Dealing(row, WITHHELD if row.pk in shut else notes.get(row.pk)) for row in shown
    ]


def _may_read(written_for: str, permit: Permit) -> bool:
    """Say whether a note is open: under its own purpose, for care, or to its person."""
    return (
        written_for == permit.purpose
        or permit.purpose in EVERY_MESSAGE
        or permit.purpose == CARE
    )
