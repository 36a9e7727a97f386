"""What the worker calls: finding whose a request is, making copies, tidying up."""

from uuid import UUID

from candour.core import clock
from candour.jobs import queue
from candour.rights import actions, erasure, joining, queries, stopping
from candour.rights.copy import build, fetch
from candour.rights.lapse import lapse, remind
from candour.rights.models import WAITING_LINK


@queue.job(actions.MATCH)
def match(request: str) -> None:
    """Find out whose a new request is, and send the link."""
    actions.match(ref=UUID(request), at=clock.now())


@queue.job(actions.BUILD)
def build_copy(request: str) -> None:
    """Make the copy a request asks for."""
    build.build(ref=UUID(request), at=clock.now())


@queue.job(stopping.STOP)
def stop_offers(person: str) -> None:
    """Write down the no of everybody at an address."""
    stopping.stop(claimant=UUID(person), at=clock.now())


@queue.job(erasure.CLOSE)
def close_erasure(request: str) -> None:
    """Answer whoever is still there after an erasure."""
    erasure.close(ref=UUID(request), at=clock.now())


@queue.periodic("rights:request:resume", cron="23 * * * *")
def resume(timestamp: int) -> None:
    """Take up, each hour, what a crash or a full disk left undone."""
    for ref, state in queries.unfinished():
        name = actions.MATCH if state == WAITING_LINK else actions.BUILD
        queue.defer(name, once=f"{name}:{ref}", request=ref)


@queue.periodic("rights:request:tidy", cron="41 * * * *")
def tidy(timestamp: int) -> None:
    """Remove copies whose time is up, links nobody opened, and what undoing needed."""
    at = clock.now()
    fetch.remove_expired(at=at)
    fetch.remove_orphans(at=at)
    lapse(at=at)
    joining.forget(at=at)
    remind(at=at)
