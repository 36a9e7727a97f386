"""Tables of the diary, by noun."""

from candour.appointments.models.after import Recall, Waiting
from candour.appointments.models.hours import Away, Feed, Hours
from candour.appointments.models.visit import (
    HOLDING,
    STATUSES,
    Appointment,
    AppointmentPractitioner,
    AppointmentResource,
)

__all__ = [
    "HOLDING",
    "STATUSES",
    "Appointment",
    "AppointmentPractitioner",
    "AppointmentResource",
    "Away",
    "Feed",
    "Hours",
    "Recall",
    "Waiting",
]
