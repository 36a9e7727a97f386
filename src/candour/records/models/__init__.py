"""Tables of the patient file, by noun."""

from candour.records.models.alert import Alert
from candour.records.models.note import Draft, Note, NoteVersion

__all__ = ["Alert", "Draft", "Note", "NoteVersion"]
