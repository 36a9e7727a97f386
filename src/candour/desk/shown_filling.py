"""What the pages of filling in a form show, put together inside one unit of work."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.urls import NoReverseMatch, reverse

from candour.accounts import queries as accounts
from candour.desk import wording
from candour.desk.shown_questions import PREFIX, Sent, questions, radios, typed
from candour.policy.vocabulary import CATEGORIES
from candour.questionnaires import asked, basis, queries, versions
from candour.questionnaires.definition import Kind, Question, Section
from candour.questionnaires.queries import Filled
from candour.questionnaires.versions import Version
from candour.register.permit import Permit, Row
from candour.web import words

MODES = {
    "in-person": "Here, together",
    "video": "By video",
    "phone": "By phone",
    "portal": "By themselves",
}


def listed(ref: UUID, rows: Sequence[Row], *, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/filling/list.html."""
    offered = [
        {
            "title": version.title,
            "version": version.version,
            "url": reverse("desk:patient-forms-new", args=[ref, version.key]),
            "last": _last(rows, version.key),
        }
        for version in sorted(
            versions.in_use(), key=lambda one: one.form.about != "history"
        )
        if asked.live(version.form, permit.policy)
    ]
    return {
        "offered": offered,
        "drafts": [_row(ref, row) for row in rows if row.status == "draft"],
        "complete": [_row(ref, row) for row in rows if row.status == "complete"],
        "hidden": sum(wording.given(row.status) is None for row in rows),
    }


def _last(rows: Sequence[Row], key: str) -> Any:
    done = (
        row.completed_at
        for row in rows
        if row.status == "complete" and row.questionnaire__key == key
    )
    return next(done, None)


def _row(ref: UUID, row: Row) -> dict[str, Any]:
    return {
        "title": row.form,
        "url": reverse("desk:patient-forms-filled", args=[ref, row.ref]),
        "begun_at": row.made_at,
        "saved_at": row.saved_at,
        "completed_at": row.completed_at,
        "mode": MODES.get(str(row.mode), ""),
        "withdrawn": row.questionnaire__state == "withdrawn",
    }


def beginning(
    version: Version,
    person_id: int,
    *,
    chosen: Mapping[str, str],
    errors: Mapping[str, str],
    permit: Permit,
) -> dict[str, Any]:
    """Return the context of desk/filling/new.html."""
    policy = permit.policy
    sections = asked.live(version.form, policy)
    needed = basis.needs_consent(policy, sections)
    agreed = needed and basis.has_agreed(person_id, permit)
    care = policy.purposes[asked.CARE]
    return {
        "form": {
            "title": version.title,
            "version": version.version,
            "says": version.form.says,
            "count": sum(q.is_answered for s in sections for q in s.questions),
            "about": sorted(
                {
                    CATEGORIES[q.category].label
                    for s in sections
                    for q in s.questions
                    if q.category and q.is_answered
                }
            ),
        },
        "token": chosen.get("token") or str(uuid4()),
        "mode": radios("mode", "How are you meeting?", MODES, chosen, errors),
        "consent": None
        if not needed
        else {
            "agreed": agreed,
            "wording": basis.wording(policy, sections),
            "clause": words.number(policy, care.clause),
            "ticked": chosen.get("agreed") == "yes",
            "error": errors.get("agreed", ""),
            "exceptions": [
                {"value": one.slug, "label": one.says, "hint": one.source}
                for one in basis.exceptions(policy)
            ],
            "exception": chosen.get("exception", ""),
            "reason": {
                **typed("reason", "Why does it apply to this person?"),
                "type": "textarea",
                "value": chosen.get("reason", ""),
                "error": errors.get("reason", ""),
                "max": basis.REASON_MAX,
            },
        },
        "errors": [{"id": key, "text": text} for key, text in errors.items()],
    }


def pages(sections: Sequence[Section]) -> list[str]:
    """Return the sections that have a page: a signature alone stands on the last."""
    return [
        part.key
        for part in sections
        if any(q.kind is not Kind.SIGNATURE for q in part.questions)
    ]


def section(
    found: Filled, here: Section, sent: Sent | None, *, permit: Permit
) -> dict[str, Any]:
    """Return the context of desk/filling/section.html for one section of a draft."""
    held = dict(found.values)
    if sent is not None:
        held = {k: v for k, v in held.items() if k not in sent.raw} | sent.values
    shown = asked.visible(found.sections, held)
    places = pages(found.sections)
    at = places.index(here.key)
    return {
        "form": {"title": found.version.title, "version": found.version.version},
        "section": {"key": here.key, "title": here.title, "says": here.says},
        "step": {"number": at + 1, "of": len(places)},
        "questions": questions(
            here,
            {q.key for q in shown},
            found.values,
            sent,
            permit=permit,
        ),
        "errors": _summary(found, sent.errors if sent else {}, PREFIX),
        "edition": found.row.edition,
        "shown": " ".join(q.key for q in shown if here_asks(here, q.key)),
        "state": state(found),
        "ref": found.row.ref,
        "back": places[at - 1] if at else "",
    }


def visible_in(found: Filled) -> list[Question]:
    """Return the questions that a filling's answers bring up, in order."""
    return asked.visible(found.sections, found.values)


