"""What the linter finds in the published notices, and in packs made worse.

Controls of the promises name these tests: each puts in what must not be, and sees the
rule that is there for it object.
"""

from datetime import date

import pytest

from candour.policy.compile import Policy, compile_pack, compile_sources
from candour.policy.lint import Finding, Severity, lint
from candour.policy.load import read_pack
from candour.policy.terms import Reach
from candour.policy.vocabulary import Role


def changed(name: str, old: str, new: str) -> Policy:
    """Return a pack's policy with one piece of its text put differently."""
    sources = dict(read_pack(name))
    file = f"{name}/policy.yaml"
    assert sources[file].count(old) == 1, old
    sources[file] = sources[file].replace(old, new)
    return compile_sources(sources)


def found(policy: Policy, rule: str) -> list[Finding]:
    return [one for one in lint(policy) if one.rule == rule]


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("cm-london-medical", "contacts.dpo.email"),
        ("dermaesthetics", "contacts.privacy.email"),
        ("dermaesthetics", "arrangement"),
    ],
)
def test_what_the_notice_leaves_out_stops_publishing(name: str, clause: str) -> None:
    [hit] = [
        one for one in found(compile_pack(name), "decide-open") if one.clause == clause
    ]

    assert hit.severity is Severity.ERROR


def test_law_that_does_not_hold_is_found_where_it_is_cited() -> None:
    hits = found(compile_pack("ai-beauty"), "law-cited-repealed")

    assert {hit.clause for hit in hits} == {"notice.laws-cited"}
    said = " ".join(hit.message for hit in hits)
    assert "Data Protection Act 1998 was repealed" in said
    assert "Freedom of Information Act 2000 is for public authorities" in said
    assert "Data Protection Act 2018" not in said


def test_a_public_task_is_found_and_nothing_rests_on_it() -> None:
    policy = compile_pack("ai-beauty")

    assert [hit.clause for hit in found(policy, "public-task-claimed")] == ["bases"]
    assert "public-task" not in {one.basis for one in policy.purposes.values()}
    assert not found(compile_pack("private-clinic"), "public-task-claimed")


def test_the_fee_to_the_ico_is_called_to_mind_a_month_before() -> None:
    policy = changed(
        "ai-beauty", "ico: ZA406076", "ico: ZA406076, ico-renews: 2027-03-02"
    )

    def due(on: date) -> list[str]:
        return [
            one.message
            for one in lint(policy, (), on)
            if one.rule == "registration-due"
        ]

    assert due(date(2027, 1, 30)) == []
    [soon] = due(date(2027, 1, 31))
    assert "runs out on 2027-03-02" in soon
    [late] = due(date(2027, 3, 3))
    assert "ran out on 2027-03-02" in late


def test_a_law_that_stands_in_for_consent_is_named() -> None:
    because = "    because: Data Protection Act 2018 Sch 1 para 2\n    about"
    worse = changed("private-clinic", because, "    about")

    assert not found(compile_pack("private-clinic"), "exception-without-law")
    [hit] = found(worse, "exception-without-law")
    assert hit.clause == "purposes.recommendation.because"
    assert hit.severity is Severity.ERROR


def test_terms_that_nobody_can_read_stop_publishing() -> None:
    terms = (
        'page: {decide: "the link is missing from the published notice", '
        "meanwhile: unpublished}"
    )
    named = changed(
        "cm-london-medical",
        terms,
        'page: "https://cm-london-medical.example/terms", version: "3"',
    )

    [hit] = [
        one
        for one in found(compile_pack("cm-london-medical"), "decide-open")
        if one.clause == "terms.page"
    ]
    assert hit.severity is Severity.ERROR
    assert not found(named, "terms-missing")
    assert "terms.page" not in {one.clause for one in found(named, "decide-open")}


def test_a_duty_that_names_no_law_is_found() -> None:
    law = "    because: Human Medicines Regulations 2012\n"
    rule = "legal-obligation-without-law"

    assert not found(compile_pack("cm-london-medical"), rule)
    [hit] = found(changed("cm-london-medical", law, ""), rule)
    assert hit.clause == "purposes.prescribing.because"


def test_who_handles_health_data_without_a_name_is_found() -> None:
    worse = changed(
        "pro-aesthetics",
        "  professional-advisers:",
        "  archive: {kind: hosting, role: processor, for: [care], country: GB,"
        " gets: [images]}\n  professional-advisers:",
    )

    assert not found(compile_pack("pro-aesthetics"), "special-to-unnamed")
    [hit] = found(worse, "special-to-unnamed")
    assert hit.clause == "recipients.archive.name"


def test_nothing_goes_to_anybody_who_is_not_listed() -> None:
    policy = compile_pack("pro-aesthetics")
    disclosures = policy.document.disclosures
    listed = {one.slug for one in policy.recipients}
    used = {slug for one in policy.purposes.values() for slug in one.recipients}

    assert disclosures is not None
    assert disclosures.otherwise == "refuse"
    assert used <= listed
    assert all(
        policy.decide(role, "disclosures", reach).outcome != "allow"
        for role in set(Role) - {Role.DATA_PROTECTION_LEAD, Role.SYSTEM}
        for reach in Reach
    )
