"""Every worked case we hold, answered as it should be."""

import json
from pathlib import Path
from typing import Any

import pytest

from candour.law.vectors import AREAS, compare

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def rows() -> list[dict[str, Any]]:
    return [row for path in CASES for row in json.loads(path.read_text("utf-8"))]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_the_case_is_answered_as_it_should_be(row: dict[str, Any]) -> None:
    got, same = compare(row["area"], row["given"], row["expected"])

    assert same, got


def test_every_area_has_cases_and_every_case_is_told_apart() -> None:
    ids = [row["id"] for row in rows()]

    assert len(ids) == len(set(ids))
    assert {row["area"] for row in rows()} == set(AREAS)
    assert all(row["source"] and row["expected"] for row in rows())


def test_a_wrong_answer_is_noticed() -> None:
    for row in rows():
        for key in row["expected"]:
            _, same = compare(
                row["area"], row["given"], row["expected"] | {key: "no such answer"}
            )
            assert not same, (row["id"], key)
