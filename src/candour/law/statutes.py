"""The Acts and regulations that notices cite, and whether they still hold.

A private clinic is meant: the Freedom of Information Act is in force, and not for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Status(StrEnum):
    """Whether a law holds for a private clinic today."""

    IN_FORCE = "in-force"
    REPEALED = "repealed"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Statute:
    """A law as notices cite it. `why` says what became of it, after its title."""

    cited: str
    title: str
    status: Status = Status.IN_FORCE
    since: date | None = None
    why: str = ""
    source: str = ""


_ALL: Final = (
    Statute("UK-GDPR", "The UK GDPR", since=date(2021, 1, 1)),
    Statute("DPA-2018", "The Data Protection Act 2018", since=date(2018, 5, 25)),
    Statute("DUAA-2025", "The Data (Use and Access) Act 2025", since=date(2025, 6, 19)),
    Statute(
        "PECR",
        "The Privacy and Electronic Communications Regulations 2003",
        since=date(2003, 12, 11),
    ),
    Statute(
        "AHRA-1990", "The Access to Health Records Act 1990", since=date(1991, 11, 1)
    ),
    Statute(
        "DPA-1998",
        "The Data Protection Act 1998",
        Status.REPEALED,
        date(2018, 5, 25),
        "was repealed on 25 May 2018",
        "DPA 2018 Sch 19 para 44",
    ),
    Statute(
        "DPA-1984",
        "The Data Protection Act 1984",
        Status.REPEALED,
        date(2000, 3, 1),
        "was repealed on 1 March 2000",
        "DPA 1998 Sch 16",
    ),
    Statute(
        "DPD-1995",
        "Directive 95/46/EC",
        Status.REPEALED,
        date(2018, 5, 25),
        "was repealed on 25 May 2018",
        "Regulation (EU) 2016/679 Art 94(1)",
    ),
    Statute(
        "FOIA-2000",
        "The Freedom of Information Act 2000",
        Status.NOT_APPLICABLE,
        date(2005, 1, 1),
        "is for public authorities, and not for a private clinic",
        "Freedom of Information Act 2000 s3",
    ),
    Statute(
        "GDPR",
        "Regulation (EU) 2016/679 (the EU's GDPR)",
        Status.NOT_APPLICABLE,
        date(2021, 1, 1),
        "no longer holds in the United Kingdom, where the UK GDPR does",
        "European Union (Withdrawal) Act 2018 s3; SI 2019/419",
    ),
)

STATUTES: Final[Mapping[str, Statute]] = MappingProxyType(
    {statute.cited: statute for statute in _ALL}
)
"""Citation as a policy writes it → the law."""


def named_in(text: str) -> Iterator[Statute]:
    """Yield the laws of the list that a text names by their titles."""
    said = text.casefold()
    for statute in _ALL:
        title = statute.title.removeprefix("The ").casefold()
        if title in said:
            yield statute
