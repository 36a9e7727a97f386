"""What a value in a policy may be: words, text, periods, and slots left open.

Every part is strict and refuses unknown keys. A slot marked `Open` also takes
`{decide: why, meanwhile: value}`: a person has to choose, and until then the clinic
runs on `meanwhile`, which is what the model then holds.

Some words are only `published`: a notice may say them, but no clinic may run on them
(`box: deemed`). They stand under `departures`, and are let through where the linter
puts them back to see a rule object.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic.functional_validators import AfterValidator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from candour.law.periods import NotAPeriod, Period
from candour.policy import vocabulary

_ISO = r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?"

T = TypeVar("T")
Many = tuple[T, ...]

DECIDE = "decide"
MEANWHILE = "meanwhile"

AS_PUBLISHED: Final[Mapping[str, bool]] = MappingProxyType({"published": True})
"""The context in which a document may hold words that are only published."""


def _as_published(
    value: str, published: tuple[str, ...], info: core_schema.ValidationInfo
) -> bool:
    """Say whether a word is let through; raise where it may only be published."""
    if value not in published:
        return False
    if info.context is AS_PUBLISHED:
        return True
    raise PydanticCustomError(
        "only_published",
        "'{word}' is what a notice may say, not what a clinic may do",
        {"word": value},
    )


@dataclass(frozen=True)
class OneOf:
    """Marks a text slot that takes one word of a closed list."""

    words: tuple[str, ...]
    published: tuple[str, ...] = ()

    def check(self, value: str, info: core_schema.ValidationInfo) -> str:
        """Return the word, or raise with the list so that the nearest can be found."""
        if value in self.words or _as_published(value, self.published, info):
            return value
        raise PydanticCustomError(
            "unknown_word", "'{word}' is not known here", {"word": value, "of": self}
        )

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        inner = handler(source)
        return core_schema.with_info_after_validator_function(self.check, inner)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class PeriodOr:
    """Marks a slot that takes an ISO 8601 period or one of a few words."""

    words: tuple[str, ...]
    published: tuple[str, ...] = ()

    def check(self, value: str, info: core_schema.ValidationInfo) -> str:
        """Return the value, or raise saying both what it may be."""
        known = value in self.words or is_period(value)
        if known or _as_published(value, self.published, info):
            return value
        raise PydanticCustomError(
            "period_or_word",
            "'{word}' is neither a period nor a word known here",
            {"word": value, "of": self},
        )

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        inner = handler(source)
        return core_schema.with_info_after_validator_function(self.check, inner)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        period = {"type": "string", "pattern": f"^{_ISO}$"}
        return {"anyOf": [{"enum": list(self.words)}, period]}


def is_period(value: str) -> bool:
    """Say whether a text is a period of whole days, such as P30D, P1M or P11Y."""
    try:
        Period.parse(value)
    except NotAPeriod:
        return False
    return True


@dataclass(frozen=True)
class Alone:
    """Marks a list that may be written as its one item: `needs: choice`."""

    kind: type = str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        inner = handler(source)
        return core_schema.no_info_before_validator_function(self._listed, inner)

    def _listed(self, value: Any) -> Any:
        return (value,) if isinstance(value, self.kind) else value

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        inner = handler(schema)
        return {"anyOf": [inner["items"], inner]}


@dataclass(frozen=True)
class Short:
    """Marks a map that one bare word may stand for."""

    word: str
    key: str
    text: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        inner = handler(source)
        return core_schema.no_info_before_validator_function(self._spelt_out, inner)

    def _spelt_out(self, value: Any) -> Any:
        return {self.key: self.text} if value == self.word else value

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"enum": [self.word]}, handler(schema)]}


def words(*known: str, published: tuple[str, ...] = ()) -> OneOf:
    """Return the mark for a slot that takes one of these words."""
    return OneOf(known, published)


@dataclass(frozen=True)
class Open:
    """Marks a slot that a person may still have to decide.

    `also` are values that only a `meanwhile` may take, such as `inactive`.
    """

    also: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            self._validate, handler(source)
        )

    def _validate(
        self, value: Any, inner: core_schema.ValidatorFunctionWrapHandler
    ) -> Any:
        if not is_decide(value):
            return inner(value)
        check_decide(value)
        if MEANWHILE not in value:
            return None
        meanwhile = value[MEANWHILE]
        return meanwhile if meanwhile in self.also else inner(meanwhile)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        inner = handler(schema)
        meanwhile = (
            {"anyOf": [inner, {"enum": list(self.also)}]} if self.also else inner
        )
        decide = {
            "type": "object",
            "properties": {DECIDE: {"type": "string"}, MEANWHILE: meanwhile},
            "required": [DECIDE],
            "additionalProperties": False,
        }
        return {"anyOf": [inner, decide]}


def is_decide(value: object) -> bool:
    """Say whether a value is a decision left open."""
    return isinstance(value, dict) and DECIDE in value


def check_decide(value: dict[str, object]) -> None:
    """Refuse a decision without its reason, or with keys that mean nothing."""
    why = value[DECIDE]
    if not isinstance(why, str) or not why.strip():
        raise PydanticCustomError("decide_why", "say what must be decided, in words")
    for key in value:
        if key not in (DECIDE, MEANWHILE):
            raise PydanticCustomError(
                "decide_key",
                "'{key}' means nothing beside 'decide'; only 'meanwhile' does",
                {"key": key},
            )


def _pattern(pattern: str, says: str) -> AfterValidator:
    matches = re.compile(pattern).fullmatch

    def check(value: str) -> str:
        if matches(value):
            return value
        raise PydanticCustomError(
            "pattern", "'{value}' is not {says}", {"value": value, "says": says}
        )

    return AfterValidator(check)


def _no_twins(value: tuple[str, ...]) -> tuple[str, ...]:
    for word, times in Counter(value).items():
        if times > 1:
            raise PydanticCustomError(
                "twice", "'{word}' is in this list twice", {"word": word}
            )
    return value


def _period(value: str) -> str:
    if not is_period(value):
        raise PydanticCustomError(
            "period", "'{value}' is not a period", {"value": value}
        )
    return value


Slug = Annotated[
    str,
    _pattern(
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "a slug: small letters, figures and single hyphens",
    ),
]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Colour = Annotated[str, _pattern(r"#[0-9a-fA-F]{6}", 'a colour such as "#2f4a3c"')]
Host = Annotated[
    str,
    _pattern(
        r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}|localhost",
        "a host name such as www.example.org, in small letters",
    ),
]
Email = Annotated[
    str, _pattern(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", "an email address")
]
PeriodText = Annotated[str, AfterValidator(_period)]
CalendarDate = Annotated[date, Field()]

Slugs = Annotated[Many[Slug], AfterValidator(_no_twins)]
Category = Annotated[str, OneOf(tuple(vocabulary.CATEGORIES))]
Categories = Annotated[Many[Category], AfterValidator(_no_twins)]
EVERYTHING = "everything"
Uses = Annotated[
    Many[Annotated[str, OneOf((*vocabulary.CATEGORIES, EVERYTHING))]],
    AfterValidator(_no_twins),
]
Source = Annotated[str, OneOf(tuple(vocabulary.SOURCES))]
Sources = Annotated[Many[Source], AfterValidator(_no_twins)]
Person = Annotated[str, OneOf(tuple(vocabulary.PEOPLE))]
People = Annotated[Many[Person], AfterValidator(_no_twins)]
Basis = Annotated[str, OneOf(tuple(vocabulary.BASES))]
Condition = Annotated[str, OneOf(tuple(vocabulary.CONDITIONS))]
Channel = Annotated[str, OneOf(tuple(vocabulary.CHANNELS))]
Channels = Annotated[Many[Channel], AfterValidator(_no_twins)]
MessageKind = Annotated[str, OneOf(tuple(vocabulary.MESSAGES))]
RecipientKind = Annotated[str, OneOf(tuple(vocabulary.RECIPIENTS))]
Event = Annotated[str, OneOf(tuple(vocabulary.EVENTS))]
Atom = Annotated[str, OneOf(tuple(vocabulary.ATOMS))]
Atoms = Annotated[Many[Atom], Alone(), AfterValidator(_no_twins)]
Region = Annotated[str, OneOf(tuple(vocabulary.REGIONS))]
RoleName = Annotated[str, OneOf(tuple(vocabulary.Role))]
ReachName = Annotated[str, words("one", "day", "all", "none")]
Keep = Annotated[
    str,
    PeriodOr(
        (
            "law",
            "keep",
            "criteria",
            "review-yearly",
            "until-last-record",
            "until-withdrawn",
            "until-verified",
            "until-removed",
        ),
        published=("indefinite", "as-long-as-necessary"),
    ),
]


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """A map of the policy: its keys are these and no others."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, alias_generator=_kebab
    )


class Entry(Part):
    """A named entry, which the model may complete.

    `like` names the model's entry to complete this one from, where the names differ:
    `reactivation: {like: recall}`. `always`, in a model, adds the entry to every
    clinic whether named or not.
    """

    like: Slug | None = None
    always: bool = False
