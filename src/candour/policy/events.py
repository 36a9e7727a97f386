"""The events of a YAML text, as libyaml's C parser gives them, and what is refused.

libyaml splits a text into keys, values and brackets; it resolves nothing, so nothing of
YAML 1.1 (`NO`, `9:30`) is in what it says. Where its grammar is looser than YAML 1.2's
(line breaks inside a line, a lone carriage return), the characters are refused here.
"""

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final, NoReturn

from yaml import _yaml
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

from candour.policy.problems import Place, PolicyErrors, Problem, told

DEEPEST: Final = 8
MOST_VALUES: Final = 20_000
"""The longest policy here has 1,500. Beyond this a file is made to be slow."""

_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
    "|\r(?!\n)"
)
_CHARACTERS: Final = MappingProxyType(
    {
        "\t": ("a tab", "Use spaces."),
        "\x00": ("a NUL character", "Remove it."),
        "\r": ("a carriage return without a line feed", "Save with plain line ends."),
        "\ufeff": ("a byte order mark inside the text", "Remove it."),
    }
)
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]").search
_TAGGED = (ScalarEvent, CollectionStartEvent)
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}(?=[ \r\n]|$)").match


def events(text: str, file: str) -> list[Event]:
    """Return the events of one document's content, without stream and document marks.

    Raises PolicyErrors at the first thing no policy needs: it stops there, so that what
    follows is never looked at. All forbidden characters are told at once.
    """
    problems = told(_characters(text, file))
    if problems:
        raise PolicyErrors(problems)
    try:
        return list(_checked(text, file))
    except MarkedYAMLError as error:
        place = _at(error.problem_mark or error.context_mark, file)
        said = " ".join(str(error.problem or error.context or "").split())
    except YAMLError as error:
        place, said = Place(file), str(error).partition("\n")[0]
    raise PolicyErrors([Problem.at(place, "", f"not YAML: {said}")])


def place_of(event: Event, file: str) -> Place:
    """Return where an event starts."""
    return _at(event.start_mark, file)


def _at(mark: Mark | _yaml.Mark | None, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def refuse(place: Place, message: str, suggestion: str = "") -> NoReturn:
    """Raise PolicyErrors with one problem about the file as a whole."""
    raise PolicyErrors([Problem.at(place, "", message, suggestion)])


def _characters(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for the first forbidden character of each line."""
    seen = line = 0
    start = counted = 0
    for match in _FORBIDDEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if line + 1 == seen:
            continue
        seen = line + 1
        start = text.rfind("\n", 0, counted)
        say, do = _CHARACTERS.get(match.group(), ("a control character", "Remove it."))
        place = Place(file, line + 1, counted - start)
        yield Problem.at(place, "", f"{say} is not allowed", do)


def _checked(text: str, file: str) -> Iterator[Event]:
    """Yield the content's events; refuse what no policy needs as soon as it is met."""
    following: Callable[[], Event | None] = _yaml.CParser(text).get_event
    depth = documents = values = 0
    while (event := following()) is not None:
        if isinstance(event, NodeEvent):
            values += 1
            if values > MOST_VALUES:
                refuse(place_of(event, file), f"more than {MOST_VALUES:,} values")
            depth += isinstance(event, CollectionStartEvent)
            if depth > DEEPEST:
                refuse(place_of(event, file), f"more than {DEEPEST} levels deep")
            _plain(event, text, file)
            yield event
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
            yield event
        elif isinstance(event, DocumentStartEvent):
            documents += 1
            _one_plain_document(event, documents, file)


def _plain(event: NodeEvent, text: str, file: str) -> None:
    """Refuse an alias, an anchor, a tag, and a quoted text that hides something."""
    if event.anchor is not None:
        kind = "aliases (*" if isinstance(event, AliasEvent) else "anchors (&"
        refuse(place_of(event, file), f"{kind}{event.anchor}) are not allowed")
    if isinstance(event, _TAGGED) and event.tag is not None:
        refuse(place_of(event, file), "tags (!) are not allowed")
    if isinstance(event, ScalarEvent) and event.style:
        _well_quoted(event, text, file)


def _well_quoted(scalar: ScalarEvent, text: str, file: str) -> None:
    """Refuse control characters by escape, and `|#`, which libyaml takes for a note."""
    if scalar.style == '"' and _ESCAPED(scalar.value):
        say = "an escape here stands for a control character"
        refuse(place_of(scalar, file), say, "Take the escape out.")
    mark = scalar.start_mark
    if scalar.style in ("|", ">") and mark and not _BLOCK(text, mark.index):
        refuse(
            place_of(scalar, file),
            f"not YAML: a space is needed after '{scalar.style}'",
        )


def _one_plain_document(start: DocumentStartEvent, number: int, file: str) -> None:
    if number > 1:
        refuse(place_of(start, file), "a second document starts here")
    if start.version or start.tags:
        say = "directives (lines with %) are not allowed"
        refuse(place_of(start, file), say)
