"""Registering and enqueueing jobs.

A job's arguments are refs and numbers only, so nothing personal lies in the queue, and
the row is written in the caller's transaction: if that rolls back, the job never was.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.core.errors import CandourError

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)  # seconds; the last at ~18 h


class NotARef(CandourError):
    """A job takes refs and numbers only."""

    code = "not_a_ref"


def job(
    name: str, *, retry: bool = True, lock: str | None = None
) -> Callable[[Callable[..., Any]], Any]:
    """Register a function as the job `name` (`app:thing:verb`).

    Of the jobs with the same `lock` one runs at a time, in the order they came. One
    that waits to be tried again holds up all behind it, so give it `retry=False`.
    """

    def register(work: Callable[..., Any]) -> Any:
        return app.task(name=name, retry=RETRY if retry else False, lock=lock)(work)

    return register


def periodic(
    name: str, *, cron: str, lock: str | None = None
) -> Callable[[Callable[..., Any]], Any]:
    """Register a function as a job that runs at `cron`; it is given the tick's time."""

    def register(work: Callable[..., Any]) -> Any:
        task = app.task(name=name, queueing_lock=name, lock=lock)(work)
        return app.periodic(cron=cron)(task)

    return register


def defer(
    name: str,
    *,
    once: str | None = None,
    at: datetime | None = None,
    **refs: UUID | int,
) -> None:
    """Enqueue the job `name` in the caller's transaction.

    `once` is a queueing lock: while a job with it waits, a second is not added. Another
    transaction that enqueues the same waits for this one to end, so it is not for what
    the pages of many people enqueue.
    Raises NotARef for an argument that is anything but a UUID or an integer.
    """
    if not all(isinstance(value, UUID | int) for value in refs.values()):
        raise NotARef
    arguments = {key: str(v) if isinstance(v, UUID) else v for key, v in refs.items()}
    task = app.configure_task(
        name, queueing_lock=once, schedule_at=at, allow_unknown=False
    )
    if once is None:
        task.defer(**arguments)
        return
    try:
        # A savepoint: being already enqueued must not spoil the caller's transaction.
        with transaction.atomic():
            task.defer(**arguments)
    except AlreadyEnqueued:
        return


def drop_waiting(name: str) -> None:
    """Take the jobs `name` off the queue that are due: the caller does their work now.

    What they were enqueued with is committed by then, so the caller will see it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [name])


_DROP = """
    DELETE FROM procrastinate_jobs WHERE id IN (
        SELECT id FROM procrastinate_jobs
         WHERE task_name = %s AND status = 'todo'
           AND (scheduled_at IS NULL OR scheduled_at <= clock_timestamp())
           FOR UPDATE SKIP LOCKED)
"""
_ORPHANS = """
    SELECT j.id, j.attempts >= %s OR EXISTS (
               SELECT FROM procrastinate_jobs w
                WHERE w.queueing_lock = j.queueing_lock AND w.status = 'todo')
      FROM procrastinate_jobs j
      LEFT JOIN procrastinate_workers k ON k.id = j.worker_id
     WHERE j.status = 'doing'
       AND (k.id IS NULL OR k.last_heartbeat < now() - interval '1 minute')
       FOR UPDATE OF j SKIP LOCKED
"""
_RETRY = "SELECT procrastinate_retry_job_v2(%s, clock_timestamp(), NULL, NULL, NULL)"
_FAIL = "SELECT procrastinate_finish_job_v1(%s, 'failed', false)"


@periodic("jobs:job:resume", cron="* * * * *")
def resume(timestamp: int) -> None:
    """Take up the jobs whose worker died: each holds its lock until somebody does.

    One that has killed its worker too often is given up, and so is one of which the
    next is waiting already.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [RETRY.max_attempts])
        for job_id, is_over in cursor.fetchall():
            cursor.execute(_FAIL if is_over else _RETRY, [job_id])
