"""Complete a policy from the one it extends.

The rules, so that nobody is surprised by what a model adds:

* An *entry* the pack names is completed from the base's entry of the same name, or of
  the name in its `like`. Maps merge; lists and plain values replace.
* An entry the pack does not name is added only where the base says `always: true`.
* A whole section counts as one entry (`marketing`, `breach`), except those in
  `ENTRIES`, whose keys are entries one by one (`purposes`, `cookies.uses`).
* Who the clinic is, whom one writes to there, what it departs from, and who reviewed
  what is never inherited.

Every node keeps its own place, so an error in an inherited line names that file, and
a compiled value knows whether the clinic or the model said it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candour.policy.problems import MOST_TOLD, Path, Problem, nearest
from candour.policy.reading import Node

OWN: Final = frozenset(
    (
        "candour",
        "policy",
        "kind",
        "extends",
        "version",
        "effective",
        "language",
        "clinic",
        "controllers",
        "arrangement",
        "contacts",
        "bases",
        "commitments",
        "departures",
        "website",
        "terms",
        "words",
    )
)
ENTRIES: Final = frozenset(
    (
        ("collects",),
        ("forms",),
        ("purposes",),
        ("messages",),
        ("recipients",),
        ("retention",),
        ("rights",),
        ("cookies", "uses"),
        ("premises",),
        ("security",),
    )
)
OWN_PATHS: Final = frozenset(
    (("rights", "to"), ("complaints", "to"), ("marketing", "stop", "to"))
)
"""Who is written to is the clinic's own: a model's contact means nothing there."""

REVIEWS: Final[tuple[Path, ...]] = (
    ("purposes", "*", "assessed"),
    ("recipients", "*", "reviewed"),
    ("cookies", "uses", "*", "reviewed"),
    ("security", "controls", "*", "reviewed"),
    ("notice", "reviewed"),
)
"""Who looked at something, and when: that says nothing of another clinic's."""

REPLACED: Final = frozenset(("publish", "at-least", "ends"))
"""Keys whose map is one choice: stating another replaces it whole."""


def complete(pack: Node, base: Node) -> tuple[Node, list[Problem]]:
    """Return the pack completed from its base, and what `like` names in vain."""
    problems: list[Problem] = []
    merged = dict(_children(pack))
    offered = _unreviewed(_without(base, ()))
    for name, section in _children(offered).items():
        if name in OWN:
            continue
        own = merged.get(name)
        done = _section(own, section, (name,), problems)
        if done is not None:
            merged[name] = done
    for name, own in _children(pack).items():
        if name not in OWN and name not in _children(base):
            _section(own, None, (name,), problems)
    return _with(pack, merged), problems


def _section(
    own: Node | None, base: Node | None, path: Path, problems: list[Problem]
) -> Node | None:
    """Return a section completed, or None where neither says anything."""
    if path in ENTRIES:
        return _entries(own, base, path, problems)
    if own is not None:
        return _merge(own, base, path, problems) if base is not None else own
    if base is None:
        return None
    kept = base if _always(base) else _nested(base, path, problems)
    return _only_always(kept, path, problems) if kept is not None else None


def _nested(base: Node, path: Path, problems: list[Problem]) -> Node | None:
    """Return a section the pack leaves out, cut down to entries that are always in."""
    kept = {}
    for name, child in _children(base).items():
        if (*path, name) in ENTRIES:
            entries = _entries(None, child, (*path, name), problems)
            if entries is not None:
                kept[name] = entries
    return _with(base, kept) if kept else None


def _only_always(base: Node, path: Path, problems: list[Problem]) -> Node:
    kept = dict(_children(base))
    for name, child in _children(base).items():
        if (*path, name) in ENTRIES:
            entries = _entries(None, child, (*path, name), problems)
            if entries is None:
                del kept[name]
            else:
                kept[name] = entries
    return _with(base, kept)


def _entries(
    own: Node | None, base: Node | None, path: Path, problems: list[Problem]
) -> Node | None:
    """Complete named entries, then add those of the base that are always there."""
    if own is not None and not isinstance(own.value, MappingProxyType):
        return own
    offered = _children(base) if base is not None else {}
    merged: dict[str, Node] = {}
    for name, entry in (_children(own) if own is not None else {}).items():
        origin = offered.get(name)
        like = entry.child("like")
        if like is not None and isinstance(like.value, str):
            origin = offered.get(like.value)
            if origin is None:
                say = f"'{like.value}' is not in what this policy extends"
                problems.append(
                    Problem.at(
                        like.place,
                        (*path, name, "like"),
                        say,
                        # as many as are told: beyond that none is read
                        nearest(like.value, offered)
                        if len(problems) <= MOST_TOLD
                        else "",
                    )
                )
        merged[name] = (
            _merge(entry, origin, (*path, name), problems) if origin else entry
        )
    for name, entry in offered.items():
        if name not in merged and _always(entry):
            merged[name] = entry
    shell = own if own is not None else base
    return _with(shell, merged) if shell is not None and (merged or own) else None


def _merge(own: Node, base: Node | None, path: Path, problems: list[Problem]) -> Node:
    """Return `own` with what only `base` says. Maps merge, everything else replaces."""
    if base is None or not _mergeable(own) or not _mergeable(base):
        return own
    merged = dict(_children(own))
    for name, child in _children(base).items():
        if name in ("like", "always"):
            continue
        below = (*path, name)
        mine = merged.get(name)
        if below in ENTRIES:
            done = _entries(mine, child, below, problems)
            if done is not None:
                merged[name] = done
        elif mine is None:
            merged[name] = child
        elif name not in REPLACED:
            merged[name] = _merge(mine, child, below, problems)
    return _with(own, merged)


def _without(node: Node, path: Path) -> Node:
    """Return a base without what it may not pass on."""
    if not any(own[: len(path)] == path for own in OWN_PATHS):
        return node
    kept = {
        name: _without(child, (*path, name))
        for name, child in _children(node).items()
        if (*path, name) not in OWN_PATHS
    }
    return _with(node, kept) if isinstance(node.value, MappingProxyType) else node


def _unreviewed(base: Node) -> Node:
    """Return a base without its own reviews."""
    for path in REVIEWS:
        base = _dropped(base, path)
    return base


def _dropped(node: Node, path: Path) -> Node:
    """Return a node without what is at a path; the same node where nothing is."""
    head, below = str(path[0]), path[1:]
    children = _children(node)
    if not below:
        kept = {name: child for name, child in children.items() if name != head}
        return node if len(kept) == len(children) else _with(node, kept)
    names = children if head == "*" else (head,)
    done = {name: _dropped(children[name], below) for name in names if name in children}
    if all(child is children[name] for name, child in done.items()):
        return node
    return _with(node, {**children, **done})


def _mergeable(node: Node) -> bool:
    return isinstance(node.value, MappingProxyType) and "decide" not in node.value


def _always(node: Node) -> bool:
    flag = node.child("always")
    return flag is not None and flag.value is True


def _children(node: Node) -> Mapping[str, Node]:
    return node.value if isinstance(node.value, MappingProxyType) else {}


def _with(node: Node, children: Mapping[str, Node]) -> Node:
    return Node(MappingProxyType(dict(children)), node.place, node.key_place, node.text)
