"""The command line: what it says when something is not as it should be."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from candour.config import main
from candour.core.errors import Misconfigured

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_it_lists_what_there_is(candour: Run) -> None:
    said = candour("--help")

    assert said.returncode == 0
    assert all(name in said.stdout for name in ("run", "migrate", "vectors"))


def test_a_word_it_does_not_know_is_refused(candour: Run) -> None:
    said = candour("frobnicate")

    assert said.returncode == 2
    assert "frobnicate" in said.stderr


@pytest.mark.parametrize(
    "words", [["--data", "x", "run"], ["run", "--data", "x"], ["run"]]
)
def test_the_system_s_own_commands_load_none_of_the_clinics(words: list[str]) -> None:
    assert main._command_of(words) in main.OWN


def test_what_goes_wrong_by_itself_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*, own_only: bool) -> None:
        raise Misconfigured("The lamp is out.")

    monkeypatch.setattr(main, "_parser", refuse)

    assert main.main(["web"]) == 1
    assert capsys.readouterr().err == "The lamp is out.\n"


def test_a_policy_nobody_wrote_is_refused_with_those_there_are(candour: Run) -> None:
    said = candour("run", "--policy", "al-beauty")

    assert said.returncode == 1
    assert "There is no policy 'al-beauty'" in said.stderr
    assert "ai-beauty" in said.stderr
    assert "baseline-law" not in said.stderr


@pytest.mark.parametrize("port", ["0", "65536", "web"])
def test_a_port_that_is_none_is_refused(candour: Run, port: str) -> None:
    said = candour("run", "--port", port)

    assert said.returncode == 2
    assert "--port" in said.stderr


def test_a_data_folder_that_cannot_be_is_said_to_be(candour: Run, data: Path) -> None:
    (data / "file").touch()

    said = candour("--data", str(data / "file"), "run")

    assert said.returncode == 1
    assert said.stderr.startswith(f"The data folder {data / 'file'} cannot be written")


def test_a_command_on_an_empty_database_says_what_to_run_first(
    candour: Run, data: Path
) -> None:
    said = candour("worker")

    assert said.returncode == 1
    assert said.stderr == (
        "The database is empty: run `candour migrate`, or `./run`, first.\n"
    )
    assert not (data / "postgres" / "postmaster.pid").exists()
