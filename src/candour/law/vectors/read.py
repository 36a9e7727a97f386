"""Reading the facts of a case: a JSON object in, typed values out.

A key that is missing and a key that is null are told apart only by `has`: a case
often leaves out what does not matter to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.core.clock import local_date
from candour.law.regions import Region


class UnreadableCase(ValueError):
    """A case is not of the form it should have; the message names the key."""


def _moment(key: str, value: object) -> date | datetime:
    if not isinstance(value, str):
        raise UnreadableCase(f"{key}: expected a date in quotes, not {value!r}")
    try:
        if "T" in value or " " in value:
            at = datetime.fromisoformat(value)
        else:
            return date.fromisoformat(value)
    except ValueError as error:
        raise UnreadableCase(f"{key}: {value!r} is not a date: {error}") from None
    if at.tzinfo is None:
        raise UnreadableCase(f"{key}: {value!r} has no time zone")
    return at


@dataclass(frozen=True, slots=True)
class Given:
    """The facts of one case, read by name and kind."""

    facts: Mapping[str, Any]

    def has(self, *keys: str) -> bool:
        """Say whether any of the keys is written at all, null or not."""
        return any(key in self.facts for key in keys)

    def known(self, *keys: str) -> bool:
        """Say whether any of the keys has a value other than null."""
        return any(self.facts.get(key) is not None for key in keys)

    def raw(self, key: str) -> Any:
        """Return the value as it was written, or None."""
        return self.facts.get(key)

    def text(self, key: str, default: str = "") -> str:
        """Return a string, or `default` where it is missing or null."""
        value: object = self.facts.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise UnreadableCase(f"{key}: expected text, not {value!r}")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """Return yes or no; a value that is not null and not false counts as yes."""
        value: object = self.facts.get(key)
        return default if value is None else bool(value)

    def number(self, key: str) -> int | None:
        """Return a whole number, or None where it is missing or null."""
        value: object = self.facts.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnreadableCase(f"{key}: expected a whole number, not {value!r}")
        return value

    def items(self, key: str) -> list[Any]:
        """Return a list; a single value becomes a list of one."""
        value: object = self.facts.get(key)
        if value is None:
            return []
        return list(value) if isinstance(value, list | tuple) else [value]

    def moment(self, *keys: str) -> date | datetime | None:
        """Return the first of the keys that holds a day or a moment, or None."""
        for key in keys:
            if self.facts.get(key) is not None:
                return _moment(key, self.facts[key])
        return None

    def day(self, *keys: str) -> date | None:
        """Return the first of the keys that holds a day, read in London, or None."""
        at = self.moment(*keys)
        return local_date(at) if isinstance(at, datetime) else at

    def instant(self, *keys: str) -> datetime | None:
        """Return the first of the keys that holds a moment with its zone, or None."""
        at = self.moment(*keys)
        if at is not None and not isinstance(at, datetime):
            raise UnreadableCase(f"{keys[0]}: expected a time of day with its zone")
        return at

    def must_day(self, *keys: str) -> date:
        """Return a day that the case cannot do without."""
        day = self.day(*keys)
        if day is None:
            raise UnreadableCase(f"{keys[0]}: a date is needed here")
        return day

    def region(self) -> Region:
        """Return where the clinic is: England unless the case says otherwise."""
        value = self.text("region", Region.ENGLAND.value)
        try:
            return Region(value)
        except ValueError:
            raise UnreadableCase(
                f"region: {value!r} is not one of {', '.join(Region)}"
            ) from None

    def pairs(self, key: str) -> list[tuple[date, date | None]]:
        """Return a list of (first, last or None) days."""
        found: list[tuple[date, date | None]] = []
        for item in self.items(key):
            if not isinstance(item, list | tuple) or not item:
                raise UnreadableCase(f"{key}: expected pairs of dates, not {item!r}")
            first, last = (*item, None)[:2]
            pair = Given({key: first, f"{key}, answered": last})
            found.append((pair.must_day(key), pair.day(f"{key}, answered")))
        return found

    def contacts(self, key: str) -> list[tuple[date, str]]:
        """Return a list of (day, kind of contact)."""
        found: list[tuple[date, str]] = []
        for item in self.items(key):
            match item:
                case [day, str(kind)]:
                    found.append((Given({key: day}).must_day(key), kind))
                case _:
                    raise UnreadableCase(f"{key}: expected [date, kind], not {item!r}")
        return found


def iso(value: date | datetime | None) -> str | None:
    """Write a day or a moment as the cases do; None stays None."""
    return None if value is None else value.isoformat()
