"""`candour promises` as a person or a program asks it."""

import argparse
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from candour.cli import promises
from candour.config.main import COMMANDS
from candour.policy.load import default_root


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    promises.add(parser.add_subparsers())
    args = parser.parse_args(["promises", *words])
    assert (args.needs, args.role) == ("nothing", "runtime")
    return int(args.run(args))


def test_it_is_a_command() -> None:
    assert "candour.cli.promises" in COMMANDS


def test_as_json_it_is_a_list_of_every_promise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--json") == 0

    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 474
    assert {tuple(row) for row in rows} == {
        ("id", "clinic", "clause", "control", "state", "why")
    }
    assert all(
        isinstance(value, str) and value for row in rows for value in row.values()
    )
    assert {row["state"] for row in rows} == {"kept", "planned", "decision", "unlawful"}
    assert Counter(row["clinic"] for row in rows) == {
        "ai-beauty": 117,
        "cm-london-medical": 148,
        "dermaesthetics": 42,
        "private-clinic": 125,
        "pro-aesthetics": 42,
    }


def test_one_policy_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--policy", "pro-aesthetics", "--json") == 0

    rows = json.loads(capsys.readouterr().out)
    assert {row["clinic"] for row in rows} == {"pro-aesthetics"}
    [row] = [row for row in rows if row["id"] == "P4-036"]
    assert row == {
        "id": "P4-036",
        "clinic": "pro-aesthetics",
        "clause": "retention.clinical.keep",
        "control": "yearly-review",
        "state": "unlawful",
        "why": "At retention.clinical.keep, published: indefinite; kept: review-yearly"
        " (UK-GDPR Art 5(1)(e)).",
    }


def test_the_table_counts_how_many_stand_how(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--policy", "dermaesthetics", "--json") == 0
    states = Counter(row["state"] for row in json.loads(capsys.readouterr().out))

    assert run("--policy", "dermaesthetics") == 0

    said = capsys.readouterr().out.splitlines()
    counts = ", ".join(
        f"{states[state]} {state}"
        for state in ("kept", "planned", "decision", "unlawful")
    )
    assert said[1] == f"dermaesthetics: 42 promises: {counts}"
    assert said[-1] == f"All: 42 promises: {counts}"
    [row] = [line for line in said if line.startswith("P1-016")]
    assert row.split()[1:4] == [
        "decision",
        "arrangement",
        "open-facts-block-publishing",
    ]
    assert "UK GDPR Art 26" in row


@pytest.mark.parametrize("name", ["nobody", "model", "baseline-law", "../model"])
def test_a_policy_without_promises_is_said_plainly(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--policy", name) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_a_table_that_is_badly_written_is_told_by_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("model", "pro-aesthetics"):
        shutil.copytree(default_root() / name, tmp_path / name)
    table = tmp_path / "pro-aesthetics" / "promises.yaml"
    text = table.read_text("utf-8")
    table.write_text(text.replace("control: safe-site", "control: safe-sight"), "utf-8")

    assert run("--root", str(tmp_path)) == 2

    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2] for line in said] == [
        f"promises.{row}.control: 'safe-sight' is not known here."
        " Did you mean 'safe-site'?"
        for row in ("P4-033", "P4-034")
    ]
