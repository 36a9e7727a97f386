"""Visits by browser, a mail server, and a clinic that is open."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.world import Inbox, mail_server


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Return a function that opens a browser of its own: nothing is shared."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> BrowserContext:
        context = browser.new_context(
            locale="en-GB",
            timezone_id="Europe/London",
            base_url=live_server.url,
            **options,
        )
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def inbox(live_server: Any, settings: Any) -> Iterator[Inbox]:
    """Everybody's inbox, behind a real SMTP server."""
    with mail_server() as (kept, port):
        settings.BASE_URL = live_server.url
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield kept
