"""Put the notice together: sections in order, numbers, open decisions, own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from candour.policy.language import Document
from candour.policy.render.doc import Clause, Note, NoticeDoc, Section
from candour.policy.render.sections.care import (
    changes,
    children,
    explained,
    safety,
)
from candour.policy.render.sections.collect import collect
from candour.policy.render.sections.keeping import keeping
from candour.policy.render.sections.others import others
from candour.policy.render.sections.reach import photographs, reach
from candour.policy.render.sections.rights import complaining, rights
from candour.policy.render.sections.site import site
from candour.policy.render.sections.who import controller_line, who
from candour.policy.render.sections.why import why
from candour.policy.render.short import short
from candour.policy.render.words.others import NAMES
from candour.policy.render.words.plain import capital, sentence

_LEAD = "What we do with your data, in short and then in full."
_DRAFT = (
    "A draft. Some things are still to be decided, and each is marked where it stands."
)


FIELDS = {
    "country": "country",
    "role": "its part",
    "safeguard": "what guards it abroad",
    "named": "names",
    "ico": "ICO number",
    "address": "address",
    "email": "email address",
    "because": "the law behind it",
    "condition": "what lets us use health data",
    "every": "safe copies",
    "drill": "trying a copy",
    "after-stop": "sent after a stop",
    "page": "page",
}
"""What a key of the policy is called, where a decision on it stands in the margin."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A key of the policy that a person must still decide, and what is open in it."""

    key: str
    why: str


def compose(
    document: Document,
    undecided: Iterable[Undecided] = (),
    inactive: Mapping[str, str] | None = None,
) -> NoticeDoc:
    """Return the notice of a policy.

    `undecided` are marked beside the clause that prints them. `inactive` maps a
    recipient to the reason why nothing may go there yet.
    """
    open_ = tuple(undecided)
    sections = (
        who(document),
        collect(document),
        why(document, inactive or {}),
        reach(document),
        photographs(document),
        others(document, inactive or {}),
        keeping(document),
        rights(document),
        complaining(document),
        site(document),
        children(document),
        safety(document),
        changes(document),
        explained(document),
    )
    numbered = _numbered(sections, document.words)
    marked = _marked(numbered, open_, _names(document))
    clinic = document.clinic.name if document.clinic else document.policy
    return NoticeDoc(
        title="Privacy notice",
        clinic=clinic,
        controller=controller_line(document) if document.controllers else "",
        lead=f"{_LEAD} {_DRAFT}" if open_ else _LEAD,
        version=document.version,
        effective=document.effective,
        language=document.language,
        draft=bool(open_),
        short=short(document),
        sections=marked,
    )


def _numbered(
    sections: tuple[Section, ...], own_words: Mapping[str, str]
) -> tuple[Section, ...]:
    """Number sections and clauses, put in the clinic's own words, fill references."""
    done = []
    for place, section in enumerate(sections, start=1):
        clauses = tuple(
            _worded(replace(clause, number=f"{place}.{index}"), own_words)
            for index, clause in enumerate(section.clauses, start=1)
        )
        done.append(replace(section, number=str(place), clauses=clauses))
    numbers = numbers_of(done)
    return tuple(
        replace(
            section,
            clauses=tuple(_resolved(clause, numbers) for clause in section.clauses),
        )
        for section in done
    )


def _worded(clause: Clause, own_words: Mapping[str, str]) -> Clause:
    """Return the clause in the clinic's own words, where it has some."""
    own = own_words.get(clause.key)
    return clause if own is None else replace(clause, paragraphs=(own,))


def _resolved(clause: Clause, numbers: Mapping[str, str]) -> Clause:
    """Return the clause with `{contacts}` turned into the number printed there."""

    def resolve(texts: tuple[str, ...]) -> tuple[str, ...]:
        where = numbers.get("contacts", "")
        return tuple(text.replace("{contacts}", where) for text in texts)

    return replace(
        clause, paragraphs=resolve(clause.paragraphs), items=resolve(clause.items)
    )


def _names(document: Document) -> dict[str, str]:
    """Return what the policy calls its controllers, recipients and contacts."""
    names = dict(NAMES) | dict.fromkeys(document.contacts, "")
    for slug, controller in document.controllers.items():
        names[slug] = controller.name
    for slug, recipient in document.recipients.items():
        if recipient.name:
            names[slug] = recipient.name
    return names


def _marked(
    sections: tuple[Section, ...],
    undecided: tuple[Undecided, ...],
    names: Mapping[str, str],
) -> tuple[Section, ...]:
    """Put each clause's law and open decisions beside it."""
    numbers = numbers_of(sections)
    notes: dict[str, list[Note]] = {}
    for one in undecided:
        number = nearest_number(numbers, one.key)
        said = _about(numbers, names, one.key) + one.why
        note = Note("due", "Not decided yet", sentence(said))
        notes.setdefault(number, []).append(note)

    def marked(clause: Clause, first: bool, section: Section) -> Clause:
        beside = list(notes.get(clause.number, ()))
        if first:
            beside += notes.get(section.number, ())
        if clause.law:
            beside.append(Note("quiet", "The law", "; ".join(clause.law)))
        return replace(clause, margin=tuple(beside))

    return tuple(
        replace(
            section,
            clauses=tuple(
                marked(clause, index == 0, section)
                for index, clause in enumerate(section.clauses)
            ),
        )
        for section in sections
    )


def _about(numbers: Mapping[str, str], names: Mapping[str, str], key: str) -> str:
    """Return what a decision is about, where its clause prints many such things."""
    above, _, last = key.rpartition(".")
    while above and above not in numbers:
        above, _, before = above.rpartition(".")
        last = f"{before}.{last}"
    parts = last.split(".")
    if len(parts) == 1:
        return f"{FIELDS[last]}: " if last in FIELDS else ""
    name = names.get(parts[0], capital(parts[0].replace("-", " ")))
    field = FIELDS.get(parts[-1], parts[-1].replace("-", " "))
    said = ", ".join(part for part in (name, field) if part)
    return f"{said}: "


def numbers_of(sections: Iterable[Section]) -> dict[str, str]:
    """Return key → printed number, for sections and clauses."""
    numbers: dict[str, str] = {}
    for section in sections:
        for clause in section.clauses:
            for key in clause.keys:
                numbers.setdefault(key, clause.number)
        for key in section.keys:
            numbers.setdefault(key, section.number)
    return numbers


def nearest_number(numbers: Mapping[str, str], key: str) -> str:
    """Return the number at a key, or at the nearest key above it; "" where none is.

    The clinic's own words for a clause (`words.purposes.care`) are found where they are
    printed: at that clause.
    """
    key = key.removeprefix("words.")
    while key:
        number = numbers.get(key)
        if number is not None:
            return number
        key = key.rpartition(".")[0]
    return ""
