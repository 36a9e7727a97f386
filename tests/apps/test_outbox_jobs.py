"""Jobs whose worker died: nothing may wait behind them for ever."""

import pytest

from candour.jobs import queue
from candour.outbox.actions import SEND
from candour.outbox.jobs import ONE_SENDER
from tests.apps.outbox_cast import Owner

pytestmark = pytest.mark.usefixtures("db")

DOING = """
    INSERT INTO procrastinate_jobs
           (queue_name, task_name, lock, queueing_lock, args, status, attempts,
            worker_id)
    VALUES ('default', %s, %s, %s, '{}', 'doing', %s, %s)
"""
WORKER = """
    INSERT INTO procrastinate_workers (last_heartbeat)
    VALUES (now() - %s::interval) RETURNING id
"""


def worker(owner: Owner, seen: str) -> int:
    [row] = owner.execute(WORKER, [seen]).fetchall()
    return int(row[0])


def statuses(owner: Owner) -> list[str]:
    rows = owner.execute("SELECT status FROM procrastinate_jobs ORDER BY id")
    return [status for (status,) in rows.fetchall()]


def test_a_job_of_a_dead_worker_is_taken_up_again(owner_sql: Owner) -> None:
    owner_sql.execute(DOING, [SEND, ONE_SENDER, None, 0, None])
    dead = worker(owner_sql, "2 minutes")
    owner_sql.execute(DOING, ["trail:batch:seal", None, None, 0, dead])

    queue.resume(0)

    assert statuses(owner_sql) == ["todo", "todo"]


def test_a_job_of_a_living_worker_is_left_to_it(owner_sql: Owner) -> None:
    owner_sql.execute(DOING, [SEND, ONE_SENDER, None, 0, worker(owner_sql, "5 s")])

    queue.resume(0)

    assert statuses(owner_sql) == ["doing"]


def test_a_job_that_kills_its_workers_is_given_up(owner_sql: Owner) -> None:
    owner_sql.execute(DOING, [SEND, ONE_SENDER, None, 8, None])

    queue.resume(0)

    assert statuses(owner_sql) == ["failed"]


def test_a_job_is_not_taken_up_where_the_next_waits(owner_sql: Owner) -> None:
    owner_sql.execute(DOING, [SEND, ONE_SENDER, "tick", 0, None])
    owner_sql.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock)"
        " VALUES ('default', %s, 'tick')",
        [SEND],
    )

    queue.resume(0)

    assert statuses(owner_sql) == ["failed", "todo"]


def test_only_jobs_that_are_due_are_dropped(owner_sql: Owner) -> None:
    owner_sql.execute(DOING, [SEND, ONE_SENDER, None, 0, None])
    for at in ("NULL", "now() - interval '1 s'", "now() + interval '1 hour'"):
        owner_sql.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            f" VALUES ('default', '{SEND}', {at})".encode()
        )

    queue.drop_waiting(SEND)

    assert statuses(owner_sql) == ["doing", "todo"]
