"""Each rule finds what it is for, and says it in words a person can act on."""

from datetime import date

import pytest

from candour.policy.lint import RULES, Severity
from tests.policy.lint.cases import found_in, model_with
from tests.policy.lint.rule_cases import cases

CASES = cases()

# Every word that a notice may say and no clinic may run on, each at its key.
PUBLISHED = (
    "marketing/ask/box: ticked",
    "marketing/ask/box: deemed",
    "marketing/stop/effect: a-few-days",
    "marketing/stop/effect: when-next-due",
    "marketing/permission/not-customer/any-of: [contact-made]",
    "messages/offer/limited-to: targeted-relevant-information",
    "recipients/gp/role: own-terms-apply",
    "recipients/gp/safeguard: deemed-consent",
    "retention/feedback/keep: indefinite",
    "retention/feedback/keep: as-long-as-necessary",
    "rights/erasure/on-objection: delete-all",
    "cookies/before-choice: everything",
    "cookies/before-choice: browser-setting",
    "payments/cards: held",
    "security/promise: disclaimed",
    "security/promise: absolute",
    "ownership/change-of-control: not-told",
    "notice/changes/accepted-by: using-the-site",
    "notice/text: draft-marks",
)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_what_it_is_for(rule: str) -> None:
    clause, changes = CASES[rule]

    hits = [one for one in found_in(model_with(*changes)) if one.rule == rule]

    assert [one.clause for one in hits] == [clause]
    [hit] = hits
    assert hit.message[0].isupper() or hit.message[0] in "'0123456789P"
    assert hit.message.endswith((".", "?"))
    assert hit.fix.endswith(".")
    assert hit.article


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in RULES} == set(CASES)
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_must_be_so(rule: object) -> None:
    says = getattr(rule, "says", "")

    assert says.endswith(".")
    assert len(says) > 20


def test_without_a_day_nothing_is_too_old_or_to_come() -> None:
    old = model_with('version: "2001-01"', "effective: 2001-01-01")
    new = model_with('version: "2099-01"', "effective: 2099-01-01")

    assert list(found_in(old, on=None)) == []
    assert list(found_in(new, on=None)) == []


def test_a_notice_of_exactly_two_years_is_not_old_yet() -> None:
    two = model_with('version: "2024-11"', "effective: 2024-11-22")

    assert list(found_in(two, date(2026, 11, 22))) == []
    assert [one.rule for one in found_in(two, date(2026, 11, 23))] == ["version-old"]


def test_a_review_says_the_notice_was_looked_at() -> None:
    changes = (
        'version: "2024-11"',
        "effective: 2024-11-01",
        "notice/reviewed: 2026-10-01",
    )

    assert list(found_in(model_with(*changes))) == []


@pytest.mark.parametrize("exception", ["statistical", "appearance"])
def test_an_exception_by_objection_needs_no_choice(exception: str) -> None:
    use = "cookies/uses/own: {purpose: accounts, party: first, needs: objection, "
    seen = "reviewed: {by: manager, on: 2026-09-01}, "

    assert list(found_in(model_with(f"{use}{seen}exception: {exception}}}"))) == []


def test_a_health_record_kept_long_enough_needs_no_floor_for_17() -> None:
    long = model_with(
        "retention/clinical/keep: P9Y",
        "retention/clinical/at-least: [{if: child-when-treated, age: 25}]",
    )

    assert list(found_in(long)) == []


def test_words_that_agree_with_the_facts_are_left_alone() -> None:
    said = "We keep it for eight years. Write to privacy@quillane.example."

    assert list(found_in(model_with(f'words/retention.clinical: "{said}"'))) == []


def test_an_address_in_the_words_that_is_no_contact_is_found() -> None:
    policy = model_with('words/breach: "Write to them@elsewhere.example."')

    [only] = found_in(policy)

    assert only.rule == "words-contradict-facts"
    assert "them@elsewhere.example," in only.message


def test_a_public_task_in_the_list_of_bases_alone_is_a_warning() -> None:
    rest = "consent, contract, legal-obligation, vital-interests, legitimate-interests"

    [only] = found_in(model_with(f"bases: [public-task, {rest}]"))

    assert (only.rule, only.clause) == ("public-task-claimed", "bases")
    assert only.severity is Severity.WARNING


# A rule with more than one way to be broken: the other ways.
ALSO = (
    ("need-unstated", "need", "need: -"),
    ("promise-cannot-be-kept", "complaints.acknowledge", "complaints/acknowledge: P1D"),
    ("promise-contradicts", "commitments[2]", "marketing/interests: -"),
    (
        "promise-contradicts",
        "commitments[0]",
        "commitments: [no-marketing-without-consent]",
        "purposes/offers/basis: contract",
    ),
    (
        "recipients-unnamed",
        "recipients.zed.classes",
        "recipients/zed: {kind: supplier, role: processor, named: classes}",
    ),
    (
        "special-in-marketing",
        "purposes.care.uses",
        "marketing/purpose: care",
        "marketing/never-uses: []",
    ),
    ("no-complaint-route", "complaints", "complaints: -"),
    ("complaint-unacknowledged", "complaints.acknowledge", "complaints/acknowledge: -"),
    ("need-unstated", "need", "need/stated: -"),
    (
        "review-overdue",
        "cookies.uses.strictly-necessary.reviewed",
        "cookies/uses/strictly-necessary/reviewed: {by: manager, on: 2025-11-21}",
    ),
    ("review-overdue", "notice.reviewed", "notice/reviewed: 2024-11-21"),
    (
        "review-overdue",
        "purposes.recall.assessed",
        "purposes/recall/assessed: {by: manager, on: 2025-11-21}",
    ),
    (
        "review-overdue",
        "recipients.gp.reviewed",
        "recipients/gp/reviewed: {by: manager, on: 2025-11-21}",
    ),
    (
        "registration-due",
        "controllers.quillane.ico-renews",
        "controllers/quillane/ico-renews: 2026-11-01",
    ),
    ("no-basis", "purposes.enquiry.basis", "purposes/enquiry/basis: -"),
    (
        "photograph-without-consent",
        "photographs.publish",
        "photographs/publish: {any-of: [explicit-consent, consent]}",
    ),
    ("deemed-consent", "marketing.ask.box", "marketing/ask/box: deemed"),
)


@pytest.mark.parametrize("row", ALSO, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_rule_is_broken_in_other_ways_too(row: tuple[str, ...]) -> None:
    rule, clause, *changes = row

    found = {(one.rule, one.clause) for one in found_in(model_with(*changes))}

    assert (rule, clause) in found


def test_what_is_still_to_decide_is_told_once() -> None:
    # Each of these keys has a rule of its own, which waits until it is decided.
    for key, meanwhile in (
        ("purposes/bookkeeping/because", ""),
        ("retention/feedback/keep", ", meanwhile: keep"),
        ("complaints/acknowledge", ""),
        ("cookies/before-choice", ""),
        ("need/consequence", ""),
    ):
        policy = model_with(f"{key}: {{decide: which{meanwhile}}}")
        rules = [one.rule for one in found_in(policy)]
        assert rules == ["decide-open"], key


@pytest.mark.parametrize("published", PUBLISHED)
def test_what_may_only_be_published_breaks_a_rule_where_it_is_put(
    published: str,
) -> None:
    key = published.partition(": ")[0].replace("/", ".")

    rules = [one.rule for one in found_in(model_with(published)) if one.clause == key]

    assert rules
