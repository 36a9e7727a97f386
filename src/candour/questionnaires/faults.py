"""What is wrong with a definition beyond its shape, a sentence each."""

from collections import Counter
from collections.abc import Iterator

from candour.policy.vocabulary import CATEGORIES, RecordClass, covers
from candour.questionnaires.definition import (
    QUESTIONS_MAX,
    WITH_OPTIONS,
    Alert,
    Condition,
    Definition,
    Kind,
    Question,
    Section,
)
from candour.questionnaires.sites import SITES

FEWEST_OPTIONS = 2
# What a form may ask: who somebody is, and what their care needs.
ASKABLE = frozenset({RecordClass.IDENTITY, RecordClass.CLINICAL})
ORDERED = frozenset({Kind.NUMBER})
YES_NO = {"yes": "Yes", "no": "No"}


def choices(question: Question) -> dict[str, str]:
    """Return what may be chosen, value → label; nothing where an answer is typed."""
    if question.kind is Kind.YES_NO:
        return dict(YES_NO)
    if question.kind is Kind.BODY:
        return dict(SITES)
    return {option.value: option.label for option in question.options}


def faults(form: Definition) -> list[str]:
    """Return what is wrong with a form. None of it depends on a policy."""
    return list(_faults(form))


def _faults(form: Definition) -> Iterator[str]:
    questions = list(form.questions())
    if len(questions) > QUESTIONS_MAX:
        yield f"A form has at most {QUESTIONS_MAX} questions; this has more."
        return
    for key, count in Counter(s.key for s in form.sections).items():
        if count > 1:
            yield f"Two sections are called {key}."
    for key, count in Counter(q.key for q in questions).items():
        if count > 1:
            yield f"Two questions are called {key}."
    signed = [q for q in questions if q.kind is Kind.SIGNATURE]
    if len(signed) > 1:
        yield "A form is signed once: it has more than one signature."
    if signed and questions[-1] is not signed[0]:
        yield "The signature comes last: nothing is asked after it."
    for section in form.sections:
        yield from _of_section(section)
    earlier: dict[str, Question] = {}
    later = {q.key for q in questions}
    for question in questions:
        later.discard(question.key)
        yield from _of_question(question)
        if question.when is not None:
            yield from _of_condition(question, question.when, earlier, later)
        if question.alert is not None:
            yield from _of_alert(question, question.alert)
        earlier[question.key] = question


def _of_section(section: Section) -> Iterator[str]:
    if not section.switch:
        return
    if section.switch not in CATEGORIES:
        yield f"Section {section.key}: there is no kind of data {section.switch}."
        return
    for question in section.questions:
        if question.category and not covers(section.switch, question.category):
            yield (
                f"Section {section.key} is switched by {section.switch}, and"
                f" {question.key} asks for {question.category}."
            )


def _of_question(question: Question) -> Iterator[str]:
    name = question.key
    if question.kind is Kind.STATEMENT:
        if question.category or question.mandatory or question.alert:
            yield f"{name}: a statement is only read. It asks for nothing."
    elif question.category not in CATEGORIES:
        said = question.category or "none"
        yield f"{name}: there is no kind of data {said}. Choose one of the list."
    elif CATEGORIES[question.category].record_class not in ASKABLE:
        yield f"{name}: {question.category} is not asked for by a form."
    if question.kind in WITH_OPTIONS:
        values = [option.value for option in question.options]
        if len(values) < FEWEST_OPTIONS:
            yield f"{name}: give two choices or more."
        if len(set(values)) < len(values):
            yield f"{name}: two of its choices have the same name."
    elif question.options:
        yield f"{name}: choices belong to questions that are chosen from."
    if question.kind is not Kind.NUMBER and (
        question.unit or question.least is not None or question.most is not None
    ):
        yield f"{name}: a unit and bounds belong to numbers."
    if (
        question.least is not None
        and question.most is not None
        and question.least > question.most
    ):
        yield f"{name}: the lowest number is above the highest."
    if question.kind is Kind.SIGNATURE and (question.when or question.alert):
        yield f"{name}: a signature has no condition and no alert."


def _of_condition(
    question: Question,
    when: Condition,
    earlier: dict[str, Question],
    later: set[str],
) -> Iterator[str]:
    on = earlier.get(when.question)
    if when.question == question.key:
        yield f"{question.key} waits for its own answer."
    elif when.question in later:
        yield (
            f"{question.key} waits for {when.question}, which is asked after it. A"
            " condition looks back, so that none goes round in a circle."
        )
    elif on is None:
        yield f"{question.key} waits for {when.question}, which is not asked."
    elif not on.is_answered:
        yield f"{question.key} waits for {when.question}, which has no answer."
    else:
        yield from _of_test(question.key, on, when)


def _of_alert(question: Question, alert: Alert) -> Iterator[str]:
    if question.is_answered:
        yield from _of_test(question.key, question, alert)


def _of_test(name: str, on: Question, said: Condition | Alert) -> Iterator[str]:
    """Yield what is wrong with what an answer is compared to."""
    known = choices(on)
    if said.test == "answered":
        if said.values:
            yield f"{name}: «answered» compares with nothing."
    elif said.test in ("at-least", "at-most"):
        if on.kind not in ORDERED:
            yield f"{name}: only a number is at least or at most something."
        elif len(said.values) != 1 or not _is_number(said.values[0]):
            yield f"{name}: give one number to compare with."
    elif not known:
        yield f"{name}: a typed answer can only be «answered»."
    elif not said.values or set(said.values) - known.keys():
        yield f"{name}: compare with choices of {on.key}."


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and text.isascii()
