"""The forms a new clinic starts with, fitted to what its policy collects.

Each is a file of `library/`. A question there names the kinds of data that would hold
its answer, the narrowest first: it is asked as the first of them that the policy
collects, and left out where it collects none. They are a beginning for the clinic's own
doctors to change, not medical advice.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from candour.policy.compile import Policy
from candour.policy.reading import decode, read
from candour.policy.vocabulary import covers
from candour.questionnaires.asked import collects, is_used
from candour.questionnaires.definition import Definition
from candour.questionnaires.editing import slug
from candour.questionnaires.faults import faults
from candour.questionnaires.reading import BadDefinition, of_data

FOLDER = Path(__file__).parent / "library"


def names() -> list[str]:
    """Return the key of every form on the shelf."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def fitted(name: str, policy: Policy) -> Definition | None:
    """Return a form as this policy lets it be asked, or None when nothing is left.

    Raises BadDefinition for a file that is wrong in itself.
    """
    path = FOLDER / f"{name}.yaml"
    told: dict[str, Any] = read(decode(path.read_bytes(), str(path)), str(path)).plain()
    sections = [_section(section, policy) for section in told.pop("sections")]
    form = of_data(
        {**told, "sections": [section for section in sections if section["questions"]]}
    )
    if said := faults(form):
        raise BadDefinition(said)
    asked = [q.category for q in form.questions() if q.is_answered]
    if form.about == "history" and not any(covers("health", one) for one in asked):
        return None  # a medical history that may not ask about health is none
    return form if asked else None


def _section(told: dict[str, Any], policy: Policy) -> dict[str, Any]:
    questions = list(_questions(told["questions"], policy))
    return {**told, "questions": questions}


def _questions(told: list[dict[str, Any]], policy: Policy) -> Iterator[dict[str, Any]]:
    kept: set[str] = set()
    for question in told:
        wanted = question.pop("category", [])
        category = next((c for c in wanted if _may(policy, c)), "")
        waits_for = question.get("when", {}).get("question")
        if (wanted and not category) or (waits_for and waits_for not in kept):
            continue
        kept.add(question["key"])
        if wanted:
            question["category"] = category
        if "options" in question:
            question["options"] = list(_options(question["options"]))
        yield question


def _may(policy: Policy, category: str) -> bool:
    return collects(policy, category) and is_used(policy, category)


def _options(labels: list[str]) -> Iterator[dict[str, str]]:
    taken: list[str] = []
    for label in labels:
        value = slug(label, taken)
        taken.append(value)
        yield {"value": value, "label": label}
