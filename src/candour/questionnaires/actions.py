"""Filling in a form for a person: begun, saved section by section, signed, filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.policy.vocabulary import CATEGORIES, RecordClass, is_special
from candour.questionnaires import answers as reading
from candour.questionnaires import basis, filed, versions
from candour.questionnaires.asked import Answer, live, visible
from candour.questionnaires.definition import Question, Section
from candour.questionnaires.models import MODES, Response
from candour.questionnaires.signing import UNSIGNED, Signature
from candour.questionnaires.versions import Version, of_row
from candour.register.permit import Permit

SOURCES = ("clinic-form", "consultation", "in-person", "our-own-records")
OVERTAKEN = (
    "Somebody else saved this form while you were at it. What you typed is still here:"
    " look at what they wrote, and save again."
)
DONE = "This form is complete already. Fill in a new one to change an answer."
OTHERWISE = "health.records"


class Unfinished(Invalid):
    """Some answers are still missing."""

    code = "unfinished"

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__()
        self.missing = missing  # key of the question -> what to say beside it


class Withdrawn(Conflict):
    """This form was withdrawn while it was filled in. What was typed is kept."""

    code = "form_withdrawn"


@dataclass(frozen=True, slots=True)
class Ground:
    """On what health data is asked here: consent given now, or a law and why."""

    agreed: bool = False
    exception: str = ""
    reason: str = ""


def source_of(permit: Permit) -> str:
    """Return the source of what a form at the clinic collects, as the policy says it.

    Raises Invalid where the policy names none of them.
    """
    named = permit.policy.collected_from
    source = next((one for one in SOURCES if one in named), SOURCES[0])
    permit.must_be_source(source)
    return source


def subject_of(sections: Sequence[Section]) -> str:
    """Return what kind of data a filled form is: the first protected one it asks."""
    asked = [q.category for section in sections for q in section.questions]
    clinical = [
        one
        for one in asked
        if one and CATEGORIES[one].record_class is RecordClass.CLINICAL
    ]
    special = [one for one in clinical if is_special(one)]
    return next(iter([*special, *clinical]), OTHERWISE)


def start(
    *,
    permit: Permit,
    person_id: int,
    key: str,
    token: UUID,
    mode: str,
    ground: Ground,
    by: Actor,
    at: datetime,
) -> Response:
    """Begin a filling of the version in use; asked twice with one `token`, it is one.

    Raises NotFound for a form that is not in use or has nothing to ask under the
    policy, NotAgreed where health is asked and nobody agreed to it.
    """
    begun = Response.objects.filter(token=token, person=person_id).first()
    if begun is not None:
        return begun
    version = versions.newest(key)
    sections = live(version.form, permit.policy) if version else ()
    if version is None or not sections:
        raise NotFound
    if mode not in MODES:
        raise Invalid("Say how the two of you meet.")
    if ground.agreed and basis.needs_consent(permit.policy, sections):
        said = basis.wording(permit.policy, sections)
        basis.agree(permit=permit, person_id=person_id, wording=said, by=by, at=at)
    condition = basis.settled(
        person_id,
        sections,
        exception=ground.exception,
        reason=ground.reason,
        agreed_now=ground.agreed,
        permit=permit,
    )
    row = _new(version, sections, person_id, token, mode, permit, by, at)
    row.condition = condition
    if condition == ground.exception != "":
        row.exception_reason = permit.seal(row, "exception_reason", ground.reason)
    row.answers = permit.seal(row, "answers", reading.written([]))
    row.save(force_insert=True)
    return row


def _new(
    version: Version,
    sections: Sequence[Section],
    person_id: int,
    token: UUID,
    mode: str,
    permit: Permit,
    by: Actor,
    at: datetime,
) -> Response:
    return Response(
        person_id=person_id,
        questionnaire_id=version.pk,
        form=f"{version.title}, version {version.version}",
        subject=subject_of(sections),
        asks_signature=any(
            q.kind == "signature" and q.mandatory for s in sections for q in s.questions
        ),
        mode=mode,
        token=token,
        source=source_of(permit),
        made_at=at,
        saved_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )


def save(
    *,
    permit: Permit,
    ref: UUID,
    edition: int,
    section: str,
    sent: Mapping[str, Answer],
    by: Actor,
    at: datetime,
) -> Response:
    """Keep the answers of one section, those taken back included; sent twice is once.

    `sent` holds what `answers.read` made of them. An answer to a question that these
    answers do not bring up is left out. Raises Conflict when somebody else saved since
    `edition`, and Invalid for an answer to what is not asked in this section.
    """
    row = _locked(ref)
    if row.status == "complete":
        raise Conflict(DONE)
    version = of_row(row.questionnaire)
    sections = live(version.form, permit.policy)
    here = next((one for one in sections if one.key == section), None)
    if here is None or set(sent) - {q.key for q in here.questions if q.is_answered}:
        raise Invalid("Something was sent that this form does not ask.")
    held = dict(reading.values(reading.of_text(permit.open(row, "answers"))))
    merged = {k: v for k, v in held.items() if k not in {q.key for q in here.questions}}
    merged |= sent
    kept = reading.entries(visible(sections, merged), merged)
    if edition != row.edition:
        if dict(reading.values(kept)) == held:
            return row
        raise Conflict(OVERTAKEN)
    row.answers = permit.seal(row, "answers", reading.written(kept))
    row.edition += 1
    row.saved_at, row.by = at, str(by)
    row.save()
    return row


def finish(
    *,
    permit: Permit,
    ref: UUID,
    edition: int,
    signature: Signature | None,
    by: Actor,
    at: datetime,
) -> Response:
    """Make a filling complete: checked whole, signed, and filed as a document.

    Done twice it is once. Raises Unfinished with what is missing beside which question,
    Withdrawn when the form went out of use meanwhile, Conflict when somebody else saved
    since `edition`. Nothing is complete unless all of it is.
    """
    row = _locked(ref)
    if row.status == "complete":
        return row
    version = of_row(row.questionnaire)
    if version.state == "withdrawn":
        raise Withdrawn
    if row.edition != edition:
        raise Conflict(OVERTAKEN)
    sections = live(version.form, permit.policy)
    held = dict(reading.values(reading.of_text(permit.open(row, "answers"))))
    shown = visible(sections, held)
    missing = missing_of(shown, held, signature)
    if missing:
        raise Unfinished(missing)
    row.answers = permit.seal(
        row, "answers", reading.written(reading.entries(shown, held))
    )
    if signature is not None:
        row.signature = permit.seal(row, "signature", signature.text())
        row.signed_at = at
    row.status, row.completed_at, row.saved_at, row.by = "complete", at, at, str(by)
    row.edition += 1
    row.document = filed.file(
        row, version, sections, held, signature, permit=permit, by=by, at=at
    )
    row.save()
    return row


def missing_of(
    shown: Sequence[Question], held: Mapping[str, Answer], signature: Signature | None
) -> dict[str, str]:
    """Return each mandatory question without an answer, with what to say beside it."""
    found = {
        q.key: reading.missing(q)
        for q in shown
        if q.mandatory and q.is_answered and not held.get(q.key)
    }
    for question in shown:
        if question.kind == "signature" and question.mandatory and signature is None:
            found[question.key] = UNSIGNED
    return found


def carry_over(
    *, permit: Permit, ref: UUID, token: UUID, by: Actor, at: datetime
) -> Response:
    """Begin anew on the version now in use, with the answers that still fit it.

    The old draft goes; what does not fit the new version goes with it. Raises NotFound
    when no version is in use.
    """
    old = _locked(ref)
    if old.status == "complete":
        raise Conflict(DONE)
    version = versions.newest(old.questionnaire.key)
    sections = live(version.form, permit.policy) if version else ()
    if version is None or not sections:
        raise NotFound("No version of this form is in use now.")
    held = reading.values(reading.of_text(permit.open(old, "answers")))
    fitting = {
        q.key: value
        for s in sections
        for q in s.questions
        if q.is_answered and (value := _fitting(q, held.get(q.key))) is not None
    }
    row = _new(version, sections, old.person_id, token, old.mode, permit, by, at)
    row.condition = old.condition
    if old.exception_reason is not None:
        said = permit.open(old, "exception_reason")
        row.exception_reason = permit.seal(row, "exception_reason", said)
    kept = reading.entries(visible(sections, fitting), fitting)
    row.answers = permit.seal(row, "answers", reading.written(kept))
    row.save(force_insert=True)
    old.delete()
    return row


def _fitting(question: Question, value: Answer | None) -> Answer | None:
    if value is None:
        return None
    found = reading.read(question, value if isinstance(value, list) else [value])
    return None if found.error else found.value


def discard(*, permit: Permit, ref: UUID, by: Actor, at: datetime) -> None:
    """Throw a draft away. Raises Conflict for one that is complete: that stays."""
    row = _locked(ref)
    if row.status == "complete":
        raise Conflict("What was signed stays. Fill in a new form to change an answer.")
    row.delete()


def _locked(ref: UUID) -> Response:
    rows = Response.objects.select_for_update(of=("self",))
    row = rows.select_related("questionnaire").filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row
