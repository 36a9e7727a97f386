"""Whether the tests that controls name are there: a promise is kept by no rumour."""

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from candour.policy.promises.controls import LISTED, Control


def clone() -> Path | None:
    """Return the clone that this code runs from, or None where it is installed."""
    top = Path(__file__).resolve().parents[4]
    return top if (top / "tests").is_dir() and (top / "policies").is_dir() else None


def untested(
    top: Path | None = None, controls: Iterable[Control] = LISTED
) -> frozenset[str]:
    """Return the controls that name a test which is not in the clone's `tests`.

    An installed Candour brings no tests: it was released because they passed, and
    nothing is missing there.
    """
    top = top or clone()
    if top is None:
        return frozenset()
    return frozenset(
        control.id
        for control in controls
        if any(not is_there(test, top) for test in control.tests)
    )


def is_there(test: str, top: Path) -> bool:
    """Say whether `file::function` names a test function that a file really has."""
    file, colons, function = test.partition("::")
    if not colons or not function.startswith("test_"):
        return False
    path = top / file
    return path.is_file() and function in _functions(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _functions(path: Path, changed: int) -> frozenset[str]:
    """Return the functions at the top of a file. `changed` only keys the cache."""
    return frozenset(_named(ast.parse(path.read_bytes())))


def _named(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
