"""The copy of a complete form that is filed: set as PDF/UA, hashed, sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.files.actions import file_document
from candour.questionnaires import answers as reading
from candour.questionnaires.asked import Answer, visible
from candour.questionnaires.definition import Kind, Section
from candour.questionnaires.models import Response
from candour.questionnaires.paper import TEMPLATE, pdf
from candour.questionnaires.signing import Signature
from candour.questionnaires.versions import Version
from candour.register.permit import Permit

FORM, CONSENT = "form", "consent"
NOT_ANSWERED = "Not answered"


def file(
    row: Response,
    version: Version,
    sections: Sequence[Section],
    held: Mapping[str, Answer],
    signature: Signature | None,
    *,
    permit: Permit,
    by: Actor,
    at: datetime,
) -> UUID:
    """File the copy of a complete form; return the `ref` of the document.

    It is a form to the clinic, or a signed consent where care holds no health data.
    """
    told = said(row, version, sections, held, signature, permit=permit, at=at)
    document = file_document(
        permit=permit,
        person_id=row.person_id,
        kind=FORM if permit.covers("health.records") else CONSENT,
        pdf=pdf(told, at=at),
        template=TEMPLATE,
        title=row.form[:120],
        source=row.source,
        by=by,
        at=at,
    )
    return document.ref


def said(
    row: Response,
    version: Version,
    sections: Sequence[Section],
    held: Mapping[str, Answer],
    signature: Signature | None,
    *,
    permit: Permit,
    at: datetime,
) -> dict[str, object]:
    """Return what stands on paper: every question that was asked, and its answer."""
    asked = {question.key for question in visible(tuple(sections), held)}
    return {
        "title": version.title,
        "clinic": permit.policy.clinic,
        "says": version.form.says,
        "version": str(version.version),
        "form": version.sha256,
        "policy": permit.decision.policy,
        "response": str(row.ref),
        "sections": [
            {
                "title": section.title,
                "rows": [
                    {
                        "asks": q.asks,
                        "says": reading.said(q, held[q.key])
                        if q.key in held
                        else ("" if q.kind is Kind.STATEMENT else NOT_ANSWERED),
                        "answered": q.key in held,
                        "help": q.help if q.kind is Kind.STATEMENT else "",
                    }
                    for q in section.questions
                    if q.key in asked and q.kind is not Kind.SIGNATURE
                ],
            }
            for section in sections
        ],
        "signed": signature.name if signature else "",
        "strokes": signature.lines() if signature else [],
        "asks": version.form.signature.asks if version.form.signature else "",
    }
