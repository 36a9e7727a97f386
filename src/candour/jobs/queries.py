"""How the queue stands. Counts only: what a job is about is nobody's business here."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from procrastinate.contrib.django.models import ProcrastinateJob


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that are due and not begun, jobs being done, and jobs given up."""

    waiting: int
    working: int
    failed: int


def queue(*, at: datetime) -> Queue:
    """Return how the queue stands at `at`."""
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=at)
    counts = ProcrastinateJob.objects.aggregate(
        waiting=Count("pk", filter=Q(status="todo") & due),
        working=Count("pk", filter=Q(status="doing")),
        failed=Count("pk", filter=Q(status="failed")),
    )
    return Queue(**counts)
