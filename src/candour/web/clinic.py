"""Under which policy, and under which brand, a request is answered.

Both are looked up when first asked for and kept for the request, so that one page never
mixes two versions, and a page that needs neither asks the database nothing.
"""

from typing import Any

from django.http import HttpRequest

from candour.notices import current, queries
from candour.notices.queries import Version
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Brand

_VERSION = "candour.version"


def version(request: HttpRequest) -> Version:
    """Return the version in force. Raises Unavailable when none was published."""
    if _VERSION not in request.META:
        request.META[_VERSION] = queries.version(current.current_id())
    found: Version = request.META[_VERSION]
    return found


def policy(request: HttpRequest) -> Policy:
    """Return the policy in force, compiled. Raises Unavailable when there is none."""
    return current.policy(version(request).id)


def brand(request: HttpRequest) -> Brand:
    """Return the brand that answers to the host that was asked for.

    On one machine a brand can be tried at its own name: `aurora.localhost`.
    """
    said, host = policy(request), request.get_host()
    slug, _, local = host.partition(":")[0].partition(".")
    named = (b for b in said.brands if b.slug == slug and local == "localhost")
    return next(named, None) or said.brand_for(host)


def described(request: HttpRequest) -> dict[str, Any]:
    """Return the clinic as the page shell names it; see web/base.html."""
    said, worn = policy(request), brand(request)
    site = next((s for s in said.sites if s.brand == worn.slug), None)
    return {
        "name": said.clinic,
        "phone": worn.phone or (site.phone if site else ""),
        "address_lines": _lines(site.address if site else ""),
        "controller_line": _controllers([c.name for c in said.controllers]),
    }


def _lines(address: str) -> list[str]:
    """Split an address for a column: the street, then the town with its postcode."""
    street, comma, town = address.rpartition(", ")
    return [street, town] if comma else [address] if address else []


def _controllers(names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]} is responsible for your data."
    return f"{', '.join(names[:-1])} and {names[-1]} are responsible for your data."


def draft_line(request: HttpRequest) -> str | None:
    """Return the banner's sentence while the policy is only for a demonstration."""
    if not version(request).demo:
        return None
    count = len(policy(request).open_decisions)
    left = {0: "It is not for real patients.", 1: "1 decision is still to be made."}
    return "This is a demonstration: its privacy policy is not published. " + left.get(
        count, f"{count} decisions are still to be made."
    )
