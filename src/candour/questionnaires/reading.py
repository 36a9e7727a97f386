"""Reading a form that was sent or brought: its size first, then its shape, its sense.

So a hostile definition is refused before it costs much, with all its mistakes at once.
"""

import json
from typing import Any

from pydantic import ValidationError

from candour.core.errors import Invalid
from candour.questionnaires.definition import Definition
from candour.questionnaires.faults import faults

BYTES_MAX = 200_000
TOLD_MAX = 12  # mistakes that one refusal lists


class BadDefinition(Invalid):
    """This form cannot be read."""

    code = "bad_definition"

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def parse(text: str) -> Definition:
    """Read a definition from JSON. Raises BadDefinition, every mistake at once."""
    if len(text.encode("utf-8", "surrogatepass")) > BYTES_MAX:
        raise BadDefinition([f"A form has at most {BYTES_MAX // 1000} kB."])
    try:
        found = Definition.model_validate_json(text)
    except ValidationError as wrong:
        raise BadDefinition(_told(wrong)) from None
    if said := faults(found):
        raise BadDefinition(said[:TOLD_MAX])
    return found


def of_data(data: Any) -> Definition:
    """Return a definition that was kept. What is kept was checked before."""
    return Definition.model_validate_json(json.dumps(data))


def _told(wrong: ValidationError) -> list[str]:
    """Say where pydantic stumbled, without repeating what was sent."""
    said = []
    for one in wrong.errors(include_url=False, include_input=False)[:TOLD_MAX]:
        place = ".".join(str(part) for part in one["loc"]) or "the form"
        said.append(f"{place}: {one['msg']}.")
    return said
