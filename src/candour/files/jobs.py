"""What the worker calls: washing what arrived, and sweeping what nobody names."""

from uuid import UUID

from candour.core import clock
from candour.files import clean as washing
from candour.files.actions import CLEAN
from candour.jobs import queue


@queue.job(CLEAN)
def clean(file: str) -> None:
    """Wash one file; does nothing when that is done."""
    washing.clean(ref=UUID(file), at=clock.now())


@queue.periodic("files:file:resume", cron="27 * * * *")
def resume(timestamp: int) -> None:
    """Take up, each hour, what a crash or a full disk left unwashed; sweep the rest."""
    for ref in washing.waiting():
        queue.defer(CLEAN, once=f"{CLEAN}:{ref}", file=ref)
    washing.sweep(at=clock.now())
