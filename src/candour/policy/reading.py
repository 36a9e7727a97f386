"""Read YAML 1.2 into nodes that remember where they stood.

Stricter than any loader: no anchors, aliases, tags, tabs, duplicate keys or second
documents; at most 256 KiB and 8 levels. All of it is refused from the stream of
events, before a single value is built, so a hostile file costs next to nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from candour.policy.events import DEEPEST, events, place_of, refuse
from candour.policy.problems import Path, Place, PolicyErrors, Problem

__all__ = ["DEEPEST", "MOST_BYTES", "Node", "Scalar", "decode", "read"]

MOST_BYTES: Final = 256 * 1024

Scalar = str | int | float | bool | date | None

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}").fullmatch
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?").fullmatch
_DATE = re.compile(r"\d{4}-\d\d-\d\d").fullmatch
_WORDS: Final[Mapping[str, Scalar]] = MappingProxyType(
    {"": None, "~": None}
    | dict.fromkeys(("null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value of the file with its place. `text` is a scalar as it was typed."""

    value: "MappingProxyType[str, Node] | tuple[Node, ...] | Scalar"
    place: Place
    key_place: Place | None = None
    text: str = field(default="")

    def __iter__(self) -> "Iterator[tuple[str | int, Node]]":
        """Yield (key or index, child). A scalar has none."""
        if isinstance(self.value, MappingProxyType):
            yield from self.value.items()
        elif isinstance(self.value, tuple):
            yield from enumerate(self.value)

    def child(self, key: str | int) -> "Node | None":
        """Return the child under a key or index, or None."""
        if isinstance(self.value, MappingProxyType) and isinstance(key, str):
            return self.value.get(key)
        if isinstance(self.value, tuple) and isinstance(key, int):
            return self.value[key] if key < len(self.value) else None
        return None

    def nearest(self, path: Path) -> "tuple[Node, int]":
        """Return the deepest node on a path, and how many steps led to it."""
        node = self
        for steps, key in enumerate(path):
            below = node.child(key)
            if below is None:
                return node, steps
            node = below
        return node, len(path)

    def plain(self) -> Any:
        """Return the value without places: dicts, tuples and scalars."""
        if isinstance(self.value, MappingProxyType):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(node.plain() for node in self.value)
        return self.value


def decode(data: bytes, file: str) -> str:
    """Return the text of a file's bytes, or raise with the place that is wrong."""
    if len(data) > MOST_BYTES:
        refuse(Place(file), "the file is larger than 256 KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        refuse(
            Place(file, line, column),
            "this is not UTF-8 text",
            "Save the file as UTF-8.",
        )


@lru_cache(maxsize=32)
def read(text: str, file: str) -> Node:
    """Return the file's top node, or raise every refusal that can be found.

    Nodes cannot change, so a model that several packs extend is read once.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        refuse(Place(file), "the file is larger than 256 KiB")
    return _Builder(file, events(text.removeprefix("\ufeff"), file)).build()


def _scalar(event: ScalarEvent) -> Scalar:
    """Resolve a scalar by the YAML 1.2 core schema, and whole dates besides.

    Quoted text stays text. `NO`, `on`, `9:30` are text too, as YAML 1.2 has it.
    """
    text: str = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER(text):
        return int(text)
    if _FLOAT(text):
        return float(text)
    if _DATE(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


class _Builder:
    """Builds nodes from events, noting every duplicate key on the way."""

    def __init__(self, file: str, events: list[Event]) -> None:
        self.file = file
        self.events = iter(events)
        self.problems: list[Problem] = []

    def build(self) -> Node:
        for event in self.events:
            if isinstance(event, MappingStartEvent):
                node = self.mapping(event, (), None)
                break
            if isinstance(event, ScalarEvent | SequenceStartEvent):
                say = "a policy is a map of keys, and this is not"
                refuse(place_of(event, self.file), say, "Start with 'candour: 1'.")
        else:
            refuse(Place(self.file), "the file is empty")
        if self.problems:
            raise PolicyErrors(sorted(self.problems))
        return node

    def node(self, event: Event, path: Path, key: Place | None) -> Node:
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, path, key)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(event, path, key)
        assert isinstance(event, ScalarEvent)  # noqa: S101  # the other kinds end above
        place = place_of(event, self.file)
        return Node(_scalar(event), place, key, event.value)

    def sequence(self, start: Event, path: Path, key: Place | None) -> Node:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self.node(event, (*path, len(items)), None))
        return Node(tuple(items), place_of(start, self.file), key)

    def mapping(self, start: Event, path: Path, key: Place | None) -> Node:
        children: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            place = place_of(event, self.file)
            name = self.key(event, path, place)
            child = self.node(next(self.events), (*path, name), place)
            first = children.get(name)
            if first is None:
                children[name] = child
                continue
            line = first.key_place.line if first.key_place else first.place.line
            say = f"'{name}' is here twice; it was first on line {line}"
            self.problems.append(
                Problem.at(place, (*path, name), say, "Keep one of them.")
            )
        return Node(MappingProxyType(children), place_of(start, self.file), key)

    def key(self, event: Event, path: Path, place: Place) -> str:
        """Return a key's text. Numbers and the like are text here, as typed."""
        if isinstance(event, ScalarEvent):
            return str(event.value)
        self.problems.append(Problem.at(place, path, "a key must be one plain word"))
        return str(self.node(event, path, place).plain())
