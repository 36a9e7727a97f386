"""Registering and enqueueing jobs.

A job's arguments are refs and numbers only, so nothing personal lies in the queue, and
the row is written in the caller's transaction: if that rolls back, the job never was.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from candour.core.errors import CandourError

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)  # seconds; the last at ~18 h


class NotARef(CandourError):
    """A job takes refs and numbers only."""

    code = "not_a_ref"


def job(name: str, *, retry: bool = True) -> Callable[[Callable[..., Any]], Any]:
    """Register a function as the job `name` (`app:thing:verb`)."""

    def register(work: Callable[..., Any]) -> Any:
        return app.task(name=name, retry=RETRY if retry else False)(work)

    return register


def periodic(name: str, *, cron: str) -> Callable[[Callable[..., Any]], Any]:
    """Register a function as a job that runs at `cron`; it is given the tick's time."""

    def register(work: Callable[..., Any]) -> Any:
        task = app.task(name=name, queueing_lock=name)(work)
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

    `once` is a queueing lock: while a job with it waits, a second is not added.
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
