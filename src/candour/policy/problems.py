"""What is wrong with a policy: where, what, and what would be right."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from itertools import islice

from candour.core.errors import CandourError

Path = tuple[str | int, ...]

MOST_LISTED = 14
"""How many known words a suggestion lists before it names only the nearest."""

MOST_COMPARED = 200
"""How many known words a mistaken one is compared with letter by letter."""

NEIGHBOURS = 15
"""Of more words, how many on each side of it in the alphabet."""

MOST_TOLD = 100
"""How many mistakes are told at once: nobody reads more, and each costs time."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: its name, and line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: `key` is the path in the policy, `suggestion` what to do."""

    file: str
    line: int
    column: int
    key: str
    message: str
    suggestion: str = ""

    @classmethod
    def at(
        cls, place: Place, path: Path | str, message: str, suggestion: str = ""
    ) -> "Problem":
        """Return a problem at a place, its path written as a key."""
        key = path if isinstance(path, str) else dotted(path)
        return cls(place.file, place.line, place.column, key, message, suggestion)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        key = f" {self.key}:" if self.key else ""
        tail = f" {self.suggestion}" if self.suggestion else ""
        return f"{where}:{key} {self.message}.{tail}"


class PolicyErrors(CandourError):
    """This policy cannot be used as it is written."""

    code = "policy_errors"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = _capped(tuple(dict.fromkeys(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def told(problems: Iterable[Problem]) -> list[Problem]:
    """Return as many problems as are told, and one more where there are more."""
    return list(islice(problems, MOST_TOLD + 1))


def _capped(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if len(problems) <= MOST_TOLD:
        return problems
    last = problems[MOST_TOLD]
    place = Place(last.file, last.line, last.column)
    say = f"there are more mistakes than the {MOST_TOLD} above"
    return (
        *problems[:MOST_TOLD],
        Problem.at(place, "", say, "Mend those, then look again."),
    )


def dotted(path: Path) -> str:
    """Write a path as a key: ('messages', 'offer', 0) is `messages.offer[0]`."""
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part}]"
        else:
            key += f".{part}" if key else part
    return key


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to a mistaken one, or list a short few."""
    words = _likeliest(word, [str(name) for name in known])
    close = get_close_matches(word, words, n=1, cutoff=0.6) or get_close_matches(
        word.lower(), words, n=1, cutoff=0.55
    )
    if close:
        return f"Did you mean '{close[0]}'?"
    if not words:
        return ""
    if len(words) <= MOST_LISTED:
        return f"Known here: {', '.join(words)}."
    loose = get_close_matches(word.lower(), words, n=3, cutoff=0.3)
    return f"Nearest: {', '.join(loose)}." if loose else ""


def _likeliest(word: str, known: list[str]) -> list[str]:
    """Return the words that begin most like one, where there are too many to compare.

    Our own lists are shorter: so many names are only in a file made to be slow.
    """
    if len(known) <= MOST_COMPARED:
        return known
    known = sorted(known)
    at = bisect_left(known, word)
    return known[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
