"""Check that what a policy names exists: purposes, recipients, contacts, categories.

It reads nodes, not the validated model, so that these mistakes are reported together
with those of form, in one go.
"""

from collections.abc import Iterator
from functools import cache, partial
from types import MappingProxyType
from typing import Final

from candour.policy.problems import Path, Place, Problem, dotted, nearest
from candour.policy.reading import Node

# Where names stand, and in which sections the thing named must be. `*` is every key
# or item. A name that stands alone where a list may be counts as a list of one.
REFERENCES: Final[tuple[tuple[Path, tuple[Path, ...]], ...]] = (
    (("clinic", "sites", "*", "brand"), (("clinic", "brands"),)),
    (("controllers", "*", "brands", "*"), (("clinic", "brands"),)),
    (("controllers", "*", "dpo"), (("contacts",),)),
    (("controllers", "*", "represented-at"), (("contacts",),)),
    (("forms", "*", "for", "*"), (("purposes",),)),
    (("purposes", "*", "with", "*"), (("recipients",),)),
    (("purposes", "*", "serves"), (("purposes",),)),
    (("messages", "*", "purpose"), (("purposes",),)),
    (("marketing", "purpose"), (("purposes",),)),
    (("marketing", "ask", "where", "*"), (("forms",), ("forms", "entry-points"))),
    (("marketing", "stop", "to"), (("contacts",),)),
    (("advertising", "platforms", "*"), (("recipients",),)),
    (("recipients", "*", "for", "*"), (("purposes",),)),
    (("rights", "to", "*"), (("contacts",),)),
    (("complaints", "to"), (("contacts",),)),
    (("cookies", "uses", "*", "purpose"), (("purposes",),)),
    (("cookies", "uses", "*", "providers", "*"), (("recipients",),)),
    (("payments", "providers", "*"), (("recipients",),)),
    (("premises", "*", "purpose"), (("purposes",),)),
)

NEEDED: Final = ("clinic", "controllers", "contacts", "purposes")
"""What every clinic's policy must say. A baseline says only what it compares."""

REQUIRED: Final[tuple[tuple[str, str], ...]] = (
    ("purposes", "basis"),
    ("messages", "purpose"),
    ("recipients", "kind"),
    ("recipients", "role"),
    ("retention", "covers"),
    ("retention", "keep"),
)
"""What each entry must say, itself or through what it is completed from."""

_NOT_NAMES: Final = frozenset(("unpublished", "none", "inactive"))


def check(root: Node, head: str) -> Iterator[Problem]:
    """Yield every name that leads nowhere, and every entry that says too little."""
    if _text(root.child("kind")) != "baseline":
        yield from _absent(root, head)
        yield from _incomplete(root)
        yield from _unknown(root)
        yield from _uncollected(root)
        yield from _shared_hosts(root)
        yield from _lost_keys(root)
    yield from _overlaps(root)


def _absent(root: Node, head: str) -> Iterator[Problem]:
    for section in NEEDED:
        node = root.child(section)
        if node is None or not node.value:
            place = node.place if node else Place(head)
            yield Problem.at(place, section, f"'{section}' is missing")


def _incomplete(root: Node) -> Iterator[Problem]:
    used: dict[Path, Place] | None = None
    for section, key in REQUIRED:
        for name, entry in _entries(root, section):
            if isinstance(entry.value, MappingProxyType) and entry.child(key) is None:
                used = _used(root) if used is None else used
                say = f"'{key}' is missing, and nothing it extends gives one"
                yield Problem.at(
                    entry.key_place or entry.place,
                    (section, name, key),
                    say + _also(entry, used.get((section, name))),
                    f"Add '{key}: …', or 'like: …' to complete it from another.",
                )


def _used(root: Node) -> dict[Path, Place]:
    """Return where each entry is first named by another part of the policy."""
    found: dict[Path, Place] = {}
    for pattern, targets in REFERENCES:
        for _, node in _match(root, pattern, ()):
            if isinstance(node.value, str):
                for target in targets:
                    found.setdefault((*target, node.value), node.place)
    return found


def _also(entry: Node, used: Place | None) -> str:
    """Name the other places of an entry: what completed it, and what leans on it."""
    here = entry.place.file
    base = next((c.place for _, c in entry if c.place.file != here), None)
    parts = [f"it is completed from {base}"] if base else []
    parts += [f"it is used at {used}"] if used else []
    return f" ({', '.join(parts)})" if parts else ""


def _unknown(root: Node) -> Iterator[Problem]:
    for pattern, targets in REFERENCES:
        known = dict.fromkeys(
            name for target in targets for name in _names(root, target)
        )
        for path, node in _match(root, pattern, ()):
            word = node.value
            if isinstance(word, str) and word not in known and word not in _NOT_NAMES:
                where = " or ".join(f"'{dotted(target)}'" for target in targets)
                yield Problem.at(
                    node.place,
                    path,
                    f"'{word}' is not among {where}",
                    nearest(word, known),
                )


