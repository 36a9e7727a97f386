"""What the worker calls to send mail: when something is queued, and every minute.

One sender works at a time. A job that fails is not tried again on its own: the one of
the next minute does its work, and behind a job that waits to be tried again, with the
same lock, all mail would wait.
"""

from candour.core import clock
from candour.jobs import queue
from candour.outbox.actions import SEND
from candour.outbox.send import send_due

ONE_SENDER = "outbox:sender"


@queue.job(SEND, retry=False, lock=ONE_SENDER)
def send() -> None:
    """Send what is due now, for every job that waits to do the same."""
    queue.drop_waiting(SEND)
    send_due(now=clock.now)


@queue.periodic("outbox:message:send-due", cron="* * * * *", lock=ONE_SENDER)
def send_waiting(timestamp: int) -> None:
    """Send what waited: for its hour, for a mail server, or for a worker that died."""
    send_due(now=clock.now)
