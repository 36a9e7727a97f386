"""What a person is told beside their data (UK GDPR Art 15(1) and (2)).

Why it is used, on what basis, where it came from, who gets it, how long it is kept, who
looked at it, and what else they may ask. Words and numbers are those of the notice.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection

from candour.disclosures import queries as disclosures
from candour.policy.compile import Policy
from candour.policy.compiled import rules
from candour.policy.compiled.rules import Recipient
from candour.policy.render import doc, notice
from candour.policy.vocabulary import (
    ALWAYS_USED,
    CATEGORIES,
    RecordClass,
    expand,
    record_class_of,
)
from candour.register.permit import Permit

AT_ADDRESS = frozenset(
    (
        "rights:request:match",
        "rights:link:follow",
        "rights:identity:compare",
        "rights:identity:confirm",
        "rights:offers:stop",
        "desk:request:read",
    )
)
_EVERYWHERE = expand(ALWAYS_USED)  # every purpose uses these, so they tell nothing


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of the data held: its clause in the notice, basis and law."""

    name: str
    clause: str
    number: str
    title: str
    says: tuple[str, ...]
    basis: str
    article: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where one kind of data comes from."""

    category: str
    label: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goes:
    """Somebody who may be given this data: for what, where, how it is safe."""

    who: str
    kind: str
    role: str
    purposes: tuple[str, ...]
    country: str
    safeguard: str
    active: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to somebody: to whom, when, which kinds of data, why."""

    who: str
    at: datetime
    how: str
    fields: tuple[str, ...]
    purpose: str
    ground: str
    law: str
    reason: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one kind of record is kept."""

    record_class: str
    clause: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Looked:
    """One act on the trail: `alone` when the file was opened, else a list."""

    at: datetime
    kind: str
    role: str
    verb: str
    purpose: str
    outcome: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it, for the page and for the data file alike."""

    purposes: tuple[Purpose, ...]
    sources: tuple[Source, ...]
    recipients: tuple[Goes, ...]
    given: tuple[Given, ...]
    kept: tuple[Kept, ...]
    rights: tuple[str, ...]
    looked: tuple[Looked, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the facts as plain values."""
        return {name: list(rows) for name, rows in asdict(self).items()}


def facts(
    person_id: int,
    policy: Policy,
    *,
    held: Iterable[str],
    relation: Iterable[str],
    permit: Permit,
) -> Facts:
    """Return what to tell somebody of whom these categories are held.

    `relation` is what they are to the clinic: what is done with a patient's data is
    not told to somebody who only ever asked a question.
    """
    categories, whom = frozenset(held), {"visitor", *relation}
    clauses = {key: one for one in notice(policy).clauses() for key in one.keys}
    uses = [
        purpose
        for purpose in policy.purposes.values()
        if (purpose.uses - _EVERYWHERE) & categories
        and (not purpose.about or whom & {*purpose.about})
    ]
    names = {purpose.name for purpose in uses}
    return Facts(
        purposes=tuple(_purpose(use, clauses.get(use.clause)) for use in uses),
        sources=_sources(policy, categories),
        recipients=tuple(
            _recipient(one, names)
            for one in policy.recipients
            if names & {*one.purposes} and (one.declared or one.gets & categories)
        ),
        given=_given(person_id, permit),
        kept=_kept(policy, categories, clauses),
        rights=tuple(
            clauses[f"rights.{kind}"].title
            for kind in policy.rights
            if f"rights.{kind}" in clauses
        ),
        looked=_looked(person_id),
    )


def _purpose(use: rules.Purpose, said: doc.Clause | None) -> Purpose:
    law = (use.article, use.condition_article)
    return Purpose(
        name=use.name,
        clause=use.clause,
        number=said.number if said else "",
        title=said.title if said else _spaced(use.name).capitalize(),
        says=said.paragraphs if said else (),
        basis=use.basis,
        article="; ".join(filter(None, law)),
    )


def _sources(policy: Policy, held: frozenset[str]) -> tuple[Source, ...]:
    wide = {category.partition(".")[0] for category in held} | held
    return tuple(
        Source(slug, CATEGORIES[slug].label, tuple(map(_spaced, row.sources)))
        for slug, row in policy.collected.items()
        if slug in wide
    )


def _recipient(one: Recipient, names: Container[str]) -> Goes:
    return Goes(
        who=one.name or _spaced(one.slug),
        kind=_spaced(one.kind),
        role=one.role,
        purposes=tuple(_spaced(name) for name in one.purposes if name in names),
        country=one.country,
        safeguard=_spaced(one.safeguard),
        active=one.active,
    )


def _given(person_id: int, permit: Permit) -> tuple[Given, ...]:
    """Return to whom data really went: not who might get it (Art 15(1)(c))."""
    return tuple(
        Given(
            who=row.to,
            at=row.at,
            how=row.how,
            fields=tuple(
                CATEGORIES[slug].label if slug in CATEGORIES else slug
                for slug in row.fields
            ),
            purpose=row.purpose,
            ground=row.ground,
            law=row.law or "",
            reason=row.reason or "",
            told_at=row.told_at,
        )
        for row in disclosures.given(person_id, permit=permit)
    )


def _kept(
    policy: Policy, held: frozenset[str], clauses: Mapping[str, doc.Clause]
) -> tuple[Kept, ...]:
    classes = {record_class_of(category) for category in held}
    found = []
    for klass in RecordClass:
        rule = policy.retention_of(klass)
        if klass in classes and rule is not None:
            said = clauses.get(rule.clause)
            title = said.title if said else klass.capitalize()
            found.append(Kept(klass, rule.clause, title, rule.says))
    return tuple(found)


def _looked(person_id: int) -> tuple[Looked, ...]:
    """Return who used the data, by role: the names of staff are their own data."""
    raw: psycopg.Connection[Any] = connection.connection
    rows = raw.execute(
        "SELECT at, actor, role, verb, purpose, outcome, alone"
        " FROM trail_of_person(%s)",
        [person_id],
    )
    return tuple(
        Looked(at, actor.partition(":")[0], role, verb, purpose, outcome, alone)
        for at, actor, role, verb, purpose, outcome, alone in rows.fetchall()
        # That somebody else at the address asked, and was not them, is that person's.
        if alone or verb not in AT_ADDRESS
    )


def _spaced(slug: str) -> str:
    return slug.replace("-", " ")
