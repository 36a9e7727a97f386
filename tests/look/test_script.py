"""What web.js adds to a page, and that the page does without it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.look.shelf import Shelf

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Yield a fresh tab with scripts."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_tab(browser: Browser) -> Iterator[Page]:
    """Yield a fresh tab without scripts."""
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_form_that_came_back_starts_at_what_is_wrong(shelf: str, tab: Page) -> None:
    tab.goto(f"{shelf}/quillane/enquiry-wrong")

    expect(tab.get_by_role("alert")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#email")


def test_a_long_answer_says_what_is_left_and_is_never_cut(
    shelf: str, tab: Page
) -> None:
    tab.goto(f"{shelf}/quillane/enquiry")
    box = tab.get_by_label("Your question")

    expect(tab.locator(".counter")).to_be_hidden()
    box.fill("é" * 3990)
    expect(tab.locator(".counter")).to_have_text("10 characters left")
    box.fill("😀" * 4001)
    expect(tab.locator(".counter")).to_have_text("1 character too many")
    assert box.input_value() == "😀" * 4001


def test_a_form_is_sent_once_however_often_it_is_pressed(shelf: str, tab: Page) -> None:
    tab.goto(f"{shelf}/quillane/enquiry")

    sent = tab.evaluate(
        """() => {
          const button = [...document.querySelectorAll("main button")].at(-1);
          let sent = 0;
          button.form.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
          });
          button.click();
          button.click();
          return sent;
        }"""
    )

    assert sent == 1


def test_a_copy_that_becomes_ready_shows_itself(shelf: str, tab: Page) -> None:
    making = Shelf.pages["copy-making"]
    tab.goto(f"{shelf}/quillane/copy-making")
    expect(tab.get_by_role("heading", level=1)).to_have_text("We are making your copy")

    Shelf.pages["copy-making"] = Shelf.pages["copy-ready"]
    try:
        expect(tab.get_by_role("button", name="Download my copy")).to_be_visible()
    finally:
        Shelf.pages["copy-making"] = making


def test_a_passkey_that_was_not_given_is_said_on_the_page(
    shelf: str, tab: Page
) -> None:
    tab.goto(f"{shelf}/quillane/sign-in")
    words = tab.get_by_text("The passkey was not used")

    expect(words).to_be_hidden()
    tab.get_by_role("button", name="Sign in with a passkey").click()
    expect(words).to_be_visible()


def test_the_first_tab_leads_past_the_menu(shelf: str, tab: Page) -> None:
    tab.goto(f"{shelf}/quillane/notice")

    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    expect(tab.locator("main")).to_be_focused()


def test_without_a_script_no_button_does_nothing(shelf: str, plain_tab: Page) -> None:
    for name in ("notice", "certificate"):
        plain_tab.goto(f"{shelf}/quillane/{name}")
        expect(plain_tab.get_by_role("button", name="Print")).to_have_count(0)

    plain_tab.goto(f"{shelf}/quillane/copy-making")
    expect(plain_tab.get_by_role("link", name="Look again")).to_be_visible()


def test_a_key_leads_to_the_search_but_not_while_somebody_writes(
    shelf: str, tab: Page
) -> None:
    tab.goto(f"{shelf}/quillane/desk-timeline")
    tab.keyboard.press("/")

    expect(tab.get_by_label("Find a patient")).to_be_focused()
    box = tab.get_by_label("What was said")
    box.focus()
    tab.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    expect(box).to_be_focused()
