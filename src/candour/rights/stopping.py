"""Stopping news and offers to an address, whoever asks: it is never weighed or refused.

As easy as saying yes was (UK GDPR Art 7(3)): an address, and no questions. Stopping
gives nothing away and takes nothing from anybody that they cannot have back.
"""

from datetime import datetime
from uuid import UUID

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import Actor, system
from candour.core.errors import Invalid, NotFound
from candour.disposal import erase
from candour.jobs import queue
from candour.people import actions as people
from candour.people.normal import PHONES, value_key
from candour.rights import circle
from candour.rights.circle import PURPOSE, STOPPING

STOP = "rights:offers:stop"
STOPPER = system("stop-offers")
SOURCE = "website-form"
HOW = "stop-page"


def ask(*, address: str, brand: str, by: Actor, at: datetime) -> None:
    """Take a stop for an email address or a telephone number.

    It does the same whoever holds the address, or nobody: a job finds out. Raises
    Invalid for what is neither.
    """
    must_be_address(address)
    person_id = people.allocate()
    with gate.open(
        by=by, purpose=PURPOSE, people=[person_id], verb="rights:offers:ask", at=at
    ) as permit:
        claimant = people.add_person(
            permit=permit,
            person_id=person_id,
            name="",
            contacts=[(channel_of(address), address.strip())],
            relation=STOPPING,
            source=SOURCE,
            brand=brand,
            at=at,
        )
        queue.defer(STOP, person=claimant.ref)


def stop(*, claimant: UUID, at: datetime) -> None:
    """Write down the no of everybody at the address a claimant gave; forget the claim.

    It holds at once, also for what is queued: that is asked again before it is sent.
    """
    try:
        with circle.opened_at(claimant=claimant, by=STOPPER, verb=STOP, at=at) as (
            permit,
            around,
            channel,
        ):
            for person_id in (*around.known, *around.locked):
                consent.stop(
                    permit=permit,
                    person_id=person_id,
                    channels=PHONES if channel in PHONES else (channel,),
                    how=HOW,
                    by=STOPPER,
                    at=at,
                )
            erase.forget(around.owner)
    except NotFound:
        return  # done before


def must_be_address(address: str) -> None:
    """Raise Invalid, with what is wrong, for what is no address and no number."""
    if not address.strip():
        raise Invalid("Give the address or the number that we write to.")
    value_key(channel_of(address), address)


def channel_of(address: str) -> str:
    """Return what somebody gave: an email address, or else a telephone number."""
    return "email" if "@" in address else "phone"
