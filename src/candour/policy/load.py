"""Find a policy's files and read them: every mistake at once, each with its place."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from stat import S_ISREG
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from candour.policy import crossref, mistakes
from candour.policy.events import refuse
from candour.policy.inherit import complete
from candour.policy.language import Document
from candour.policy.language.slots import DECIDE
from candour.policy.problems import Path, Place, PolicyErrors, Problem, nearest, told
from candour.policy.reading import MOST_BYTES, Node, decode, read

Sources = Mapping[str, str]
"""File name → text, for a pack and each one it extends. The order says nothing."""

FILE: Final = "policy.yaml"
LONGEST_CHAIN: Final = 4

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch


@dataclass(frozen=True, slots=True)
class Parsed:
    """A policy that is well written: its values, its places, and what is undecided."""

    document: Document
    root: Node
    head: str
    undecided: tuple[Path, ...]


def default_root() -> FilePath:
    """Return the folder of the packs: beside `src` in a clone, or in the wheel."""
    here = FilePath(__file__).resolve()
    clone = here.parents[3] / "policies"
    return clone if clone.is_dir() else here.parents[1] / "policies"


def names(root: FilePath | None = None) -> tuple[str, ...]:
    """Return the names of the packs there are, in order."""
    folder = root or default_root()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{FILE}")))


def read_pack(name: str, root: FilePath | None = None) -> Sources:
    """Return the texts of a pack and of what it extends.

    Raises PolicyErrors where there is no such pack, or a file is not UTF-8 text. What
    is wrong inside a file is for `parse` to say.
    """
    return _follow({}, name, Place(f"{name}/{FILE}"), root or default_root())


def read_file(path: FilePath, root: FilePath | None = None) -> Sources:
    """Return the text of a policy outside the packs' folder, and of what it extends."""
    file = str(path)
    text = _contents(path, file)
    asked, wanted = _extends(text, file)
    return _follow({file: text}, wanted, asked, root or default_root())


def _follow(
    sources: dict[str, str], wanted: str | None, asked: Place, folder: FilePath
) -> Sources:
    """Add the pack wanted and what it extends, each file once."""
    while wanted is not None:
        file = f"{wanted}/{FILE}"
        if file in sources:
            break
        sources[file] = _text(folder, wanted, asked)
        asked, wanted = _extends(sources[file], file)
    return MappingProxyType(sources)


def _text(folder: FilePath, name: str, asked: Place) -> str:
    if not _NAME(name) or not os.path.exists(path := folder / name / FILE):
        say = f"there is no policy called '{name}'"
        raise PolicyErrors([Problem.at(asked, "", say, nearest(name, names(folder)))])
    return _contents(path, f"{name}/{FILE}")


def _contents(path: FilePath, file: str) -> str:
    """Return a file's text. What is no plain file is never opened: it might block."""
    try:
        if not S_ISREG(path.stat().st_mode):
            refuse(Place(file), "it cannot be read: it is not a plain file")
        with path.open("rb") as opened:
            return decode(opened.read(MOST_BYTES + 1), file)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise PolicyErrors(
            [Problem.at(Place(file), "", f"it cannot be read: {why}")]
        ) from None


def _extends(text: str, file: str) -> tuple[Place, str | None]:
    """Return what a file extends. A file that cannot be read extends nothing here."""
    try:
        node = read(text, file).child("extends")
    except PolicyErrors:
        return Place(file), None
    if node is None or not isinstance(node.value, str):
        return Place(file), None
    return node.place, node.value


def parse(sources: Sources) -> Document:
    """Return the policy as written and completed, or raise every mistake in it."""
    return examine(sources).document


def examine(sources: Sources) -> Parsed:
    """Return the policy with its places. Raises PolicyErrors with every mistake."""
    roots, problems = _read_all(sources)
    if problems:
        raise PolicyErrors(told(sorted(problems)))
    if not roots:
        refuse(Place(FILE), "there is nothing to read")
    chain = _chain(roots)
    merged = chain[-1]
    for base_of in reversed(chain[:-1]):
        merged, missed = complete(base_of, merged)
        problems += missed
    head = chain[0].place.file
    document: Document | None = None
    try:
        document = Document.model_validate(merged.plain())
    except ValidationError as error:
        found = error.errors(include_url=False)
        problems += told(
            mistakes.explain(one, merged) for one in found if one["input"] is not None
        )
    problems += told(mistakes.empty(merged))
    problems += told(crossref.check(merged, head))
    if problems or document is None:
        raise PolicyErrors(sorted(problems, key=lambda p: (p.file != head, p)))
    return Parsed(document, merged, head, undecided(merged))


def _read_all(sources: Sources) -> tuple[dict[str, Node], list[Problem]]:
    roots: dict[str, Node] = {}
    problems: list[Problem] = []
    for file, text in sources.items():
        try:
            roots[file] = read(text, file)
        except PolicyErrors as error:
            problems += error.problems
    return roots, problems


def _chain(roots: Mapping[str, Node]) -> list[Node]:
    """Return the files from the pack down to what it rests on."""
    by_name = {_named(root): root for root in roots.values()}
    extended = {_value(root, "extends") for root in roots.values()}
    heads = [root for name, root in by_name.items() if name not in extended]
    if len(heads) != 1:
        first = next(iter(roots.values()))
        say = "these policies extend each other in a circle"
        raise PolicyErrors([Problem.at(first.place, "extends", say)])
    chain = heads
    while (wanted := _value(chain[-1], "extends")) is not None:
        node = chain[-1].child("extends") or chain[-1]
        below = by_name.get(wanted)
        if below is None:
            say = f"there is no policy called '{wanted}'"
            raise PolicyErrors([Problem.at(node.place, "extends", say)])
        if below in chain or len(chain) == LONGEST_CHAIN:
            say = "this extends too many policies, or itself"
            raise PolicyErrors([Problem.at(node.place, "extends", say)])
        chain.append(below)
    return chain


def _named(root: Node) -> str:
    """Return the name a file goes by: that of its folder, for a pack."""
    folder, slash, name = root.place.file.rpartition("/")
    return folder if name == FILE and slash and "/" not in folder else root.place.file


def _value(root: Node, key: str) -> str | None:
    node = root.child(key)
    return node.value if node is not None and isinstance(node.value, str) else None


def not_yet(parsed: Parsed, on: date) -> tuple[Problem, ...]:
    """Return why a policy is not in force on a day: its date, and its version's place.

    A version that begins later is no mistake of form, so `examine` lets it be: it may
    be written and compared beforehand, but neither checked as ready nor published.
    """
    begins = parsed.document.effective
    if begins <= on:
        return ()
    node, version = parsed.root.child("effective"), parsed.root.child("version")
    place = node.place if node else Place(parsed.head)
    which = f" (at {version.place})" if version else ""
    say = (
        f"version '{parsed.document.version}'{which} is in force only from "
        f"{begins.isoformat()}, and today is {on.isoformat()}"
    )
    fix = "Publish it from that day, or put the day right."
    return (Problem.at(place, "effective", say, fix),)


def undecided(root: Node) -> tuple[Path, ...]:
    """Return the paths of what a person must still decide, in the order of the file."""
    return tuple(_undecided(root, ()))


def _undecided(node: Node, path: Path) -> list[Path]:
    """List the paths still to be decided. A departure's are those of its key."""
    if path == ("departures",):
        return []
    if isinstance(node.value, MappingProxyType) and DECIDE in node.value:
        return [path]
    return [found for key, child in node for found in _undecided(child, (*path, key))]
