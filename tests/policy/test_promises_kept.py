"""What the published notices promise, and the policies and the gate keep already.

Controls of the policy and the law name these tests. Each holds a fact of one clinic
against what its pack decides, so that a slip in a pack breaks the promise it touches.
"""

from functools import cache

import pytest

from candour.policy import render
from candour.policy.compile import Policy, compile_pack
from candour.policy.conditions import holds
from candour.policy.decisions import marketing_tree
from candour.policy.promises import read_sheet
from candour.policy.terms import Facts, Outcome, Reach
from candour.policy.vocabulary import CATEGORIES, RecordClass, Role

FIVE = (
    "cm-london-medical",
    "dermaesthetics",
    "ai-beauty",
    "private-clinic",
    "pro-aesthetics",
)
THEMSELVES = {Role.VISITOR, Role.PERSON}
DUTIES = {
    "legal-duty",
    "product-safety",
    "regulators-and-claims",
    "rights",
    "retention",
    "backups",
}


@cache
def policy_of(name: str) -> Policy:
    return compile_pack(name)


@pytest.mark.parametrize("name", FIVE)
def test_what_rests_on_consent_waits_for_it(name: str) -> None:
    policy = policy_of(name)
    resting = [one for one in policy.purposes.values() if one.basis == "consent"]

    assert resting
    for purpose in resting:
        for role in set(purpose.by) - {str(one) for one in THEMSELVES}:
            reach = purpose.by[role]
            answer = policy.decide(role, purpose.name, reach)
            without = policy.decide(role, purpose.name, reach, Facts())
            assert answer.allowed
            assert without.outcome is Outcome.REFUSE, (role, purpose.name)


def test_what_points_to_somebody_indirectly_is_personal_data_too() -> None:
    for word in ("web.ip", "web.location", "web.device", "identity.online"):
        assert word in CATEGORIES
    assert CATEGORIES["web.ip"].record_class is RecordClass.WEB
    for name in FIVE:
        policy = policy_of(name)
        held = [word for word in policy.collected if word.startswith("web.")]
        kept = {word for rule in policy.retention for word in rule.covers}
        assert set(held) <= kept


@pytest.mark.parametrize(
    ("name", "care"),
    [
        ("dermaesthetics", {"care", "progress"}),
        ("private-clinic", {"care", "recommendation", "recall"}),
    ],
)
def test_health_data_is_open_to_care_and_duties_alone(
    name: str, care: set[str]
) -> None:
    policy = policy_of(name)

    seeing = {
        purpose
        for purpose in policy.purposes
        for role in Role
        for reach in Reach
        for category in policy.decide(role, purpose, reach).categories
        if CATEGORIES[category].special
    }

    assert seeing <= care | DUTIES
    assert care <= seeing


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("cm-london-medical", ["CM London Medical"]),
        ("dermaesthetics", ["Dermaesthetics", "MG Aesthetics"]),
        (
            "ai-beauty",
            [
                "Ai Beauty Clinic",
                "Ai Beauty Ltd",
                "147 Oxford Street",
                "data@ai-beauty.co",
                "data@ai-beauty.co.uk",
            ],
        ),
        (
            "private-clinic",
            ["The Private Clinic of Harley Street Limited", "98 Harley Street"],
        ),
        ("pro-aesthetics", ["Pro Aesthetics"]),
    ],
)
def test_each_clinic_is_who_it_says_it_is(name: str, facts: list[str]) -> None:
    told = " ".join(render.to_text(policy_of(name)).split())

    assert [fact for fact in facts if fact not in told] == []


def test_the_site_of_a_notice_is_the_site_of_its_clinic() -> None:
    assert policy_of("ai-beauty").brand_for("ai-beauty.co").slug == "ai-beauty"
    [controller] = policy_of("ai-beauty").controllers
    assert controller.contact == "privacy"


@pytest.mark.parametrize(
    ("name", "purpose", "basis", "condition"),
    [
        ("cm-london-medical", "care", "contract", "health-care"),
        ("cm-london-medical", "care-management", "contract", "health-care"),
        ("cm-london-medical", "payment", "contract", ""),
        ("cm-london-medical", "complaints", "contract", ""),
        ("cm-london-medical", "enquiry", "legitimate-interests", ""),
        ("dermaesthetics", "care", "contract", "health-care"),
        ("dermaesthetics", "service", "contract", ""),
        ("ai-beauty", "care", "contract", "health-care"),
        ("ai-beauty", "charges", "contract", "health-care"),
        ("ai-beauty", "enquiry", "contract", ""),
        ("ai-beauty", "marketing", "consent", ""),
        ("private-clinic", "care", "contract", "explicit-consent-or-law"),
        ("private-clinic", "appointments", "contract", ""),
        ("private-clinic", "support", "contract", ""),
        ("private-clinic", "offers", "consent", ""),
        ("private-clinic", "enquiry", "legitimate-interests", ""),
        ("private-clinic", "demand", "legitimate-interests", ""),
        ("private-clinic", "understanding", "legitimate-interests", ""),
        ("pro-aesthetics", "enquiry", "legitimate-interests", ""),
        ("pro-aesthetics", "complaints", "legal-obligation", ""),
        ("pro-aesthetics", "management", "legitimate-interests", ""),
        ("pro-aesthetics", "administration", "legitimate-interests", ""),
        (
            "pro-aesthetics",
            "legal-claims",
            "legitimate-interests",
            "legal-claims-or-duty",
        ),
    ],
)
def test_each_use_rests_on_what_was_promised(
    name: str, purpose: str, basis: str, condition: str
) -> None:
    rule = policy_of(name).purposes[purpose]

    assert (rule.basis, rule.condition) == (basis, condition)
    assert rule.by
    assert not rule.withheld


