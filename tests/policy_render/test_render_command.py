"""`candour policy render`: each paper in each of its forms, and what it refuses."""

import argparse
import csv
import io
import json
from collections.abc import Callable

import pytest

from candour.cli import policy
from candour.cli.render import FORMATS
from tests.policy_render.clinics import ALL

PAPERS = [
    (paper, form) for paper, forms in FORMATS.items() for form in forms if form != "pdf"
]
READERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "csv": lambda text: list(csv.reader(io.StringIO(text, newline=""), strict=True)),
}


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    policy.add(parser.add_subparsers())
    args = parser.parse_args(["policy", "render", *words])
    return int(args.run(args))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("paper", "form"), PAPERS)
def test_every_paper_of_every_clinic_is_printed_and_reads_back(
    capsys: pytest.CaptureFixture[str], name: str, paper: str, form: str
) -> None:
    assert run(name, "--what", paper, "--format", form) == 0

    out = capsys.readouterr()
    assert out.err == ""
    assert len(out.out) > 500
    assert out.out.endswith("\n")
    if form in READERS:
        assert READERS[form](out.out)


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ((), "# Privacy notice: Quillane"),
        (("--cookies",), "# "),
        (("--what", "record"), "<!doctype html>"),
        (("--what", "glossary"), "# What the words mean"),
        (("--what", "linked-data"), '{\n  "@context"'),
        (("--what", "json"), '{\n  "form": 1'),
    ],
)
def test_each_paper_has_a_form_that_nobody_has_to_name(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], starts: str
) -> None:
    assert run("model", *words) == 0
    assert capsys.readouterr().out.startswith(starts)


@pytest.mark.parametrize("words", [("--cookies",), ("--what", "cookies")])
def test_the_cookie_notice_is_the_same_by_both_names(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run("ai-beauty", *words) == 0
    assert "Taboola" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("paper", "form"),
    [("cookies", "pdf"), ("record", "pdf"), ("json", "csv"), ("notice", "csv")],
)
def test_a_form_that_a_paper_does_not_have_is_refused_with_those_it_has(
    capsys: pytest.CaptureFixture[str], paper: str, form: str
) -> None:
    assert run("model", "--what", paper, "--format", form) == 2

    out = capsys.readouterr()
    assert out.out == ""
    assert f"{paper} cannot be printed as {form}. Choose from: " in out.err
    assert ", ".join(FORMATS[paper]) in out.err


def test_a_pack_that_is_not_there_and_a_baseline_are_told_in_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("no-such-clinic", "baseline-law"):
        assert run(name, "--what", "record") == 2
        assert capsys.readouterr().err.count("\n") == 1
