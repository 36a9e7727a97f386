"""Every decision says which rule made it, by a name that never changes."""

import json
from datetime import date

import pytest

from candour.config.main import main
from candour.policy import disclosing, explain, storing
from candour.policy.compile import Policy, compile_pack, compile_sources
from candour.policy.decided_by import CLAIMS, DecidedBy
from candour.policy.load import names
from candour.policy.terms import Decision, Facts, Reach, Source
from candour.policy.vocabulary import CHANNELS, MESSAGES, Role
from tests.policy.written import sources, whole

TODAY = date(2026, 11, 22)
CLINICS = [name for name in names() if not name.startswith("baseline")]
PEOPLE = {
    None: None,
    "nobody": Facts(),
    DecidedBy.ERASURE_ENDS_USE: Facts(locked=True, restricted=True, died=True),
    DecidedBy.RESTRICTION_ENDS_USE: Facts(restricted=True, died=True),
    DecidedBy.DEATH_ENDS_CONSENT: Facts(died=True, objections=frozenset({"offers"})),
    DecidedBy.OBJECTION_ENDS_MARKETING: Facts(objections=frozenset({"offers"})),
}


def decisions(policy: Policy) -> list[Decision]:
    """Return the answers to every question about a use or a message, of each person."""
    found = [policy.decide("nobody", "nothing")]
    for facts in PEOPLE.values():
        for role in Role:
            for purpose in policy.purposes:
                found += [policy.decide(role, purpose, to, facts) for to in Reach]
        for kind in MESSAGES:
            found += [policy.may_send(kind, channel, facts) for channel in CHANNELS]
        found += [
            disclosing.decide(policy, one.slug, (), facts or Facts())
            for one in policy.recipients
        ]
    uses = policy.document.cookies.uses if policy.document.cookies else ()
    return [*found, *(storing.decide(policy, use, on=TODAY) for use in uses)]


@pytest.mark.parametrize("name", CLINICS)
def test_every_decision_has_rule_clause_reason_source_and_version(name: str) -> None:
    policy = compile_pack(name)

    for decision in decisions(policy):
        assert isinstance(decision.rule, DecidedBy)
        assert decision.clause
        assert decision.reason.endswith((".", "?"))
        assert isinstance(decision.source, Source)
        assert decision.policy == f"{policy.name}@{policy.version}"


@pytest.mark.parametrize(
    "rule", [rule for rule in PEOPLE if isinstance(rule, DecidedBy)]
)
def test_what_of_a_person_decides_is_named_the_strongest_first(rule: DecidedBy) -> None:
    answer = compile_pack("model").decide(
        "marketing", "offers", Reach.ALL, PEOPLE[rule]
    )

    assert answer.rule is rule


@pytest.mark.parametrize(
    ("role", "purpose", "reach", "rule"),
    [
        ("reception", "enquiry", "one", DecidedBy.ROLE_MAY_USE),
        ("reception", "enquiry", "all", DecidedBy.NO_FURTHER_THAN_NEEDED),
        ("marketing", "enquiry", "one", DecidedBy.ONLY_ROLES_NAMED),
        ("cleaner", "enquiry", "one", DecidedBy.ONLY_KNOWN_WORDS),
        ("reception", "fishing", "one", DecidedBy.ONLY_KNOWN_WORDS),
    ],
)
def test_what_of_a_role_decides_is_named(
    role: str, purpose: str, reach: str, rule: DecidedBy
) -> None:
    assert compile_pack("model").decide(role, purpose, Reach(reach)).rule is rule


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("may an offer be sent by email", DecidedBy.MARKETING_NEEDS_CONSENT),
        ("may an offer go by email to one who agreed", DecidedBy.MESSAGE_MAY_GO),
        ("may an offer be sent by post", DecidedBy.ONLY_CHANNELS_NAMED),
        ("may a charges message be sent by email", DecidedBy.ONLY_MESSAGES_NAMED),
        ("may an analytics cookie be set", DecidedBy.ONLY_COOKIES_NAMED),
        ("may a strictly necessary cookie be set", DecidedBy.STRICTLY_NECESSARY),
        ("may photographs be given to the gp", DecidedBy.CONDITIONS_OF_RECIPIENT),
        (
            "may health be given to the gp with permission",
            DecidedBy.RECIPIENT_MAY_HAVE,
        ),
        (
            "may payments be given to the gp with permission",
            DecidedBy.ONLY_WHAT_RECIPIENT_GETS,
        ),
        ("may we give names to facebook", DecidedBy.ONLY_RECIPIENTS_NAMED),
        (
            "may notes be given to the police by court order",
            DecidedBy.EXCEPTION_HOLDS,
        ),
        ("may a 17 year old have filler from a nurse", DecidedBy.AGE_OF_TREATMENT),
        ("may a 16 year old have a peel", DecidedBy.CONDITIONS_OF_CHILDREN),
        ("how long are photographs kept", DecidedBy.KEPT_FOR_PERIOD),
        ("may photographs be erased", DecidedBy.KEPT_DESPITE_ERASURE),
    ],
)
def test_the_rule_behind_each_kind_of_answer(question: str, rule: DecidedBy) -> None:
    answer = explain.answer(compile_pack("model"), question.split(), on=TODAY)

    assert answer.rule is rule


@pytest.mark.parametrize(
    ("basis", "rule"),
    [
        ("basis: {decide: which?}", DecidedBy.PURPOSE_NEEDS_BASIS),
        ("basis: consent", DecidedBy.USE_NEEDS_CONSENT),
        (
            "basis: contract\n    only-if: [permission-for-this]",
            DecidedBy.CONDITIONS_OF_USE,
        ),
    ],
)
def test_another_basis_is_another_rule(basis: str, rule: DecidedBy) -> None:
    changed = compile_sources(sources(whole().replace("basis: contract", basis)))

    assert changed.decide("reception", "enquiry", facts=Facts()).rule is rule


def test_the_same_question_gives_the_same_object_though_nobody_knows_the_word() -> None:
    policy = compile_pack("model")

    assert policy.decide("cleaner", "tea") is policy.decide("cleaner", "tea")
    assert policy.decide("cleaner", "tea") is not policy.decide("cleaner", "milk")


def test_each_rule_has_one_claim_of_its_own() -> None:
    assert set(CLAIMS) == set(DecidedBy)
    assert len(set(CLAIMS.values())) == len(CLAIMS)
    for rule, claim in CLAIMS.items():
        assert rule.value == rule.name.lower()
        assert claim.endswith(".")


def test_the_command_gives_the_whole_decision_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    question = "may an offer go by sms to a customer who said no"

    assert main(["explain", "--json", question]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["sentence"].startswith("No: ")
    assert told["rule"] == "objection_ends_marketing"
    assert told["claim"] == CLAIMS[DecidedBy.OBJECTION_ENDS_MARKETING]
    assert told["clause"] == "rights.objection"
    assert told["source"] == "law"
    assert "21(3)" in told["article"]
    assert told["policy"].startswith("model@")
