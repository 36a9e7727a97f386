"""The packs that a clinic can run on, compiled once."""

from functools import cache
from pathlib import Path

from candour.policy.compile import Policy, compile_pack, compile_sources
from candour.policy.load import read_pack
from candour.policy.render import NoticeDoc, notice

PACKS = Path(__file__).parents[2] / "policies"
FIVE = (
    "cm-london-medical",
    "dermaesthetics",
    "ai-beauty",
    "private-clinic",
    "pro-aesthetics",
)
ALL = ("model", *FIVE)


@cache
def policy_of(name: str) -> Policy:
    """Return the compiled policy of a pack."""
    return compile_pack(name, PACKS)


def notice_of(name: str) -> NoticeDoc:
    """Return the notice of a pack."""
    return notice(policy_of(name))


def changed(name: str, old: str, new: str) -> Policy:
    """Return a pack's policy with one piece of its text put differently."""
    sources = dict(read_pack(name, PACKS))
    file = f"{name}/policy.yaml"
    assert sources[file].count(old) == 1, old
    sources[file] = sources[file].replace(old, new)
    return compile_sources(sources)


def prose(name: str) -> str:
    """Return all that a notice says in sentences: no tables, no law in the margin."""
    said = [point.text for point in notice_of(name).short]
    for clause in notice_of(name).clauses():
        said += clause.paragraphs
        said += (
            item if item.endswith((".", "?")) else f"{item}." for item in clause.items
        )
    return " ".join(said)


def clause_text(name: str, key: str) -> str:
    """Return the sentences, items and cells of the clause that prints a key."""
    for clause in notice_of(name).clauses():
        if key in clause.keys:
            cells = (
                [cell for row in clause.table.rows for cell in row]
                if clause.table
                else []
            )
            return " ".join((*clause.paragraphs, *clause.items, *cells))
    raise AssertionError(f"{name} prints no {key}")
