"""What staff type of what was given: batches, places, doses, spots on the map."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import QueryDict

from candour.desk.typed import Options
from candour.records.actions.treatments import Portion
from candour.records.places import PLACES

ROWS, MOST = 3, 30


@dataclass(slots=True)
class Line:
    """One line of what was given: a batch, a place, a dose, a spot on the map."""

    number: int
    batch: str = ""
    place: str = ""
    dose: str = ""
    x: str = ""
    y: str = ""
    error: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing was written on it."""
        return not (self.batch or self.place or self.dose.strip())


@dataclass(slots=True)
class Lines:
    """The lines of what was given, as typed."""

    batches: Options
    lines: list[Line] = field(default_factory=lambda: [Line(n) for n in range(ROWS)])

    def read(self, sent: QueryDict, *, more: int = 0) -> None:
        """Take the lines that were sent, and `more` empty ones."""
        count = sent.get("lines", "")
        known = int(count) if count.isdecimal() and len(count) < 3 else ROWS
        known = min(max(known + more, ROWS), MOST)
        self.lines = [self._line(sent, n) for n in range(known)]

    def _line(self, sent: QueryDict, n: int) -> Line:
        line = Line(
            n,
            *(sent.get(f"{name}-{n}", "") for name in ("batch", "place", "dose")),
            *(_hundredth(sent.get(f"{name}-{n}", "")) for name in ("x", "y")),
        )
        if line.empty:
            return line
        if line.batch not in {value for value, _ in self.batches}:
            line.error = "Choose the batch it came from."
        elif line.place not in PLACES:
            line.error = "Choose the place."
        elif _dose(line.dose) is None:
            line.error = "Write the dose as a number, such as 4 or 0.5."
        return line

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return [
            {"id": f"dose-{line.number}", "text": line.error}
            for line in self.lines
            if line.error
        ]

    def portions(self) -> list[Portion]:
        """Return what was given, lines of one batch and place put together."""
        found: dict[tuple[str, str], list[Line]] = {}
        for line in self.lines:
            if not line.empty:
                found.setdefault((line.batch, line.place), []).append(line)
        return [
            Portion(
                UUID(batch),
                place,
                sum((_dose(one.dose) or Decimal(0) for one in rows), Decimal(0)),
                [
                    (int(one.x), int(one.y), one.dose.strip())
                    for one in rows
                    if one.x and one.y
                ],
            )
            for (batch, place), rows in found.items()
        ]

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/given_lines.html takes it."""
        return {
            "lines": self.lines,
            "batches": [{"value": v, "label": label} for v, label in self.batches],
            "places": list(PLACES.values()),
            "count": len(self.lines),
            "face": {"name": "face", "marks": []},
            "body": {"name": "body", "marks": []},
        }


def _hundredth(text: str) -> str:
    whole = text.isascii() and text.isdecimal() and len(text) < 4
    return text if whole and int(text) <= 100 else ""


def _dose(text: str) -> Decimal | None:
    try:
        dose = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not dose.is_finite() or not 0 < dose < 10_000:
        return None
    return dose if dose == round(dose, 2) else None  # as fine as a dose is kept
