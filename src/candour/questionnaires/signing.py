"""A signature: the name somebody typed, and what they drew if they drew."""

import json
from dataclasses import dataclass

from candour.core.errors import Invalid

WIDE, HIGH = 600, 200  # the box that is drawn in
STROKES_MAX, POINTS_MAX, NAME_MAX = 100, 4000, 120
UNSIGNED = "Type your full name to sign."
NOT_READ = "What was drawn cannot be read. Clear it and draw again, or type only."


@dataclass(frozen=True, slots=True)
class Signature:
    """A typed name, and strokes of points in a box of 600 by 200."""

    name: str
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()

    def path(self) -> str:
        """Return the strokes as the `d` of an SVG path; nothing when only typed."""
        parts = []
        for stroke in self.strokes:
            points = stroke if len(stroke) > 1 else (*stroke, *stroke)
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points))
        return "".join(parts)

    def lines(self) -> list[list[list[int]]]:
        """Return the strokes as plain lists, for paper."""
        return [[list(point) for point in stroke] for stroke in self.strokes]

    def text(self) -> str:
        """Return it as the text that is sealed."""
        return json.dumps(
            {"name": self.name, "strokes": self.lines()}, ensure_ascii=False
        )


def of_text(text: str) -> Signature:
    """Return the signature that `Signature.text` wrote."""
    told = json.loads(text)
    return Signature(told["name"], _strokes(told["strokes"]))


def read(name: str, drawn: str) -> Signature:
    """Return a signature as it was sent. Raises Invalid for one that is none."""
    typed = " ".join(name.replace("\0", "").split())
    if not any(one.isalpha() for one in typed):
        raise Invalid(UNSIGNED)
    if len(typed) > NAME_MAX or any(ord(one) < 32 for one in typed):
        raise Invalid("This name is too long. Type the name as you would write it.")
    if not drawn.strip():
        return Signature(typed)
    try:
        return Signature(typed, _strokes(json.loads(drawn)))
    except (ValueError, TypeError, RecursionError):
        raise Invalid(NOT_READ) from None


def _strokes(told: object) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return strokes. Raises ValueError or TypeError for anything else."""
    if not isinstance(told, list) or len(told) > STROKES_MAX:
        raise ValueError("no strokes")
    strokes = tuple(tuple(_point(point) for point in stroke) for stroke in told)
    if sum(map(len, strokes)) > POINTS_MAX or not all(strokes):
        raise ValueError("too much, or too little")
    return strokes


def _point(told: object) -> tuple[int, int]:
    if not isinstance(told, list) or [type(one) for one in told] != [int, int]:
        raise ValueError("no point")
    x, y = told
    return min(max(x, 0), WIDE), min(max(y, 0), HIGH)


def readable(text: str) -> str:
    """Return a signature for a copy: the name, and whether it was drawn as well."""
    found = of_text(text)
    return f"{found.name} (typed{', and drawn by hand' if found.strokes else ''})"
