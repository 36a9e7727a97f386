"""How the desk says what is in the diary."""

from types import MappingProxyType

STATUSES = MappingProxyType(
    {
        "booked": ("quiet", "Booked"),
        "arrived": ("kept", "Arrived"),
        "in-room": ("kept", "In the room"),
        "done": ("kept", "Done"),
        "did-not-attend": ("wrong", "Did not come"),
        "cancelled": ("quiet", "Cancelled"),
    }
)
# What a visit looks like in the grid: the mark of its box.
BOXES = MappingProxyType(
    {"arrived": "here", "in-room": "here", "done": "done", "booked": ""}
)
STEPS = MappingProxyType(
    {
        "booked": "Back to booked",
        "arrived": "Arrived",
        "in-room": "In the room",
        "done": "Done",
        "did-not-attend": "Did not come",
    }
)
CANCELLED_BY = MappingProxyType({"patient": "They did", "clinic": "The clinic did"})
CANCELLED_WHY = MappingProxyType(
    {
        "unwell": "Unwell",
        "cannot-come": "Cannot come then",
        "changed-mind": "Changed their mind",
        "cost": "The cost",
        "practitioner-away": "Whoever sees them is away",
        "device-fault": "A device does not work",
        "not-suitable": "The treatment does not suit them",
        "booked-by-mistake": "Booked by mistake",
        "other": "Something else",
    }
)
AGE_PROOFS = MappingProxyType(
    {
        "passport": "Passport",
        "driving-licence": "Driving licence",
        "pass-card": "Card with the PASS hologram",
        "known-from-before": "Seen by us before",
    }
)
WEEKDAYS = MappingProxyType(
    {
        "mon": "Monday",
        "tue": "Tuesday",
        "wed": "Wednesday",
        "thu": "Thursday",
        "fri": "Friday",
        "sat": "Saturday",
        "sun": "Sunday",
    }
)
SOURCES = MappingProxyType(
    {"phone": "Phone", "booking": "Booking", "in-person": "In person", "email": "Email"}
)
AWAY = MappingProxyType(
    {
        "holiday": "Holiday",
        "sickness": "Unwell",
        "training": "Training",
        "break": "A break",
        "other": "Away",
        "closed": "Closed",
        "extra": "Works in addition",
    }
)


def spans(available: list[str]) -> str:
    """Return spans of a week in words: "Tuesday 17:00 to 20:00"."""
    told = []
    for text in available:
        name, _, hours = text.partition(" ")
        told.append(f"{WEEKDAYS.get(name, name)} {hours.replace('-', ' to ')}")
    return ", ".join(told) or "Any time"


def room(devices: list[str], name: str) -> str:
    """Return where a visit is: "Room 1, Laser A"."""
    return ", ".join([*([name] if name else []), *devices])
