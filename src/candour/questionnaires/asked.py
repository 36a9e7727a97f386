"""Which questions a policy lets a form ask, and which of them an answer brings up.

The same two questions are put when a form is published, filled, checked and printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from candour.policy.compile import Policy
from candour.policy.vocabulary import CATEGORIES, covers, is_special
from candour.questionnaires.definition import (
    ALERTS,
    Alert,
    Condition,
    Definition,
    Question,
    Section,
)

CARE = "care"
ABOUT = "patient"
Answer = str | list[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the policy says against a form: which question, what, which clause."""

    question: str
    text: str
    category: str
    clause: str


def collects(policy: Policy, category: str) -> bool:
    """Say whether the policy collects a kind of data of patients, this narrow."""
    return any(
        ABOUT in row.about and covers(wide, category)
        for wide, row in policy.collected.items()
    )


def is_used(policy: Policy, category: str) -> bool:
    """Say whether care may use a kind of data, by its purpose in the policy."""
    care = policy.purposes.get(CARE)
    return care is not None and category in care.uses


def may_ask(policy: Policy, question: Question) -> bool:
    """Say whether a question may be asked at all: a statement always may."""
    if not question.category:
        return True
    return collects(policy, question.category) and is_used(policy, question.category)


def is_on(policy: Policy, section: Section) -> bool:
    """Say whether a section is shown: wanted, and switched on by the policy."""
    return section.asked and (not section.switch or _any_of(policy, section.switch))


def _any_of(policy: Policy, switch: str) -> bool:
    """Say whether the policy collects a kind of data of patients, or part of it."""
    return collects(policy, switch) or any(
        ABOUT in row.about and covers(switch, narrow)
        for narrow, row in policy.collected.items()
    )


def live(form: Definition, policy: Policy) -> tuple[Section, ...]:
    """Return the sections a person is asked under `policy`, with what may be asked.

    A form that was published under an older policy asks no more than the newer one
    collects.
    """
    found = []
    for section in form.sections:
        if not is_on(policy, section):
            continue
        questions = tuple(q for q in section.questions if may_ask(policy, q))
        if questions:
            found.append(section.model_copy(update={"questions": questions}))
    return tuple(found)


def findings(form: Definition, policy: Policy) -> list[Finding]:
    """Return what keeps a form from being published under `policy`."""
    return [
        finding
        for section in form.sections
        if is_on(policy, section)
        for question in section.questions
        for finding in _against(policy, question)
    ]


def _against(policy: Policy, question: Question) -> Iterator[Finding]:
    category = question.category
    if not category or category not in CATEGORIES:
        return
    label = CATEGORIES[category].label
    if not collects(policy, category):
        yield Finding(
            question.key,
            f"«{question.asks}» asks for {label} ({category}), and the policy does"
            " not collect that from patients.",
            category,
            "collects",
        )
    elif not is_used(policy, category):
        yield Finding(
            question.key,
            f"«{question.asks}» asks for {label} ({category}), and care does not use"
            " that under the policy.",
            category,
            f"purposes.{CARE}.uses" if CARE in policy.purposes else "purposes",
        )


def switched_off(form: Definition, policy: Policy) -> list[Section]:
    """Return the sections that are left out, by the form itself or by the policy."""
    return [section for section in form.sections if not is_on(policy, section)]


def asks_special(sections: tuple[Section, ...]) -> bool:
    """Say whether anything asked is protected by Article 9(1): health and the like."""
    return any(
        is_special(question.category)
        for section in sections
        for question in section.questions
        if question.category
    )


def visible(sections: tuple[Section, ...], answers: Answers) -> list[Question]:
    """Return the questions that these answers bring up, in order.

    The answer to a question that is not shown counts for nothing, so that what follows
    from it is not shown either.
    """
    shown: list[Question] = []
    counted: dict[str, Answer] = {}
    for section in sections:
        for question in section.questions:
            if question.when is not None and not holds(
                question.when, counted.get(question.when.question)
            ):
                continue
            shown.append(question)
            if question.is_answered and question.key in answers:
                counted[question.key] = answers[question.key]
    return shown


def holds(said: Condition | Alert, answer: Answer | None) -> bool:
    """Say whether an answer is what a condition asks. No answer fits only «is not»."""
    if not answer:
        return said.test == "is-not"
    if said.test == "answered":
        return True
    given = answer if isinstance(answer, list) else [answer]
    if said.test in ("at-least", "at-most"):
        number, bound = float(given[0]), float(said.values[0])
        return number >= bound if said.test == "at-least" else number <= bound
    return bool(set(given) & set(said.values)) == (said.test == "is")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A medical alert that an answer suggests; a person decides whether it is one."""

    kind: str
    label: str
    question: str
    asks: str


def suggestions(shown: list[Question], answers: Answers) -> list[Suggestion]:
    """Return the alerts that these answers suggest, in the order of the questions."""
    return [
        Suggestion(one.alert.kind, ALERTS[one.alert.kind], one.key, one.asks)
        for one in shown
        if one.alert is not None
        and one.key in answers
        and holds(one.alert, answers[one.key])
    ]
