"""Nobody gets at personal data but with a permit, and only the gate makes one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/candour"
QUERIES = sorted(SOURCE.glob("*/queries.py"))
# Modules whose queries are of no data subject: staff, the menu, policies, the queue.
OF_NO_PERSON = {"accounts", "catalogue", "jobs", "notices", "recipients"}
# Numbers and refs only: whose a row is, so that a unit can be opened; what a ledger or
# certificate says, which holds nothing of the person.
NUMBERS_ONLY = {
    "disposal": {"certificate", "is_erased", "to_destroy", "uncertified", "waiting"},
    "appointments": {"person_of", "person_recalled", "person_waiting"},
    "enquiries": {"person_of"},
    "people": {"person_of"},
    "questionnaires": {"person_of"},
    "rights": {"is_visit", "must_be_theirs", "owner", "unfinished"},
}


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            called = function.id if isinstance(function, ast.Name) else None
            if isinstance(function, ast.Attribute):
                called = function.attr
            if called == name:
                yield node


def test_only_the_gate_makes_a_permit() -> None:
    makers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(calls(ast.parse(path.read_text()), "Permit"))
    }

    assert makers == {"gate/unit.py"}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.parent.name)
def test_every_query_of_people_takes_a_permit(path: Path) -> None:
    if path.parent.name in OF_NO_PERSON:
        return
    without = [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "permit" not in {a.arg for a in [*node.args.args, *node.args.kwonlyargs]}
    ]

    assert set(without) <= NUMBERS_ONLY.get(path.parent.name, set())


def test_surfaces_import_no_models() -> None:
    for surface in ("public", "desk", "cli", "web"):
        for path in (SOURCE / surface).rglob("*.py"):
            for module in imports(ast.parse(path.read_text())):
                found = module.startswith("candour.") and module.endswith(".models")
                assert not found, f"{path.relative_to(SOURCE)} imports {module}"


def imports(node: ast.AST) -> Iterator[str]:
    """Yield what is imported to be used; an import for a type alone uses nothing."""
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    for child in ast.iter_child_nodes(node):
        yield from imports(child)