def _uncollected(root: Node) -> Iterator[Problem]:
    """Find what a form asks for that the policy does not say it collects."""
    collected = frozenset(_names(root, ("collects",)))
    wider = {above for name in collected for above in _and_above(name)}
    for list_name in ("asks", "requires"):
        for path, node in _match(root, ("forms", "*", list_name, "*"), ()):
            word = node.value
            if not isinstance(word, str):
                continue
            if word not in wider and collected.isdisjoint(_and_above(word)):
                yield Problem.at(
                    node.place,
                    path,
                    f"'{word}' is asked for but is not under 'collects'",
                    "Add it there, or do not ask.",
                )


def _and_above(category: str) -> Iterator[str]:
    """Yield a category and each that contains it: `health.skin`, `health`."""
    while category:
        yield category
        category = category.rpartition(".")[0]


def _overlaps(root: Node) -> Iterator[Problem]:
    """Find a category that two rules of one file both cover, naming both places."""
    first: dict[tuple[str, str], tuple[str, Node]] = {}
    for path, node in _match(root, ("retention", "*", "covers", "*"), ()):
        if not isinstance(node.value, str):
            continue
        key = (node.place.file, node.value)
        rule = str(path[1])
        other, earlier = first.setdefault(key, (rule, node))
        if other != rule:
            yield Problem.at(
                node.place,
                path,
                f"'{node.value}' is already covered by 'retention.{other}' "
                f"({earlier.place})",
                "Let one rule cover it.",
            )


def _shared_hosts(root: Node) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for path, node in _match(root, ("clinic", "brands", "*", "hosts", "*"), ()):
        if isinstance(node.value, str):
            earlier = first.setdefault(node.value, node)
            if earlier is not node:
                say = f"'{node.value}' is already used at {earlier.place}"
                yield Problem.at(node.place, path, say, "A host has one brand.")


def _lost_keys(root: Node) -> Iterator[Problem]:
    """Find departures and words that name a key which is not in the policy."""
    near = cache(partial(_all_keys, root))
    for path, node in _match(root, ("departures", "*", "key"), ()):
        if isinstance(node.value, str) and find(root, node.value) is None:
            yield Problem.at(
                node.place,
                path,
                f"'{node.value}' is not a key of this policy",
                nearest(node.value, near(node.value.partition(".")[0])),
            )
    for name, node in _entries(root, "words"):
        if find(root, name) is None:
            yield Problem.at(
                node.key_place or node.place,
                ("words", name),
                f"'{name}' is not a key of this policy",
                nearest(name, near(name.partition(".")[0])),
            )


def find(root: Node, key: str) -> Path | None:
    """Return the path a key names, or None. Category names may hold dots."""
    return _find(root, key.split("."))


def _find(node: Node, parts: list[str]) -> Path | None:
    if not parts:
        return ()
    if not isinstance(node.value, MappingProxyType):
        return None
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        child = node.value.get(name)
        if child is not None:
            below = _find(child, parts[length:])
            if below is not None:
                return (name, *below)
    return None


def _all_keys(root: Node, name: str) -> list[str]:
    """List the keys of the section a mistaken key seems to mean."""
    section = root.child(name)
    if section is None:
        return [str(name) for name, _ in root]
    return [dotted(path) for path in _paths(section, (name,))]


def _paths(node: Node, path: Path) -> Iterator[Path]:
    if isinstance(node.value, MappingProxyType):
        for name, child in node.value.items():
            yield (*path, name)
            yield from _paths(child, (*path, name))


def _match(node: Node, pattern: Path, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield the nodes at a pattern. A decision is looked at as its `meanwhile`."""
    if isinstance(node.value, MappingProxyType) and "decide" in node.value:
        meanwhile = node.value.get("meanwhile")
        if meanwhile is None:
            return
        node = meanwhile
    if not pattern:
        yield path, node
    elif pattern[0] != "*":
        child = node.child(pattern[0])
        if child is not None:
            yield from _match(child, pattern[1:], (*path, pattern[0]))
    elif isinstance(node.value, str) and len(pattern) == 1:
        yield path, node
    else:
        for key, child in node:
            yield from _match(child, pattern[1:], (*path, key))


def _names(root: Node, path: Path) -> list[str]:
    """Return the keys of a section, or the words of a list."""
    node, steps = root.nearest(path)
    if steps < len(path):
        return []
    if isinstance(node.value, MappingProxyType):
        return [name for name in node.value if name != "entry-points"]
    return [item.value for _, item in node if isinstance(item.value, str)]


def _entries(root: Node, section: str) -> Iterator[tuple[str, Node]]:
    node = root.child(section)
    if node is not None and isinstance(node.value, MappingProxyType):
        for name, entry in node.value.items():
            if "decide" not in node.value:
                yield name, entry


def _text(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) else None
