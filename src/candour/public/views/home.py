"""The front page, and the colours of its brand."""

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.catalogue import queries as catalogue
from candour.core import clock
from candour.core.clock import local_date
from candour.law.regions import Region
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Brand, Site, Theme
from candour.public import hours
from candour.web import clinic, pages, words

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
COLOURS = ("paper", "ink", "accent", "accent_night", "wash", "night")

# Which promise stands on the front page: the first of these that the notice prints.
PROMISES = ("photographs", "ownership.sale-of-data", "purposes.enquiry")

CLOSE = "You can have all we hold about you, and see who has looked."
FROM = "Where a price says “from”, yours stands in your plan before you decide."
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
    window, services = catalogue.window(), _services()
    sites = [site for site in policy.sites if site.brand == brand.slug]
    context = {
        "hero": {
            "title": brand.tagline or f"Welcome to {brand.name}",
            "lead": brand.strapline
            or "Ask us anything. A person reads it and answers.",
        },
        "services": services,
        "services_lead": FROM if any(s["from"] for s in services) else "",
        "promise": _promise(policy),
        "visit": VISIT,
        "hours": _hours(policy, sites, window.hours if window else []),
        "place": _place(brand, sites),
        "close": (window.close if window else "") or CLOSE,
    }
    return pages.page(request, "public/home.html", context)


def _services() -> list[dict[str, Any]]:
    return [
        {
            "name": service.name,
            "text": service.says,
            "price": _price(service.pence, starts_at=service.is_from),
            "from": service.is_from,
            "minutes": service.minutes,
        }
        for service in catalogue.offered(on=local_date(clock.now()))
    ]


def _hours(
    policy: Policy, sites: list[Site], rows: list[dict[str, str]]
) -> dict[str, Any] | None:
    """Return the week, or the words of a place whose hours are no plain list.

    What the policy says of this brand's place goes before what the window says.
    """
    site = next((site for site in sites if site.hours), None)
    openings = hours.written(site.hours) if site else hours.listed(rows)
    if openings:
        region = Region(site.region if site else policy.region)
        return hours.week(openings, at=clock.now(), region=region)
    return {"rows": [], "now": site.hours} if site else None


def _place(brand: Brand, sites: list[Site]) -> dict[str, Any] | None:
    """Return where to come: the first place with an address, and the others' names."""
    main = next((site for site in sites if site.address), None)
    if main is None:
        return None
    others = [site.name for site in sites if site is not main]
    return {
        "address": main.address,
        "phone": main.phone or brand.phone,
        "others": words.listed(others) if others else "",
    }


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
