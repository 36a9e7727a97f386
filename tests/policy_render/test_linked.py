"""The policy as linked data, and as plain JSON with the origin of each value."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from candour.policy.compile import compile_pack
from candour.policy.render import number_of
from candour.policy.render.linked import policy_jsonld
from candour.policy.render.plain_json import policy_json
from tests.policy_render.clinics import ALL, PACKS, policy_of


def _linked(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(policy_jsonld(policy_of(name)))
    return found


def _node(name: str, key: str) -> dict[str, Any]:
    wanted = f"candour:{name}:{key}"
    graph: list[dict[str, Any]] = _linked(name)["@graph"]
    return next(node for node in graph if node["@id"] == wanted)


def _ids(value: list[dict[str, str]]) -> set[str]:
    return {one["@id"] for one in value}


def _names(value: Any, key: str = "") -> Iterator[str]:
    """Yield every key, identifier and type of the graph."""
    if isinstance(value, dict):
        for inner, below in value.items():
            if not inner.startswith("@"):
                yield inner
            yield from _names(below, inner)
    elif isinstance(value, list):
        for one in value:
            yield from _names(one, key)
    elif key in ("@id", "@type"):
        yield value


@pytest.mark.parametrize("name", ALL)
def test_every_name_in_the_graph_has_a_prefix_that_the_context_gives(name: str) -> None:
    found = _linked(name)

    prefixes = {one.partition(":")[0] for one in _names(found["@graph"])}

    assert prefixes <= set(found["@context"])
    assert {"dpv", "eu-gdpr", "pd", "candour"} <= prefixes
    for one in _names(found["@graph"]):
        assert re.fullmatch(r"[a-z-]+:[A-Za-z0-9][A-Za-z0-9:._-]*", one), one


@pytest.mark.parametrize("name", ALL)
def test_every_purpose_is_a_process_and_all_it_points_to_is_there(name: str) -> None:
    graph = _linked(name)["@graph"]
    ids = [node["@id"] for node in graph]
    processes = [node for node in graph if node["@type"] == "dpv:Process"]

    assert len(ids) == len(set(ids))
    assert len(processes) == len(policy_of(name).purposes)
    own = f"candour:{name}:"
    for node in graph:
        for one in _names(node):
            assert not one.startswith(own) or one in ids, one
    for node in processes:
        assert node["dpv:hasLegalBasis"]
        assert node["dpv:hasPersonalData"]
        assert node["dpv:hasDataSubject"]
        assert node["dpv:hasStorageCondition"]


def test_the_words_are_those_of_the_vocabulary() -> None:
    care = _node("ai-beauty", "purposes.care")

    assert _ids(care["dpv:hasLegalBasis"]) == {"eu-gdpr:A6-1-b", "eu-gdpr:A9-2-h"}
    assert _ids(care["dpv:hasDataSubject"]) == {"dpv:Patient"}
    data = _ids(care["dpv:hasPersonalData"])
    assert {"pd:MedicalHealth", "pd:Name", "dpv:SpecialCategoryPersonalData"} <= data
    offers = _node("ai-beauty", "purposes.marketing")
    assert _ids(offers["dpv:hasLegalBasis"]) == {"eu-gdpr:A6-1-a"}
    assert "pd:MedicalHealth" not in _ids(offers["dpv:hasPersonalData"])
    assert _ids(offers["dpv:hasPurpose"]["skos:broader"]) == {"dpv:DirectMarketing"}


def test_periods_firms_and_both_controllers_are_in_the_graph() -> None:
    kept = _node("ai-beauty", "retention.clinical")["dpv:hasDuration"]
    payzone = _node("ai-beauty", "recipients.payzone")
    shared = _node("dermaesthetics", "purposes.care")["dpv:hasDataController"]

    assert kept == {"@value": "P11Y", "@type": "xsd:duration"}
    assert payzone["dpv:hasName"] == "Payzone Ltd"
    assert "dpv:DataProcessor" in payzone["@type"]
    assert payzone["candour:active"] is False
    assert len(shared) == 2


@pytest.mark.parametrize("name", ALL)
def test_the_same_policy_gives_the_same_json(name: str) -> None:
    again = compile_pack(name, PACKS)

    assert policy_json(again) == policy_json(policy_of(name))
    assert policy_jsonld(again) == policy_jsonld(policy_of(name))


@pytest.mark.parametrize("name", ALL)
def test_plain_json_has_every_value_once_with_its_origin_and_number(name: str) -> None:
    policy = policy_of(name)
    data = json.loads(policy_json(policy))

    assert data["hash"] == policy.hash
    assert data["version"] == policy.version
    assert [row["key"] for row in data["values"]] == list(policy.facts)
    for row in data["values"]:
        fact = policy.facts[row["key"]]
        assert row["origin"] == {"source": fact.source.value, "place": fact.place}
        assert row["clause"] == number_of(policy, row["key"])
        assert row.get("decide", "") == fact.why
        assert row["origin"]["place"]
    assert len(data["departures"]) == len(policy.departures)


def test_plain_json_says_who_said_what() -> None:
    rows = {
        row["key"]: row
        for row in json.loads(policy_json(policy_of("ai-beauty")))["values"]
    }

    assert rows["retention.clinical.keep"]["value"] == "P11Y"
    assert rows["retention.clinical.keep"]["origin"]["source"] == "stated"
    assert rows["retention.messages.keep"]["origin"]["source"] == "model"
    assert rows["security.backups.every"]["decide"] == "'routinely' is not a number"
    assert rows["security.media"]["value"] == ["electronic", "paper"]
