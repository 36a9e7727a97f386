"""What a reader is told: words, advice, who checks on us, browsers, whom to reach."""

import pytest

from candour.policy import render
from candour.policy.compile import Policy, compile_sources
from candour.policy.load import read_pack
from candour.policy.render.terms import glossary
from candour.policy.render.words.browsers import ROWS
from tests.policy_render.clinics import (
    ALL,
    PACKS,
    changed,
    clause_text,
    notice_of,
    policy_of,
    prose,
)


@pytest.mark.parametrize("name", ALL)
def test_the_notice_ends_with_what_its_words_mean(name: str) -> None:
    clause = notice_of(name).sections[-1].clauses[-1]

    assert clause.key == "notice.glossary"
    assert clause.table is not None
    assert [row[0] for row in clause.table.rows] == [
        one.word for one in glossary(policy_of(name))
    ]


def test_the_names_that_people_know_are_in_the_notice() -> None:
    for name in ("cm-london-medical", "dermaesthetics"):
        said = clause_text(name, "notice.glossary")
        assert "personal information" in said
        assert "personally identifiable information" in said
        assert "data access request" in said


def test_a_clinics_own_words_are_found_at_the_clause_they_are_printed_at() -> None:
    policy = changed(
        "ai-beauty",
        "\ndepartures:\n",
        '\nwords:\n  purposes.care: "We look after you."\n\ndepartures:\n',
    )

    care = render.number_of(policy, "purposes.care")
    assert render.number_of(policy, "words.purposes.care") == care
    assert care
    assert render.number_of(policy, "words") == ""


@pytest.mark.parametrize("name", ALL)
def test_who_does_not_agree_is_told_what_to_do(name: str) -> None:
    said = clause_text(name, "notice.scope")

    assert "If you do not like what you read here" in said
    assert "all your rights stay yours" in said


@pytest.mark.parametrize("name", ALL)
def test_who_complains_hears_of_the_regulator_and_of_free_advice(name: str) -> None:
    said = clause_text(name, "complaints.then")

    assert "Information Commissioner’s Office (ICO)" in said
    assert "Citizens Advice (citizensadvice.org.uk)" in said


def test_free_advice_is_that_of_the_readers_own_nation() -> None:
    for region, advice in (
        ("SCT", "Citizens Advice Scotland (cas.org.uk)"),
        ("NIR", "Advice NI (adviceni.net)"),
        ("WLS", "citizensadvice.org.uk/wales"),
    ):
        policy = changed("model", "  region: ENG", f"  region: {region}")
        assert advice in render.to_text(policy).replace("\n", " ")


@pytest.mark.parametrize("name", ALL)
def test_people_are_advised_to_keep_their_own_devices_current(name: str) -> None:
    said = clause_text(name, "security.yourself")

    assert "phone or computer, and the browser on it, up to date" in said


def test_the_regulators_are_named_in_full_with_the_numbers_given() -> None:
    said = clause_text("private-clinic", "clinic.regulators")
    assert "The Care Quality Commission (CQC) and the General Medical Council" in said
    assert "(GMC) check on our work." in said

    said = clause_text("model", "clinic.regulators")
    assert "register of the Care Quality Commission (CQC), number 1-900000001" in said
    assert "company number 99000001" in said


def test_a_controller_is_named_once_and_then_it_is_it() -> None:
    said = clause_text("private-clinic", "controllers")
    assert said.count("The Private Clinic of Harley Street Limited") == 1
    assert "It belongs to The Private Clinic Group Limited" in said

    two = clause_text("dermaesthetics", "controllers")
    assert "the ICO register number of Dermaesthetics here" in two
    assert "the ICO register number of MG Aesthetics here" in two


