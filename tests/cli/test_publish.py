"""Publishing: refused while a decision is open, and the last good policy stays."""

import argparse
import shutil
from pathlib import Path

import pytest

from candour.cli import publish as cli
from candour.notices import current, queries
from candour.policy.compile import compile_pack
from candour.policy.load import default_root
from candour.policy.problems import PolicyErrors
from tests.factories import publish_policy

pytestmark = pytest.mark.usefixtures("db")


def publish(name: str, *, demo: bool = False, root: Path | None = None) -> int:
    return cli.run(argparse.Namespace(name=name, demo=demo, root=root))


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the packs that a test may write in."""
    root = tmp_path / "policies"
    shutil.copytree(default_root(), root)
    return root


def test_a_whole_policy_is_put_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert publish("model") == 0

    assert current.current().name == "model"
    assert not queries.versions()[0].demo
    assert capsys.readouterr().out == "model 2026-09 is in force.\n"


def test_done_again_it_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    publish("model")

    assert publish("model") == 0

    assert "Nothing changed" in capsys.readouterr().out
    assert len(queries.versions()) == 1


def test_an_undecided_policy_is_refused_and_names_each_decision(
    capsys: pytest.CaptureFixture[str],
) -> None:
    publish_policy("model")

    assert publish("ai-beauty") == 1

    said = capsys.readouterr().err
    decisions = compile_pack("ai-beauty").open_decisions
    assert f"{len(decisions)} decisions are still to be made" in said
    for decision in decisions:
        assert f"\n  {decision.key}\n    {decision.why}\n" in said
    assert "model 2026-09 stays in force." in said
    assert current.current().name == "model"


def test_what_the_linter_calls_an_error_is_refused_with_its_way_out(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish("model", root=packs)
    file = packs / "model" / "policy.yaml"
    said = file.read_text()
    start, end = said.index("    email: [privacy@"), said.index("    for: [questions")
    file.write_text(said[:start] + said[end:])

    assert publish("model", root=packs) == 1

    told = capsys.readouterr().err
    assert "1 thing has to be put right" in told
    assert "contacts.privacy\n    There is no address" in told
    assert "model 2026-09 stays in force." in told
    assert len(queries.versions()) == 1


def test_for_a_demonstration_an_undecided_policy_is_published() -> None:
    assert publish("ai-beauty", demo=True) == 0

    assert current.current().name == "ai-beauty"
    assert queries.versions()[0].demo


def test_a_mistake_in_the_file_leaves_the_last_policy_in_force(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish("model", root=packs)
    file = packs / "model" / "policy.yaml"
    file.write_text(file.read_text().replace("reception: day", "receptoin: day", 1))

    with pytest.raises(PolicyErrors):
        publish("model", root=packs)

    assert "model 2026-09 stays in force." in capsys.readouterr().err
    assert current.current().decide("reception", "enquiry").allowed
    assert len(queries.versions()) == 1


def test_what_the_file_says_counts_only_once_it_is_published(packs: Path) -> None:
    publish("model", root=packs)
    file = packs / "model" / "policy.yaml"
    said = file.read_text()
    line = "{visitor: one, person: one, reception: day, manager: day, system: one}"
    assert said.count(line) == 1
    file.write_text(said.replace(line, line.replace("reception: day, ", "")))
    assert current.current().decide("reception", "enquiry").allowed

    publish("model", root=packs)

    assert not current.current().decide("reception", "enquiry").allowed
    assert len(queries.versions()) == 2


def test_a_policy_that_is_not_there_is_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(PolicyErrors):
        publish("nosuch")

    assert "No policy is in force yet." in capsys.readouterr().err
