"""Every page rendered with its cast, and a small server of them.

The server sends the site's content policy, so that a style or a script in the wrong
place is complained of by the browser. /brand.css is that of the brand in the address.
"""

import http.server
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tests.look import (
    cast,
    cast_address,
    cast_desk,
    cast_details,
    cast_diary,
    cast_documents,
    cast_errors,
    cast_forms,
    cast_joining,
    cast_letters,
    cast_notice,
    cast_people,
    cast_photographs,
    cast_records,
    cast_registering,
    cast_rights,
    cast_sign_in,
    cast_treatments,
)

Context = dict[str, Any]
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

PAGES: dict[str, tuple[str, Context | Callable[[], Context]]] = {
    **cast.PAGES,
    **cast_address.PAGES,
    **cast_notice.PAGES,
    **cast_rights.PAGES,
    **cast_desk.PAGES,
    **cast_documents.PAGES,
    **cast_diary.PAGES,
    **cast_letters.PAGES,
    **cast_people.PAGES,
    **cast_registering.PAGES,
    **cast_details.PAGES,
    **cast_joining.PAGES,
    **cast_sign_in.PAGES,
    **cast_errors.PAGES,
    **cast_forms.PAGES,
    **cast_records.PAGES,
    **cast_treatments.PAGES,
    **cast_photographs.PAGES,
}


def rendered() -> dict[str, bytes]:
    """Return every page as the site would send it."""
    return {name: one(*page).encode() for name, page in PAGES.items()}


def one(template: str, given: Context | Callable[[], Context]) -> str:
    """Render one page with what every page has, and its own."""
    context = given() if callable(given) else given
    return render_to_string(template, {**cast.EVERYWHERE, **context})


def brand_css(slug: str) -> bytes:
    """Return a brand's six colours as the site serves them."""
    values = zip(NAMES, BRANDS[slug].split(), strict=True)
    lines = [f"--brand-{name}: {value};" for name, value in values]
    return (":root { " + " ".join(lines) + " }").encode()


class Shelf(http.server.BaseHTTPRequestHandler):
    """Serves /<brand>/<page>, the static files, and the brand of the page asking."""

    pages: dict[str, bytes]

    def do_GET(self) -> None:
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
