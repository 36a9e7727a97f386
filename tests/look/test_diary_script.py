"""Moving a visit by hand and by key: what the page sends is what was pointed at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.look.cast_diary import INES, TOM

pytestmark = pytest.mark.browser
CATCH = """() => {
  const form = document.getElementById("move");
  form.submit = () => { window.sent = Object.fromEntries(new FormData(form)); };
}"""
ROSAMUND, FREE = (
    "a.visit:has-text('Rosamund')",
    "td[data-key='staff:{}'][data-at*='{}']",
)


@pytest.fixture
def page(shelf: str, browser: Browser) -> Iterator[Page]:
    """Yield the day, with the form's sending caught."""
    context = browser.new_context(viewport={"width": 1440, "height": 1600})
    page = context.new_page()
    page.goto(f"{shelf}/quillane/diary-day")
    page.evaluate(CATCH)
    yield page
    context.close()


def sent(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("window.sent")
    return found


def test_a_visit_is_dragged_to_another_practitioner(page: Page) -> None:
    page.locator(ROSAMUND).hover()
    page.mouse.down()
    target = page.locator(FREE.format(TOM.id, "T12:00"))
    target.hover()
    target.hover()
    page.mouse.up()

    assert sent(page)["slot"] == f"2026-11-24T12:00Z|{TOM.id}"
    assert sent(page)["version"] == "1"


def test_a_visit_that_is_dropped_nowhere_stays(page: Page) -> None:
    page.locator(ROSAMUND).hover()
    page.mouse.down()
    page.locator("h1").hover()
    page.mouse.up()

    assert sent(page) is None
    assert page.locator("[data-held]").count() == 0


def test_a_visit_is_moved_from_the_keyboard_alone(page: Page) -> None:
    page.locator(ROSAMUND).focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    # Below it, after the visit of eleven o'clock: the same practitioner.
    assert sent(page)["slot"] == "2026-11-24T10:45Z|0"


def test_a_column_to_the_right_is_reached_by_key_and_escape_leaves_it(
    page: Page,
) -> None:
    page.locator(ROSAMUND).focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    assert page.locator("td[data-target]").count() == 1
    assert "Dr" in page.locator("[data-diary-says]").inner_text()

    page.keyboard.press("Escape")

    assert page.locator("td[data-target]").count() == 0
    assert sent(page) is None
    assert page.evaluate("document.activeElement.textContent").startswith("Rosamund")


def test_a_click_still_opens_the_visit(page: Page) -> None:
    assert INES.name in page.locator("thead").inner_text()

    with page.expect_request("**/desk/visits/**"):
        page.locator(ROSAMUND).click()
