"""What the builder of forms shows. Forms are of no person; who changed one is staff."""

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse

from candour.accounts import queries as accounts
from candour.desk.forms_building import TESTS, Written, alerts, categories, kinds
from candour.desk.shown_questions import questions
from candour.policy.vocabulary import CATEGORIES
from candour.questionnaires import asked, changes, versions
from candour.questionnaires.changes import KINDS
from candour.questionnaires.definition import (
    ALERTS,
    Definition,
    Kind,
    Question,
    Section,
)
from candour.questionnaires.faults import choices
from candour.questionnaires.versions import Version
from candour.register.permit import Permit
from candour.web import words

STATES = {
    "draft": ("due", "Draft"),
    "published": ("kept", "Published"),
    "withdrawn": ("quiet", "Withdrawn"),
}


def listed() -> list[dict[str, Any]]:
    """Return the rows of desk/building/list.html."""
    return [
        {
            "title": one.title,
            "url": reverse("desk:form", args=[one.key]),
            "published": one.published,
            "published_at": one.published_at,
            "draft": one.draft,
            "draft_url": reverse("desk:form-draft", args=[one.key]),
            "versions": one.versions,
            "edited_at": one.edited_at,
        }
        for one in versions.listed()
    ]


def history(key: str) -> dict[str, Any]:
    """Return the context of desk/building/form.html."""
    found = versions.of_key(key)
    names = names_of(v.edited_by for v in found)
    issued = next((v for v in found if v.state != "draft"), None)
    return {
        "key": key,
        "title": found[0].title,
        "draft": next((v.version for v in found if v.state == "draft"), None),
        "in_use": issued.version if issued and issued.state == "published" else None,
        "versions": [
            {
                "number": v.version,
                "url": reverse("desk:form-version", args=[key, v.version]),
                "state": STATES[v.state][0],
                "word": STATES[v.state][1]
                if v is issued or v.state != "published"
                else "Replaced",
                "at": v.withdrawn_at or v.published_at or v.edited_at,
                "by": names.get(v.edited_by, ""),
                "why": v.withdrawn_why,
                "questions": sum(q.is_answered for q in v.form.questions()),
            }
            for v in found
        ],
    }


def names_of(actors: Any) -> dict[str, str]:
    """Return actor -> name, of staff; the system has none."""
    refs = {one: one.partition(":")[2] for one in actors if one.startswith("staff:")}
    names = accounts.names_of(set(refs.values()))
    return {one: names.get(ref, "") for one, ref in refs.items()}