def test_terms_have_their_page_and_their_version() -> None:
    terms = (
        'page: {decide: "the link is missing from the published notice", '
        "meanwhile: unpublished}"
    )
    named = changed(
        "cm-london-medical",
        terms,
        'page: "https://cm.example/terms", version: "3", effective: 2026-05-01',
    )

    assert "not here yet: ask us" in clause_text("cm-london-medical", "terms")
    text = " ".join(render.to_text(named).split())
    assert "Our terms and conditions are at https://cm.example/terms." in text
    assert "The version is 3, in force from 1 May 2026." in text


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "write",
    [render.cookies_to_text, render.cookies_to_markdown, render.cookies_to_html],
)
def test_every_cookie_notice_says_how_to_see_clear_and_block(
    name: str, write: object
) -> None:
    assert callable(write)
    said = " ".join(write(policy_of(name)).split())

    for word in ("Chrome", "Edge", "Firefox", "Safari"):
        assert f"{word} on a" in said or f"{word} on an" in said
    for head in ("See them", "Clear them", "Block them", "Looked at by"):
        assert head in said
    assert all(all(row) for row in ROWS)


def test_each_cookie_has_who_looked_at_it_and_when() -> None:
    ours = render.cookie_notice(policy_of("model"))
    assert {one.name for one in ours.cookies} == {"sessionid", "csrftoken"}
    assert {one.reviewed for one in ours.cookies} == {
        "Our data protection lead, 1 September 2026"
    }

    theirs = render.cookie_notice(policy_of("cm-london-medical"))
    assert {one.reviewed for one in (*theirs.cookies, *theirs.planned)} == {
        "No one yet"
    }


def test_a_cookie_that_the_clinic_names_itself_is_on_the_page() -> None:
    policy = changed(
        "model",
        "    strictly-necessary: {",
        "    language: {purpose: accounts, party: first, needs: nothing, exception:"
        " strictly-necessary, life: P1Y, names: [lang], reviewed: {by: manager,"
        " on: 2026-10-02}}\n    strictly-necessary: {",
    )

    [one] = [one for one in render.cookie_notice(policy).cookies if one.name == "lang"]
    assert (one.lasts, one.reviewed) == ("One year", "Managers, 2 October 2026")
    assert "lang" in render.to_text(policy)


def unreachable() -> Policy:
    """Return a policy that names nobody to write to; its site has post and phone."""
    sources = dict(read_pack("model", PACKS))
    file = "model/policy.yaml"
    start = sources[file].index("    email: [privacy@")
    end = sources[file].index("    for: [questions")
    sources[file] = sources[file][:start] + sources[file][end:]
    return compile_sources(sources)


def test_where_nobody_is_named_the_site_itself_is_where_to_write() -> None:
    policy = unreachable()

    for subject in ("rights", "complaints", "questions"):
        contact = policy.contact_for(subject)
        assert contact.post == "Vesper Street, 14 Vesper Street, London W1"
        assert contact.phone == "020 7946 0418"
    text = " ".join(render.to_text(policy).split())
    assert "yet to give an address for letters and emails here" in text
    assert "Post: Vesper Street, 14 Vesper Street, London W1" in text


def test_a_contact_who_can_be_reached_stands_in_for_one_who_cannot() -> None:
    policy = changed(
        "model",
        "    for: [questions, rights, complaints, marketing-stop]",
        "    for: [questions, rights, marketing-stop]\n"
        "  complaints: {for: [complaints]}",
    )

    assert policy.contact_for("complaints").slug == "privacy"


@pytest.mark.parametrize("name", ALL)
def test_one_word_for_email_and_citations_in_full(name: str) -> None:
    text = render.to_text(policy_of(name))

    assert "e-mail" not in text.lower()
    for short in ("UK GDPR Art ", "UK GDPR Arts ", " s164A", "DPA 2018"):
        law = [
            note.text
            for clause in notice_of(name).clauses()
            for note in clause.margin
            if note.word == "The law"
        ]
        assert not [line for line in law if short in line], short


@pytest.mark.parametrize("name", ["ai-beauty", "pro-aesthetics"])
def test_offers_after_a_purchase_are_told_of_wherever_offers_are(name: str) -> None:
    said = prose(name)

    assert "We send offers and news to those who said yes to them. If you have" in said
    assert "or if you bought from us and did not say no" in said
