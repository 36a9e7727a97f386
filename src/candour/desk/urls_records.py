"""The addresses of the patient file's record."""

from django.urls import path

from candour.desk.views import alerts, notes, record

FILE = "patients/<uuid:ref>"

pages = [
    path(f"{FILE}/record/", record.record, name="patient-record"),
    path(f"{FILE}/record/alerts/", alerts.alerts, name="patient-record-alerts"),
    path(
        f"{FILE}/record/alerts/<uuid:alert>/", alerts.end, name="patient-record-alert"
    ),
    path(f"{FILE}/record/write/", notes.write, name="patient-record-write"),
    path(f"{FILE}/record/draft/", notes.draft, name="patient-record-draft"),
    path(f"{FILE}/record/notes/<uuid:note>/", notes.note, name="patient-record-note"),
    path(
        f"{FILE}/record/notes/<uuid:note>/change/",
        notes.amend,
        name="patient-record-amend",
    ),
    path(
        f"{FILE}/record/notes/<uuid:note>/draft/",
        notes.draft,
        name="patient-record-amend-draft",
    ),
]
