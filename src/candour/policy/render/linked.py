"""A policy as linked data: JSON-LD in the W3C Data Privacy Vocabulary 2.2.

A purpose is a `dpv:Process`. What the vocabulary has no word for is `candour:`, which
is a URN: it names, and nothing is fetched from it.
"""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from candour.policy.compile import Policy
from candour.policy.compiled.rules import Purpose, Recipient, RetentionRule
from candour.policy.render.record import record
from candour.policy.vocabulary import (
    BASES,
    CATEGORIES,
    CONDITIONS,
    PEOPLE,
    RECIPIENTS,
    RIGHTS,
)

CONTEXT: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "dpv": "https://w3id.org/dpv#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "pd": "https://w3id.org/dpv/pd#",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "candour": "urn:candour:",
    }
)
_BROADER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "offers": "dpv:DirectMarketing",
        "advertising": "dpv:TargetedAdvertising",
        "legal-duty": "dpv:LegalCompliance",
        "rights": "dpv:LegalCompliance",
        "care": "dpv:ServiceProvision",
        "service": "dpv:ServiceProvision",
    }
)
"""Purposes that the vocabulary has a word for, by kind. The others are purposes."""
_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "processor": "dpv:DataProcessor",
        "controller": "dpv:DataController",
        "joint-controller": "dpv:JointDataControllers",
    }
)
Node = dict[str, Any]


def policy_jsonld(policy: Policy) -> str:
    """Return the policy as JSON-LD. The same policy gives the same bytes."""
    data = {"@context": dict(CONTEXT), "@graph": list(_nodes(policy))}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _nodes(policy: Policy) -> Iterable[Node]:
    yield _notice(policy)
    yield from (_controller(policy, one.slug) for one in policy.controllers)
    yield from (_recipient(policy, one) for one in policy.recipients)
    yield from (_rule(policy, one) for one in policy.retention)
    for one in policy.purposes.values():
        yield _process(policy, one)


def _id(policy: Policy, key: str) -> str:
    return f"candour:{policy.name}:{key}"


def _refs(ids: Iterable[str]) -> list[Node]:
    return [{"@id": one} for one in dict.fromkeys(ids)]


def _notice(policy: Policy) -> Node:
    processes = (_id(policy, one.clause) for one in policy.purposes.values())
    return {
        "@id": _id(policy, "policy"),
        "@type": "dpv:PrivacyNotice",
        "dct:title": policy.clinic,
        "dct:language": policy.language,
        "dct:hasVersion": policy.version,
        "dct:valid": {"@value": policy.effective.isoformat(), "@type": "xsd:date"},
        "dct:identifier": f"sha256:{policy.hash}",
        "dpv:hasProcess": _refs(processes),
        "dpv:hasRight": _refs(RIGHTS[kind] for kind in policy.rights),
    }


def _controller(policy: Policy, slug: str) -> Node:
    one = next(one for one in policy.controllers if one.slug == slug)
    node: Node = {
        "@id": _id(policy, one.clause),
        "@type": "dpv:DataController",
        "dpv:hasName": one.name,
    }
    if one.address:
        node["dpv:hasAddress"] = one.address
    if one.company:
        node["candour:company-number"] = one.company
    if one.ico:
        node["candour:ico-register"] = one.ico
    return node


def _recipient(policy: Policy, one: Recipient) -> Node:
    kinds = (one.kind, *one.classes) if one.kind else one.classes
    role = [_ROLES[one.role]] if one.role in _ROLES else []
    node: Node = {
        "@id": _id(policy, one.clause),
        "@type": ["dpv:Recipient", *role, *(RECIPIENTS[kind] for kind in kinds)],
        "candour:active": one.active,
    }
    if one.name:
        node["dpv:hasName"] = one.name
    if one.country and one.country != "varies":
        node["dpv:hasCountry"] = one.country
    if one.safeguard:
        node["candour:safeguard"] = {"@id": f"candour:safeguard-{one.safeguard}"}
    return node


def _rule(policy: Policy, one: RetentionRule) -> Node:
    node: Node = {
        "@id": _id(policy, one.clause),
        "@type": "dpv:StorageCondition",
        "skos:definition": {"@value": one.says, "@language": policy.language},
    }
    if one.keep is not None:
        duration = {"@value": str(one.keep), "@type": "xsd:duration"}
        node["dpv:hasDuration"] = duration
    if one.after:
        node["candour:after"] = {"@id": f"candour:{one.after}"}
    return node


def _process(policy: Policy, one: Purpose) -> Node:
    entry = next(row for row in record(policy).entries if row.key == one.clause)
    data = [CATEGORIES[name].id for name in CATEGORIES if name in one.uses]
    if entry.special:
        data.append("dpv:SpecialCategoryPersonalData")
    bases = [BASES[one.basis]] if one.basis in BASES else []
    if one.condition in CONDITIONS:
        bases.append(CONDITIONS[one.condition])
    return {
        "@id": _id(policy, one.clause),
        "@type": "dpv:Process",
        "dct:title": {"@value": entry.purpose, "@language": policy.language},
        "candour:clause": entry.number,
        "dpv:hasDataController": _refs(
            _id(policy, who.clause) for who in policy.controllers
        ),
        "dpv:hasPurpose": {
            "@id": f"candour:purpose-{one.kind}",
            "@type": "dpv:Purpose",
            "skos:broader": _refs([_BROADER.get(one.kind, "dpv:Purpose")]),
        },
        "dpv:hasLegalBasis": _refs(bases),
        "dpv:hasDataSubject": _refs(PEOPLE[who] for who in one.about),
        "dpv:hasPersonalData": _refs(data),
        "dpv:hasRecipient": _refs(_id(policy, to.key) for to in entry.recipients),
        "dpv:hasStorageCondition": _refs(
            _id(policy, limit.key) for limit in entry.limits
        ),
    }
