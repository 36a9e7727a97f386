import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from candour.cli import vectors

GOOD = {
    "id": "a",
    "area": "dsar_deadline",
    "given": {"received": "2026-09-01"},
    "expected": {"due": "2026-10-01"},
}
WRONG = GOOD | {"id": "b", "expected": {"due": "2026-10-02"}}
UNREADABLE = GOOD | {"id": "c", "given": {"received": "31 September"}}


def run(tmp_path: Path, content: Any, *options: str) -> int:
    path = tmp_path / "cases.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    parser = argparse.ArgumentParser()
    vectors.add(parser.add_subparsers())
    args = parser.parse_args(["vectors", str(path), *options])
    status: int = args.run(args)
    return status


def test_all_as_expected_is_quiet_and_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, [GOOD]) == 0
    assert capsys.readouterr().out == "1 of 1 cases as expected\n"


def test_each_difference_is_printed_and_the_command_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, [GOOD, WRONG, UNREADABLE]) == 1

    said = capsys.readouterr().out
    assert "b differs\n" in said
    assert '{"due": "2026-10-01"}' in said
    assert "received: '31 September' is not a date" in said
    assert "1 of 3 cases as expected" in said
    assert "a differs" not in said


def test_json_gives_every_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, [GOOD, WRONG], "--json") == 1

    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == ["a", "b"]
    assert set(rows[0]) == {"id", "expected", "got"}
    assert rows[0]["got"] == rows[0]["expected"]
    assert rows[1]["got"] == {"due": "2026-10-01"}


def test_a_case_that_expects_nothing_gets_every_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, [GOOD | {"expected": {}}], "--json")

    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["got"]["due"] == "2026-10-01"


@pytest.mark.parametrize(
    "content",
    ["", "{", "{}", "[1]", '[{"id": 1}]', '[{"given": {}}]', "[" * 100_000,
     '[{"area": "cookie", "given": {}, "expected": []}]'],
)  # fmt: skip
def test_a_file_that_is_not_cases_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    assert run(tmp_path, content) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = argparse.Namespace(file=tmp_path / "none.json", json=False)

    assert vectors.run(args) == 2
    assert capsys.readouterr().err.count("\n") == 1
