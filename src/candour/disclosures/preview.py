"""What a letter would give away, just before it does: shown, and then held to."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from candour.core.errors import NotFound, Refused
from candour.disclosures import deciding
from candour.disclosures.deciding import Ground, LeftOut
from candour.disclosures.fields import Field
from candour.disclosures.models import Letter
from candour.register.permit import Permit


@dataclass(frozen=True, slots=True)
class Preview:
    """What goes, what is left out and why, what is no longer there, what refuses it.

    `gone` are keys of things that were chosen and have left the file since, `changed`
    those that say something else now than the letter's text. `fingerprint` is of all
    that was shown; a letter leaves with it.
    """

    goes: tuple[Field, ...]
    left_out: tuple[LeftOut, ...]
    gone: tuple[str, ...]
    changed: tuple[Field, ...]
    refusal: Refused | None
    clause: str
    fingerprint: str


def of_letter(
    row: Letter, fields: Sequence[Field], *, body: str, ground: Ground, permit: Permit
) -> Preview:
    """Return the preview of a draft; `fields` is what the file holds at this moment.

    Things that are gone still stand in the text, so that whoever sends it must look:
    what was chosen and is not there any more is told, and nothing leaves unseen.
    """
    there = {field.key: field for field in fields}
    chosen = [there[key] for key in row.chosen if key in there]
    gone = tuple(key for key in row.chosen if key not in there)
    changed = tuple(f for f in chosen if f.text and f.text not in body)
    left: list[LeftOut] = []
    refusal, clause = None, permit.decision.clause
    if row.recipient is not None:
        _, left, _ = deciding.sorted_out(
            row.recipient,
            [field for field in fields if field.key not in row.chosen],
            ground,
            person_id=row.person_id,
            permit=permit,
        )
        try:
            clause = deciding.may_go(
                row.recipient,
                row.fields,
                ground,
                person_id=row.person_id,
                permit=permit,
            ).clause
        except Refused as refused:
            refusal = refused
    withheld = next((field for field in chosen if field.withheld), None)
    if withheld is not None and refusal is None:
        refusal = deciding.refused(
            permit,
            permit.decision.clause,
            f"Your role does not see this for this purpose: {withheld.label}.",
        )
    return Preview(
        goes=tuple(chosen),
        left_out=tuple(left),
        gone=gone,
        changed=changed,
        refusal=refusal,
        clause=clause,
        fingerprint=_fingerprint(row, chosen, gone, permit),
    )


def shown(
    person_id: int, ref: UUID, fields: Sequence[Field], *, permit: Permit
) -> Preview:
    """Return the preview of a person's draft as it stands. Raises NotFound."""
    row = Letter.objects.select_related("recipient").filter(person=person_id, ref=ref)
    found = row.first()
    if found is None:
        raise NotFound
    body, ground = permit.open(found, "body"), ground_of(found, permit)
    return of_letter(found, fields, body=body, ground=ground, permit=permit)


def ground_of(row: Letter, permit: Permit) -> Ground:
    """Return the ground that a letter goes on, with what it rests on opened."""
    says = permit.open(row, "ground_says") if row.ground_says is not None else ""
    return Ground(row.ground, says)


def _fingerprint(
    row: Letter, chosen: Sequence[Field], gone: Sequence[str], permit: Permit
) -> str:
    to = [row.recipient.pk, row.recipient.version] if row.recipient else []
    said = json.dumps(
        [
            row.version,
            to,
            [[field.key, field.text, field.withheld] for field in chosen],
            list(gone),
            permit.policy_id,
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(said.encode()).hexdigest()
