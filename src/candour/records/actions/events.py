"""Adverse events: writing one down, reporting it, settling it."""

from datetime import date, datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.records.models import AdverseEvent, Treatment
from candour.records.models.treatment import EVENTS, SEVERITIES
from candour.records.said import NOTE_MAX, checked
from candour.register.permit import Permit

# What the regulator wants to hear of however mild it was; a severe one always.
ALWAYS_REPORTED = frozenset({"vascular-occlusion", "allergic-reaction", "infection"})


def reportable(kind: str, severity: str) -> bool:
    """Say whether an event of this kind and weight is reported to the regulator."""
    return severity == "severe" or kind in ALWAYS_REPORTED


def write_down(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    severity: str,
    account: str,
    noticed_on: date,
    treatment: UUID | None,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Keep what went wrong; return its ref. The same `token` twice is one event."""
    permit.must_cover("treatment")
    permit.must_be_source(source)
    if kind not in EVENTS or severity not in SEVERITIES:
        raise Invalid("There is no such kind of event.")
    if noticed_on > local_date(at):
        raise Invalid("This has not happened yet. Check the day.")
    already = AdverseEvent.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    row = AdverseEvent(
        person_id=person_id,
        treatment=_treatment(person_id, treatment),
        kind=kind,
        severity=severity,
        noticed_on=noticed_on,
        reportable=reportable(kind, severity),
        token=token,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    said = checked(account, most=NOTE_MAX, missing="Say what happened.")
    row.account = permit.seal(row, "account", said)
    row.save(force_insert=True)
    return row.ref


def _treatment(person_id: int, ref: UUID | None) -> Treatment | None:
    if ref is None:
        return None
    found = Treatment.objects.filter(ref=ref, person=person_id).first()
    if found is None:
        raise NotFound
    return found


def reported(
    *, permit: Permit, person_id: int, ref: UUID, report: str, by: Actor, at: datetime
) -> None:
    """Keep that an event was reported, and the number that the regulator gave it."""
    row = _locked(permit, person_id, ref)
    if row.reported_at is not None:
        raise Conflict("This event is reported already.")
    row.report = checked(report, most=60, missing="Write the number of the report.")
    row.reported_at = at
    row.save(update_fields=["report", "reported_at"])


def settle(
    *, permit: Permit, person_id: int, ref: UUID, outcome: str, by: Actor, at: datetime
) -> None:
    """Keep how an event ended. Raises Conflict when one to report was not reported."""
    row = _locked(permit, person_id, ref)
    if row.settled_on is not None:
        raise Conflict("This event is settled already.")
    if row.reportable and row.reported_at is None:
        raise Conflict("This event has to be reported before it is settled.")
    said = checked(outcome, most=NOTE_MAX, missing="Say how it ended.")
    row.outcome = permit.seal(row, "outcome", said)
    row.settled_on = local_date(at)
    row.save(update_fields=["outcome", "settled_on"])


def _locked(permit: Permit, person_id: int, ref: UUID) -> AdverseEvent:
    permit.must_cover("treatment")
    row = (
        AdverseEvent.objects.select_for_update(of=("self",))
        .filter(ref=ref, person=person_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row
