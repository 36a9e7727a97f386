"""What must hold for every question, of every clinic here, about anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.policy.compile import compile_pack
from candour.policy.conditions import (
    All,
    Any,
    Atom,
    Not,
    Objected,
    Permitted,
    Relation,
    Standing,
    Tree,
    holds,
    undoing,
)
from candour.policy.load import names
from candour.policy.terms import Facts, Reach
from candour.policy.vocabulary import Role

COMPILED = {
    name: compile_pack(name) for name in names() if not name.startswith("baseline")
}
CLINICS = sorted(COMPILED)

PURPOSES = st.sampled_from(
    sorted({name for found in COMPILED.values() for name in found.purposes})
)
PERMISSIONS = st.frozensets(
    st.tuples(PURPOSES, st.sampled_from(["email", "sms", "web"])), max_size=4
)
FACTS = st.builds(
    Facts,
    restricted=st.booleans(),
    died=st.booleans(),
    locked=st.booleans(),
    age=st.none() | st.integers(0, 110),
    relation=st.frozensets(st.sampled_from(["enquirer", "patient", "customer"])),
    permissions=PERMISSIONS,
    objections=st.frozensets(PURPOSES, max_size=3),
    holds=st.frozensets(
        st.sampled_from(
            ["consent", "soft-opt-in", "similar-to-sold", "adult", "reason"]
        )
    ),
)
Question = tuple[str, Role, str, Reach]
QUESTIONS = st.tuples(
    st.sampled_from(CLINICS),
    st.sampled_from(list(Role)),
    PURPOSES,
    st.sampled_from(Reach),
)


def _without(facts: Facts, *taken: str) -> Facts:
    kept = {name: getattr(facts, name) for name in Facts.__slots__ if name not in taken}
    return Facts(**kept)


@given(
    QUESTIONS, FACTS, st.sampled_from(["restricted", "died", "locked", "objections"])
)
def test_what_befalls_a_person_only_ever_takes_away(
    question: Question, facts: Facts, fact: str
) -> None:
    clinic, role, purpose, reach = question
    found = COMPILED[clinic]

    if found.decide(role, purpose, reach, facts).allowed:
        assert found.decide(role, purpose, reach, _without(facts, fact)).allowed


@given(QUESTIONS, FACTS)
def test_a_person_never_adds_to_what_a_role_may_do(
    question: Question, facts: Facts
) -> None:
    clinic, role, purpose, reach = question
    found = COMPILED[clinic]
    bare = found.decide(role, purpose, reach)
    told = found.decide(role, purpose, reach, facts)

    assert bare.allowed or not told.allowed
    assert told.categories <= bare.categories


@given(QUESTIONS)
def test_a_wider_reach_is_never_easier(question: Question) -> None:
    clinic, role, purpose, _ = question
    found = COMPILED[clinic]
    rule = found.purposes.get(purpose)
    allowed = [found.decide(role, purpose, reach).allowed for reach in Reach]

    if rule is None or not rule.anonymous:
        assert allowed == sorted(allowed, reverse=True)


@given(QUESTIONS, FACTS)
def test_every_answer_says_why_and_where(question: Question, facts: Facts) -> None:
    clinic, role, purpose, reach = question
    decision = COMPILED[clinic].decide(role, purpose, reach, facts)

    assert decision.reason.endswith(".")
    assert decision.clause.partition(".")[0] in ("purposes", "rights")
    assert decision.allowed == bool(decision.categories)


LEAVES = st.one_of(
    st.builds(Atom, st.sampled_from(["adult", "reason", "consent", "court-order"])),
    st.builds(Standing, st.sampled_from(["restricted", "died", "locked"])),
    st.builds(
        Relation, st.frozensets(st.sampled_from(["patient", "enquirer"]), min_size=1)
    ),
    st.builds(Permitted, PURPOSES, st.none() | st.sampled_from(["email", "sms"])),
    st.builds(Objected, PURPOSES),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.builds(Not, below),
        st.builds(All, st.lists(below, max_size=3).map(tuple)),
        st.builds(Any, st.lists(below, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(TREES, FACTS)
def test_a_compiled_condition_says_what_its_tree_says(tree: Tree, facts: Facts) -> None:
    undo = undoing([(tree, "undone")])

    assert (undo(facts) == "undone") is holds(tree, facts)


@given(FACTS)
def test_a_purpose_is_undone_by_the_first_rule_that_holds(facts: Facts) -> None:
    found = COMPILED["ai-beauty"]
    for purpose in found.purposes.values():
        rules = found.maker.rules(purpose)
        expected = next((said for tree, said in rules if holds(tree, facts)), None)
        base, undo = found.table["system", purpose.name, "one"]
        if undo is not None:
            assert undo(facts) == expected
            decision = found.decide("system", purpose.name, Reach.ONE, facts)
            assert decision == (expected or base)


@pytest.mark.parametrize("name", CLINICS)
def test_no_clinic_lets_marketing_read_enquiries_or_an_engineer_read_anybody(
    name: str,
) -> None:
    found = COMPILED[name]

    assert not found.decide("marketing", "enquiry").allowed
    assert not any(
        found.decide("engineer", purpose, reach).allowed
        for purpose in found.purposes
        for reach in Reach
    )
    assert found.decide("reception", "enquiry", Reach.DAY).allowed
    assert found.decide("visitor", "enquiry").allowed
    assert found.decide("visitor", "rights").allowed
    assert found.decide("data-protection-lead", "rights").allowed
