"""Policies unlike the six: nearly empty, or saying what none of them says."""

from datetime import date
from typing import Any

import pytest

from candour.policy.language import Document
from candour.policy.render.doc import Clause, NoticeDoc
from candour.policy.render.notice import Undecided, compose
from candour.policy.render.sections.site import cookie_notice_of
from candour.policy.render.text import notice_markdown, notice_text


def _document(**sections: Any) -> Document:
    head = {"candour": 1, "policy": "tiny", "version": "1"}
    return Document.model_validate({**head, "effective": date(2026, 9, 1), **sections})


def _clause(notice: NoticeDoc, key: str) -> Clause:
    return next(one for one in notice.clauses() if key in one.keys)


def _said(key: str, **sections: Any) -> str:
    clause = _clause(compose(_document(**sections)), key)
    return " ".join((*clause.paragraphs, *clause.items))


def test_a_policy_that_says_next_to_nothing_still_reads_as_a_notice() -> None:
    notice = compose(_document())

    assert notice.controller == ""
    assert notice.clinic == "tiny"
    assert not notice.draft
    assert (
        "We have no one on this list today." in _clause(notice, "recipients").paragraphs
    )
    assert [point.text for point in notice.short if point.title == "Offers"] == [
        "We send no offers."
    ]
    assert notice_text(notice).startswith("PRIVACY NOTICE: TINY")
    assert "### 1.1 Who is responsible" in notice_markdown(notice)
    assert [one.name for one in cookie_notice_of(_document()).cookies] == [
        "sessionid",
        "csrftoken",
    ]


def test_a_purpose_nobody_wrote_words_for_is_named_after_itself() -> None:
    purpose = {"basis": "legitimate-interests", "uses": ("identity.name",)}
    clause = _clause(
        compose(_document(purposes={"star-gazing": purpose})), "purposes.star-gazing"
    )

    assert clause.title == "For star gazing"
    assert "a fair reason of our own: for star gazing." in " ".join(clause.paragraphs)


def test_a_purpose_may_be_one_of_several_conditions_and_lead_nowhere_named() -> None:
    purpose = {
        "basis": "public-task",
        "uses": ("identity.name",),
        "any_of": ("consent", "court-order"),
    }
    aliased = {
        "any-of" if key == "any_of" else key: value for key, value in purpose.items()
    }

    said = _said("purposes.count", purposes={"count": aliased})
    assert "We do it if you said yes or a court orders it." in said
    assert "a task for the public" in said
    assert "With us" not in said


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (
            {"keep": "criteria", "criteria": ("a-claim-is-open",)},
            "while this is so: a claim",
        ),
        ({"keep": "until-removed"}, "until you ask us to take it away"),
        ({"keep": "until-verified"}, "only until we have checked it"),
        (
            {"keep": "P2Y6M", "after": "closed"},
            "2 years and 6 months after it was closed",
        ),
        (
            {"keep": "P6M", "after": "sent", "review": "P3M"},
            "looks at it every 3 months",
        ),
        ({"keep": "P1Y", "then": "review"}, "Then someone looks at it and decides."),
        ({"keep": "P1Y", "because": "Some Act"}, "for one year after it was recorded"),
        (
            {
                "keep": "P1Y",
                "after": "contract-ended",
                "at-least": ({"keep": "P8Y", "after": "died", "if": "died"},),
            },
            "or for 8 years after a death if you have died, whichever is later",
        ),
        (
            {"keep": "P1Y", "at-least": ({"if": "claim-open"},)},
            "or for a time while a claim is open, whichever is later",
        ),
    ],
)
def test_each_way_of_keeping_has_its_words(rule: dict[str, Any], says: str) -> None:
    kept = {"covers": ("feedback",), **rule}

    assert says in _said("retention.opinions", retention={"opinions": kept})


def test_a_rule_without_a_name_of_ours_is_called_after_what_it_covers() -> None:
    document = _document(retention={"odd": {"covers": ("cctv",), "keep": "P1D"}})

    clause = _clause(compose(document), "retention.odd")
    assert clause.title == "CCTV pictures"
    assert clause.paragraphs == ("We keep this for one day after it was recorded.",)