@pytest.mark.parametrize(
    ("name", "bases"),
    [
        ("cm-london-medical", 5),
        ("dermaesthetics", 4),
        ("ai-beauty", 6),
        ("private-clinic", 4),
        ("pro-aesthetics", 3),
    ],
)
def test_the_bases_of_the_published_notice_are_listed(name: str, bases: int) -> None:
    assert len(policy_of(name).document.bases) == bases


PROMISED = {
    "cm-london-medical": ({"email"}, False),
    "dermaesthetics": ({"email", "sms"}, False),
    "ai-beauty": ({"email", "sms", "wechat", "other-shared"}, True),
    "private-clinic": ({"email"}, False),
}
"""By which channels offers go, and whether a customer may hear without a yes."""


@pytest.mark.parametrize("name", PROMISED)
def test_nobody_is_reached_without_what_was_promised(name: str) -> None:
    policy = policy_of(name)
    channels, softly = PROMISED[name]
    purpose = policy.marketing.purpose
    bought = Facts(
        relation=frozenset({"patient", "customer"}),
        holds=frozenset({"soft-opt-in", "similar-to-sold"}),
    )
    asked = Facts(holds=bought.holds)

    assert set(policy.marketing.channels) == channels
    assert set(policy.message("offer").channels) == channels
    for channel in channels:
        reached = marketing_tree(policy.marketing, purpose, channel)
        agreed = Facts(permissions=frozenset({(purpose, channel)}))
        other = Facts(permissions=frozenset({(purpose, "post")}))
        assert holds(reached, agreed)
        assert not holds(reached, Facts())
        assert not holds(reached, other)
        assert not holds(reached, asked)
        assert holds(reached, bought) is softly


@pytest.mark.parametrize(
    "name", ["cm-london-medical", "ai-beauty", "private-clinic", "pro-aesthetics"]
)
def test_an_answer_keeps_to_the_question(name: str) -> None:
    policy = policy_of(name)
    enquiry = policy.purposes["enquiry"]
    reply = policy.message("enquiry-reply")

    assert enquiry.limited_to == reply.limited_to == "subject-of-enquiry"
    assert reply.purpose == "enquiry"
    assert Role.MARKETING not in enquiry.by
    assert not policy.decide(Role.MARKETING, "enquiry", Reach.ALL).allowed


def test_messages_about_care_go_by_the_channels_that_were_named() -> None:
    policy = policy_of("dermaesthetics")

    for kind in ("appointment", "aftercare"):
        rule = policy.message(kind)
        assert set(rule.channels) == {"phone", "email", "sms"}
        assert not rule.stopped
        assert policy.purposes[rule.purpose].basis == "contract"


PARTS = {
    "collect": "collects",
    "collected": "collects",
    "use": "purposes",
    "storage": "security.storage",
    "rights": "rights",
}


def _with(control: str) -> list[tuple[str, str]]:
    """Return the clinic and clause of each row that a control keeps."""
    return [
        (name, row.clause)
        for name in FIVE
        for row in read_sheet(policy_of(name)).promises.values()
        if row.control == control
    ]


@pytest.mark.parametrize(("name", "clause"), _with("clause-printed"))
def test_what_is_to_be_printed_stands_in_the_notice(name: str, clause: str) -> None:
    number = render.number_of(policy_of(name), clause)
    [printed] = [
        one for one in render.notice(policy_of(name)).clauses() if one.number == number
    ]

    assert any(clause.startswith(key) for key in printed.keys)
    assert printed.paragraphs[0]


@pytest.mark.parametrize("name", ["dermaesthetics", "ai-beauty", "private-clinic"])
def test_the_notice_has_the_parts_it_announces(name: str) -> None:
    policy = policy_of(name)
    notice = policy.document.notice

    assert notice is not None
    for word in notice.sections:
        assert render.number_of(policy, PARTS[word]), word
