"""The policy language: one strict model a part of the file."""

from candour.policy.language.document import Departure, Document

__all__ = ["Departure", "Document"]
