"""A letter that came is filed with its sender; paper and models get their place."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Invalid, NotFound
from candour.core.ids import new_ref
from candour.disclosures.models import SENDERS, Received
from candour.files import actions as files
from candour.files.models import Document
from candour.people import ties
from candour.people.models import Interaction
from candour.register.permit import Permit

THEMSELVES = "patient"
CHANNELS = ("post", "email", "in-person")
PLACE_MAX = 120  # characters of place and box together


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a letter is from, and how and when it came."""

    kind: str
    name: str
    channel: str
    received_on: date
    about: str = ""


def receive(
    *,
    permit: Permit,
    person_id: int,
    document: UUID,
    sender: Sender,
    by: Actor,
    at: datetime,
) -> Received:
    """File who sent a document that was just taken in; put it on the timeline.

    What somebody else says of a person starts the clock of Article 14: `told_by` is
    the last day on which they are told. Raises Invalid for a sender without a name, a
    day that has not come, and a source that the policy does not name.
    """
    permit.must_cover("correspondence")
    _must_be(sender, at)
    source = source_of(permit, sender)
    row = Received(
        ref=new_ref(),
        person_id=person_id,
        sender_kind=sender.kind,
        sender=sender.name.strip(),
        received_on=sender.received_on,
        channel=sender.channel,
        document=document,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    if sender.about.strip():
        row.about = permit.seal(row, "about", sender.about.strip())
    if sender.kind != THEMSELVES:
        row.told_by = ties.given_by(
            permit=permit,
            person_id=person_id,
            giver=row.sender,
            what="correspondence",
            source=source,
            by=by,
            at=at,
        )
    row.save(force_insert=True)
    _on_the_timeline(row, permit, by, at)
    return row


def source_of(permit: Permit, sender: Sender) -> str:
    """Return the source that the policy names for a letter. Raises Invalid for none."""
    named = permit.policy.collected_from
    for source in (sender.kind, sender.channel):
        if source in named:
            return source
    raise Invalid("The notice names no source that fits this sender.")


def _on_the_timeline(row: Received, permit: Permit, by: Actor, at: datetime) -> None:
    """Write the letter on the timeline. Another's letter is no dealing of the person's.

    So it does not count for how long their data is kept: the row is written here, and
    the standing is left as it is.
    """
    Interaction.objects.create(
        person_id=row.person_id,
        at=datetime.combine(row.received_on, at.timetz()),
        kind="letter",
        channel=row.channel,
        direction="in",
        what="letter",
        purpose=permit.purpose,
        origin_ref=row.ref,
        source=row.source,
        made_at=at,
        by=str(by),
    )


def _must_be(sender: Sender, at: datetime) -> None:
    if sender.kind not in SENDERS or sender.channel not in CHANNELS:
        raise Invalid("Choose who it is from, and how it came.")
    if not sender.name.strip():
        raise Invalid("Write who sent it.")
    if sender.received_on > local_date(at):
        raise Invalid("This day has not come yet.")


def place(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    medium: str,
    where: str,
    box: str,
    what: str,
    source: str,
    by: Actor,
    at: datetime,
) -> Document:
    """Write down where a paper file or a model of a person is kept."""
    permit.must_cover("correspondence")
    locator = ", ".join(part.strip() for part in (where, box) if part.strip())
    if not where.strip():
        raise Invalid("Write where it is kept: the room or the archive.")
    if len(locator) > PLACE_MAX:
        raise Invalid(f"Place and box have at most {PLACE_MAX} characters together.")
    return files.file_elsewhere(
        permit=permit,
        person_id=person_id,
        kind=kind,
        medium=medium,
        locator=locator,
        title=what.strip(),
        source=source,
        by=by,
        at=at,
    )


def gone(*, permit: Permit, person_id: int, ref: UUID, by: Actor, at: datetime) -> None:
    """Write down that a paper or a model is there no more: given back or destroyed."""
    row = Document.objects.select_for_update().filter(person=person_id, ref=ref)
    found = row.exclude(medium="electronic").first()
    if found is None:
        raise NotFound
    files.take_away(permit=permit, ref=ref, why="not-needed", by=by, at=at)
