"""What a form is made of: sections of questions, each with the data it collects.

A definition is data and nothing in it is ever run. What its shape cannot say (a
condition on a later answer, an option named twice) is in `faults`; `reading` does both.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

SECTIONS_MAX = 30
QUESTIONS_MAX = 200
OPTIONS_MAX = 40


class Kind(StrEnum):
    """How a question is answered. A statement is only read."""

    TEXT = "text"
    LONG = "long-text"
    YES_NO = "yes-no"
    ONE = "one"
    SEVERAL = "several"
    DATE = "date"
    NUMBER = "number"
    BODY = "body-site"
    STATEMENT = "statement"
    SIGNATURE = "signature"


CHOSEN = frozenset({Kind.YES_NO, Kind.ONE, Kind.SEVERAL, Kind.BODY})
NOT_ANSWERED = frozenset({Kind.STATEMENT, Kind.SIGNATURE})
WITH_OPTIONS = frozenset({Kind.ONE, Kind.SEVERAL})
Test = Literal["is", "is-not", "at-least", "at-most", "answered"]
ALERTS = {
    "allergy": "Allergy",
    "anticoagulant": "Blood-thinning medicine",
    "autoimmune": "Immune or muscle condition",
    "implant": "Implant or device",
    "infection": "Infection",
    "keloid": "Scars badly",
    "medication": "Medicine that matters",
    "pregnancy": "Pregnant or breastfeeding",
    "seizures": "Seizures",
    "other": "Something to know",
}


def _plain(text: str) -> str:
    for one in text:
        kind = unicodedata.category(one)
        if (kind == "Cc" and one not in "\n\r\t") or unicodedata.bidirectional(one) in {
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        }:  # fmt: skip
            raise ValueError("a hidden character stands in it")
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\r\n]*\S[^\r\n]*$"),
    AfterValidator(_plain),
]
Words = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)]
Value = Annotated[str, StringConstraints(max_length=60), AfterValidator(_plain)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Option(_Part):
    """One thing to choose."""

    value: Slug
    label: Line


class Condition(_Part):
    """What an earlier answer must be; of several values any will do."""

    question: Slug
    test: Test = "is"
    values: tuple[Value, ...] = Field(default=(), max_length=OPTIONS_MAX)


class Alert(_Part):
    """An answer to the question itself that suggests a medical alert."""

    kind: Literal[
        "allergy", "anticoagulant", "autoimmune", "implant", "infection", "keloid",
        "medication", "pregnancy", "seizures", "other",
    ]  # fmt: skip
    test: Test = "is"
    values: tuple[Value, ...] = Field(default=(), max_length=OPTIONS_MAX)


class Question(_Part):
    """One question: what it asks, what kind of data the answer is, what it follows."""

    key: Slug
    kind: Annotated[Kind, Field(strict=False)]
    asks: Line
    help: Words = ""
    category: str = Field(default="", max_length=60)
    mandatory: bool = False
    options: tuple[Option, ...] = Field(default=(), max_length=OPTIONS_MAX)
    unit: Annotated[str, StringConstraints(max_length=20)] = ""
    least: int | None = Field(default=None, ge=-1_000_000, le=1_000_000)
    most: int | None = Field(default=None, ge=-1_000_000, le=1_000_000)
    when: Condition | None = None
    alert: Alert | None = None

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer among the answers: not read only, not signed."""
        return self.kind not in NOT_ANSWERED


class Section(_Part):
    """Questions that belong together.

    With a `switch` it is there only where the policy collects that kind of data;
    `asked` False leaves it out for now.
    """

    key: Slug
    title: Line
    says: Words = ""
    switch: str = Field(default="", max_length=60)
    asked: bool = True
    questions: tuple[Question, ...] = Field(default=(), max_length=QUESTIONS_MAX)


class Definition(_Part):
    """A whole form. `about` is what it is for: a medical history, one treatment."""

    title: Line
    says: Words = ""
    about: Literal["history", "treatment", "other"] = "other"
    treatment: Slug | None = None
    sections: tuple[Section, ...] = Field(default=(), max_length=SECTIONS_MAX)

    def questions(self) -> Iterator[Question]:
        """Yield every question in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        """Return the question called `key`, or None."""
        return next((one for one in self.questions() if one.key == key), None)

    def section(self, key: str) -> Section | None:
        """Return the section called `key`, or None."""
        return next((one for one in self.sections if one.key == key), None)

    @property
    def signature(self) -> Question | None:
        """Return the question that asks for a signature, or None."""
        return next((q for q in self.questions() if q.kind is Kind.SIGNATURE), None)

    def data(self) -> dict[str, Any]:
        """Return it as plain data, without what is as it is by default."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def text(self) -> str:
        """Return it as JSON for a person to keep, and to bring back."""
        return json.dumps(self.data(), ensure_ascii=False, indent=2) + "\n"

    def sha256(self) -> str:
        """Return the hash of its canonical form: 64 hexadecimal digits."""
        said = json.dumps(self.data(), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()
