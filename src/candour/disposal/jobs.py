"""What the worker calls: erasing, certifying, and taking either up again."""

from uuid import UUID

from candour.core import clock
from candour.disposal import certify, erase, queries
from candour.disposal.actions import RUN
from candour.jobs import queue


@queue.job(RUN)
def run(erasure: str) -> None:
    """Erase what was confirmed; does nothing when that is done."""
    erase.run(erasure=UUID(erasure), at=clock.now())


@queue.job(erase.FINISH)
def finish(erasure: str) -> None:
    """Remove files, read everything again, certify."""
    certify.finish(erasure=UUID(erasure), at=clock.now())


@queue.periodic("disposal:erasure:resume", cron="17 * * * *")
def resume(timestamp: int) -> None:
    """Take up, each hour, what a crash or a full disk left undone."""
    for ref in queries.waiting():
        queue.defer(RUN, once=f"{RUN}:{ref}", erasure=ref)
    for ref in queries.uncertified():
        queue.defer(erase.FINISH, once=f"{erase.FINISH}:{ref}", erasure=ref)
