"""A policy as plain JSON: each value with who said it, and where it is printed."""

import json
from datetime import date
from typing import Any

from candour.policy.compile import Policy
from candour.policy.compiled.rules import Departure, Fact
from candour.policy.render import number_of

FORM = 1
"""The number of this form of the file. It grows when a key changes its meaning."""


def policy_json(policy: Policy) -> str:
    """Return every compiled value with its origin. The same policy, the same bytes.

    `clause` is the number the notice of this version prints the value at, or "" where
    it prints none. `origin.place` is `file:line:column`, or the article for the law's
    own values.
    """
    data = {
        "form": FORM,
        "policy": policy.name,
        "clinic": policy.clinic,
        "version": policy.version,
        "effective": policy.effective.isoformat(),
        "language": policy.language,
        "hash": policy.hash,
        "values": [_value(policy, fact) for fact in policy.facts.values()],
        "departures": [_departure(one) for one in policy.departures],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _value(policy: Policy, fact: Fact) -> dict[str, Any]:
    row = {
        "key": fact.key,
        "value": _plain(fact.value),
        "origin": {"source": fact.source.value, "place": fact.place},
        "clause": number_of(policy, fact.key),
    }
    return row | ({"decide": fact.why} if fact.why else {})


def _departure(one: Departure) -> dict[str, Any]:
    return {
        "key": one.key,
        "says": one.says,
        "stated": _plain(one.stated),
        "kept": _plain(one.kept),
        "why": list(one.why),
    }


def _plain(value: Any) -> Any:
    """Return a `Leaf` as JSON has it: pairs are an object, a day is ISO 8601."""
    if isinstance(value, tuple):
        if value and all(_is_pair(part) for part in value):
            return {key: _plain(item) for key, item in value}
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _is_pair(part: Any) -> bool:
    return isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], str)
