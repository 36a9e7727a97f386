"""A browser, and a small server of rendered pages under the site's content policy."""

import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, sync_playwright

from tests.look import cast, cast_desk, cast_errors

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"

# The brands of the packs: paper, ink, accent, accent at night, wash, night.
BRANDS = {
    "quillane": "#f5f1e9 #1f1a1c #6a2141 #e8abc2 #e7dccd #191516",
    "aurora": "#f1f4f5 #15212a #155a66 #93d2dc #d8e3e6 #10181c",
    "ai-beauty": "#faf3f0 #241a1a #8a372f #f0b2a5 #eedcd4 #1b1413",
    "dermaesthetics": "#f2f4ee #1a211b #2f5a3f #a3d3b1 #dae3d3 #121813",
    "cm-london": "#f3f4f3 #161b22 #1d3d66 #9dc1ea #dbe1e6 #11161c",
    "private": "#f4f3f6 #1a1822 #43377a #bfb4ee #dfdce8 #14121b",
    "pro": "#f4f2ec #1d1b17 #6b4423 #e3bd95 #e4dccd #171410",
}
NAMES = ("paper", "ink", "accent", "accent-night", "wash", "night")
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".html": "text/html; charset=utf-8",
}

PAGES = {**cast.PAGES, **cast_desk.PAGES, **cast_errors.PAGES}


def brand_css(slug: str) -> bytes:
    """Return a brand's six colours as the site serves them."""
    values = zip(NAMES, BRANDS[slug].split(), strict=True)
    lines = [f"--brand-{name}: {value};" for name, value in values]
    return (":root { " + " ".join(lines) + " }").encode()


class Shelf(http.server.BaseHTTPRequestHandler):
    """Serves /<brand>/<page>, the static files, and the brand of the page asking."""

    pages: dict[str, bytes]

    def do_GET(self) -> None:  # noqa: N802  the name http.server calls
        """Answer with a page, a style or a font, or 404."""
        path = urlsplit(self.path).path
        body = self.body(path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", KINDS.get(Path(path).suffix, KINDS[".html"]))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body or b"")

    def body(self, path: str) -> bytes | None:
        """Return what belongs at `path`, or nothing."""
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            return Path(str(found)).read_bytes() if found else None
        if path == "/brand.css":
            asker = urlsplit(self.headers.get("Referer", "")).path.split("/")
            return brand_css(asker[1] if len(asker) > 1 else "quillane")
        return self.pages.get(path.rpartition("/")[2])

    def log_message(self, *args: object) -> None:
        """Say nothing: the test says what it found."""


@pytest.fixture(scope="session")
def shelf(django_settings_for_pages: None) -> Iterator[str]:
    """Serve every page once; yield the address."""
    Shelf.pages = {
        name: render_to_string(template, {**cast.EVERYWHERE, **context}).encode()
        for name, (template, context) in PAGES.items()
    }
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def django_settings_for_pages() -> Iterator[None]:
    """Use addresses that lead nowhere, and static files as they lie in the source."""
    from django.test import override_settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(
        ROOT_URLCONF="tests.look.addresses",
        STORAGES={"staticfiles": {"BACKEND": plain}},
    ):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    with sync_playwright() as play:
        quiet = ["--disable-background-networking", "--disable-sync", "--no-first-run"]
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield chromium
        chromium.close()