def here_asks(section_: Section, key: str) -> bool:
    """Say whether a question belongs to a section."""
    return any(question.key == key for question in section_.questions)


def _summary(
    found: Filled, errors: Mapping[str, str], before: str
) -> list[dict[str, str]]:
    """Return mistakes for the top of the page, each with the question it is about."""
    asks = {q.key: q.asks for section_ in found.sections for q in section_.questions}
    return [
        {"id": before + key, "text": f"{asks.get(key, '')} {text}".strip()}
        for key, text in errors.items()
    ]


def state(found: Filled) -> dict[str, Any]:
    """Return how the version of a draft stands: withdrawn, or with a newer one."""
    newest = versions.newest(found.version.key)
    return {
        "withdrawn": found.version.state == "withdrawn",
        "why": found.version.withdrawn_why,
        "newer": newest is not None and newest.version > found.version.version,
        "token": str(uuid4()),
    }


def signing(
    found: Filled,
    missing: Mapping[str, str],
    *,
    name: str = "",
    drawn: str = "",
    error: str = "",
) -> dict[str, Any]:
    """Return the context of desk/filling/finish.html."""
    asks = next(
        (q for s in found.sections for q in s.questions if q.kind is Kind.SIGNATURE),
        None,
    )
    others = {k: v for k, v in missing.items() if asks is None or k != asks.key}
    errors = _summary(found, others, "row-")
    said = missing.get(asks.key, "") if asks else ""
    if error or said:
        errors.append({"id": "signed-name", "text": error or said})
    return {
        "form": {"title": found.version.title, "version": found.version.version},
        "parts": parts(found, {}, missing),
        "errors": errors,
        "edition": found.row.edition,
        "state": state(found),
        "ref": found.row.ref,
        "last": next(reversed(pages(found.sections)), ""),
        "signature": asks
        and {
            "asks": asks.asks,
            "help": asks.help,
            "drawn": drawn,
            "name": {
                **typed("signed-name", "Full name"),
                "value": name,
                "error": error or said,
                "required": asks.mandatory,
                "autocomplete": "off",
                "max": 0,
            },
        },
    }


def parts(
    found: Filled,
    changed: Mapping[str, queries.Difference],
    missing: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return a filling section by section: each question that counted, its answer."""
    said = {one.key: one.says for one in found.entries}
    shown = {q.key for q in asked.visible(found.sections, found.values)}
    rows = [
        {
            "key": section_.key,
            "title": section_.title,
            "rows": [
                {
                    "key": q.key,
                    "asks": q.asks,
                    "says": said.get(q.key),
                    "withheld": q.key in found.withheld,
                    "missing": missing.get(q.key, ""),
                    "before": changed.get(q.key),
                }
                for q in section_.questions
                if q.is_answered and (q.key in shown or q.key in found.withheld)
            ],
        }
        for section_ in found.sections
    ]
    return [*(part for part in rows if part["rows"]), *_asked_then(found, changed)]


def _asked_then(
    found: Filled, changed: Mapping[str, queries.Difference]
) -> list[dict[str, Any]]:
    """Return answers to what the policy would not let be asked today, if there are."""
    now = {q.key for s in found.sections for q in s.questions}
    rows = [
        {
            "key": one.key,
            "asks": one.asks,
            "says": one.says,
            "withheld": False,
            "missing": "",
            "before": changed.get(one.key),
        }
        for one in found.entries
        if one.key not in now
    ]
    return [{"key": "", "title": "Not asked any more", "rows": rows}] if rows else []


def review(found: Filled, *, person_id: int, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/filling/filled.html for a complete filling."""
    row, version = found.row, found.version
    last = queries.last_before(found, person_id=person_id, permit=permit)
    changed = queries.changed(found.entries, last, permit=permit)
    kind, _, who = str(row.by).partition(":")
    by = accounts.names_of({who}) if kind == "staff" else {}
    exceptions = {one.slug: one for one in basis.exceptions(permit.policy)}
    exception = exceptions.get(str(row.condition))
    return {
        "form": {"title": version.title, "version": version.version},
        "parts": parts(found, changed, {}),
        "suggested": queries.suggested(found, permit=permit),
        "last": last.row.completed_at if last else None,
        "changes": len(changed),
        "signed": found.signature
        and {
            "name": found.signature.name,
            "path": found.signature.path(),
            "at": row.signed_at,
        },
        "facts": {
            "completed_at": row.completed_at,
            "mode": MODES.get(str(row.mode), ""),
            "by": next(iter(by.values()), ""),
            "consent": row.condition == basis.CONSENT,
            "exception": exception
            and {"says": exception.says, "source": exception.source},
            "reason": row.exception_reason,
        },
        "document": _document(row.document),
        "again": reverse_new(found),
    }


def reverse_new(found: Filled) -> str:
    """Return the key of the form when a new filling of it may be begun."""
    return found.version.key if versions.newest(found.version.key) else ""


def _document(ref: UUID | None) -> str:
    try:
        return reverse("desk:file", args=[ref]) if ref else ""
    except NoReverseMatch:
        return ""
