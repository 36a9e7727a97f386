"""Turn what pydantic found into sentences with a place and a way out."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from candour.policy.language import Document
from candour.policy.language.slots import OneOf, PeriodOr, is_decide
from candour.policy.problems import Path, Problem, nearest
from candour.policy.reading import Node

_EXPECTED = {
    "bool_type": "true or false is needed here",
    "int_type": "a whole number is needed here",
    "tuple_type": "a list is needed here",
    "dict_type": "a map of keys is needed here",
    "model_type": "a map of keys is needed here",
    "date_type": "a date is needed here",
    "string_too_short": "the text is empty",
    "too_short": "at least one is needed here",
}
_FIXES = {
    "bool_type": "Write true or false, without quotes.",
    "date_type": "Write it as 2026-05-31.",
    "dict_type": "Write '{key: value}', or the keys below, indented.",
    "model_type": "Write '{key: value}', or the keys below, indented.",
}

_DEPART = "Put it under 'departures' as 'stated', and here what is done instead."


def explain(error: ErrorDetails, root: Node) -> Problem:
    """Return one mistake that validation found as a problem a person can act on."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    node, steps = root.nearest(path)
    if error["type"] == "missing":
        return _missing(node, path)
    if error["type"] == "extra_forbidden":
        return _unknown_key(root, path)
    if error["loc"][-1:] == ("[key]",) or steps < len(path):
        place = node.key_place or node.place
    else:
        place = node.place
    message, suggestion = _say(error, node)
    return Problem.at(place, path, message, suggestion)


def empty(node: Node, path: Path = ()) -> Iterator[Problem]:
    """Yield a problem for each key or item with nothing after it."""
    if node.value is None:
        place = node.key_place or node.place
        say = "nothing is written here"
        yield Problem.at(place, path, say, "Give a value, or take the key out.")
    for key, child in node:
        yield from empty(child, (*path, key))


def _missing(parent: Node, path: Path) -> Problem:
    return Problem.at(
        parent.key_place or parent.place,
        path,
        f"'{path[-1]}' is missing",
        f"Add '{path[-1]}: …'.",
    )


def _unknown_key(root: Node, path: Path) -> Problem:
    node, _ = root.nearest(path)
    word = str(path[-1])
    return Problem.at(
        node.key_place or node.place,
        path,
        f"'{word}' is not a key here",
        nearest(word, keys_at(path[:-1])),
    )


def _say(error: ErrorDetails, node: Node) -> tuple[str, str]:
    """Return what is wrong and what would be right."""
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    if is_decide(value) and kind.endswith("_type"):
        return (
            "this cannot be left to decide",
            "Give the value: only slots that a clinic may leave open take 'decide'.",
        )
    if kind == "unknown_word" or kind == "period_or_word":
        return error["msg"], _words(context)
    if kind == "only_published":
        return error["msg"], _DEPART
    if kind == "register_number":
        like = f"Copy it from the register: one looks like {context.get('like')}."
        return error["msg"], like
    if kind == "string_type":
        return _not_text(value, node)
    if kind == "literal_error":
        known = context.get("expected")
        return f"'{node.text}' is not known here", f"Known here: {known}."
    if kind == "date_type" and isinstance(value, str):
        return f"'{value}' is not a date that exists", _FIXES[kind]
    if kind == "period":
        return error["msg"], "Write a period as P30D, P1M or P11Y."
    if kind == "tuple_type":
        return _EXPECTED[kind], f"Write [{node.text or '…'}]."
    if kind in _EXPECTED:
        return _EXPECTED[kind], _FIXES.get(kind, "")
    said = error["msg"]
    return said[:1].lower() + said[1:], ""


def _words(context: dict[str, Any]) -> str:
    """Suggest from the closed list that the slot carries."""
    of = context.get("of")
    known = of.words if isinstance(of, OneOf | PeriodOr) else ()
    suggestion = nearest(str(context.get("word")), known)
    if isinstance(of, PeriodOr):
        return f"{suggestion} Or write a period such as P30D or P8Y.".strip()
    return suggestion


def _not_text(value: object, node: Node) -> tuple[str, str]:
    """Say what stands where text is needed: most often a number without quotes."""
    if isinstance(value, bool | int | float | date):
        what = {bool: "true or false", date: "a date"}.get(type(value), "a number")
        return (
            f"text is needed here, and {node.text} reads as {what}",
            f'Put quotes round it: "{node.text}".',
        )
    what = "a list" if isinstance(value, tuple) else "a map"
    return f"text is needed here, not {what}", ""


@cache
def _schema() -> dict[str, Any]:
    return Document.model_json_schema(by_alias=True)


def keys_at(path: Path) -> tuple[str, ...]:
    """Return the keys the language knows at a path, in the order of the file."""
    found = _schemas_at(path)
    return tuple(dict.fromkeys(key for part in found for key in part["properties"]))


def is_slot(path: Path) -> bool:
    """Say whether the language has a place for a value at this path."""
    return not path or bool(_walk([_schema()], path))


def _schemas_at(path: Path) -> list[dict[str, Any]]:
    return [part for part in _walk([_schema()], path) if "properties" in part]


def _walk(schemas: list[dict[str, Any]], path: Path) -> list[dict[str, Any]]:
    """Follow a path through the JSON Schema, into every alternative."""
    parts = [flat for schema in schemas for flat in _flatten(schema)]
    for key in path:
        below = []
        for part in parts:
            if isinstance(key, int):
                below.append(part.get("items"))
            elif key in part.get("properties", {}):
                below.append(part["properties"][key])
            else:
                below.append(part.get("additionalProperties"))
        parts = [
            flat for part in below if isinstance(part, dict) for flat in _flatten(part)
        ]
    return parts


def _flatten(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Resolve references and alternatives. `{decide, meanwhile}` is not one of them."""
    if "$ref" in schema:
        return _flatten(_schema()["$defs"][schema["$ref"].rpartition("/")[2]])
    options = schema.get("anyOf") or schema.get("allOf")
    if options:
        return [flat for option in options for flat in _flatten(option)]
    return [] if "decide" in schema.get("properties", {}) else [schema]
