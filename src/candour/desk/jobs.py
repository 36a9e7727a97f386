"""What the worker does for the desk."""

from uuid import UUID

from candour.desk import new_password
from candour.jobs import queue


@queue.job(new_password.SEND)
def send_new_password(staff: str) -> None:
    """Send a link that gives a new password; of nobody there is nothing to send."""
    new_password.send(staff=UUID(staff))
