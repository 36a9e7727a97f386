"""A policy of a later day is not published yet, and says which day and where."""

import argparse
import shutil
from pathlib import Path

import pytest

from candour.cli import publish as cli
from candour.notices import current
from candour.policy.load import default_root
from candour.policy.problems import PolicyErrors

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The packs, with a model that is in force only from a day far off."""
    root = tmp_path / "policies"
    shutil.copytree(default_root(), root)
    file = root / "model" / "policy.yaml"
    told = file.read_text(encoding="utf-8")
    file.write_text(told.replace("\neffective: 2026-", "\neffective: 2996-"))
    return root


def publish(root: Path | None, *, demo: bool = False) -> int:
    return cli.run(argparse.Namespace(name="model", demo=demo, root=root))


def test_it_is_refused_with_both_places_and_the_last_good_policy_stays(
    later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(None) == 0
    before = current.current()

    with pytest.raises(PolicyErrors) as raised:
        publish(later)

    [problem] = raised.value.problems
    assert (problem.file, problem.key) == ("model/policy.yaml", "effective")
    assert "version '2026-09' (at model/policy.yaml:" in problem.message
    assert "only from 2996-" in problem.message
    assert "2026-09 stays in force." in capsys.readouterr().err
    assert current.current() == before


def test_a_demonstration_may_be_of_a_day_to_come(later: Path) -> None:
    assert publish(later, demo=True) == 0
