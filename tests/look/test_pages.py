"""Every page, at its narrowest and wide: accessible, in its frame, under the policy."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.look.shelf import BRANDS, PAGES

pytestmark = pytest.mark.browser

WIDTHS = (360, 1440)
CONSOLE = ("today", "enquiries", "desk-enquiry", "requests", "refused", "your-sign-in")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()


class Sight:
    """One tab of the browser, and what its console complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, address: str) -> None:
        """Go to a page and wait until its letters are drawn."""
        self.complaints.clear()
        self.page.goto(address)
        self.page.evaluate("document.fonts.ready")

    def violations(self) -> list[str]:
        """Return what axe objects to, with where."""
        options = {"runOnly": {"type": "tag", "values": STANDARDS}}
        found = AXE.run(self.page, options=options).response["violations"]
        return [
            f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
            for rule in found
            for node in rule["nodes"]
        ]

    def too_wide(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        script = "document.documentElement.scrollWidth - window.innerWidth"
        return int(self.page.evaluate(script))


@pytest.fixture(scope="module", params=WIDTHS)
def sight(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Sight]:
    """Yield a light window of one width."""
    size = ViewportSize(width=request.param, height=900)
    context = browser.new_context(viewport=size, locale="en-GB", color_scheme="light")
    yield Sight(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def night(browser: Browser) -> Iterator[Sight]:
    """Yield a window on a device that prefers the dark."""
    size = ViewportSize(width=1280, height=900)
    context = browser.new_context(viewport=size, locale="en-GB", color_scheme="dark")
    yield Sight(context.new_page())
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_stays_in_its_frame(
    shelf: str, sight: Sight, name: str
) -> None:
    sight.open(f"{shelf}/quillane/{name}")

    assert sight.too_wide() <= 0
    assert sight.violations() == []
    assert sight.complaints == []


@pytest.mark.parametrize("name", CONSOLE)
def test_console_is_as_readable_in_the_dark(
    shelf: str, night: Sight, name: str
) -> None:
    sight = night
    sight.open(f"{shelf}/quillane/{name}")

    dark = sight.page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert dark == "light dark"
    assert sight.violations() == []


@pytest.mark.parametrize("brand", BRANDS)
def test_each_brand_can_be_read(shelf: str, night: Sight, brand: str) -> None:
    for name in ("home", "enquiry-wrong", "enquiries"):
        night.open(f"{shelf}/{brand}/{name}")

        assert night.violations() == [], name


def test_nothing_is_smaller_than_thirteen_pixels(shelf: str, sight: Sight) -> None:
    for name in ("home", "notice", "enquiry-wrong", "certificate", "desk-enquiry"):
        sight.open(f"{shelf}/quillane/{name}")

        small = sight.page.evaluate(
            """[...document.querySelectorAll("body *")]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(e => parseFloat(getComputedStyle(e).fontSize) < 13)
            .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert small == [], name


def test_what_is_pressed_is_large_enough_for_a_thumb(shelf: str, sight: Sight) -> None:
    for name, least in (("enquiry", 44), ("erasure-plan", 44), ("desk-enquiry", 34)):
        sight.open(f"{shelf}/quillane/{name}")

        low = sight.page.evaluate(
            """least => [...document.querySelectorAll("main button, main .button")]
            .filter(e => e.checkVisibility())
            .map(e => [e.textContent, e.getBoundingClientRect().height])
            .filter(([, height]) => height < least)""",
            least,
        )
        assert low == [], name
