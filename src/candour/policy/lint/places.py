"""Where in its file a clause stands, or would stand if it were there."""

import re
from typing import Final

from candour.policy.compiled.policy import Policy
from candour.policy.load import examine
from candour.policy.problems import Place
from candour.policy.reading import Node

_PART: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def places(policy: Policy) -> "Places":
    """Return where the clauses of a policy stand."""
    parsed = examine(policy.sources)
    return Places(parsed.root, Place(parsed.head))


class Places:
    """Finds the place of a clause; of one that is missing, the nearest above it."""

    def __init__(self, root: Node, head: Place) -> None:
        self.root = root
        self.head = head

    def of(self, clause: str) -> Place:
        """Return the place of a clause such as `collects.contact.email.needs`."""
        node, parts = self.root, _PART.findall(clause)
        while parts:
            below, taken = _step(node, parts)
            if below is None:
                break
            node, parts = below, parts[taken:]
        if node is self.root:
            return self.head
        return node.key_place or node.place


def _step(node: Node, parts: list[tuple[str, str]]) -> tuple[Node | None, int]:
    """Return the child that the first parts name, and how many parts it took.

    Category names have dots in them, so the longest name that is there wins.
    """
    index, _ = parts[0]
    if index:
        return node.child(int(index)), 1
    for length in range(len(parts), 0, -1):
        names = [name for _, name in parts[:length]]
        child = node.child(".".join(names)) if all(names) else None
        if child is not None:
            return child, length
    return None, 0
