"""Data subjects, what they are to the clinic, and whom they know."""

from candour.people.models.patient import Patient
from candour.people.models.person import (
    CONTACT,
    ContactPoint,
    Merge,
    Person,
    SearchKey,
    Standing,
)

__all__ = [
    "CONTACT",
    "ContactPoint",
    "Merge",
    "Patient",
    "Person",
    "SearchKey",
    "Standing",
]
