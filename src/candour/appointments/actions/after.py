"""What follows on a visit: coming back, and those who wait for one."""

from datetime import datetime, timedelta
from uuid import UUID

from candour.appointments.models import Appointment, Recall, Waiting
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import NotFound
from candour.register.permit import Permit


def settle(*, permit: Permit, visit: Appointment, at: datetime) -> None:
    """Count as booked what the person waited for, and the recall that this answers."""
    Waiting.objects.filter(
        person=visit.person_id, service=visit.service_id, state="waiting"
    ).update(state="booked")
    Recall.objects.filter(
        person=visit.person_id, service=visit.service_id, state__in=["due", "written"]
    ).update(state="booked")


def recall(*, permit: Permit, visit: Appointment, by: Actor, at: datetime) -> None:
    """Write down when somebody should come back, where the treatment asks for it."""
    days = visit.service.recall_days
    if not visit.service.needs_review or not days:
        return
    Recall.objects.get_or_create(
        appointment=visit.ref,
        defaults={
            "person_id": visit.person_id,
            "service_id": visit.service_id,
            "what": visit.what,
            "due_on": local_date(visit.starts_at) + timedelta(days=days),
            "source": visit.source,
            "by": str(by),
            "made_at": at,
            "policy_id": permit.policy_id,
            "clause": permit.decision.clause,
        },
    )


def forget_recall(*, permit: Permit, visit: Appointment) -> None:
    """Take back the recall of a visit that was not done after all."""
    Recall.objects.filter(appointment=visit.ref, state="due").delete()


def end_recall(*, permit: Permit, ref: UUID, by: Actor, at: datetime) -> None:
    """Say that somebody need not come back, so that nobody is asked again."""
    changed = Recall.objects.filter(ref=ref, state__in=["due", "written"])
    if not changed.update(state="ended"):
        raise NotFound
