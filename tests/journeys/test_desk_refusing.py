"""In a real browser: the lead makes sure who asks, and refuses by a letter they saw."""

from typing import Any

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from candour.core import clock
from tests.apps import rights_cast
from tests.factories import make_enquiry, publish_policy
from tests.journeys.test_desk_pages import must_be_fine, signed_in_page

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]
Owner = psycopg.Connection[Any]

SISTER = "Xanthippe Quillfeather"
REASON = "The record is part of a claim.\n\nIt is before a court: <b>until</b> spring."


@pytest.mark.parametrize("width", [1440, 360])
def test_a_refusal_is_typed_looked_at_changed_and_sent(
    visit: Any, width: int, owner_sql: Owner
) -> None:
    publish_policy("ai-beauty")
    make_enquiry()
    asked = rights_cast.prove(owner_sql, "erasure", at=clock.now())
    page, _ = signed_in_page(visit, "data-protection-lead", width)
    must_be_fine(page, f"/desk/requests/{asked.ref}/")

    page.get_by_role("link", name="Refuse this request").click()
    page.get_by_role("button", name="Show me the letter").click()
    expect(page.get_by_text("2 answers need another look")).to_be_visible()
    page.get_by_label("Needed for a legal claim").check()
    page.get_by_label("Why, in your own words").fill("Because of a claim in court.")
    page.get_by_role("button", name="Show me the letter").click()
    expect(page.get_by_text("Because of a claim in court.")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Needed for a legal claim")).to_be_checked()
    page.get_by_label("Why, in your own words").fill(REASON)
    page.get_by_role("button", name="Show me the letter").click()
    page.get_by_role("button", name="Send this letter and refuse").click()

    expect(page.get_by_text("The letter is on its way")).to_be_visible()
    [letter] = rights_cast.letters(owner_sql, "request-refusal")
    assert REASON in letter
    must_be_fine(page, f"/desk/requests/{asked.ref}/")


@pytest.mark.parametrize("width", [1440, 360])
def test_who_asks_is_ticked_and_the_code_is_there_once(
    visit: Any, width: int, owner_sql: Owner
) -> None:
    publish_policy()
    make_enquiry()
    make_enquiry(name=SISTER)
    asked = rights_cast.prove(owner_sql, "erasure", at=clock.now())
    page, _ = signed_in_page(visit, "data-protection-lead", width)
    page.goto(f"/desk/requests/{asked.ref}/")

    page.get_by_label(SISTER).check()
    page.get_by_role("button", name="This is who asks").click()
    expect(page.get_by_role("link", name="Say how you made sure")).to_be_visible()
    expect(page.get_by_label(SISTER)).to_be_checked()
    page.get_by_label("I called a number that we held before").check()
    page.get_by_role("button", name="This is who asks").click()

    expect(page.get_by_text("Tell them this code")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="All data requests").click()
    page.get_by_role("link", name="R-").first.click()
    expect(page.get_by_role("heading", name="What has happened")).to_be_visible()
    expect(page.get_by_text("Tell them this code")).to_have_count(0)
