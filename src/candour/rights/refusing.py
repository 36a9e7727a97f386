"""Refusing a request: a person decides, on a ground of law, and says why.

UK GDPR Article 12(4): the reasons and the remedies, within the time for the answer.
What the person is sent is what the person who decided has seen before.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor, ActorKind
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid
from candour.law.refusals import Asker, Ground, grounds_for
from candour.law.requests import RequestClock, RequestState, Right, refusal
from candour.outbox import queries as outbox
from candour.people.models import ContactPoint, Person
from candour.people.normal import words_key
from candour.register.permit import WITHHELD, Permit
from candour.rights import circle, letters
from candour.rights.actions import brand_of, post, step
from candour.rights.circle import Circle
from candour.rights.letters import Letter
from candour.rights.models import WAITING_IDENTITY, WAITING_LINK, Request

VERB = "rights:request:refuse"
REFUSED = "refused"
LETTER = "request-refusal"
REFUSABLE = (WAITING_LINK, WAITING_IDENTITY, "open")
WORD = re.compile(r"\w+")
LEAST, MOST = 20, 2_000  # characters of a reason


class TooLate(Conflict):
    """This request has its answer already, so it cannot be refused any more."""

    code = "already_answered"


class Changed(Conflict):
    """The letter is not the one you looked at. Read it again, then send it."""

    code = "letter_changed"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter of refusal before it goes.

    `fingerprint` changes when a word of it does; `in_time` says whether it would still
    be within the time for an answer.
    """

    letter: Letter
    ground: Ground
    to: str
    fingerprint: str
    in_time: bool


def grounds(request: Request, around: Circle) -> tuple[Ground, ...]:
    """Return the grounds there are for this request. Raises TooLate after an answer."""
    _must_be_open(request)
    return grounds_for(Right(request.kind), _askers(request, around))


def _askers(request: Request, around: Circle) -> list[Asker]:
    if request.state != "open":
        return [Asker.UNKNOWN]
    stranger = around.owner not in around.known
    return [Asker.KNOWN, Asker.STRANGER] if stranger else [Asker.KNOWN]


def _must_be_open(request: Request) -> None:
    decided = request.answered_at is not None or request.confirmed_at is not None
    if request.state not in REFUSABLE or decided:
        raise TooLate


def draft(
    permit: Permit, request: Request, around: Circle, *, ground: str, reason: str
) -> Draft:
    """Return the letter as it would go now. Nothing is written.

    Raises TooLate after an answer, and Invalid for a ground that the law does not give
    here, for a reason that is too short or too long, or one that names somebody else.
    """
    chosen = next((g for g in grounds(request, around) if g.key == ground), None)
    if chosen is None:
        raise Invalid("The law does not give that ground here. Choose another.")
    said = _reason(reason)
    _must_name_nobody(said, permit, around)
    letter = letters.refused(
        asked=asked(request),
        ground=chosen,
        reason=said,
        role=f"the {permit.by.role.replace('-', ' ')}",
        brand=brand_of(permit, request),
        policy=permit.policy,
    )
    written = f"{letter.subject}\n{letter.body}".encode()
    clock = RequestClock(RequestState.RUNNING, None, due=request.due_on)
    return Draft(
        letter=letter,
        ground=chosen,
        to=request.address_key,
        fingerprint=hashlib.sha256(written).hexdigest(),
        in_time=refusal(clock, sent=permit.at).in_time,
    )


def asked(request: Request) -> letters.Asked:
    """Return the request as its letters speak of it."""
    return letters.Asked(
        kind=request.kind,
        number=f"R-{request.pk}",
        on=local_date(request.received_at),
        known=request.state == "open",
    )


def _reason(reason: str) -> str:
    said = reason.replace("\r\n", "\n").strip()
    if len(said) < LEAST:
        raise Invalid("Say why, in a sentence that somebody else would understand.")
    if len(said) > MOST:
        raise Invalid(f"Make the reason shorter than {MOST} characters.")
    if any(ord(c) < 32 and c not in "\n\t" for c in said):
        raise Invalid("There is a hidden character in the reason. Write it again.")
    return said


def _must_name_nobody(reason: str, permit: Permit, around: Circle) -> None:
    """Keep anybody else at the address out of a letter that they may all read."""
    others = [person for person in around.known if person != around.owner]
    names = permit.read(Person.objects.filter(pk__in=others), "name")
    points = permit.read(
        ContactPoint.objects.filter(person__in=others).exclude(channel="email"),
        "value",
    )
    held = [row.name for row in names] + [row.value for row in points]
    said = _bare(reason)
    for value in held:
        if value is not WITHHELD and len(_bare(value)) > 2 and _bare(value) in said:
            raise Invalid(
                "The reason says something of somebody else who has this address."
                " Leave them out of it."
            )


def _bare(text: str) -> str:
    """Return the words of a text with one blank around each, and nothing else."""
    return f" {' '.join(WORD.findall(words_key(text)))} "


def refuse(
    *, ref: UUID, ground: str, reason: str, seen: str, by: Actor, at: datetime
) -> None:
    """Refuse a request, and send the letter that was `seen`: its fingerprint.

    Raises Invalid unless a member of staff decides, and what `draft` raises; Changed
    when the letter is another one by now. Nothing is written then.
    """
    if by.kind is not ActorKind.STAFF:
        raise Invalid("A person refuses a request, never a job or a visitor.")
    with circle.opened(ref=ref, by=by, verb=VERB, at=at) as found:
        permit, request, around = found
        made = draft(permit, request, around, ground=ground, reason=reason)
        if made.fingerprint != seen:
            raise Changed
        post(permit=permit, request=request, letter=made.letter, at=at)
        step(request, REFUSED, by=by, at=at, ground=made.ground.cited)
        request.state, request.answered_at = REFUSED, at
        request.link_hash = request.link_expires_at = None
        request.save(
            update_fields=["state", "answered_at", "link_hash", "link_expires_at"]
        )


def letter_sent(ref: UUID, *, permit: Permit) -> str:
    """Return the letter that refused a request or let it lapse; "" for none."""
    sent = [m for m in outbox.thread(ref, permit=permit) if m.kind == LETTER]
    body = sent[-1].body if sent else ""
    return "" if body is WITHHELD else str(body)
