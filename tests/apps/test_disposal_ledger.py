"""The ledger outside the database: flushed, torn, doubled, damaged."""

import os
import stat
from pathlib import Path

import pytest

from candour.disposal import ledger

LINE = {"erasure": "a", "person": 1}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "ledger" / "erasures"
    monkeypatch.setattr(ledger, "path", lambda: place)
    return place


def test_lines_come_back_as_they_were_written() -> None:
    ledger.append(LINE)
    ledger.append({"erasure": "b", "person": 2})

    assert ledger.read().lines == {"a": LINE, "b": {"erasure": "b", "person": 2}}
    assert ledger.read().damaged == ()


def test_nothing_written_is_nothing_read() -> None:
    assert ledger.read().lines == {}


def test_only_its_owner_can_read_it(elsewhere: Path) -> None:
    ledger.append(LINE)

    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600
    assert stat.S_IMODE(elsewhere.parent.stat().st_mode) == 0o700


def test_a_torn_line_is_reported_and_spoils_no_other(elsewhere: Path) -> None:
    ledger.append(LINE)
    with elsewhere.open("a") as file:
        file.write('{"erasure":"torn","pe')
    ledger.append({"erasure": "b", "person": 2})

    read = ledger.read()

    assert set(read.lines) == {"a", "b"}
    assert read.damaged == (2,)


@pytest.mark.parametrize("junk", ["[]", "7", '"text"', "{}", "\x00\x01", "null"])
def test_what_is_no_line_of_ours_is_damaged(elsewhere: Path, junk: str) -> None:
    ledger.append(LINE)
    with elsewhere.open("a") as file:
        file.write(f"{junk}\n")

    assert set(ledger.read().lines) == {"a"}
    assert ledger.read().damaged == (2,)


def test_an_erasure_that_stands_twice_is_one() -> None:
    ledger.append(LINE)
    ledger.append(LINE)

    assert ledger.read().lines == {"a": LINE}


def test_the_line_is_on_the_disk_before_it_returns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)

    ledger.append(LINE)
    ledger.append(LINE)

    assert len(flushed) == 3  # the file, its folder, and the file again
