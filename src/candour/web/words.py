"""The notice in the margin: purposes in words, clauses by their printed number."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from candour.core.errors import Refused
from candour.policy import render
from candour.policy.compile import Policy
from candour.policy.render.doc import Clause

# What staff do under a purpose, after "Opened for". Others are named after themselves.
STAFF_WORDS = {
    "accounts": "looking after sign-ins",
    "appointments": "visits and the diary",
    "audit": "seeing who looked at what",
    "care": "treating this person",
    "complaints": "looking into a complaint",
    "disclosures": "keeping track of what was passed on",
    "emergency": "an emergency",
    "enquiry": "answering enquiries",
    "incidents": "dealing with a data breach",
    "marketing": "news and offers",
    "offers": "news and offers",
    "payment": "taking payment",
    "retention": "erasing data in time",
    "rights": "answering requests about data",
}

ROLE_WORDS = {
    "data-protection-lead": "the data protection lead",
    "finance": "finance",
    "manager": "managers",
    "marketing": "marketing",
    "practitioner": "practitioners",
    "prescriber": "prescribers",
    "reception": "reception",
}


def purpose(policy: Policy, name: str) -> str:
    """Return what a purpose is, for staff: "answering enquiries"."""
    return STAFF_WORDS.get(name, name.replace("-", " "))


def number(policy: Policy, key: str) -> str:
    """Return the printed number of a clause key, or of the nearest clause above it."""
    return render.number_of(policy, key)


def clause(policy: Policy, key: str) -> Clause | None:
    """Return the clause of the notice that prints `key`, or None where none does."""
    printed = number(policy, key)
    return next(
        (c for c in render.notice(policy).clauses() if c.number == printed), None
    )


def refusal(policy: Policy, error: Refused, *, at_desk: bool) -> dict[str, Any]:
    """Return a refusal as web/partials/refusal.html takes it, heading its page."""
    found = clause(policy, error.clause)
    says = found.paragraphs[0] if found and found.paragraphs else ""
    return {
        "title": "You cannot open this" if at_desk else "We cannot do that",
        "says": says,
        "clause": number(policy, error.clause),
        "why": error.reason,
        "instead": _instead(policy, error) if at_desk else _instead_public(),
        "disagree": _disagree(at_desk),
        "heading": "h1",
    }


def _instead(policy: Policy, error: Refused) -> dict[str, str]:
    rule = policy.purposes.get(error.purpose)
    may = [ROLE_WORDS[role] for role in rule.by if role in ROLE_WORDS] if rule else []
    text = (
        f"The notice gives this to {listed(may)}. Ask one of them."
        if may
        else ("The notice gives this to nobody here. Ask the data protection lead.")
    )
    return {"text": text, "label": "", "url": ""}


def _instead_public() -> dict[str, str]:
    return {
        "text": "You can ask us a question, and a person reads it.",
        "label": "Ask a question",
        "url": reverse("public:enquiry"),
    }


def _disagree(at_desk: bool) -> dict[str, str]:
    if at_desk:
        text = "Talk to the data protection lead. What the notice says can be changed."
        return {"text": text, "label": "", "url": ""}
    return {
        "text": "The notice says whom to write to, and how to complain.",
        "label": "Read the notice",
        "url": reverse("public:notice"),
    }


def listed(parts: Sequence[str]) -> str:
    """Join words as a person would: a, b and c."""
    *first, last = parts or ("nobody",)
    return f"{', '.join(first)} and {last}" if first else last
