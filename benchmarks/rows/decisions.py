"""May this role use this category for this purpose, and why?

20 roles, 20 purposes and 40 categories. Before anything is timed all 16,000 answers are
compared with an oracle that reads only what was drawn, and with Cedar's.
"""

import itertools

import cedarpy

from benchmarks import drawn
from benchmarks.protocol import Peer, Row
from candour.policy.compile import compile_sources

QUESTIONS = tuple(itertools.product(drawn.ROLES, drawn.PURPOSES, drawn.CATEGORIES))


def decision() -> Row:
    """A decision with its reason, against Cedar's and against a bare table."""
    purposes = drawn.draw()
    policy = compile_sources({"drawn/policy.yaml": drawn.text(purposes)})
    bit = {category: 1 << place for place, category in enumerate(drawn.CATEGORIES)}
    table = {
        (role, name): sum(bit[c] for c in bit if one.lets(role, c))
        for role, (name, one) in itertools.product(drawn.ROLES, purposes.items())
    }
    cedar = cedarpy.PolicySet.from_str(_cedar(purposes))
    entities = cedarpy.Entities.from_json_str("[]")
    asked = QUESTIONS[::7]
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
        assert len(QUESTIONS) == 16_000, len(QUESTIONS)
        all_of = [_request(*question) for question in QUESTIONS]
        answers = cedarpy.is_authorized_batch(all_of, cedar, entities)
        for (role, purpose, category), cedars in zip(QUESTIONS, answers, strict=True):
            found = policy.decide(role, purpose)
            mine = found.allowed and category in found.categories
            right = purposes[purpose].lets(role, category)
            assert mine == right, (role, purpose, category)
            assert mine == bool(table[role, purpose] & bit[category])
            assert mine == cedars.allowed, (role, purpose, category)
            assert all((found.rule, found.clause, found.reason, found.source)), found
            assert found.policy == "drawn@1", found

    peers = (Peer("cedarpy", theirs, 0.1), Peer("bare dict and bitmask", bare, 5.0))
    return Row("decision", ours, peers, same, inner=400)


def _cedar(purposes: dict[str, drawn.Drawn]) -> str:
    """Write the drawn purposes in Cedar, in the form that it answers fastest."""
    return "\n".join(
        f'permit(principal == Role::"{role}", action == Action::"{name}", resource)'
        f" when {{ [{_listed(role, one)}].contains(resource) }};"
        for name, one in purposes.items()
        for role in one.by
    )


def _listed(role: str, one: drawn.Drawn) -> str:
    lets = (category for category in drawn.CATEGORIES if one.lets(role, category))
    return ", ".join(f'Category::"{category}"' for category in lets)


def _request(role: str, purpose: str, category: str) -> dict[str, object]:
    return {
        "principal": f'Role::"{role}"',
        "action": f'Action::"{purpose}"',
        "resource": f'Category::"{category}"',
        "context": {},
    }
