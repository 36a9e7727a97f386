"""Where each value of a compiled policy comes from."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from candour.policy.compiled.rules import Departure, Fact, Leaf, OpenDecision
from candour.policy.load import Parsed
from candour.policy.problems import Path, dotted
from candour.policy.reading import Node
from candour.policy.terms import Source

SAID_ELSEWHERE: Final = frozenset(("departures", "words", "candour", "extends"))

BY_LAW: Final[Mapping[str, tuple[Leaf, str]]] = MappingProxyType(
    {
        "rights.access.within": ("P1M", "UK GDPR Article 12A(1)"),
        "rights.rectification.within": ("P1M", "UK GDPR Article 12A(1)"),
        "rights.erasure.within": ("P1M", "UK GDPR Article 12A(1)"),
        "rights.restriction.within": ("P1M", "UK GDPR Article 12A(1)"),
        "rights.portability.within": ("P1M", "UK GDPR Article 12A(1)"),
        "rights.objection.within": ("P1M", "UK GDPR Article 12A(1)"),
        "rights.access.fee": ("none", "UK GDPR Article 12(5)"),
        "rights.erasure.fee": ("none", "UK GDPR Article 12(5)"),
        "rights.access.extension": ("law", "UK GDPR Article 12A(3)"),
        "rights.objection.marketing": ("absolute", "UK GDPR Article 21(3)"),
        "rights.withdrawal.any-time": (True, "UK GDPR Article 7(3)"),
        "complaints.acknowledge": ("P30D", "DPA 2018 section 164A(3)"),
        "breach.tell-ico": ("law", "UK GDPR Article 33(1)"),
        "breach.tell-people": ("law", "UK GDPR Article 34(1)"),
    }
)
"""What holds where neither the clinic nor the model says anything."""


class Origins:
    """Answers, of a policy that was read, who said what."""

    def __init__(self, parsed: Parsed) -> None:
        self.root = parsed.root
        self.head = parsed.head
        self.undecided = parsed.undecided

    def source(self, *path: str | int) -> Source:
        """Return who said the value at a path. What nobody says is the law's."""
        node = self.root
        for key in path:
            below = node.child(key)
            if below is None:
                return Source.LAW
            node = below
            if _is_decide(node):
                return Source.DECIDE
        return self._of(node)

    def why(self, *path: str | int) -> str:
        """Return what is still to be decided at a path, or the empty text."""
        node, steps = self.root.nearest(path)
        reason = node.child("decide") if steps == len(path) else None
        return str(reason.value) if reason is not None else ""

    def _of(self, node: Node) -> Source:
        return Source.STATED if node.place.file == self.head else Source.MODEL

    def facts(self) -> Mapping[str, Fact]:
        """Return every value of the policy by its key, in the order of the file."""
        found = {fact.key: fact for fact in self._facts(self.root, ())}
        for key, (value, article) in BY_LAW.items():
            if key not in found:
                found[key] = Fact(key, value, Source.LAW, article)
        return MappingProxyType(found)

    def _facts(self, node: Node, path: Path) -> Iterator[Fact]:
        if path and path[0] in SAID_ELSEWHERE:
            return
        if _is_decide(node):
            why = str(node.plain()["decide"])
            value = _leaf(node.plain().get("meanwhile"))
            yield Fact(dotted(path), value, Source.DECIDE, str(node.place), why)
        elif isinstance(node.value, MappingProxyType) and node.value:
            for key, child in node.value.items():
                if key not in ("always", "like"):
                    yield from self._facts(child, (*path, key))
        elif isinstance(node.value, tuple) and any(
            isinstance(item.value, MappingProxyType) for item in node.value
        ):
            for index, item in enumerate(node.value):
                yield from self._facts(item, (*path, index))
        else:
            value = (
                () if isinstance(node.value, MappingProxyType) else _leaf(node.plain())
            )
            yield Fact(dotted(path), value, self._of(node), str(node.place))

    def open_decisions(self) -> tuple[OpenDecision, ...]:
        """Return what a person must still choose, in the order of the file."""
        return tuple(
            OpenDecision(
                dotted(path),
                self.why(*path),
                said(self.root.nearest(path)[0].plain().get("meanwhile")),
            )
            for path in self.undecided
        )

    def departures(self) -> tuple[Departure, ...]:
        """Return what the published notice says and the clinic does not do."""
        node = self.root.child("departures")
        rows = node.plain() if node is not None else ()
        return tuple(
            Departure(
                row["says"],
                row["key"],
                _leaf(row["stated"]),
                _leaf(row.get("kept")),
                row["why"],
            )
            for row in rows
        )


def _is_decide(node: Node) -> bool:
    return isinstance(node.value, MappingProxyType) and "decide" in node.value


def _leaf(value: Any) -> Leaf:
    """Return a value that cannot change: a map becomes pairs."""
    if isinstance(value, dict):
        return tuple((key, _leaf(item)) for key, item in value.items())
    leaf: Leaf = value
    return leaf


def said(value: Any) -> str:
    """Write a value of the policy in one line, as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {said(v)}" for key, v in value.items()) + "}"
    if isinstance(value, tuple):
        if value and all(isinstance(part, tuple) and len(part) == 2 for part in value):
            return said(dict(value))
        return "[" + ", ".join(said(part) for part in value) + "]"
    return str(value)
