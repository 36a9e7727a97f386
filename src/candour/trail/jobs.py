"""What the worker calls to seal the trail."""

from candour.core import clock
from candour.jobs import queue
from candour.trail.seal import seal


@queue.periodic("trail:batch:seal", cron="* * * * *")
def seal_trail(timestamp: int) -> None:
    """Seal what finished since the last batch, every minute."""
    seal(at=clock.now())
