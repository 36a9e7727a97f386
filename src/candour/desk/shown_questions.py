"""The questions of a form as its pages show them: filled in, or only looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from candour.questionnaires import answers as reading
from candour.questionnaires.asked import Answer
from candour.questionnaires.definition import CHOSEN, Kind, Question, Section
from candour.questionnaires.faults import choices
from candour.register.permit import Permit
from candour.web import words

PREFIX = "q-"
NEEDS = {
    "contractual": "We need this to treat you.",
    "statutory": "The law has us ask this.",
}
TYPES = {Kind.LONG: "textarea", Kind.DATE: "date"}


@dataclass(slots=True)
class Sent:
    """What was sent for one section: as typed, as read, and what is wrong with it."""

    raw: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


def questions(
    here: Section,
    shown: set[str],
    held: Mapping[str, Answer],
    sent: Sent | None,
    *,
    permit: Permit,
) -> list[dict[str, Any]]:
    """Return the questions of a section as desk/filling/questions.html takes them.

    One that follows from an answer in this section is there and hidden, so that the
    script can show it at once; one that an earlier section ruled out is not there.
    """
    inside = {question.key for question in here.questions}
    found = []
    for question in here.questions:
        follows = question.when is not None and question.when.question in inside
        if question.kind is Kind.SIGNATURE:
            continue
        if question.key not in shown and not follows:
            continue
        found.append(
            {
                "key": question.key,
                "hidden": question.key not in shown,
                "when": question.when.model_dump(mode="json")
                if follows and question.when
                else None,
                **_asked(question, held.get(question.key), sent, permit),
            }
        )
    return found


def _asked(
    question: Question, held: Answer | None, sent: Sent | None, permit: Permit
) -> dict[str, Any]:
    if question.kind is Kind.STATEMENT:
        return {"type": "statement", "asks": question.asks, "help": question.help}
    given = [held] if isinstance(held, str) else list(held or ())
    if sent is not None and question.key in sent.raw:
        given = sent.raw[question.key]
    error = sent.errors.get(question.key, "") if sent else ""
    why, clause = _why(question, permit)
    theirs = sent.theirs.get(question.key) if sent else None
    common = {
        "name": PREFIX + question.key,
        "hint": question.help,
        "error": error,
        "why": why,
        "clause": clause,
    }
    if question.kind in CHOSEN:
        label = question.asks + ("" if question.mandatory else " (if you like)")
        return {
            "type": "choices",
            "theirs": theirs,
            "choices": {
                **common,
                "legend": label,
                "kind": "radio"
                if question.kind in (Kind.YES_NO, Kind.ONE)
                else "checkbox",
                "across": question.kind in (Kind.YES_NO, Kind.BODY),
                "options": [
                    {"value": v, "label": said, "hint": "", "checked": v in given}
                    for v, said in choices(question).items()
                ],
            },
        }
    is_long = question.kind is Kind.LONG
    unit = f" ({question.unit})" if question.unit else ""
    return {
        "type": "field",
        "theirs": theirs,
        "field": {
            **typed(PREFIX + question.key, question.asks + unit),
            **common,
            "type": TYPES.get(question.kind, "text"),
            "value": given[0] if given else "",
            "required": question.mandatory,
            "inputmode": "decimal" if question.kind is Kind.NUMBER else "",
            "short": question.kind in (Kind.NUMBER, Kind.DATE),
            "max": reading.TEXT_MAX if is_long else 0,
        },
    }


def _why(question: Question, permit: Permit) -> tuple[str, str]:
    """Return why a question has to be answered, and the clause (Article 13(2)(e))."""
    row = permit.policy.collected.get(question.category)
    if row is None or not question.mandatory or row.need not in NEEDS:
        return "", ""
    return NEEDS[row.need], words.number(permit.policy, row.clause)


def radios(
    name: str,
    legend: str,
    labels: Mapping[str, str],
    chosen: Mapping[str, str],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "name": name,
        "legend": legend,
        "kind": "radio",
        "across": True,
        "hint": "",
        "why": "",
        "clause": "",
        "error": errors.get(name, ""),
        "options": [
            {
                "value": value,
                "label": label,
                "hint": "",
                "checked": chosen.get(name) == value,
            }
            for value, label in labels.items()
        ],
    }


def typed(name: str, label: str) -> dict[str, Any]:
    return {
        "name": name, "label": label, "type": "text", "value": "", "required": True,
        "hint": "", "error": "", "why": "", "clause": "", "autocomplete": "off",
        "inputmode": "", "short": False, "max": 0,
    }  # fmt: skip
