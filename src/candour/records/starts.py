"""Beginnings of notes: what a good one answers, for whoever writes to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Start:
    """A beginning: what it is called, the kind of note it is for, its text."""

    slug: str
    label: str
    kind: str
    text: str


_ALL = (
    Start("blank", "Empty page", "consultation", ""),
    Start(
        "consultation",
        "First consultation",
        "consultation",
        "Wants:\n\nHistory and medicines that matter here:\n\nSeen and felt:\n\n"
        "Discussed (choices, risks, doing nothing):\n\nAgreed:\n\nTime to think until:",
    ),
    Start(
        "toxin",
        "Botulinum toxin",
        "treatment",
        "Wants:\n\nMovement before (rest, frown, raise):\n\nMuscles and units:\n\n"
        "Tolerated:\n\nAdvice given:\n\nReview in two weeks:",
    ),
    Start(
        "filler",
        "Dermal filler",
        "treatment",
        "Wants:\n\nProduct and volume by area:\n\nNeedle or cannula, plane:\n\n"
        "Colour and refill after:\n\nAdvice given, and when to call at once:",
    ),
    Start(
        "laser",
        "Laser or light",
        "treatment",
        "Skin type and tan:\n\nTest patch:\n\nDevice, settings, passes:\n\n"
        "Skin after:\n\nAdvice given:",
    ),
    Start(
        "review",
        "Review",
        "review",
        "Day since treatment:\n\nWhat the patient says:\n\nSeen:\n\nPlan:",
    ),
    Start(
        "call",
        "Call about something worrying",
        "advice",
        "What they report, and since when:\n\nWarning signs asked for:\n\n"
        "Advice given:\n\nTo be seen by, and when:",
    ),
)
STARTS: Mapping[str, Start] = MappingProxyType({one.slug: one for one in _ALL})
