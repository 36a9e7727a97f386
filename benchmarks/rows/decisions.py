"""May this role use this category for this purpose, and why?"""

import itertools

import cedarpy

from benchmarks.protocol import Peer, Row
from candour.notices import current

ROLES, PURPOSES, CATEGORIES = 20, 20, 40


def decision() -> Row:
    """A decision with its reason, against Cedar's and against a bare table."""
    policy = current.current()
    roles = sorted(policy.roles)
    purposes = sorted(policy.purposes)
    categories = sorted(policy.collected)[:CATEGORIES]
    asked = list(itertools.product(roles, purposes, categories))[::7]
    bit = {category: 1 << place for place, category in enumerate(categories)}
    table = {
        (role, purpose): sum(
            bit[c] for c in categories if c in policy.decide(role, purpose).categories
        )
        for role, purpose in itertools.product(roles, purposes)
    }
    cedar = cedarpy.PolicySet.from_str(_cedar(table, bit))
    entities = cedarpy.Entities.from_json_str("[]")
    requests = [_request(*question) for question in asked]
    turn = itertools.cycle(range(len(asked)))

    def ours() -> bool:
        role, purpose, category = asked[next(turn)]
        found = policy.decide(role, purpose)
        return found.allowed and category in found.categories

    def bare() -> bool:
        role, purpose, category = asked[next(turn)]
        return bool(table[role, purpose] & bit[category])

    def theirs() -> bool:
        answer = cedarpy.is_authorized(requests[next(turn)], cedar, entities)
        return bool(answer.allowed)

    def same() -> None:
        for question, request in zip(asked[:400], requests, strict=False):
            role, purpose, category = question
            found = policy.decide(role, purpose)
            mine = found.allowed and category in found.categories
            assert mine == bool(table[role, purpose] & bit[category]), question
            assert mine == cedarpy.is_authorized(request, cedar, entities).allowed

    peers = (Peer("cedarpy", theirs, 0.1), Peer("bare dict and bitmask", bare, 5.0))
    return Row("decision", ours, peers, same, inner=400)


def _cedar(table: dict[tuple[str, str], int], bit: dict[str, int]) -> str:
    return "\n".join(
        f'permit(principal == Role::"{role}", action == Action::"{purpose}",'
        f' resource == Category::"{category}");'
        for (role, purpose), mask in table.items()
        for category, place in bit.items()
        if mask & place
    )


def _request(role: str, purpose: str, category: str) -> dict[str, object]:
    return {
        "principal": f'Role::"{role}"',
        "action": f'Action::"{purpose}"',
        "resource": f'Category::"{category}"',
        "context": {},
    }
