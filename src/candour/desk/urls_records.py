"""The addresses of the patient file's record."""

from django.urls import path

from candour.desk.views import (
    alerts,
    consents,
    events,
    notes,
    photographs,
    prescriptions,
    record,
    stock,
    treatments,
)

FILE = "patients/<uuid:ref>"
DONE = f"{FILE}/record/treatments"
AGREED = f"{FILE}/record/consents"
ORDERED = f"{FILE}/record/prescriptions"
SEEN = f"{FILE}/photographs"
WRONG = f"{FILE}/record/events"

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
    path(f"{DONE}/", treatments.treatments, name="patient-record-treatments"),
    path(f"{DONE}/new/", treatments.treat, name="patient-record-treat"),
    path(
        f"{DONE}/<uuid:treatment>/",
        treatments.treatment,
        name="patient-record-treatment",
    ),
    path(f"{FILE}/record/courses/", treatments.course, name="patient-record-course"),
    path(
        f"{FILE}/record/courses/<uuid:course>/end/",
        treatments.end_course,
        name="patient-record-course-end",
    ),
    path(f"{AGREED}/", consents.consents, name="patient-record-consents"),
    path(f"{AGREED}/new/", consents.agree, name="patient-record-agree"),
    path(f"{AGREED}/<uuid:consent>/", consents.consent, name="patient-record-consent"),
    path(
        f"{AGREED}/<uuid:consent>/take-back/",
        consents.take_back,
        name="patient-record-consent-back",
    ),
    path(
        f"{AGREED}/<uuid:consent>/put-away/",
        consents.put_away,
        name="patient-record-consent-away",
    ),
    path(f"{WRONG}/new/", events.event, name="patient-record-event"),
    path(
        f"{WRONG}/<uuid:event>/report/",
        events.report,
        name="patient-record-event-report",
    ),
    path(
        f"{WRONG}/<uuid:event>/settle/",
        events.settle,
        name="patient-record-event-settle",
    ),
    path(
        f"{ORDERED}/", prescriptions.prescriptions, name="patient-record-prescriptions"
    ),
    path(f"{ORDERED}/new/", prescriptions.prescribe, name="patient-record-prescribe"),
    path(
        f"{ORDERED}/<uuid:prescription>/",
        prescriptions.printed,
        name="patient-record-prescription",
    ),
    path(
        f"{ORDERED}/<uuid:prescription>/stop/",
        prescriptions.stop,
        name="patient-record-prescription-stop",
    ),
    path(f"{SEEN}/", photographs.photographs, name="patient-photographs"),
    path(f"{SEEN}/compare/", photographs.compare, name="patient-photographs-compare"),
    path(
        f"{SEEN}/<uuid:file>/", photographs.photograph, name="patient-photographs-one"
    ),
    path(f"{SEEN}/<uuid:file>/use/", photographs.use, name="patient-photographs-use"),
    path("stock/", stock.batches, name="stock"),
    path("stock/<uuid:batch>/", stock.batch, name="batch"),
    path("stock/<uuid:batch>/recall/", stock.recall, name="batch-recall"),
    path("stock/<uuid:batch>/list/", stock.export, name="batch-export"),
]
