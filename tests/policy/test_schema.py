"""The JSON Schema beside the packs: current, and true of each of them."""

import json
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from candour.policy import schema
from candour.policy.load import default_root, names, read_pack

FILE = default_root() / "policy.schema.json"


def test_the_schema_in_the_folder_is_current() -> None:
    written = FILE.read_text(encoding="utf-8")

    assert written == schema.written(), (
        "run: candour policy schema > policies/policy.schema.json"
    )


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema.json_schema())


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _mistakes(text: str) -> list[str]:
    written = _json(YAML(typ="safe", pure=True).load(text))
    validator = Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8")))
    return [error.json_path for error in validator.iter_errors(written)]


@pytest.mark.parametrize("name", names())
def test_every_pack_is_as_the_schema_says(name: str) -> None:
    assert _mistakes(read_pack(name)[f"{name}/policy.yaml"]) == []


@pytest.mark.parametrize(
    "line",
    [
        "breach: {tell: any}",
        "ownership: {sale-of-data: gladly}",
        "purposes: {x: {basis: because}}",
        "purposes: {x: {by: {cleaner: all}}}",
        "collects: {contact.emial: {}}",
        "commitments: {decide: x}",
    ],
)
def test_an_editor_sees_a_mistake(line: str) -> None:
    head = 'candour: 1\npolicy: x\nversion: "1"\neffective: 2026-01-01\n'

    assert _mistakes(head) == []
    assert _mistakes(f"{head}{line}\n")
