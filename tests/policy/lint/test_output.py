"""What the linter prints: JSON rows, SARIF that tools accept, tables, exit status."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from candour.policy.compile import compile_pack
from candour.policy.lint.places import places
from candour.policy.load import default_root
from tests.policy.lint.cases import CLINICS
from tests.policy.test_command import run

# The part of SARIF 2.1.0 that is used here, as strict as the standard has it.
TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string", "pattern": "^[A-Za-z0-9]+$"},
        "shortDescription": TEXT,
        "defaultConfiguration": {"properties": {"level": LEVEL}},
        "properties": {"type": "object"},
    },
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"pattern": "^[^ \\\\]+$"}},
                },
                "region": {
                    "required": ["startLine", "startColumn"],
                    "additionalProperties": False,
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                    },
                },
            },
        },
        "logicalLocations": {
            "items": {"required": ["fullyQualifiedName"]},
            "minItems": 1,
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION, "minItems": 1},
        "partialFingerprints": {"additionalProperties": {"type": "string"}},
        "properties": {"type": "object"},
    },
}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "additionalProperties": False,
    "properties": {
        "tool": {
            "required": ["driver"],
            "properties": {
                "driver": {
                    "required": ["name", "rules"],
                    "properties": {
                        "rules": {"items": RULE, "uniqueItems": True, "minItems": 1}
                    },
                }
            },
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"pattern": "sarif-2.1.0"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN, "minItems": 1, "maxItems": 1},
    },
}
ON = ("--on", "2026-11-22")


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a command prints, whatever it returns."""
    run("lint", *words, *ON)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", [*CLINICS, "model"])
def test_sarif_is_as_the_standard_has_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(printed(capsys, name, "--format", "sarif"))

    assert list(Draft202012Validator(SARIF).iter_errors(told)) == []
    [only] = told["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in only["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    assert bool(only["results"]) == (name != "model")


def test_json_rows_have_what_a_program_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows: list[dict[str, Any]] = json.loads(
        printed(capsys, "ai-beauty", "--format=json")
    )

    assert len(rows) > 40
    for row in rows:
        for key in ("rule", "severity", "clause", "article", "fix", "message", "place"):
            assert row[key], (key, row)
        assert row["severity"] in ("error", "warning", "note")
    assert {row["says"] for row in rows} > {"P2-031", "P2-047", "P2-064"}


def test_json_of_a_clean_policy_is_an_empty_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("lint", "model", "--format", "json", *ON) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_policy_with_an_error_is_exit_status_1() -> None:
    assert run("lint", "dermaesthetics", *ON) == 1


def test_a_day_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    run("lint", "ai-beauty", "--on", "2019-01-01")

    assert "version-old" not in capsys.readouterr().out
    assert "version-old" in printed(capsys, "ai-beauty")


@pytest.mark.parametrize(
    ("clause", "line"),
    [
        ("collects.contact.email", "  contact.email:"),
        ("collects.contact.email.needs", "  contact.email:"),
        ("marketing.stop.in-flight", "  stop:"),
        ("website.shows[1]", "  shows:"),
        ("complaints", "complaints:"),
        ("version", "version:"),
        ("no-such-section.at.all", "# yaml-language-server"),
    ],
)
def test_a_clause_has_its_line_or_that_of_what_is_above_it(
    clause: str, line: str
) -> None:
    place = places(compile_pack("private-clinic")).of(clause)

    text = (default_root() / place.file).read_text(encoding="utf-8").splitlines()
    assert text[place.line - 1].startswith(line)


@pytest.mark.parametrize("name", CLINICS)
def test_the_report_in_the_documents_is_current(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = default_root().parent / "docs" / "notices" / f"{name}-lint.md"
    how = f"candour policy lint {name} --format markdown --on {ON[1]} > {file.name}"

    current = printed(capsys, name, "--format=markdown")

    assert file.read_text(encoding="utf-8") == current, f"run: {how}"