def preview(version: Version, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/building/preview.html: as the patient sees it."""
    sections = asked.live(version.form, permit.policy)
    off = {s.key for s in asked.switched_off(version.form, permit.policy)}
    return {
        "key": version.key,
        "number": version.version,
        "state": STATES[version.state][0],
        "word": STATES[version.state][1],
        "is_draft": version.state == "draft",
        "title": version.title,
        "says": version.form.says,
        "sections": [
            {
                "title": section.title,
                "says": section.says,
                "questions": _shown(section, sections, permit),
            }
            for section in sections
        ],
        "off": [s.title for s in version.form.sections if s.key in off],
        "signature": version.form.signature,
        "sha256": version.sha256,
    }


def _shown(
    section: Section, sections: tuple[Section, ...], permit: Permit
) -> list[dict[str, Any]]:
    """Return questions as they begin; what waits for another section is shown too."""
    begins = {q.key for q in asked.visible(sections, {})}
    inside = {q.key for q in section.questions}
    elsewhere = {
        q.key
        for q in section.questions
        if q.when is not None and q.when.question not in inside
    }
    return questions(section, begins | elsewhere, {}, None, permit=permit)


def draft(version: Version, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/building/draft.html."""
    form = version.form
    against = {one.question: one for one in asked.findings(form, permit.policy)}
    last = versions.before(version)
    by = names_of([version.edited_by]).get(version.edited_by, "")
    return {
        "key": version.key,
        "number": version.version,
        "edition": version.edition,
        "edited_at": version.edited_at,
        "edited_by": by,
        "title": form.title,
        "says": form.says,
        "about": form.about,
        "treatment": form.treatment or "",
        "sections": [
            _section(section, form, against, permit) for section in form.sections
        ],
        "findings": len(against),
        "before": last.version if last else None,
    }


def _section(
    section: Section,
    form: Definition,
    against: Mapping[str, asked.Finding],
    permit: Permit,
) -> dict[str, Any]:
    switched = CATEGORIES[section.switch].label if section.switch else ""
    return {
        "key": section.key,
        "title": section.title,
        "says": section.says,
        "switch": switched,
        "on": asked.is_on(permit.policy, section),
        "asked": section.asked,
        "questions": [_question(q, form, against) for q in section.questions],
    }


def _question(
    question: Question, form: Definition, against: Mapping[str, asked.Finding]
) -> dict[str, Any]:
    found = against.get(question.key)
    label = CATEGORIES[question.category].label if question.category else ""
    return {
        "key": question.key,
        "asks": question.asks,
        "kind": KINDS[question.kind],
        "collects": label,
        "mandatory": question.mandatory,
        "when": _when(question, form),
        "alert": ALERTS[question.alert.kind] if question.alert else "",
        "against": found.text if found else "",
    }


def _when(question: Question, form: Definition) -> str:
    when = question.when
    on = form.question(when.question) if when else None
    if when is None or on is None:
        return ""
    known = choices(on)
    values = " or ".join(known.get(value, value) for value in when.values)
    return f"«{on.asks}» {TESTS[when.test]} {values}".strip()


def publishing(version: Version, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/building/publish.html."""
    policy, last = permit.policy, versions.before(version)
    form = version.form
    return {
        "key": version.key,
        "number": version.version,
        "title": form.title,
        "edition": version.edition,
        "before": last.version if last else None,
        "changes": changes.between(last.form if last else None, form),
        "findings": [
            {
                "text": one.text,
                "category": one.category,
                "clause": words.number(policy, one.clause),
                "key": one.clause,
                "question": one.question,
            }
            for one in asked.findings(form, policy)
        ],
        "collects": _collects(form, policy),
        "off": [
            {
                "title": s.title,
                "why": "left out by the form"
                if not s.asked
                else "the policy does not collect it",
            }
            for s in asked.switched_off(form, policy)
        ],
        "empty": not any(q.is_answered for q in form.questions()),
        "signed": form.signature is not None,
        "policy": permit.decision.policy,
    }


def _collects(form: Definition, policy: Any) -> list[dict[str, str]]:
    used = dict.fromkeys(
        q.category
        for section in asked.live(form, policy)
        for q in section.questions
        if q.category
    )
    return [
        {
            "label": CATEGORIES[name].label,
            "clause": words.number(policy, _clause(policy, name)),
        }
        for name in used
    ]


def _clause(policy: Any, category: str) -> str:
    row = policy.collected.get(category)
    return row.clause if row else "collects"


def question(
    version: Version, written: Written, *, key: str, section: str, permit: Permit
) -> dict[str, Any]:
    """Return the context of desk/building/question.html."""
    form, policy = version.form, permit.policy
    order = [q.key for q in form.questions()]
    earlier = order[: order.index(key)] if key in order else _up_to(form, section)
    said = written.values
    return {
        "key": version.key,
        "title": version.title,
        "edition": version.edition,
        "question": key,
        "section": section,
        "said": {name.replace("-", "_"): value for name, value in said.items()},
        "mandatory": written.mandatory,
        "error": written.error,
        "kinds": _options(kinds(), said.get("kind", "")),
        "categories": _options(
            [
                (
                    name,
                    label
                    if asked.collects(policy, name)
                    else f"{label}: not collected",
                )
                for name, label in categories()
            ],
            said.get("category", ""),
        ),
        "earlier": _options(_earlier(form, earlier), said.get("when", "")),
        "tests": _options(list(TESTS.items()), said.get("when-test", "is")),
        "alert_tests": _options(list(TESTS.items()), said.get("alert-test", "is")),
        "alerts": _options(alerts(), said.get("alert", "")),
    }


def _up_to(form: Definition, section: str) -> list[str]:
    found: list[str] = []
    for one in form.sections:
        found += [q.key for q in one.questions]
        if one.key == section:
            break
    return found


def _earlier(form: Definition, keys: Collection[str]) -> list[tuple[str, str]]:
    found = []
    for one in form.questions():
        if one.key in keys and one.is_answered:
            known = ", ".join(choices(one).values())
            hint = f" ({known})" if known and one.kind is not Kind.BODY else ""
            found.append((one.key, f"{one.asks}{hint}"))
    return found


def _options(pairs: list[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "chosen": value == chosen}
        for value, label in pairs
    ]


def section(
    version: Version, said: Mapping[str, Any], error: str, key: str
) -> dict[str, Any]:
    """Return the context of desk/building/section.html."""
    return {
        "key": version.key,
        "title": version.title,
        "edition": version.edition,
        "section": key,
        "said": said,
        "error": error,
        "switches": _options(categories(), str(said.get("switch", ""))),
    }
