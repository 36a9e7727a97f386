"""The JSON Schema of a policy file, for editors."""

import json
from typing import Any, Final

from candour.policy.language import Document

LONG: Final = 12
"""A list of words longer than this is written once."""

ALWAYS_WRITTEN: Final = ("candour", "policy", "version", "effective")


def json_schema() -> dict[str, Any]:
    """Return the schema. Only the head is required: the rest may be inherited."""
    schema = Document.model_json_schema(by_alias=True)
    _relax(schema)
    shared: dict[str, Any] = {}
    schema = dict(_share(schema, shared))
    schema["$defs"] |= shared
    schema["required"] = list(ALWAYS_WRITTEN)
    schema["title"] = "A Candour policy"
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def _share(part: Any, shared: dict[str, Any]) -> Any:
    """Put each long list of words under `$defs` once, and refer to it."""
    if isinstance(part, list):
        return [_share(item, shared) for item in part]
    if not isinstance(part, dict):
        return part
    known = part.get("enum")
    if isinstance(known, list) and len(known) > LONG:
        name = next((n for n, words in shared.items() if words["enum"] == known), None)
        if name is None:
            name = f"words-{len(shared) + 1}"
            shared[name] = {"type": "string", "enum": known}
        return {"$ref": f"#/$defs/{name}"}
    return {key: _share(item, shared) for key, item in part.items()}


def _relax(part: Any) -> None:
    """Take out what only holds once a policy is completed from what it extends."""
    if isinstance(part, list):
        for item in part:
            _relax(item)
    elif isinstance(part, dict):
        required = part.get("required")
        if isinstance(required, list) and required != ["decide"]:
            del part["required"]
        part.pop("default", None)
        part.pop("minProperties", None)
        if part.get("type") == "object" or "enum" in part:
            part.pop("title", None)
        for item in part.values():
            _relax(item)


def written() -> str:
    """Return the schema as the text of `policies/policy.schema.json`."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
