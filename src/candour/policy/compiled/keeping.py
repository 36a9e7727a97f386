"""Compile how long data is kept, what survives an erasure, and people's rights."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candour.law.periods import Period
from candour.policy import language
from candour.policy.compiled import sayings
from candour.policy.compiled.origins import Origins
from candour.policy.compiled.rules import Floor, Ground, RetentionRule, RightRule
from candour.policy.language import Document
from candour.policy.language.slots import EVERYTHING, is_period
from candour.policy.terms import Source
from candour.policy.vocabulary import (
    CATEGORIES,
    RIGHT_ARTICLES,
    RIGHTS,
    RecordClass,
    covers,
)

LAW_PERIODS: Final = MappingProxyType({"payment": Period(years=6)})
"""What `keep: law` means where a statute gives a period.

Payments: six years (Finance Act 1998 Schedule 18 paragraph 21; Companies Act 2006
section 388). No statute gives one for a private clinic's other records.
"""

_HEALTH = (
    "health-record",
    "UK GDPR Article 17(3)(b), (c) and (e)",
    "We have to keep the record of the care we gave you.",
)
_ACCOUNTABLE = (
    "accountability",
    "UK GDPR Articles 5(2) and 17(3)(b)",
    "We have to be able to show what we did, and that it was right.",
)
KEPT_AGAINST_ERASURE: Final[Mapping[RecordClass, tuple[str, str, str]]] = (
    MappingProxyType(
        {
            RecordClass.CLINICAL: _HEALTH,
            RecordClass.IMAGE: _HEALTH,
            RecordClass.PRESCRIPTION: _HEALTH,
            RecordClass.PAYMENT: (
                "legal-obligation",
                "UK GDPR Article 17(3)(b); Companies Act 2006 section 388",
                "Tax and company law make us keep the record of payments.",
            ),
            RecordClass.REQUEST: _ACCOUNTABLE,
            RecordClass.COMPLAINT: (
                "legal-obligation",
                "UK GDPR Article 17(3)(b); DPA 2018 section 164A",
                "The law makes us keep a record of complaints and what came of them.",
            ),
            RecordClass.INCIDENT: (
                "legal-obligation",
                "UK GDPR Articles 17(3)(b) and 33(5)",
                "The law makes us keep a record of data breaches.",
            ),
            RecordClass.DISCLOSURE: _ACCOUNTABLE,
            RecordClass.TRAIL: _ACCOUNTABLE,
        }
    )
)
"""Why a class of record may stay when somebody asks for erasure."""


def retention(document: Document, origins: Origins) -> tuple[RetentionRule, ...]:
    """Return the rules of keeping, each category under one rule only.

    The narrowest rule has a category; between equals, the clinic's before the model's.
    """
    owned: dict[str, set[str]] = {name: set() for name in document.retention}
    for category, name in _owners(document, origins).items():
        owned[name].add(category)
    return tuple(
        _rule(name, entry, frozenset(owned[name]), origins)
        for name, entry in document.retention.items()
    )


def _owners(document: Document, origins: Origins) -> dict[str, str]:
    claims: dict[str, tuple[tuple[int, bool], str]] = {}
    for name, entry in document.retention.items():
        stated = origins.source("retention", name) is Source.STATED
        for wide in entry.covers:
            for category in CATEGORIES:
                if wide != EVERYTHING and not covers(wide, category):
                    continue
                strength = (0 if wide == EVERYTHING else len(wide), stated)
                if category not in claims or claims[category][0] < strength:
                    claims[category] = (strength, name)
    return {category: name for category, (_, name) in claims.items()}


def _rule(
    name: str, entry: language.Retention, owned: frozenset[str], origins: Origins
) -> RetentionRule:
    word = entry.keep or "keep"
    keep = _period(word, owned)
    floors = tuple(_floor(floor) for floor in entry.at_least)
    return RetentionRule(
        name=name,
        covers=owned,
        keep=keep,
        word=word,
        after=entry.after or "",
        at_least=floors,
        then=entry.then or "erase",
        says=_says(entry, word, keep, floors),
        on_erasure=entry.on_erasure or "",
        undecided=origins.why("retention", name, "keep"),
        clause=f"retention.{name}",
        source=origins.source("retention", name, "keep"),
    )


def _period(word: str, owned: frozenset[str]) -> Period | None:
    if is_period(word):
        return Period.parse(word)
    if word == "law":
        return next((LAW_PERIODS[c] for c in LAW_PERIODS if c in owned), None)
    return None


def _floor(floor: language.AtLeast) -> Floor:
    keep = Period.parse(floor.keep) if floor.keep else None
    return Floor(floor.if_ or "", floor.age, keep, floor.after or "")


def _says(
    entry: language.Retention,
    word: str,
    keep: Period | None,
    floors: tuple[Floor, ...],
) -> str:
    """Write a rule as one or two sentences for a person."""
    then = sayings.THEN[entry.then or "erase"]
    if keep is None:
        return f"We keep this {sayings.KEEP_WORDS[word]}, {then}."
    start = sayings.EVENTS.get(entry.after or "", "")
    if keep == Period():
        return f"We keep this {sayings.KEEP_WORDS['until-verified']}, {then}."
    said = f"We keep this {f'for {sayings.period(keep)} {start}'.strip()}, {then}."
    ages = [str(floor.age) for floor in floors if floor.age]
    if ages:
        until = sayings.listed(sorted(set(ages)), "or")
        said += f" If you were a child, we keep it at least until you are {until}."
    return said


def by_class(rules: tuple[RetentionRule, ...]) -> Mapping[RecordClass, RetentionRule]:
    """Return, for each record class, the rule of the first category it covers."""
    owner = {category: rule for rule in rules for category in rule.covers}
    found: dict[RecordClass, RetentionRule] = {}
    for slug, category in CATEGORIES.items():
        if slug in owner:
            found.setdefault(category.record_class, owner[slug])
    return MappingProxyType(found)


def grounds(
    rules: Mapping[RecordClass, RetentionRule],
) -> Mapping[RecordClass, Ground]:
    """Return why each class that survives an erasure does. A clinic may erase more."""
    found = {}
    for record_class, (code, article, sentence) in KEPT_AGAINST_ERASURE.items():
        rule = rules.get(record_class)
        if rule is not None and rule.on_erasure == "erase":
            continue
        clause = rule.clause if rule is not None else "rights.erasure"
        text = f"{sentence} {rule.says}" if rule is not None else sentence
        found[record_class] = Ground(code, article, text, clause)
    return MappingProxyType(found)


def rights(document: Document, origins: Origins) -> Mapping[str, RightRule]:
    """Return every right. What the clinic does not say is as the law has it."""
    return MappingProxyType({kind: _right(document, origins, kind) for kind in RIGHTS})


def _right(document: Document, origins: Origins, kind: str) -> RightRule:
    entry: language.Right = getattr(document.rights, kind) or language.Right()
    return RightRule(
        kind=kind,
        within=Period.parse(entry.within) if entry.within else None,
        at_most=Period.parse(entry.at_most) if entry.at_most else None,
        extension_allowed=entry.extension != "never",
        fee=entry.fee or "none",
        grounds=entry.grounds,
        refusable=entry.refusable or "law",
        tell_recipients=kind in ("rectification", "erasure", "restriction"),
        article=RIGHT_ARTICLES[kind],
        clause=f"rights.{kind}",
        source=origins.source("rights", kind),
    )
