"""Read a pack's table of promises: every mistake at once, each with its place."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from candour.policy import mistakes
from candour.policy.compiled.policy import Policy
from candour.policy.language.slots import OneOf, Part, Slug, Text
from candour.policy.load import default_root
from candour.policy.problems import Place, PolicyErrors, Problem, nearest
from candour.policy.promises.controls import CONTROLS
from candour.policy.reading import MOST_BYTES, Node, decode, read

FILE: Final = "promises.yaml"

RowId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*-[0-9]{3}$")]


class Row(Part):
    """One promise: the key that carries it, what keeps it, and how that is checked.

    `lawful` is there where the promise cannot lawfully be kept as it was published
    and no departure says so already: it is what is done instead.
    """

    clause: Text
    control: Annotated[str, OneOf(tuple(CONTROLS))]
    check: Annotated[str, Field(min_length=1, max_length=90)]
    lawful: Annotated[str, Field(min_length=1, max_length=160)] | None = None


class Sheet(Part):
    """The whole table of one pack, a row for each promise of its published notice."""

    candour: Literal[1]
    policy: Slug
    promises: Annotated[dict[RowId, Row], Field(min_length=1)]


def packs(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the packs that keep a table, in order."""
    folder = root or default_root()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{FILE}")))


def read_sheet(policy: Policy, root: Path | None = None) -> Sheet:
    """Return the table of a pack, held against its compiled policy.

    Raises PolicyErrors where there is no table, where it is not well written, where a
    clause is not a key of the policy, or where a departure names no row.
    """
    file = f"{policy.name}/{FILE}"
    path = (root or default_root()) / file
    if not path.is_file():
        say = f"'{policy.name}' keeps no table of promises"
        fix = f"These do: {', '.join(packs(root))}."
        raise PolicyErrors([Problem.at(Place(file), "", say, fix)])
    with path.open("rb") as opened:
        return parse_sheet(decode(opened.read(MOST_BYTES + 1), file), file, policy)


def parse_sheet(text: str, file: str, policy: Policy) -> Sheet:
    """Return the table written in a text. Raises PolicyErrors with every mistake."""
    root = read(text, file)
    problems = list(mistakes.empty(root))
    sheet: Sheet | None = None
    try:
        sheet = Sheet.model_validate(root.plain())
    except ValidationError as error:
        found = [one for one in error.errors() if one["input"] is not None]
        problems += [_explain(one, root) for one in found]
    problems += _astray(root, policy)
    if problems or sheet is None:
        raise PolicyErrors(sorted(problems))
    return sheet


def _explain(error: ErrorDetails, root: Node) -> Problem:
    """Return a mistake of form. A key that is not known is compared with ours."""
    if error["type"] != "extra_forbidden":
        return mistakes.explain(error, root)
    path = error["loc"]
    node, _ = root.nearest(path)
    known = Sheet.model_fields if len(path) == 1 else Row.model_fields
    return Problem.at(
        node.key_place or node.place,
        path,
        f"'{path[-1]}' is not a key here",
        nearest(str(path[-1]), known),
    )


def _astray(root: Node, policy: Policy) -> Iterator[Problem]:
    """Yield what does not fit the policy: its name, a clause, a departure's row."""
    named = root.child("policy")
    if named is not None and named.value != policy.name:
        say = f"this is the table of '{policy.name}'"
        yield Problem.at(named.place, "policy", say, f"Write '{policy.name}'.")
    table = root.child("promises")
    rows = table.value if table is not None else None
    if table is None or not isinstance(rows, Mapping):
        return
    for name, row in rows.items():
        clause = row.child("clause")
        if clause is None or not isinstance(clause.value, str):
            continue
        if not policy.under(clause.value):
            path = ("promises", name, "clause")
            say = f"'{clause.value}' is not a key of this policy"
            fix = nearest(clause.value, keys(policy))
            yield Problem.at(clause.place, path, say, fix)
    for departure in policy.departures:
        if departure.says not in rows:
            say = f"a departure names {departure.says}, which has no row here"
            yield Problem.at(table.place, "promises", say, "Add the row.")


def keys(policy: Policy) -> list[str]:
    """Return every key of a policy and every key above one, in the order of the file.

    A category may hold a dot of its own, so some of these are halves of one; they are
    only ever suggested.
    """
    found: dict[str, None] = {}
    for key in policy.facts:
        parts = key.split(".")
        for length in range(1, len(parts) + 1):
            found[".".join(parts[:length])] = None
    return list(found)
