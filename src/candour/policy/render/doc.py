"""A notice as data: sections of numbered clauses, ready for a page or a PDF.

The shape is what a page needs and no more. Nothing here is HTML. A clause's `key` is
the path in the policy that it prints (`purposes.enquiry`); its `number` belongs to this
version alone and is stored nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know, for the short layer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. Every row has as many cells as there are heads."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a clause: the law it rests on, a decision still open.

    `state` is one of the page's four: kept, due, wrong, quiet.
    """

    state: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise, in words. `also` are other keys of the policy that it prints."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    law: tuple[str, ...] = ()
    margin: tuple[Note, ...] = ()
    also: tuple[str, ...] = ()
    number: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key of the policy that this clause prints."""
        return (self.key, *self.also)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the notice. `keys` are the parts of the policy that lead here."""

    title: str
    clauses: tuple[Clause, ...]
    keys: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDoc:
    """A whole privacy notice: short layer first, then section by section.

    `draft` says that a person still has something to decide; such a notice may run
    but may not be published. `controller` is one line that names who answers for it.
    """

    title: str
    clinic: str
    controller: str
    lead: str
    version: str
    effective: date
    language: str
    draft: bool
    short: tuple[Point, ...]
    sections: tuple[Section, ...]

    def clauses(self) -> Iterator[Clause]:
        """Yield every clause, in the order of its number."""
        for section in self.sections:
            yield from section.clauses


@dataclass(frozen=True, slots=True)
class Cookie:
    """One thing stored on a person's device, as the cookie notice lists it.

    `reviewed` says who looked at it last, and when.
    """

    name: str
    why: str
    set_by: str
    lasts: str
    needs: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class CookieNotice:
    """The cookie notice: words, what is set, and what waits for a choice.

    `cookies` are set today. `planned` are uses that the policy names and for which
    nothing is set yet. `browsers` says where each browser shows, clears and blocks
    them; `help` stands before it.
    """

    title: str
    version: str
    effective: date
    lead: str
    paragraphs: tuple[str, ...]
    help: tuple[str, ...]
    browsers: Table
    cookies: tuple[Cookie, ...] = field(default=())
    planned: tuple[Cookie, ...] = field(default=())
