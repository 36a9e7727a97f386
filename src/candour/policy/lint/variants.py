"""Make a policy that says something else at one key, as a published notice might.

It is compiled leniently: words that are only published are let through, and a name may
lead nowhere. Nobody can run on it; it has no decisions.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from candour.policy.compile import Policy, compile_parsed
from candour.policy.language import Document
from candour.policy.language.slots import AS_PUBLISHED
from candour.policy.load import Parsed, Sources, undecided
from candour.policy.problems import Path
from candour.policy.reading import Node

UNLISTED: Final = "unlisted"
"""What `stated` says of a key that the published notice leaves out."""


def with_value(
    parsed: Parsed, sources: Sources, path: Path, value: Node | None
) -> Policy | None:
    """Return the policy with another value at a path; None takes the key out.

    The answer is None where the language has no such value, published or not.
    """
    root = replaced(parsed.root, path, value)
    try:
        document = Document.model_validate(root.plain(), context=AS_PUBLISHED)
    except ValidationError:
        return None
    variant = Parsed(document, root, parsed.head, undecided(root))
    return compile_parsed(variant, sources, decides=False)


def replaced(node: Node, path: Path, value: Node | None) -> Node:
    """Return a map with another node below it at a path, made where it was not."""
    key, below = path[0], path[1:]
    children = dict(node.value) if isinstance(node.value, Mapping) else {}
    name = str(key)
    if below:
        child = children.get(name, Node(MappingProxyType({}), node.place))
        children[name] = replaced(child, below, value)
    elif value is None:
        children.pop(name, None)
    else:
        children[name] = value
    return Node(MappingProxyType(children), node.place, node.key_place, node.text)
