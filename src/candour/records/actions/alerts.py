"""Raising alerts and ending them. There is no deleting one by hand."""

from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.records.models import Alert
from candour.records.models.alert import KINDS, WEIGHTS
from candour.records.said import DETAIL_MAX, REASON_MAX, checked
from candour.register.permit import Permit

CODE_MAX = 60  # characters


def raise_alert(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    code: str,
    weight: str,
    detail: str,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Put an alert on a file; return its ref. The same `token` twice is one alert.

    Raises Refused where the purpose does not cover health, Invalid for what does not
    say what it is, and for a source that the policy does not name.
    """
    permit.must_cover("health")
    permit.must_be_source(source)
    if kind not in KINDS or weight not in WEIGHTS:
        raise Invalid("There is no such kind of alert.")
    code = checked(code, most=CODE_MAX, missing="Say what it is, in a word or two.")
    detail = checked(detail, most=DETAIL_MAX)
    already = Alert.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    alert = Alert(
        person_id=person_id,
        kind=kind,
        code=code,
        weight=weight,
        token=token,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    if detail:
        alert.detail = permit.seal(alert, "detail", detail)
    alert.save(force_insert=True)
    return alert.ref


def end(
    *, permit: Permit, person_id: int, ref: UUID, reason: str, by: Actor, at: datetime
) -> None:
    """End an alert, with the reason. It stays on the file, under those that ended.

    Raises Conflict when somebody ended it first, Invalid without a reason.
    """
    permit.must_cover("health")
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .filter(ref=ref, person=person_id)
        .first()
    )
    if alert is None:
        raise NotFound
    if not alert.active:
        raise Conflict("Somebody ended this alert already. Their reason is below.")
    said = checked(reason, most=REASON_MAX, missing="Say why it no longer holds.")
    alert.end_reason = permit.seal(alert, "end_reason", said)
    alert.active, alert.ended_at, alert.ended_by = False, at, str(by)
    alert.save(update_fields=["active", "ended_at", "ended_by", "end_reason"])
