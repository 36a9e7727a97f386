"""Consent to treatment: its words, taking it, taking it back, putting it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from candour.accounts import queries as accounts
from candour.catalogue.models import Service
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.records import rules
from candour.records.models import Agreement, ConsentForm
from candour.records.models.agreement import SIGNATURES, TAKERS
from candour.records.said import DETAIL_MAX, REASON_MAX, checked
from candour.register.permit import Permit

SIGNATURE_MAX = 60_000  # characters: a name, or the strokes of a drawn signature
CATEGORY = "consent-to-treatment"


def publish_form(
    *,
    kind: str,
    title: str,
    text: str,
    risks: Sequence[str],
    alternatives: str = "",
    by: Actor,
    at: datetime,
) -> ConsentForm:
    """Put new words for a class of treatment in use. The old ones stay as they were.

    Raises Invalid without words or without a risk: consent needs to know of what.
    """
    if not text.strip() or not risks:
        raise Invalid("Consent needs its words, and the risks it speaks of.")
    last = ConsentForm.objects.filter(kind=kind).aggregate(n=Max("version"))["n"] or 0
    return ConsentForm.objects.create(
        kind=kind,
        version=last + 1,
        title=title,
        text=text,
        risks=list(risks),
        alternatives=alternatives,
        made_at=at,
        by=str(by),
    )


def form_for(service: Service) -> ConsentForm | None:
    """Return the words in use for a service, or None where nobody wrote any."""
    found = ConsentForm.objects.filter(kind=service.kind).order_by("-version")
    return found.first()


@dataclass(frozen=True, slots=True)
class Signed:
    """What the patient did on the form: `discussed` are numbers of risks, from 0."""

    discussed: Sequence[int]
    consulted_on: date
    enough_time: bool
    sign: str
    signature: str
    asked: str = ""


def take(
    *,
    permit: Permit,
    person_id: int,
    service: Service,
    form: UUID,
    said: Signed,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Keep that a patient agreed to a treatment; return its ref.

    Whoever takes it is who is signed in: they must be one who treats, and on the list
    of those who give this service (GMC 2016). Raises Invalid for a risk that was not
    talked through, without a signature, or for words that are no longer in use.
    """
    permit.must_cover(CATEGORY)
    permit.must_be_source(source)
    already = Agreement.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    words = form_for(service)
    if words is None or words.ref != form:
        raise Invalid("The words of this consent have changed. Read the new ones.")
    taker = accounts.by_ref(UUID(by.ref))
    if by.role not in TAKERS:
        raise Invalid("Only who treats may take consent to a treatment.")
    rules.must_practise(taker, service)
    _must_be_whole(said, len(words.risks), local_date(at))
    row = Agreement(
        person_id=person_id,
        service=service,
        form=words,
        what=service.name,
        words=f"{words.title}\n\n{words.text}",
        discussed=words.risks,
        consulted_on=said.consulted_on,
        enough_time=said.enough_time,
        taken_by=taker,
        taken_as=by.role,
        sign=said.sign,
        signed_at=at,
        token=token,
        source=source,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    row.signature = permit.seal(row, "signature", said.signature)
    if asked := checked(said.asked, most=DETAIL_MAX):
        row.asked = permit.seal(row, "asked", asked)
    row.save(force_insert=True)
    return row.ref


def _must_be_whole(said: Signed, risks: int, today: date) -> None:
    if set(said.discussed) != set(range(risks)):
        raise Invalid("Talk through each risk and tick it. Each one counts.")
    if said.sign not in SIGNATURES or not said.signature.strip():
        raise Invalid("The patient has not signed yet.")
    if len(said.signature) > SIGNATURE_MAX:
        raise Invalid("This signature is too large to keep. Sign again.")
    if said.consulted_on > today:
        raise Invalid("The consultation cannot be after today.")


def withdraw(
    *, permit: Permit, person_id: int, ref: UUID, by: Actor, at: datetime
) -> None:
    """Keep that the patient takes a consent back. It needs no reason."""
    row = _locked(permit, person_id, ref)
    if row.withdrawn_at is not None:
        raise Conflict("This consent is taken back already.")
    row.withdrawn_at, row.withdrawn_by = at, str(by)
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])


def archive(
    *, permit: Permit, person_id: int, ref: UUID, reason: str, by: Actor, at: datetime
) -> None:
    """Put a consent away, with the reason: it stays on the file and counts no more."""
    row = _locked(permit, person_id, ref)
    if row.archived_at is not None:
        raise Conflict("This consent is put away already.")
    said = checked(reason, most=REASON_MAX, missing="Say why it is put away.")
    row.archive_reason = permit.seal(row, "archive_reason", said)
    row.archived_at = at
    row.save(update_fields=["archived_at", "archive_reason"])


def _locked(permit: Permit, person_id: int, ref: UUID) -> Agreement:
    permit.must_cover(CATEGORY)
    row = (
        Agreement.objects.select_for_update(of=("self",))
        .filter(ref=ref, person=person_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def newest(person_id: int, service: Service) -> Agreement | None:
    """Return the consent to a service that counts now, or None. Call it in a unit."""
    return (
        Agreement.objects.filter(
            person=person_id, service=service, withdrawn_at=None, archived_at=None
        )
        .select_related("taken_by", "form")
        .order_by("-signed_at", "-pk")
        .first()
    )
