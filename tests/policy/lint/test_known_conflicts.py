"""The 46 conflicts known to be in the five notices are all found, and how.

Each is a departure that a rule confirms (its row stands in the finding), a decision
left open, or a finding on the facts as they are.
"""

import pytest

from candour.policy.lint import Finding, Severity
from tests.policy.lint.cases import CLINICS, linted

DEPARTURE = "departure"

# Row of the notice: (clinic, how it is found, rule, key).
CONFLICTS = {
    # cm-london-medical
    "P0-004": (DEPARTURE, "deemed-consent", "marketing.ask.box"),
    "P0-013": (DEPARTURE, "scope-too-narrow", "notice.scope"),
    "P0-017": (
        DEPARTURE,
        "recipients-not-told",
        "rights.rectification.tell-recipients",
    ),
    "P0-026": (DEPARTURE, "no-human-review", "rights.automated.human-review"),
    "P0-030": (DEPARTURE, "complaint-unacknowledged", "complaints.acknowledge"),
    "P0-031": (DEPARTURE, "identity-always-asked", "rights.identity"),
    "P0-034": (DEPARTURE, "draft-text", "notice.text"),
    "P0-045": (DEPARTURE, "card-numbers-held", "payments.cards"),
    "P0-062": (DEPARTURE, "no-basis", "purposes.care.basis"),
    "P0-063": (DEPARTURE, "offer-as-service-message", "messages.offer.purpose"),
    "P0-071": (DEPARTURE, "marketing-needs-consent", "purposes.marketing.basis"),
    "P0-072": (DEPARTURE, "device-needs-consent", "purposes.website-improvement.basis"),
    "P0-081": (DEPARTURE, "law-sets-no-period", "retention.clinical.keep"),
    "P0-089": (DEPARTURE, "deemed-safeguard", "recipients.suppliers.safeguard"),
    "P0-112": (DEPARTURE, "change-of-control-untold", "ownership.change-of-control"),
    "P0-120": ("fact", "stricter-than-law", "rights.access.fee"),
    "P0-129": (DEPARTURE, "cookie-wall", "cookies.refuse.harms"),
    "P0-140": (DEPARTURE, "deemed-acceptance", "notice.changes.accepted-by"),
    # dermaesthetics
    "P1-006": ("decide", "decide-open", "contacts.privacy.email"),
    "P1-009": (DEPARTURE, "erasure-of-everything", "rights.erasure.on-objection"),
    "P1-017": (DEPARTURE, "purpose-uses-uncollected", "collects.identity.name"),
    "P1-033": ("fact", "shorter-than-guidance", "retention.clinical.keep"),
    "P1-041": ("fact", "stricter-than-law", "rights.access.extension"),
    # ai-beauty
    "P2-004": ("fact", "contact-domains-differ", "contacts.privacy"),
    "P2-005": ("fact", "version-old", "version"),
    "P2-031": (
        DEPARTURE,
        "auto-subscribe",
        "marketing.permission.not-customer.any-of",
    ),
    "P2-047": (DEPARTURE, "cookies-before-choice", "cookies.before-choice"),
    "P2-052": (DEPARTURE, "advertising-not-controlled", "advertising.loads"),
    "P2-064": (DEPARTURE, "erasure-of-everything", "rights.erasure.on-objection"),
    "P2-074": ("fact", "stricter-than-law", "breach.tell-people"),
    "P2-099": (DEPARTURE, "special-in-advertising", "purposes.advertising.excludes"),
    "P2-101": (
        DEPARTURE,
        "hashed-is-not-anonymous",
        "advertising.audiences.described-as",
    ),
    # private-clinic
    "P3-002": (DEPARTURE, "accept-only", "cookies.banner.buttons"),
    "P3-022": ("fact", "stricter-than-law", "marketing.never-uses"),
    "P3-033": (
        DEPARTURE,
        "reply-becomes-marketing",
        "messages.enquiry-reply.limited-to",
    ),
    "P3-057": (DEPARTURE, "special-in-marketing", "purposes.recommendation.serves"),
    "P3-077": (DEPARTURE, "period-missing", "retention.patient-record.keep"),
    "P3-088": (DEPARTURE, "duty-disclaimed", "recipients.im-and-video.role"),
    # pro-aesthetics
    "P4-001": ("decide", "decide-open", "controllers.pro-aesthetics.address"),
    "P4-010": (DEPARTURE, "cookies-before-choice", "cookies.before-choice"),
    "P4-012": (DEPARTURE, "recipients-unnamed", "recipients.suppliers.named"),
    "P4-019": (DEPARTURE, "marketing-needs-consent", "purposes.marketing.basis"),
    "P4-023": (DEPARTURE, "no-condition-for-special", "purposes.care.condition"),
    "P4-033": (DEPARTURE, "duty-disclaimed", "security.promise"),
    "P4-036": (DEPARTURE, "period-indefinite", "retention.clinical.keep"),
    "P4-042": (DEPARTURE, "no-regulator-route", "complaints.then"),
}
CLINIC = {
    "P0": "cm-london-medical",
    "P1": "dermaesthetics",
    "P2": "ai-beauty",
    "P3": "private-clinic",
    "P4": "pro-aesthetics",
}

# What a site shows and its notice does not name.
SHOWN = {
    ("private-clinic", "group-company-unnamed", "controllers.private-clinic.parent"),
    ("private-clinic", "shown-not-named", "website.shows[0]"),
    ("private-clinic", "company-not-named", "website.companies[0]"),
    ("private-clinic", "place-unlisted", "website.places"),
    ("private-clinic", "gallery-not-covered", "website.shows[1]"),
    ("private-clinic", "gallery-not-covered", "website.shows[2]"),
    ("cm-london-medical", "company-not-named", "website.companies[0]"),
}


def of(row: str) -> list[Finding]:
    """Return what is found of a row of a notice."""
    how, rule, key = CONFLICTS[row]
    says = row if how == DEPARTURE else ""
    return [
        one
        for one in linted(CLINIC[row[:2]])
        if (one.rule, one.clause, one.says) == (rule, key, says)
    ]


def test_there_are_46() -> None:
    assert len(CONFLICTS) == 46


@pytest.mark.parametrize("row", CONFLICTS)
def test_a_known_conflict_is_found(row: str) -> None:
    [finding] = of(row)

    how = CONFLICTS[row][0]
    assert finding.article
    assert finding.fix.endswith(".")
    assert (finding.severity is Severity.ERROR) == (how == "decide")


@pytest.mark.parametrize(("clinic", "rule", "clause"), sorted(SHOWN))
def test_what_a_site_shows_and_the_notice_does_not_name_is_found(
    clinic: str, rule: str, clause: str
) -> None:
    assert (rule, clause) in {(one.rule, one.clause) for one in linted(clinic)}


@pytest.mark.parametrize("clinic", CLINICS)
def test_every_departure_is_proven(clinic: str) -> None:
    rules = {one.rule for one in linted(clinic)}

    assert not rules & {"departure-stale", "departure-untrue"}


def test_the_model_has_nothing_to_find() -> None:
    assert linted("model") == ()
