"""The policy guide: its example is a policy, and it has every word and option."""

import re
from datetime import date

import pytest

from candour.cli.render import FORMATS
from candour.policy import vocabulary
from candour.policy.compile import Policy, compile_sources
from candour.policy.lint import Severity, lint
from candour.policy.load import default_root, read_pack
from candour.policy.render import to_text
from candour.policy.render.words.promises import PROMISES
from candour.policy.vocabulary.registers import REGISTERS

GUIDE = (default_root().parent / "docs" / "policy.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 22)


def example() -> Policy:
    """Return the policy of the guide's example, beside the model."""
    [text] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    return compile_sources({"lumen/policy.yaml": text, **read_pack("model")})


def test_the_example_of_the_guide_is_well_written() -> None:
    policy = example()

    assert policy.clinic == "Lumen Skin Clinic"
    assert [one.key for one in policy.open_decisions] == [
        "controllers.lumen.registrations.HIS",
        "recipients.suppliers.named",
        "retention.enquiries.keep",
    ]
    assert [one.key for one in policy.departures] == ["cookies.before-choice"]


def test_the_linter_finds_in_the_example_what_the_guide_says() -> None:
    found = lint(example(), (), TODAY)

    assert [one.rule for one in found if one.severity is Severity.ERROR] == [
        "decide-open"
    ] * 3
    [warning] = [one for one in found if one.severity is Severity.WARNING]
    assert (warning.rule, warning.says) == ("cookies-before-choice", "paragraph 12")


def test_the_notice_of_the_example_says_what_was_written() -> None:
    text = " ".join(to_text(example()).split())

    assert "Lumen Skin Clinic Ltd is responsible for your data" in text
    assert "Ask for a copy and you have it within 21 days" in text
    assert "for 10 years after your last treatment, or until you turn 25" in text
    assert "Healthcare Improvement Scotland (HIS) and the General Medical" in text
    assert "Citizens Advice Scotland (cas.org.uk)" in text
    assert "We look after your skin, and we need to know about your health" in text


@pytest.mark.parametrize(
    "name",
    [
        *("CATEGORIES", "SOURCES", "PEOPLE", "Role", "BASES", "CONDITIONS", "ATOMS"),
        *("CHANNELS", "MESSAGES", "RECIPIENTS", "EVENTS", "REGIONS"),
    ],
)
def test_every_word_of_the_language_is_on_the_page(name: str) -> None:
    _, heading, listed = GUIDE.partition("\n## The words\n")
    known = {str(word) for word in getattr(vocabulary, name)}

    assert heading
    assert known <= set(re.findall(r"`([^`\s]+)`", listed))


def test_so_are_registers_and_commitments_and_no_other_words() -> None:
    listed = set(re.findall(r"`([^`\s]+)`", GUIDE.partition("\n## The words\n")[2]))
    named = {
        str(word)
        for name in (
            *("CATEGORIES", "SOURCES", "PEOPLE", "Role", "BASES", "CONDITIONS"),
            *("ATOMS", "CHANNELS", "MESSAGES", "RECIPIENTS", "EVENTS", "REGIONS"),
        )
        for word in getattr(vocabulary, name)
    }
    registers = set(REGISTERS) - {"companies", "ICO"}
    slots = {
        *("collects", "uses", "gets", "covers", "from", "of", "about", "by", "one"),
        *("day", "all", "none", "basis", "condition", "only-if", "any-of", "unless"),
        *("needs", "kind", "classes", "after", "regulators", "registrations"),
        "commitments",
    }

    assert registers | set(PROMISES) <= listed
    assert listed <= named | registers | set(PROMISES) | slots


def test_each_paper_is_in_the_guide_with_its_forms() -> None:
    for paper, forms in FORMATS.items():
        [row] = re.findall(rf"^\| `{paper}`.*$", GUIDE, re.MULTILINE)
        last = row.rstrip(" |").rpartition("|")[2]
        assert re.findall(r"`([a-z]+)`", last) == list(forms)
