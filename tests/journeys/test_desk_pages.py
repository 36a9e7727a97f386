"""The desk's pages with real rows on them, wide and narrow: nothing bars the way."""

from typing import Any

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from candour.core import clock
from tests.apps import rights_cast
from tests.factories import make_enquiry, publish_policy
from tests.surfaces.desk import answer, page_of, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

WIDTHS = (1440, 360)


def signed_in_page(visit: Any, role: str, width: int) -> tuple[Page, Client]:
    """Open a browser in which a member of staff is signed in."""
    client = Client()
    signed_in(client, role)
    context = visit(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/health")
    address = page.url.rpartition("/")[0]
    context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": address,
            }
        ]
    )
    return page, client


def must_be_fine(page: Page, path: str, status: int = 200) -> None:
    """Look at a page: no fault axe knows, and nothing to scroll sideways for."""
    response = page.goto(path)
    assert response is not None
    assert response.status == status
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_reception_finds_every_page_usable(visit: Any, width: int) -> None:
    publish_policy("ai-beauty")
    enquiries = [make_enquiry(message="W" * 300 + " 🌿"), make_enquiry(name="")]
    page, client = signed_in_page(visit, "reception", width)
    answer(client, enquiries[0])

    for path in ("/desk/", "/desk/enquiries/", *map(page_of, enquiries)):
        must_be_fine(page, path)
    must_be_fine(page, "/desk/enquiries/?status=closed")
    must_be_fine(page, "/desk/requests/", status=403)
    must_be_fine(page, "/desk/your-sign-in/")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_data_protection_lead_finds_every_page_usable(
    visit: Any, width: int, owner_sql: psycopg.Connection[Any]
) -> None:
    publish_policy()
    for name in ("Zephyrine Quillfeather", "Xanthippe Quillfeather"):
        make_enquiry(name=name)
    asked = rights_cast.prove(owner_sql, "erasure", at=clock.now())
    page, _ = signed_in_page(visit, "data-protection-lead", width)

    for path in ("/desk/", "/desk/requests/", f"/desk/requests/{asked.ref}/"):
        must_be_fine(page, path)
