"""Telling a person whom their data was given to, or keeping why they are not told."""

from datetime import datetime

from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Invalid
from candour.disclosures import deciding
from candour.disclosures.fields import labelled
from candour.disclosures.models import Disclosure, Letter
from candour.outbox import actions as outbox
from candour.people import queries as people
from candour.recipients.models import Recipient
from candour.register.permit import Permit

KIND = "disclosure-notice"
NO_ADDRESS = (
    "There is no email address of the patient's that they proved. Tell them yourself,"
    " or write why they are not told."
)
SAY = "Say whether the patient is told of this letter."
SAY_WHY = "Write why the patient is not told. It is kept with the letter."


def must_be_settled(row: Letter, *, permit: Permit) -> None:
    """Raise unless it is settled that the person is told, or why not.

    Refused where the notice promises to tell them of each one; Invalid where nothing
    was said, or where there is no address to tell them at.
    """
    if row.recipient_id is None:
        return
    if row.told not in ("now", "already", "not"):
        raise Invalid(SAY)
    if row.told == "not":
        if deciding.must_be_told(permit):
            raise deciding.refused(
                permit, deciding.TELL, "The notice promises to tell them of each one."
            )
        if row.why_not is None:
            raise Invalid(SAY_WHY)
    if row.told == "now":
        address_of(row.person_id, permit=permit)


def tell(
    row: Letter,
    given: Disclosure,
    to: Recipient,
    *,
    permit: Permit,
    by: Actor,
    at: datetime,
) -> None:
    """Tell the person of a disclosure as was settled, and write it on its row."""
    if row.told == "not":
        given.why_not = permit.seal(given, "why_not", permit.open(row, "why_not"))
        return
    given.told_at = at
    given.told_how = "email" if row.told == "now" else "by-staff"
    if row.told == "now":
        outbox.queue_email(
            permit=permit,
            person_id=row.person_id,
            kind=KIND,
            to=address_of(row.person_id, permit=permit),
            subject=f"A note from {permit.policy.clinic}",
            body=_said(given, to, permit, at),
            origin=("disclosure", given.ref),
            by=by,
            at=at,
        )


def address_of(person_id: int, *, permit: Permit) -> str:
    """Return an email address that the person proved. Raises Invalid without one."""
    for row in people.contacts(person_id, permit=permit):
        proven = row.verified_at is not None and row.wrong_at is None
        if row.channel == "email" and proven and permit.covers("contact.email"):
            return str(row.value)
    raise Invalid(NO_ADDRESS)


def _said(given: Disclosure, to: Recipient, permit: Permit, at: datetime) -> str:
    day = local_date(at)
    listed = "\n".join(f"- {one}" for one in labelled(permit.policy, given.fields))
    return "\n\n".join(
        [
            "Hello,",
            f"On {day.day} {day:%B %Y} we gave {to.name} something of what we hold"
            " about you, as our privacy notice says we may. These kinds of data went:",
            listed,
            "You can ask us for a copy of it, and for the reason.",
            permit.policy.clinic,
        ]
    )
