"""Writing a letter: begun from chosen things of the file, edited as text, put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.core.ids import new_ref
from candour.disclosures import deciding, templates
from candour.disclosures.deciding import Ground
from candour.disclosures.fields import Field, categories
from candour.disclosures.models import GROUNDS, SAYS_WHICH, TOLD, Letter
from candour.people.cards import refuse_cards
from candour.recipients.models import Recipient
from candour.register.permit import Permit

BODY_MAX = 20_000  # characters
REASON_MAX = 2_000
SOURCE = "our-own-records"
TELL_WHICH = {
    "permission-for-this": "Write when and how they said yes to this letter.",
    "required-by-law": "Write which law or rule requires it.",
    "court-order": "Write which court ordered it, and the number of the order.",
    "vital-interests": "Write what danger to life there is.",
}


class Overtaken(Conflict):
    """Somebody else changed or sent this letter meanwhile. Look at it first."""

    code = "letter_overtaken"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a letter goes: by which channel, on what ground, why, who is told."""

    how: str
    ground: Ground
    reason: str = ""
    told: str = ""
    why_not: str = ""


def begin(
    *,
    permit: Permit,
    person_id: int,
    token: UUID,
    template: str,
    to: Recipient | None,
    chosen: Sequence[Field],
    terms: Terms,
    name: str,
    by: Actor,
    at: datetime,
) -> Letter:
    """Begin a letter with what was chosen of the file; return it.

    The same `token` twice is one letter. Raises Refused with the clause where the
    recipient may not be given one of these things, or nothing at all; Invalid for a
    ground that says nothing of itself.
    """
    permit.must_cover("correspondence")
    permit.must_be_source(SOURCE)
    opening = templates.OPENINGS.get(template)
    if opening is None or (to is None) != (not opening.kinds):
        raise NotFound
    _must_be_terms(terms, to)
    found = Letter.objects.filter(person=person_id, token=token).first()
    if found is not None:
        return found
    if any(field.withheld for field in chosen):
        raise deciding.refused(permit, permit.decision.clause, _WITHHELD)
    clause = permit.decision.clause
    if to is not None:
        clause = deciding.may_go(
            to,
            categories(chosen),
            terms.ground,
            person_id=person_id,
            permit=permit,
        ).clause
    row = Letter(
        ref=new_ref(),
        person_id=person_id,
        template=template,
        recipient=to,
        chosen=[field.key for field in chosen],
        fields=categories(chosen),
        token=token,
        made_at=at,
        source=SOURCE,
        policy_id=permit.policy_id,
        clause=clause,
    )
    body = templates.beginning(opening, chosen, name)
    _write(row, body, terms, permit, by, at)
    row.save(force_insert=True)
    return row


_WITHHELD = "What your role does not see for this purpose cannot be put in a letter."


def save(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    seen: int,
    body: str,
    terms: Terms,
    by: Actor,
    at: datetime,
) -> Letter:
    """Keep what was typed; `seen` is the version that was on the screen.

    Raises Overtaken when somebody saved or sent it meanwhile, Invalid for an empty
    text, one that is too long, one with a card number, and terms that do not fit.
    """
    row = locked(person_id, ref)
    if row.state != "draft" or row.version != seen:
        raise Overtaken
    _must_be_terms(terms, row.recipient)
    row.version += 1
    _write(row, body, terms, permit, by, at)
    row.save()
    return row


def drop(*, permit: Permit, person_id: int, ref: UUID, by: Actor, at: datetime) -> None:
    """Put a letter aside that is not sent: its text goes, that it was begun stays."""
    row = locked(person_id, ref)
    if row.state == "dropped":
        return
    if row.state == "sent":
        raise Overtaken
    row.body = permit.seal(row, "body", "")
    row.state, row.changed_at, row.by = "dropped", at, str(by)
    row.version += 1
    row.save()


def locked(person_id: int, ref: UUID) -> Letter:
    """Return a letter of a person, locked. Raises NotFound."""
    row = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("recipient")
        .filter(person=person_id, ref=ref)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _write(
    row: Letter, body: str, terms: Terms, permit: Permit, by: Actor, at: datetime
) -> None:
    if not body.strip():
        raise Invalid("Write the letter first.")
    if len(body) > BODY_MAX:
        raise Invalid(f"A letter has at most {BODY_MAX:,} characters.")
    refuse_cards(body)
    row.body = permit.seal(row, "body", body)
    row.how, row.ground, row.told = terms.how, terms.ground.word, terms.told
    row.ground_says = _sealed(row, "ground_says", terms.ground.says, permit)
    row.reason = _sealed(row, "reason", terms.reason, permit)
    row.why_not = _sealed(row, "why_not", terms.why_not, permit)
    row.changed_at, row.by = at, str(by)


def _sealed(row: Letter, column: str, text: str, permit: Permit) -> bytes | None:
    return permit.seal(row, column, text.strip()) if text.strip() else None


def _must_be_terms(terms: Terms, to: Recipient | None) -> None:
    for text in (terms.reason, terms.why_not, terms.ground.says):
        if len(text) > REASON_MAX:
            raise Invalid(f"A reason has at most {REASON_MAX:,} characters.")
    if terms.how not in ("email", "post"):
        raise Invalid("Choose how it goes: by email or by post.")
    if to is None:
        return
    if terms.ground.word not in GROUNDS:
        raise Invalid("Choose on what ground it goes.")
    must_say = terms.ground.word in (*SAYS_WHICH, "permission-for-this")
    if must_say and not terms.ground.says.strip():
        raise Invalid(TELL_WHICH[terms.ground.word])
    if terms.told and terms.told not in TOLD:
        raise Invalid("Choose what the patient is told.")
