"""The record of a patient: its first page, and what its pages share."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.desk import patient, shown_records
from candour.desk.patient import Opened
from candour.records import queries

SAID = "desk.record.said"
# Page of the record -> what it is called, what the purpose must cover.
PARTS = {
    "patient-record": ("Notes", "notes"),
    "patient-record-treatments": ("Treatments", "treatment"),
    "patient-record-consents": ("Consent", "consent-to-treatment"),
    "patient-record-prescriptions": ("Prescriptions", "prescription"),
    "patient-record-alerts": ("Alerts", "health"),
}


@require_safe
@patient.tab
def record(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what was noted, newest first."""
    with patient.opened(
        request, ref, verb="desk:record:read", purpose=patient.CARE
    ) as opened:
        permit = opened.permit
        begun = queries.draft(opened.pk, permit=permit)
        context = {
            "done": done(request),
            "links": within(opened, "patient-record"),
            "may": {"notes": permit.covers("notes")},
            "notes": shown_records.notes(opened.pk, permit=permit),
            "draft": begun
            and {
                "at": begun.at,
                "url": reverse("desk:patient-record-write", args=[ref]),
            },
        }
        return patient.page(request, opened, "desk/records/record.html", context)


def within(opened: Opened, here: str) -> list[dict[str, Any]]:
    """Return the pages of the record that this purpose opens, `here` marked."""
    return [
        {
            "label": label,
            "url": reverse(f"desk:{name}", args=[opened.ref]),
            "current": name == here,
        }
        for name, (label, needs) in PARTS.items()
        if opened.permit.covers(needs)
    ]


def care(request: HttpRequest, ref: UUID, verb: str) -> AbstractContextManager[Opened]:
    """Open a person's file for care: only who treats sees the record and letters."""
    return patient.opened(request, ref, verb=verb, purpose=patient.CARE)


def say(request: HttpRequest, words: str) -> None:
    """Say `words` on the next page of the file that says what was done."""
    request.session[SAID] = words


def done(request: HttpRequest) -> str:
    """Return what was just done, once."""
    return str(request.session.pop(SAID, ""))
