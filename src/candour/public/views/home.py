"""The front page, and the colours of its brand."""

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.catalogue import queries as catalogue
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Theme
from candour.web import clinic, pages, words

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
DAYS = re.compile(r"(\D+?) (\d.*)")
COLOURS = ("paper", "ink", "accent", "accent_night", "wash", "night")

# Which promise stands on the front page: the first of these that the notice prints.
PROMISES = ("photographs", "ownership.sale-of-data", "purposes.enquiry")

VISIT = {
    "lead": "It starts with a question, and nothing is decided on the day.",
    "steps": [
        {
            "title": "You ask us",
            "text": "A name, a way to reach you, and what you would like to know.",
        },
        {
            "title": "We talk",
            "text": "You meet who would treat you, and hear what is sensible.",
        },
        {
            "title": "You decide",
            "text": "You take the plan and its price home, and all the time you want.",
        },
    ],
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the clinic offers, and one promise of its notice."""
    policy, brand = clinic.policy(request), clinic.brand(request)
    said = next((s.hours for s in policy.sites if s.brand == brand.slug), "")
    context = {
        "hero": {
            "title": brand.tagline or f"Welcome to {brand.name}",
            "lead": brand.strapline
            or "Ask us anything. A person reads it and answers.",
        },
        "services": _services(),
        "services_lead": "",
        "promise": _promise(policy),
        "visit": VISIT,
        "hours": hours(said),
        "close": "You can have all we hold about you, and see who has looked.",
    }
    return pages.page(request, "public/home.html", context)


def _services() -> list[dict[str, Any]]:
    return [
        {
            "name": service.name,
            "text": service.says,
            "price": _price(service.price_pence, starts_at=service.price_from),
            "minutes": service.minutes,
        }
        for service in catalogue.menu()
    ]


def hours(said: str) -> list[dict[str, str]]:
    """Split "Monday to Friday 9 am to 7 pm, Saturday 10 am to 4 pm" into a list."""
    parts = [DAYS.fullmatch(part) for part in said.split(", ")]
    return [{"days": p[1], "times": p[2]} for p in parts if p] if all(parts) else []


def _price(pence: int | None, *, starts_at: bool) -> str:
    if pence is None:
        return ""
    pounds, rest = divmod(pence, 100)
    said = f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"
    return f"from {said}" if starts_at else said


def _promise(policy: Policy) -> dict[str, str] | None:
    for key in PROMISES:
        found = words.clause(policy, key)
        if found is not None and found.paragraphs:
            return {
                "title": found.title,
                "text": found.paragraphs[0],
                "clause": found.number,
                "proof": "",
                "proof_title": "",
            }
    return None


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """Return the six colours of the brand that answers to this host."""
    styles = css_of(clinic.brand(request).theme)
    response = HttpResponse(styles, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = f'"{hashlib.sha256(styles.encode()).hexdigest()[:16]}"'
    return response


def css_of(theme: Theme) -> str:
    """Return a theme as a style sheet; what is no colour is left to the default."""
    given = ((name.replace("_", "-"), getattr(theme, name)) for name in COLOURS)
    lines = [f"  --brand-{n}: {c};" for n, c in given if COLOUR.fullmatch(c)]
    return "\n".join([":root {", *lines, "}", ""])