def test_a_law_that_sets_a_period_is_cited() -> None:
    kept = {"covers": ("feedback",), "keep": "P1Y", "because": "Some Act 2001"}

    clause = _clause(compose(_document(retention={"odd": kept})), "retention.odd")
    assert clause.law == ("UK GDPR Article 13(2)(a)", "Some Act 2001")


@pytest.mark.parametrize(
    ("key", "sections", "says"),
    [
        (
            "ownership",
            {"ownership": {"change-of-control": "tell-people-after"}},
            "We tell you once it has happened.",
        ),
        (
            "security.automated",
            {"rights": {"automated": {"used": "with-review"}}},
            "A machine may help us decide.",
        ),
        (
            "rights.automated",
            {"rights": {"automated": {"used": "with-review"}}},
            "You can ask for a person to look at it.",
        ),
        ("identity", {"identity": {"copies": "never-kept"}}, "we keep no copy"),
        (
            "disclosures",
            {"disclosures": {"otherwise": "refuse"}},
            "We do not pass your data to anyone else.",
        ),
        (
            "rights.access",
            {"rights": {"access": {"extension": "never"}}},
            "We answer within one month. We do not stretch that time",
        ),
        (
            "rights.access",
            {"rights": {"access": {"fee": "law"}}},
            "The law lets us ask for a fee only if",
        ),
        (
            "advertising",
            {
                "recipients": {"an-ad-firm": {"kind": "advertising"}},
                "advertising": {"platforms": ("an-ad-firm",), "loads": "never"},
            },
            "through an ad firm. Nothing from these firms is loaded",
        ),
        ("marketing.stop", {"marketing": {}}, "We stop at once."),
        (
            "security.storage",
            {"security": {"storage": {"where": "EEA"}}},
            "in the UK or the European Economic Area. Before data leaves",
        ),
        (
            "commitments",
            {"commitments": ("always-smile",)},
            "Always smile.",
        ),
    ],
)
def test_what_no_pack_says_yet_has_words_too(
    key: str, sections: dict[str, Any], says: str
) -> None:
    assert says in _said(key, **sections)


def test_two_controllers_say_how_they_share_the_work() -> None:
    said = _said(
        "arrangement",
        controllers={"one": {"name": "One Ltd"}, "two": {"name": "Two Ltd"}},
        arrangement={"stated": "One Ltd answers letters"},
    )

    assert "One Ltd and Two Ltd decide together" in said
    assert "One Ltd answers letters." in said


def test_a_recipient_abroad_is_shown_with_its_country_and_what_guards_it() -> None:
    firm = {
        "name": "Abroad Inc",
        "kind": "hosting",
        "role": "processor",
        "gets": ("contact.email",),
        "country": "US",
        "safeguard": "idta",
        "needs": ("choice",),
    }

    clause = _clause(compose(_document(recipients={"abroad": firm})), "recipients")
    assert clause.table is not None
    assert clause.table.rows[0][3] == (
        "For us, on our orders only. Only once you choose it. In the United"
        " States. A contract that the UK regulator wrote guards it"
    )


def test_a_recipient_that_may_get_nothing_is_shown_as_idle() -> None:
    firm = {"name": "Idle Ltd", "kind": "hosting", "role": "processor"}

    notice = compose(_document(recipients={"idle": firm}), (), {"idle": "not screened"})
    table = _clause(notice, "recipients").table
    assert table is not None
    assert table.rows[0][3] == "Nothing goes there today"


def test_an_open_decision_on_a_whole_part_stands_at_its_first_clause() -> None:
    notice = compose(_document(), (Undecided("cookies", "which ones?"),))

    first = next(one for one in notice.clauses() if one.number.startswith("10."))
    assert [note.text for note in first.margin if note.state == "due"] == [
        "Which ones?"
    ]
    assert notice.draft
    assert "A draft." in notice.lead
