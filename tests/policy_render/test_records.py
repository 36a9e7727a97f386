"""The record of processing: who, why, what, to whom, how long, how guarded."""

import csv
import dataclasses
import io
import json
import re
from html.parser import HTMLParser

import pytest

from candour.policy.compile import compile_pack
from candour.policy.render.record import Entry, Record, record
from candour.policy.render.record_outputs import (
    COLUMNS,
    record_csv,
    record_html,
    record_json,
)
from tests.policy_render.clinics import ALL, FIVE, PACKS, changed, policy_of


def _rows(found: Record) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(record_csv(found), newline=""))
    return {row["key"]: row for row in reader}


def _entry(name: str, key: str) -> Entry:
    return next(one for one in record(policy_of(name)).entries if one.key == key)


class _Page(HTMLParser):
    """Collects what a page is made of, and fails on a tag left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _page(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


@pytest.mark.parametrize("name", ALL)
def test_every_purpose_is_an_entry_with_all_that_article_30_asks(name: str) -> None:
    policy, found = policy_of(name), record(policy_of(name))

    assert [one.key for one in found.entries] == [
        one.clause for one in policy.purposes.values()
    ]
    for entry in found.entries:
        assert entry.purpose
        assert entry.number.startswith("3.")
        assert entry.basis != "not stated"
        assert entry.basis_law[0].startswith("UK GDPR Article 6(1)")
        assert entry.people
        assert entry.data
        assert entry.limits
        if entry.special:
            assert entry.condition
            assert entry.condition_law.startswith("UK GDPR Article 9(2)")
    assert len(found.security) > 3


@pytest.mark.parametrize("name", ALL)
def test_the_same_policy_gives_the_same_record(name: str) -> None:
    again = record.__wrapped__(compile_pack(name, PACKS))

    assert record_csv(again) == record_csv(record(policy_of(name)))
    assert record_json(again) == record_json(record(policy_of(name)))
    assert record_html(again) == record_html(record(policy_of(name)))


@pytest.mark.parametrize("name", ALL)
def test_a_spreadsheet_opens_the_record_with_a_full_row_a_purpose(name: str) -> None:
    rows = _rows(record(policy_of(name)))

    assert len(rows) == len(policy_of(name).purposes)
    for row in rows.values():
        assert tuple(row) == COLUMNS
        assert None not in row.values()
        for controller in policy_of(name).controllers:
            assert controller.name in row["controllers"]
        assert row["policy hash"] == policy_of(name).hash


def test_ai_beauty_keeps_files_eleven_years_and_pays_through_payzone() -> None:
    rows = _rows(record(policy_of("ai-beauty")))

    assert "11 years" in rows["purposes.care"]["time limits for erasure"]
    paid = rows["purposes.card-payment"]
    assert "Payzone Ltd (processor" in paid["recipients, country and safeguard"]
    assert (
        "Nothing goes there today. To be decided: country: not stated"
        in paid["recipients, country and safeguard"]
    )
    assert paid["lawful basis"] == "legitimate interests"
    assert "Payzone" not in rows["purposes.care"]["recipients, country and safeguard"]
    assert "ZA406076" in paid["controllers"]
    assert "data@ai-beauty.co" in paid["contact"]


def test_dermaesthetics_has_two_controllers_and_keeps_for_three_years() -> None:
    found = record(policy_of("dermaesthetics"))

    assert [one.name for one in found.controllers] == [
        "Dermaesthetics",
        "MG Aesthetics",
    ]
    assert {one.contact for one in found.controllers} == {("not stated",)}
    keeps = {one.key: one for one in _entry("dermaesthetics", "purposes.care").limits}
    assert keeps["retention.clinical"].keep == "P3Y"
    assert "3 years after you were last in touch" in keeps["retention.clinical"].says
    assert "Data is kept in the UK. Nothing leaves." in found.security


def test_the_private_clinic_names_its_officer_by_role_and_address() -> None:
    (controller,) = record(policy_of("private-clinic")).controllers

    assert controller.name == "The Private Clinic of Harley Street Limited"
    assert "DataProtectionOfficer@theprivateclinic.co.uk" in controller.officer
    assert "98 Harley Street" in controller.officer


def test_an_officer_whose_address_was_never_printed_is_said_to_have_none() -> None:
    (controller,) = record(policy_of("cm-london-medical")).controllers

    assert controller.officer == "named, with no address yet"
    for name in ("ai-beauty", "dermaesthetics"):
        officers = {one.officer for one in record(policy_of(name)).controllers}
        assert officers == {"none is named"}


def test_pro_aesthetics_answers_for_itself_under_its_own_limits() -> None:
    policy = policy_of("pro-aesthetics")
    rows = _rows(record(policy))

    for one in policy.retention:
        written = [row["time limits for erasure"] for row in rows.values()]
        assert any(one.says in cell for cell in written), one.name


def test_a_purpose_has_the_limits_of_its_own_data_and_no_other() -> None:
    keys = [one.key for one in _entry("ai-beauty", "purposes.card-payment").limits]

    assert "retention.payments" in keys
    assert "retention.clinical" not in keys
    assert "retention.web" not in keys


@pytest.mark.parametrize("name", ALL)
def test_everyone_who_gets_data_is_in_the_record_with_the_purpose(name: str) -> None:
    found = record(policy_of(name))
    listed = {
        (one.key, entry.key) for entry in found.entries for one in entry.recipients
    }
    others = {one.key for one in found.others}

    for one in policy_of(name).recipients:
        wanted = {(one.clause, f"purposes.{purpose}") for purpose in one.purposes}
        assert wanted <= listed, one.slug
        assert one.purposes or one.clause in others, one.slug


def test_health_data_is_marked_special_and_a_name_is_not() -> None:
    entry = _entry("ai-beauty", "purposes.care")

    assert "your health" in entry.special
    assert "who you are" in entry.data
    assert "who you are" not in entry.special
    assert _entry("ai-beauty", "purposes.marketing").special == ()


def test_what_no_rule_gives_a_time_for_is_said_aloud() -> None:
    policy = policy_of("ai-beauty")
    kept = tuple(one for one in policy.retention if one.name != "web")
    retained = {key: one for key, one in policy.retained.items() if one.name != "web"}
    without = dataclasses.replace(policy, retention=kept, retained=retained)

    bare = _rows(record.__wrapped__(without))["purposes.website-statistics"]

    assert "no time is set" in bare["time limits for erasure"]
    for name in FIVE:
        assert all(not one.unlimited for one in record(policy_of(name)).entries)


def test_a_cell_never_starts_a_formula() -> None:
    policy = changed("ai-beauty", "name: Payzone Ltd", 'name: "=HYPERLINK(1)"')
    found = record(policy)
    for sign in ("=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "\uff1d1"):
        entry = dataclasses.replace(found.entries[0], purpose=sign)
        row = _rows(dataclasses.replace(found, entries=(entry,)))["purposes.care"]
        assert row["purpose"] == f"'{sign}"
    paid = _rows(found)["purposes.card-payment"]["recipients, country and safeguard"]
    assert paid.startswith("'=HYPERLINK(1) (processor")


@pytest.mark.parametrize("name", ALL)
def test_the_page_of_the_record_is_whole_loads_nothing_and_says_its_heads(
    name: str,
) -> None:
    html = record_html(record(policy_of(name)))
    page = _page(html)

    names = [tag for tag, _ in page.tags]
    assert names.count("table") == names.count("caption") == 2
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert not re.search(r"url\(|@import|https?:", html)
    assert "@media print" in html
    scopes = [one.get("scope") for tag, one in page.tags if tag == "th"]
    assert set(scopes) == {"col", "row"}
    rows = len(policy_of(name).purposes) + len(policy_of(name).controllers)
    assert scopes.count("row") == rows
    said = " ".join(page.text)
    for purpose in record(policy_of(name)).entries:
        assert purpose.purpose in said


def test_text_in_a_pack_never_becomes_markup_of_the_page() -> None:
    policy = changed("ai-beauty", "name: Payzone Ltd", 'name: "<script>x</script>&"')
    page = _page(record_html(record(policy)))

    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>x</script>&" in " ".join(page.text)


@pytest.mark.parametrize("name", ALL)
def test_the_record_as_json_has_the_same_facts(name: str) -> None:
    data = json.loads(record_json(record(policy_of(name))))

    assert data["hash"] == policy_of(name).hash
    assert data["effective"] == policy_of(name).effective.isoformat()
    keys = {field.name for field in dataclasses.fields(Entry)}
    for entry in data["entries"]:
        assert set(entry) == keys
    wanted = [list(one.data) for one in record(policy_of(name)).entries]
    assert [entry["data"] for entry in data["entries"]] == wanted


def test_numbers_and_reviews_stand_in_the_record_with_their_days() -> None:
    policy = changed(
        "model",
        "  gp: ",
        "  pathology: {name: Pathology Ltd, kind: laboratory, role: processor,"
        " for: [care], gets: [health], country: GB, contract: [confidentiality],"
        " reviewed: {by: manager, on: 2026-06-30}}\n  gp: ",
    )
    found = record(policy)

    [controller] = found.controllers
    assert controller.registers == (
        "Care Quality Commission 1-900000001",
        "fee to the ICO due by 31 August 2027",
    )
    enquiry = next(one for one in found.entries if one.key == "purposes.enquiry")
    assert enquiry.assessed == "the data protection lead, 1 September 2026"
    rows = _rows(found)
    assert rows["purposes.enquiry"]["assessment"] == (
        "lia-enquiry, the data protection lead, 1 September 2026"
    )
    assert (
        "reviewed: a manager, 30 June 2026"
        in (rows["purposes.care"]["recipients, country and safeguard"])
    )
    said = " ".join(_page(record_html(found)).text)
    assert "1-900000001" in said
    assert "a manager, 30 June 2026" in said


def test_an_assessment_that_nobody_dated_is_said_to_be_so() -> None:
    said = " ".join(_page(record_html(record(policy_of("cm-london-medical")))).text)

    assert "Assessment: lia-enquiry, not dated" in said


def test_what_guards_data_stands_with_who_answers_for_it() -> None:
    assert (
        "Who opens health data signs in with two proofs. A manager answers for it; the"
        " data protection lead looked at it on 1 September 2026."
    ) in record(policy_of("model")).security
