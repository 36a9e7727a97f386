"""Data subjects, what they are to the clinic, and whom they know."""

from candour.people.models.interaction import Interaction
from candour.people.models.patient import Insurance, Lifestyle, Patient
from candour.people.models.person import (
    CONTACT,
    ContactPoint,
    Merge,
    Person,
    SearchKey,
    Standing,
)
from candour.people.models.ties import Change, Check, Given, Link

__all__ = [
    "CONTACT",
    "Change",
    "Check",
    "ContactPoint",
    "Given",
    "Insurance",
    "Interaction",
    "Lifestyle",
    "Link",
    "Merge",
    "Patient",
    "Person",
    "SearchKey",
    "Standing",
]
