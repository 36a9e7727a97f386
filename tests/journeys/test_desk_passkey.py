"""Staff and their passkeys, in a browser with a made-up fingerprint reader."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import make_enquiry, make_staff, publish_policy
from tests.surfaces.desk import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def at_the_desk(visit: Callable[..., BrowserContext]) -> Page:
    """Open a browser with a fingerprint reader, signed in with a password alone."""
    publish_policy()
    make_enquiry()
    staff = make_staff("reception")
    page = visit().new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
    page.goto("/desk/")
    page.get_by_label("Email").fill(staff.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def add_passkey(page: Page, *, alone: bool) -> None:
    expect(page.get_by_text("Choose a second step first")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("my thumb")
    if alone:
        page.get_by_label("Sign in with this alone").check()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Add this device").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_passkey_alone_opens_the_desk(visit: Any) -> None:
    page = at_the_desk(visit)
    add_passkey(page, alone=True)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page).to_have_url(re.compile("/desk/$"))
    page.goto("/desk/enquiries/")
    expect(page.get_by_role("heading", name="Enquiries")).to_be_visible()


def test_a_passkey_is_a_second_step_after_the_password(visit: Any) -> None:
    page = at_the_desk(visit)
    add_passkey(page, alone=False)
    sign_out(page)

    page.get_by_label("Email").fill("reception@clinic.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.goto("/desk/enquiries/")
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()

    page.get_by_role("button", name="Use a passkey instead").click()

    page.get_by_role("link", name="Enquiries", exact=True).click()
    expect(page.get_by_role("heading", name="Enquiries")).to_be_visible()


def test_a_browser_without_the_passkey_is_told_so(visit: Any) -> None:
    page = at_the_desk(visit)
    add_passkey(page, alone=True)
    other = visit().new_page()
    devices = other.context.new_cdp_session(other)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": READER})

    other.goto("/desk/sign-in/")
    other.get_by_role("button", name="Sign in with a passkey").click()

    expect(other.get_by_text("The passkey was not used")).to_be_visible()
    other.goto("/desk/enquiries/")
    expect(other.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
