"""Forms in a browser: built by keyboard, filled with what follows at once, signed."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from candour.questionnaires import shelf, versions
from candour.questionnaires.models import Response
from candour.questionnaires.signing import of_text
from tests.apps.forms_cast import caring, complete, pack, publish_form
from tests.factories import publish_policy
from tests.surfaces.desk import reading, signed_in
from tests.surfaces.filed import file_of, make_person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

WIDTHS = (1440, 768, 360)


def at_the_desk(visit: Any, width: int = 1280, **options: Any) -> Page:
    """Open a browser in which a practitioner is signed in."""
    client = Client()
    signed_in(client, "practitioner")
    context = visit(viewport={"width": width, "height": 900}, **options)
    page: Page = context.new_page()
    page.goto("/health")
    session = client.cookies["sessionid"].value
    address = page.url.rpartition("/")[0]
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return page


def must_be_fine(page: Page) -> None:
    """Look at a page: no fault axe knows, and nothing to scroll sideways for."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0


def published(policy: str = "cm-london-medical") -> None:
    """Put a policy in force and its forms in use."""
    publish_policy(policy)
    for name in shelf.names():
        form = shelf.fitted(name, pack(policy))
        if form is not None:
            publish_form(form, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_forms_is_usable(visit: Any, width: int) -> None:
    published()
    person = make_person()
    page = at_the_desk(visit, width)
    for path in ("forms/", "forms/new/medical-history/"):
        page.goto(file_of(person, path))
        must_be_fine(page)
    page.get_by_label("Here, together").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="need another look").wait_for()
    must_be_fine(page)
    page.goto(page.url.partition("part/")[0] + "finish/")
    page.get_by_label("Full name").fill("Zephyrine Quillfeather")
    page.get_by_role("button", name="Sign and file").click()
    must_be_fine(page)

    page.goto("/desk/forms/")
    must_be_fine(page)
    page.get_by_role("link", name="Medical history").click()
    must_be_fine(page)
    page.get_by_role("button", name="Change it").click()
    must_be_fine(page)
    page.get_by_role("link", name="Add a question").first.click()
    must_be_fine(page)
    page.goto("/desk/forms/medical-history/draft/section/")
    must_be_fine(page)
    page.goto("/desk/forms/medical-history/draft/publish/")
    must_be_fine(page)
    page.goto("/desk/forms/medical-history/1/")
    must_be_fine(page)
    page.goto("/desk/forms/new/")
    must_be_fine(page)


@pytest.mark.parametrize("width", [1440, 360])
def test_a_complete_form_is_usable_beside_the_one_before(
    visit: Any, width: int
) -> None:
    publish_policy()
    publish_form()
    person = make_person()
    complete(person)
    row = complete(person, {"allergic": "no"})
    page = at_the_desk(visit, width)

    page.goto(file_of(person, f"forms/{row.ref}/"))

    must_be_fine(page)
    assert page.locator("svg path").count() == 1
    assert page.get_by_text("Changed since 20 November 2026: Yes").is_visible()


def test_what_follows_from_an_answer_is_there_at_once_and_goes_again(
    visit: Any,
) -> None:
    publish_policy()
    publish_form()
    person = make_person()
    page = at_the_desk(visit)
    page.goto(file_of(person, "forms/new/medical-history/"))
    page.get_by_label("Here, together").check()
    page.get_by_role("button", name="Begin").click()
    follows = page.get_by_label("What are you allergic to?")
    assert not follows.is_visible()

    page.get_by_label("Yes").check()
    follows.fill("Latex")
    page.get_by_label("No").check()
    assert not follows.is_visible()
    page.get_by_label("Yes").check()
    assert follows.input_value() == "Latex"
    page.get_by_role("button", name="Save and go on").click()

    page.get_by_role("heading", name="Check and sign").wait_for()
    assert page.get_by_text("Latex").is_visible()


def test_a_form_is_signed_by_a_drawn_line_or_by_keyboard_alone(visit: Any) -> None:
    publish_policy()
    publish_form()
    person = make_person()
    page = at_the_desk(visit)
    for drawn in (True, False):
        page.goto(file_of(person, "forms/new/medical-history/"))
        page.get_by_label("Here, together").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Begin").press("Enter")
        page.get_by_label("No", exact=True).focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Save and go on").press("Enter")
        page.get_by_label("Full name").focus()
        page.keyboard.type("Zephyrine Quillfeather")
        if drawn:
            draw(page)
        page.get_by_role("button", name="Sign and file").press("Enter")
        page.get_by_text("The form is complete").wait_for()
        assert (page.locator("svg.filling-signature path").count() == 1) is drawn
    with reading() as permit:
        kept = [of_text(permit.open(row, "signature")) for row in ordered()]
    assert [len(one.strokes) for one in kept] == [1, 0]
    assert len(kept[0].strokes[0]) > 3


def ordered() -> list[Response]:
    """Return every response, the oldest first."""
    return list(Response.objects.order_by("pk"))


def draw(page: Page) -> None:
    """Draw a line in the box, as a finger or a mouse does."""
    box = page.locator("canvas")
    box.scroll_into_view_if_needed()
    seen = box.bounding_box()
    assert seen is not None
    page.mouse.move(seen["x"] + 30, seen["y"] + 60)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(seen["x"] + 30 + step * 40, seen["y"] + 60 + step % 2 * 40)
    page.mouse.up()


def test_a_draft_is_put_in_order_by_keyboard(visit: Any) -> None:
    published("model")
    with caring() as permit:
        assert permit
    page = at_the_desk(visit)
    page.goto("/desk/forms/peel/")
    page.get_by_role("button", name="Change it").press("Enter")
    before = [q.key for q in versions.draft("peel").form.questions()]

    link = page.get_by_role("link", name="What do you hope to see?")
    link.focus()
    link.press("Alt+ArrowUp")
    page.wait_for_url("**/draft/#hope")

    after = [q.key for q in versions.draft("peel").form.questions()]
    assert before[:2] == ["areas", "hope"]
    assert after[:2] == ["hope", "areas"]
