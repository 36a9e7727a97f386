"""`candour policy …` as a person types it."""

import argparse
import json
import shutil
from pathlib import Path

import pytest

from candour.cli import policy
from candour.policy.load import default_root
from tests.policy.written import whole


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    policy.add(parser.add_subparsers())
    args = parser.parse_args(["policy", *words])
    assert (args.needs, args.role) == ("nothing", "runtime")
    return int(args.run(args))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder of packs with one good clinic in it."""
    (tmp_path / "zephyr").mkdir()
    (tmp_path / "zephyr" / "policy.yaml").write_text(whole(), encoding="utf-8")
    return tmp_path


def test_check_says_that_all_packs_are_well_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("check") == 0

    said = capsys.readouterr().out
    assert "model: well written\n" in said
    assert "ai-beauty: well written, " in said


def test_check_prints_every_mistake_with_its_place(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / "zephyr" / "policy.yaml"
    file.write_text(whole().replace("ENG", "ENGLAND").replace("P1Y", "1Y"), "utf-8")

    assert run("check", "zephyr", "--root", str(root)) == 1

    said = capsys.readouterr()
    assert said.out == "zephyr: 2 mistakes\n"
    assert [line.partition(": ")[0] for line in said.err.splitlines()] == [
        f"{file}:7:11",
        f"{file}:27:59",
    ]


def test_check_takes_a_file_anywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.yaml"
    shutil.copy(default_root() / "ai-beauty" / "policy.yaml", file)

    assert run("check", str(file)) == 0
    assert "well written" in capsys.readouterr().out


def test_a_pack_that_is_not_there_is_named_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("show", "ai-buety") == 2
    assert "Did you mean 'ai-beauty'?" in capsys.readouterr().err


def test_show_prints_a_value_with_where_it_comes_from(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("show", "zephyr", "rights.access", "--root", str(root)) == 0
    assert "P1M  [law, UK GDPR Article 12A(1)]" in capsys.readouterr().out

    assert run("show", "zephyr", "retention", "--json", "--root", str(root)) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[1] == {
        "key": "retention.enquiries.keep",
        "value": "P1Y",
        "source": "stated",
        "place": f"{root / 'zephyr' / 'policy.yaml'}:27:59",
    }


def test_show_of_a_key_there_is_not(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("show", "zephyr", "retention.x", "--root", str(root)) == 1
    assert "There is no 'retention.x' in zephyr." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["reception", "enquiry"], 0, "Yes: Reception may use data for enquiry"),
        (["reception", "enquiry", "--reach", "all"], 1, "No: Reception may not"),
        (["marketing", "enquiry"], 1, "No: Nothing lets marketing use data"),
        (["reception", "enquiry", "--restricted"], 1, "UK GDPR Article 18(2); by law"),
        (["may reception read names for the enquiry?"], 0, "Yes: Reception"),
        (["May the data protection lead look at an enquiry?"], 1, "No: Nothing lets"),
    ],
)
def test_explain_answers_in_one_sentence(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    says: str,
) -> None:
    assert run("explain", "zephyr", *words, "--root", str(root)) == code

    [line] = capsys.readouterr().out.splitlines()
    assert says in line
    assert line.endswith(").")


def test_explain_names_the_clause_as_the_notice_prints_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("explain", "zephyr", "reception", "enquiry", "--root", str(root))

    assert ", purposes.enquiry; UK GDPR Article 6(1)(b)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("may the cleaner read enquiry", "names no role"),
        ("may reception read for amusement", "names no purpose"),
    ],
)
def test_a_question_that_is_not_understood(
    root: Path, capsys: pytest.CaptureFixture[str], question: str, says: str
) -> None:
    assert run("explain", "zephyr", question, "--root", str(root)) == 2
    assert says in capsys.readouterr().err


def test_lint_finds_nothing_in_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", "model") == 0
    assert capsys.readouterr().out == "model: 0 errors, 0 warnings, 0 notes\n"


def test_lint_as_json_is_a_list_of_findings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("lint", "dermaesthetics", "--format", "json") == 1

    rows = json.loads(capsys.readouterr().out)
    assert {"rule", "severity", "clause", "article", "fix"} <= set(rows[0])


def test_schema_is_what_is_in_the_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    assert capsys.readouterr().out == (default_root() / "policy.schema.json").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("extra", [[], ["--format", "text"], ["--cookies"]])
def test_render_prints_the_notice(
    capsys: pytest.CaptureFixture[str], extra: list[str]
) -> None:
    assert run("render", "model", *extra) == 0
    assert "Quillane" in capsys.readouterr().out


def test_two_packs_of_one_name_are_told_with_both_places(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "twin").mkdir()
    (root / "twin" / "policy.yaml").write_text(whole(), encoding="utf-8")

    assert run("check", "--root", str(root)) == 1

    said = capsys.readouterr().err
    assert "zephyr" in said.partition(": ")[0]
    assert "is already the name of the policy at twin/policy.yaml:2:9" in said
