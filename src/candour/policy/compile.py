"""Compile a policy's sources into the object every other layer asks.

A running clinic keeps the sources in its database and compiles them from there; no
process reads the files of a policy that is in force.
"""

import gc
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from candour.policy.compiled import clinic, contact, keeping, others, uses
from candour.policy.compiled.origins import Origins
from candour.policy.compiled.policy import Policy
from candour.policy.decisions import Maker
from candour.policy.load import Parsed, Sources, examine, read_pack
from candour.policy.problems import Place, PolicyErrors, Problem
from candour.policy.sending import Sender

__all__ = ["Policy", "compile_pack", "compile_parsed", "compile_sources"]


def compile_pack(name: str, root: Path | None = None) -> Policy:
    """Read a pack from its folder and compile it. Raises PolicyErrors."""
    with _allocating():
        return compile_sources(read_pack(name, root))


def compile_sources(sources: Sources) -> Policy:
    """Compile a policy from its texts. The same texts give an equal policy."""
    return _compiled(tuple(sorted(sources.items())))


@lru_cache(maxsize=16)
def _compiled(sources: tuple[tuple[str, str], ...]) -> Policy:
    texts = MappingProxyType(dict(sources))
    with _allocating():
        return compile_parsed(examine(texts), texts)


@contextmanager
def _allocating() -> Iterator[None]:
    """Hold off the collector of cycles for the few milliseconds of a compilation.

    It makes some thirty thousand objects, nearly all to stay and none in a cycle. Each
    batch of them would make the collector look through all the process holds, which
    in a running clinic takes longer than the compilation.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def hash_of(sources: Sources) -> str:
    """Return the SHA-256 of the texts, by file name, as 64 hexadecimal digits."""
    written = json.dumps(sorted(sources.items()), ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def compile_parsed(parsed: Parsed, sources: Sources, *, decides: bool = True) -> Policy:
    """Compile a policy that was read. A baseline has nothing to run and is refused.

    With `decides` false it has no decisions: enough to be looked at, at half the cost.
    """
    document = parsed.document
    if document.clinic is None:
        say = "this is a baseline to compare with, not a policy to run"
        raise PolicyErrors([Problem.at(Place(parsed.head), "clinic", say)])
    origins = Origins(parsed)
    purposes = uses.purposes(document, origins)
    collected = uses.collected(document, origins)
    marketing = contact.marketing(document, origins)
    messages = contact.messages(document, origins)
    retention = keeping.retention(document, origins)
    retained = keeping.by_class(retention)
    maker = Maker(f"{document.policy}@{document.version}", purposes, marketing)
    return Policy(
        name=document.policy,
        version=document.version,
        effective=document.effective,
        language=document.language,
        hash=hash_of(sources),
        sources=MappingProxyType(dict(sources)),
        document=document,
        facts=origins.facts(),
        clinic=document.clinic.name,
        region=document.clinic.region,
        regulators=document.clinic.regulators,
        invented=document.clinic.invented,
        brands=clinic.brands(document),
        sites=clinic.sites(document),
        controllers=clinic.controllers(document),
        contacts=clinic.contacts(document),
        collected=collected,
        collected_from=frozenset(s for row in collected.values() for s in row.sources),
        forms=contact.forms(document),
        purposes=purposes,
        roles=frozenset(role for purpose in purposes.values() for role in purpose.by),
        despite_restriction=frozenset(
            name for name, rule in purposes.items() if uses.despite_restriction(rule)
        ),
        messages=messages,
        marketing=marketing,
        recipients=others.recipients(document, origins),
        retention=retention,
        retained=retained,
        rights=keeping.rights(document, origins),
        grounds=keeping.grounds(retained),
        open_decisions=origins.open_decisions(),
        departures=origins.departures(),
        maker=maker,
        sender=Sender(maker, messages),
        table=maker.table() if decides else MappingProxyType({}),
    )
