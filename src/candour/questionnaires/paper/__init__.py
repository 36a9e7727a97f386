"""Set a filled form on paper, whatever alphabet its answers are in."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from candour.core.clock import LONDON
from candour.files.letters import Template, render

TEMPLATE = Template(
    "questionnaire",
    "1",
    resources.files("candour.questionnaires").joinpath("paper", "response.typ"),
)
_LATIN_END = 0x250  # the first code point after Latin letters
_SYMBOLS = 0x2E80  # from here on: signs, other alphabets, pictures
NOT_PRINTED = (
    "Some characters cannot be printed here. They are named in brackets; the record"
    " holds them as they were written."
)


def pdf(told: Mapping[str, object], *, at: datetime) -> bytes:
    """Return a filled form as PDF/UA-1, tagged, with its fonts inside.

    The template gets data, never markup, so that no answer can turn into a command. A
    character that our fonts lack is named in brackets: a tagged PDF may hold none that
    cannot be read. Raises typst.TypstError, a RuntimeError, if it cannot be set at all.
    """
    local = at.astimezone(LONDON)
    data = {**told, "at": f"{local.day} {local:%B %Y, %H:%M}", "note": ""}
    ways: list[Callable[[str], bool]] = [_is_picture, _is_not_latin]
    while True:
        try:
            return render(TEMPLATE, data, at=at)
        except RuntimeError as wrong:
            if not ways or "could not be displayed" not in str(wrong):
                raise
            data = {**_named(data, ways.pop(0)), "note": NOT_PRINTED}


def _is_picture(one: str) -> bool:
    return ord(one) >= _SYMBOLS or unicodedata.category(one) in ("So", "Co", "Cn")


def _is_not_latin(one: str) -> bool:
    is_mark = unicodedata.category(one).startswith("P")
    return ord(one) >= _LATIN_END and not (is_mark and ord(one) < _SYMBOLS)


def _named(told: Any, named: Callable[[str], bool]) -> Any:
    """Return the same data with each character that is `named` spelled out."""
    if isinstance(told, str):
        return "".join(_name(one) if named(one) else one for one in told)
    if isinstance(told, list):
        return [_named(one, named) for one in told]
    if isinstance(told, dict):
        return {key: _named(value, named) for key, value in told.items()}
    return told


def _name(one: str) -> str:
    if unicodedata.category(one) in ("Mn", "Cf"):
        return ""
    name = unicodedata.name(one, "").lower()
    return f"[{name}]" if name and "ideograph" not in name else f"[U+{ord(one):04X}]"
