"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 6_000  # words; beyond that a comparison would take too long


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what became of it: "same", "added" or "removed"."""

    what: str
    text: str


def changed(before: str, after: str) -> list[Piece]:
    """Return what stayed, went and came, in the order of the newer text."""
    one, other = _PIECES.findall(before), _PIECES.findall(after)
    if len(one) + len(other) > MOST:
        return [Piece("removed", before), Piece("added", after)]
    found: list[Piece] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(one[a:b])))
            continue
        if b > a:
            found.append(Piece("removed", "".join(one[a:b])))
        if d > c:
            found.append(Piece("added", "".join(other[c:d])))
    return _joined(found)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join what only a blank keeps apart, so that a phrase reads as one change."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        between = piece.what == "same" and not piece.text.strip()
        around = 0 < number < len(pieces) - 1
        if between and around and "\n" not in piece.text:
            found += [Piece("removed", piece.text), Piece("added", piece.text)]
        else:
            found.append(piece)
    return _grouped(found)


def _grouped(pieces: list[Piece]) -> list[Piece]:
    done: list[Piece] = []
    held = {"removed": "", "added": ""}

    def let_go() -> None:
        for what in ("removed", "added"):
            if held[what]:
                done.append(Piece(what, held[what]))
            held[what] = ""

    for piece in pieces:
        if piece.what == "same":
            let_go()
            done.append(piece)
        else:
            held[piece.what] += piece.text
    let_go()
    return done
