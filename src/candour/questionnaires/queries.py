"""Reading what people answered. Everything takes a permit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from candour import gate
from candour.core.errors import NotFound
from candour.policy.vocabulary import CATEGORIES
from candour.questionnaires import answers as reading
from candour.questionnaires import signing
from candour.questionnaires.answers import Entry
from candour.questionnaires.asked import Suggestion, live, suggestions, visible
from candour.questionnaires.definition import Section
from candour.questionnaires.models import Questionnaire, Response
from candour.questionnaires.signing import Signature
from candour.questionnaires.versions import Version, of_row
from candour.register.permit import WITHHELD, Permit, Row

LISTED = (
    "ref", "form", "status", "made_at", "saved_at", "completed_at", "mode",
    "questionnaire", "questionnaire__key", "questionnaire__version",
    "questionnaire__state",
)  # fmt: skip
IN_FULL = (
    *LISTED, "person", "answers", "signature", "signed_at", "asks_signature", "edition",
    "condition", "exception_reason", "document", "source", "by", "policy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling, opened: its version, what is asked of it, and what was answered.

    An answer of a kind that the purpose does not cover is not in `entries`; its
    question is in `withheld`.
    """

    row: Row
    version: Version
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    withheld: frozenset[str]
    signature: Signature | None

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the answers by the question's key."""
        return reading.values(self.entries)


def person_of(ref: UUID) -> int:
    """Return the id of the person whose response `ref` is. Raises NotFound."""
    return gate.owner_of(Response, ref)


def of_person(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the fillings of a person, the newest first, without their answers."""
    rows = Response.objects.filter(person=person_id).order_by("-made_at", "-pk")
    return permit.read(rows, *LISTED)


def filled(ref: UUID, *, person_id: int, permit: Permit) -> Filled:
    """Return one filling of a person in full. Raises NotFound.

    What the purpose does not cover at all is not found: a role that holds no clinical
    data cannot tell whether there is one.
    """
    rows = Response.objects.filter(ref=ref, person=person_id)
    found = permit.read(rows, *IN_FULL)
    if not found or found[0].answers is WITHHELD:
        raise NotFound
    return _filled(found[0], permit)


def last_before(now: Filled, *, person_id: int, permit: Permit) -> Filled | None:
    """Return the complete filling of the same form before this one, or None."""
    at = now.row.completed_at
    rows = Response.objects.filter(
        Q(completed_at__lt=at) | Q(completed_at=at, pk__lt=now.row.pk),
        person=person_id,
        questionnaire__key=now.version.key,
        status="complete",
    )
    found = permit.read(rows.order_by("-completed_at", "-pk")[:1], *IN_FULL)
    if not found or found[0].answers is WITHHELD:
        return None
    return _filled(found[0], permit)


def _filled(row: Row, permit: Permit) -> Filled:
    version = of_row(Questionnaire.objects.get(pk=row.questionnaire))
    every = reading.of_text(row.answers)
    open_ = [one for one in every if _covered(one.category, permit)]
    return Filled(
        row=row,
        version=version,
        sections=live(version.form, permit.policy),
        entries=tuple(open_),
        withheld=frozenset(one.key for one in every) - {one.key for one in open_},
        signature=signing.of_text(row.signature) if row.signature else None,
    )


def _covered(category: str, permit: Permit) -> bool:
    return category not in CATEGORIES or permit.covers(category)


def suggested(found: Filled, *, permit: Permit) -> list[Suggestion]:
    """Return the alerts that a filling suggests, for a person to decide on."""
    return suggestions(visible(found.sections, found.values), found.values)


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer beside the one before: what was said then, "" where nothing was."""

    before: str
    at: datetime


def changed(
    now: Sequence[Entry], last: Filled | None, *, permit: Permit
) -> dict[str, Difference]:
    """Return the questions whose answer differs from the last filling's, by key.

    A question that the last filling did not ask differs in nothing.
    """
    if last is None:
        return {}
    said = {one.key: one.says for one in last.entries}
    asked = {q.key for section in last.sections for q in section.questions}
    return {
        one.key: Difference(said.get(one.key, ""), last.row.completed_at)
        for one in now
        if one.key in asked
        and one.key not in last.withheld
        and said.get(one.key, "") != one.says
    }
