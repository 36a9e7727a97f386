"""What the worker calls to send mail: when something is queued, and every minute."""

from candour.core import clock
from candour.jobs import queue
from candour.outbox.actions import SEND
from candour.outbox.send import send_due


@queue.job(SEND)
def send() -> None:
    """Send what is due now."""
    send_due(at=clock.now())


@queue.periodic("outbox:message:send-due", cron="* * * * *")
def send_waiting(timestamp: int) -> None:
    """Send what waited: for its hour, for a mail server, or for a worker that died."""
    send_due(at=clock.now())
