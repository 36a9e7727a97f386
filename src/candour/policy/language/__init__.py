"""The policy language: one strict model a part of the file."""

from candour.policy.language.data import Form, Permission, Purpose
from candour.policy.language.document import Departure, Document
from candour.policy.language.keeping import AtLeast, Retention, Right
from candour.policy.language.messages import Marketing
from candour.policy.language.others import Recipient

__all__ = [
    "AtLeast",
    "Departure",
    "Document",
    "Form",
    "Marketing",
    "Permission",
    "Purpose",
    "Recipient",
    "Retention",
    "Right",
]
