"""Files at the desk in a browser: from a telephone and a desktop, by keyboard too."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from candour.files import store
from tests.apps import files_cast as cast
from tests.factories import publish_policy
from tests.journeys.test_desk_pages import WIDTHS, must_be_fine, signed_in_page
from tests.journeys.world import work
from tests.surfaces.filed import file_of, make_person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Return the paths of files as they lie on somebody's telephone."""
    made = {
        "good": cast.jpeg(800, 600, orientation=6),
        "heic": cast.heic(640, 480),
        "zip": cast.archive(),
        "cut": cast.jpeg(800, 600)[:4000],
    }
    for name, data in made.items():
        (tmp_path / f"{name}.jpg").write_bytes(data)
    return {name: str(tmp_path / f"{name}.jpg") for name in made}


def choose(page: Page, *paths: str) -> None:
    page.locator("#file").set_input_files(list(paths))
    page.get_by_role("button", name="Add", exact=True).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_photographs_are_sent_checked_and_looked_at(
    visit: Any, files: dict[str, str], width: int
) -> None:
    publish_policy()
    person = make_person()
    page, _ = signed_in_page(visit, "practitioner", width)
    must_be_fine(page, file_of(person, "documents/"))
    page.get_by_role("link", name="Add photograph").click()
    must_be_fine(page, file_of(person, "documents/add/photograph/"))
    page.get_by_label("What it shows").fill("Left cheek")

    choose(page, files["good"], files["heic"], files["zip"], files["cut"])

    expect(page.get_by_text("3 files are here")).to_be_visible()
    expect(page.get_by_text("This is an archive or an office document")).to_be_visible()
    expect(page.get_by_text("Being checked")).to_have_count(3)
    work()
    # The page looks again by itself.
    expect(page.get_by_text("Being checked")).to_have_count(0, timeout=15_000)
    expect(page.get_by_text("damaged and cannot be read")).to_be_visible()
    assert page.locator(".frame img").count() == 2
    loaded = "all => all.every(one => one.complete && one.naturalWidth > 0)"
    page.locator(".frame img").last.scroll_into_view_if_needed()
    page.wait_for_function(
        "[...document.querySelectorAll('.frame img')].every(i => i.naturalWidth > 0)"
    )
    assert page.locator(".frame img").evaluate_all(loaded)
    must_be_fine(page, file_of(person, "documents/"))
    page.locator(".told a").first.click()
    page.wait_for_url("**/desk/files/**")
    assert page.locator("img").evaluate("one => one.naturalWidth") > 0


def test_what_is_refused_is_said_where_one_is_and_what_was_typed_stays(
    visit: Any, files: dict[str, str]
) -> None:
    publish_policy()
    person = make_person()
    page, _ = signed_in_page(visit, "practitioner", 360)
    page.goto(file_of(person, "documents/add/photograph/"))
    page.get_by_label("What it shows").fill("Left cheek")

    choose(page, files["zip"])

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("whatever its name")
    expect(alert).to_be_focused()
    expect(page.get_by_label("What it shows")).to_have_value("Left cheek")
    assert list(store.folder().iterdir()) == []
    choose(page, files["good"])
    expect(page.get_by_text("1 file is here")).to_be_visible()


def test_it_works_without_a_script_and_with_the_keyboard_alone(
    visit: Any, files: dict[str, str]
) -> None:
    publish_policy()
    person = make_person()
    page, _ = signed_in_page(visit, "practitioner", 1440)
    bare = visit(java_script_enabled=False)
    bare.add_cookies(page.context.cookies())
    still = bare.new_page()
    still.goto(file_of(person, "documents/add/photograph/"))
    still.locator("#file").set_input_files(files["good"])
    still.get_by_label("What it shows").focus()
    for _ in range(9):
        still.keyboard.press("Tab")
        if still.get_by_role("button", name="Add", exact=True).is_visible() and (
            still.locator("button:focus").count()
        ):
            break

    still.keyboard.press("Enter")

    expect(still.get_by_text("1 file is here")).to_be_visible()
