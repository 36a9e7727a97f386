"""Changing a draft, one small step at a time. Everything returns a new definition.

A step is checked as a whole form is: what it would break (a condition on a question
that goes, an order in which one looks forward) refuses it, and the draft stays.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from candour.core.errors import Invalid, NotFound
from candour.questionnaires.definition import Definition, Question, Section
from candour.questionnaires.reading import BadDefinition, parse

UP, DOWN = -1, 1
T = TypeVar("T")


def slug(words: str, taken: Iterable[str]) -> str:
    """Return a short name made of `words` that is not among those taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
    base = base if base[:1].isalpha() else f"q-{base}".strip("-")
    known, name, count = set(taken), base, 1
    while name in known:
        count += 1
        name = f"{base}-{count}"
    return name


def headed(form: Definition, **said: Any) -> Definition:
    """Return the form with another title, introduction or use."""
    return _checked(form.model_copy(update=said))


def with_section(form: Definition, section: Section, *, instead_of: str) -> Definition:
    """Return the form with a section put in; `instead_of` names the one it replaces."""
    sections = list(form.sections)
    if instead_of:
        place = _place(sections, instead_of)
        sections[place] = section.model_copy(
            update={"questions": sections[place].questions}
        )
    else:
        sections.append(section)
    return _checked(form.model_copy(update={"sections": tuple(sections)}))


def with_question(
    form: Definition, question: Question, *, section: str, instead_of: str
) -> Definition:
    """Return the form with a question at the end of a section, or in another's place.

    The signature stays last in its section: what is added comes before it.
    """
    sections = list(form.sections)
    place = _place(sections, section)
    questions = list(sections[place].questions)
    if instead_of:
        questions[_place(questions, instead_of)] = question
    else:
        last = questions[-1:] if questions and questions[-1].kind == "signature" else []
        questions[len(questions) - len(last) :] = [question, *last]
    sections[place] = sections[place].model_copy(update={"questions": tuple(questions)})
    return _checked(form.model_copy(update={"sections": tuple(sections)}))


def without(form: Definition, key: str) -> Definition:
    """Return the form without a section, with its questions, or without a question."""
    if form.section(key) is not None:
        kept = tuple(section for section in form.sections if section.key != key)
        return _checked(form.model_copy(update={"sections": kept}))
    _must_have(form, key)
    sections = tuple(
        section.model_copy(
            update={"questions": tuple(q for q in section.questions if q.key != key)}
        )
        for section in form.sections
    )
    return _checked(form.model_copy(update={"sections": sections}))


def moved(form: Definition, key: str, by: int) -> Definition:
    """Return the form with a section or a question one place up or down.

    A question at the edge of its section goes on into the next one.
    """
    if form.section(key) is not None:
        parts = list(form.sections)
        sections = _swapped(parts, _place(parts, key), by)
        return _checked(form.model_copy(update={"sections": tuple(sections)}))
    _must_have(form, key)
    sections = list(form.sections)
    at = next(
        n for n, s in enumerate(sections) if any(q.key == key for q in s.questions)
    )
    questions = list(sections[at].questions)
    place = _place(questions, key)
    if 0 <= place + by < len(questions):
        questions = _swapped(questions, place, by)
    elif 0 <= at + by < len(sections):
        question = questions.pop(place)
        there = list(sections[at + by].questions)
        there.insert(len(there) if by == UP else 0, question)
        sections[at + by] = sections[at + by].model_copy(
            update={"questions": tuple(there)}
        )
    sections[at] = sections[at].model_copy(update={"questions": tuple(questions)})
    return _checked(form.model_copy(update={"sections": tuple(sections)}))


def _swapped(parts: list[T], place: int, by: int) -> list[T]:
    if 0 <= place + by < len(parts):
        parts[place], parts[place + by] = parts[place + by], parts[place]
    return parts


def _place(parts: Sequence[Section | Question], key: str) -> int:
    for place, part in enumerate(parts):
        if part.key == key:
            return place
    raise NotFound


def _must_have(form: Definition, key: str) -> None:
    if form.question(key) is None:
        raise NotFound


def _checked(form: Definition) -> Definition:
    """Return the form read anew, or raise Invalid with what the step would break."""
    try:
        return parse(form.text())
    except BadDefinition as bad:
        raise Invalid(" ".join(bad.faults)) from None
