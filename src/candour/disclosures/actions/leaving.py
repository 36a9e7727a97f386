"""A letter leaves: filed as a PDF, recorded as a disclosure, sent, the person told.

By email all of it is one act. By post a letter is filed first, printed, and counts as
sent when somebody says that it was posted.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from candour.consent import actions as consent
from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid
from candour.core.ids import new_ref
from candour.disclosures import deciding, paper, preview, telling
from candour.disclosures.actions.writing import Overtaken, locked
from candour.disclosures.deciding import Ground
from candour.disclosures.fields import Field
from candour.disclosures.models import Disclosure, Letter
from candour.disclosures.templates import OPENINGS
from candour.files import actions as files
from candour.files import letters
from candour.outbox import actions as outbox
from candour.people import interactions
from candour.recipients.models import Recipient
from candour.register.permit import Permit

KIND = "letter"
NO_EMAIL = (
    "We hold no email address of theirs that was checked. Add it to the register of"
    " recipients first, or send this by post."
)


class Changed(Conflict):
    """What would go is not what you saw. Look again, and then send it."""

    code = "letter_changed"


def file(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    seen: str,
    fields: Sequence[Field],
    signed: Sequence[str],
    reference: str,
    by: Actor,
    at: datetime,
) -> Letter:
    """File a letter as it was previewed (`seen`); by email it goes at once.

    `fields` is what the file holds now. Raises Overtaken when somebody filed it
    meanwhile, Changed when what would go is not what was seen, and Refused with the
    clause when it may not go any more.
    """
    row = locked(person_id, ref)
    if row.state != "draft":
        raise Overtaken
    to = _held_still(row)
    body, ground = permit.open(row, "body"), preview.ground_of(row, permit)
    now = preview.of_letter(row, fields, body=body, ground=ground, permit=permit)
    if now.fingerprint != seen:
        raise Changed
    if now.refusal is not None:
        raise now.refusal
    _must_have_a_way(row, to)
    telling.must_be_settled(row, permit=permit)
    opening = OPENINGS[row.template]
    pdf = paper.pdf(
        opening=opening,
        body=body,
        to=_addressed(to, fields),
        signed=signed,
        reference=reference,
        policy=permit.policy,
        at=at,
    )
    document = files.file_document(
        permit=permit,
        person_id=person_id,
        kind=KIND,
        pdf=pdf,
        template=letters.LETTER,
        title=f"{opening.label}: {to.name}"[: files.LONGEST_TITLE]
        if to
        else opening.label,
        by=by,
        at=at,
    )
    row.document, row.filed_at, row.state = document.ref, at, "filed"
    row.clause, row.changed_at, row.by = now.clause, at, str(by)
    row.version += 1
    row.save()
    if row.how == "email":
        _leave(row, to, ground, permit, by, at)
    return row


def posted(
    *, permit: Permit, person_id: int, ref: UUID, by: Actor, at: datetime
) -> Letter:
    """Write down that a filed letter was put in the post: from now on it was given.

    It is decided once more. Raises Overtaken when somebody did this already.
    """
    row = locked(person_id, ref)
    if row.state != "filed":
        raise Overtaken
    to = _held_still(row)
    ground = preview.ground_of(row, permit)
    if to is not None:
        deciding.may_go(to, row.fields, ground, person_id=person_id, permit=permit)
    _leave(row, to, ground, permit, by, at)
    return row


def _leave(
    row: Letter,
    to: Recipient | None,
    ground: Ground,
    permit: Permit,
    by: Actor,
    at: datetime,
) -> None:
    if to is not None:
        _record(row, to, ground, permit, by, at)
    if row.how == "email":
        _email(row, to, permit, by, at)
    else:
        interactions.record(
            permit=permit,
            person_id=row.person_id,
            kind=KIND,
            channel="post",
            direction="out",
            what=KIND,
            origin=row.ref,
            by=by,
            at=at,
        )
    row.state, row.sent_at, row.changed_at = "sent", at, at
    row.version += 1
    row.save()


def _record(
    row: Letter, to: Recipient, ground: Ground, permit: Permit, by: Actor, at: datetime
) -> None:
    """Record the disclosure, with the yes it rests on, and tell the person."""
    given = Disclosure(
        ref=new_ref(),
        person_id=row.person_id,
        recipient=to,
        to=to.name,
        purpose=permit.purpose,
        fields=row.fields,
        ground=ground.word,
        document=row.document,
        how=row.how,
        origin=row.ref,
        at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=row.clause,
    )
    if ground.word == "permission-for-this":
        given.permission = _permission(row, to, ground, permit, by, at)
    elif ground.says:
        given.law = permit.seal(given, "law", ground.says)
    if row.reason is not None:
        given.reason = permit.seal(given, "reason", permit.open(row, "reason"))
    telling.tell(row, given, to, permit=permit, by=by, at=at)
    try:
        given.save(force_insert=True)
    except IntegrityError as cause:
        if "origin" in str(cause):
            raise Overtaken from None
        raise


def _permission(
    row: Letter, to: Recipient, ground: Ground, permit: Permit, by: Actor, at: datetime
) -> UUID:
    """Keep the yes to this disclosure: to whom, of what, in whose words (Art 7(1))."""
    event = consent.give(
        permit=permit,
        person_id=row.person_id,
        purpose="disclosures",
        channel=to.slug[:20],
        wording=f"To {to.name}: {', '.join(row.fields)}. {ground.says}",
        how="staff",
        by=by,
        at=at,
    )
    return event.ref


def _email(
    row: Letter, to: Recipient | None, permit: Permit, by: Actor, at: datetime
) -> None:
    address = to.email if to else telling.address_of(row.person_id, permit=permit)
    outbox.queue_email(
        permit=permit,
        person_id=row.person_id,
        kind=KIND,
        to=address,
        subject=f"A letter from {permit.policy.clinic}",
        body=permit.open(row, "body"),
        origin=("letter", row.ref),
        by=by,
        at=at,
        to_recipient=to is not None,
    )


def _held_still(row: Letter) -> Recipient | None:
    """Return the letter's recipient, kept from changing until this is committed."""
    if row.recipient_id is None:
        return None
    row.recipient = Recipient.objects.select_for_update().get(pk=row.recipient_id)
    return row.recipient


def _must_have_a_way(row: Letter, to: Recipient | None) -> None:
    if row.how == "email" and to is not None and not to.email:
        raise Invalid(NO_EMAIL)
    if row.how == "post" and to is not None and not to.address:
        raise Invalid("We hold no postal address of theirs. Add it to the register.")


def _addressed(to: Recipient | None, fields: Sequence[Field]) -> list[str]:
    if to is not None:
        lines = [to.name, *to.address.replace("\r", "").split("\n")]
    else:
        held = {field.key: field.text for field in fields}
        lines = [held.get("name", ""), *held.get("address", "").split(", ")]
    return [line for line in lines if line.strip()] or [""]
