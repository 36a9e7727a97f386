"""Tables of the patient file, by noun."""

from candour.records.models.agreement import Agreement, ConsentForm
from candour.records.models.alert import Alert
from candour.records.models.note import Draft, Note, NoteVersion
from candour.records.models.photograph import Photograph, PhotographUse
from candour.records.models.prescription import Prescription, PrescriptionStop
from candour.records.models.treatment import AdverseEvent, Course, Given, Treatment

__all__ = [
    "AdverseEvent",
    "Agreement",
    "Alert",
    "ConsentForm",
    "Course",
    "Draft",
    "Given",
    "Note",
    "NoteVersion",
    "Photograph",
    "PhotographUse",
    "Prescription",
    "PrescriptionStop",
    "Treatment",
]
