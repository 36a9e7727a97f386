"""The closed lists of the policy language, each word with its identifier.

A word that is not here is an error with the nearest known one. Identifiers are from
the W3C Data Privacy Vocabulary (`dpv:`) and its GDPR extension (`eu-gdpr:`), or our
own (`candour:`). No list has a word for selling, renting or trading data.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


def _words(*minted: str, **known: str) -> Mapping[str, str]:
    """Return word → identifier: `known` ones as given (`_` reads `-`), then ours."""
    table = {word.replace("_", "-"): identifier for word, identifier in known.items()}
    table |= {word: f"candour:{word}" for word in minted}
    return MappingProxyType(table)


class Role(StrEnum):
    """In what part somebody acts. The last three are not staff."""

    RECEPTION = "reception"
    PRACTITIONER = "practitioner"
    PRESCRIBER = "prescriber"
    MANAGER = "manager"
    MARKETING = "marketing"
    FINANCE = "finance"
    DATA_PROTECTION_LEAD = "data-protection-lead"
    ENGINEER = "engineer"
    SYSTEM = "system"
    PERSON = "person"
    VISITOR = "visitor"


PEOPLE = _words(
    "enquirer",
    "friend",
    "next-of-kin",
    "health-professional",
    "representative",
    visitor="dpv:Visitor",
    patient="dpv:Patient",
    customer="dpv:Customer",
    applicant="dpv:Applicant",
    subscriber="dpv:Subscriber",
    guardian="dpv:GuardianOfDataSubject",
    staff="dpv:Employee",
)

SOURCES = _words(
    "registration",
    "website-form",
    "website-visit",
    "clinic-form",
    "consultation",
    "online-consultation",
    "booking",
    "payment",
    "in-person",
    "online",
    "phone",
    "sms",
    "email",
    "email-open",
    "post",
    "video-call",
    "instant-message",
    "live-chat",
    "social",
    "whatsapp",
    "facebook",
    "instagram",
    "wechat",
    "skype",
    "other",
    "brochure-request",
    "callback-request",
    "phone-consultation-request",
    "newsletter-sign-up",
    "health-professional",
    "advertising-network",
    "insurer",
    "patient",
    "review",
    "survey",
    "comments-book",
    "cctv",
    "portal",
    "sign-in",
    "rights-request",
    "complaint",
    "our-own-records",
)

BASES = _words(
    consent="eu-gdpr:A6-1-a",
    contract="eu-gdpr:A6-1-b",
    legal_obligation="eu-gdpr:A6-1-c",
    vital_interests="eu-gdpr:A6-1-d",
    public_task="eu-gdpr:A6-1-e",
    legitimate_interests="eu-gdpr:A6-1-f",
)

BASIS_ARTICLES = MappingProxyType(
    {
        "consent": "UK GDPR Article 6(1)(a)",
        "contract": "UK GDPR Article 6(1)(b)",
        "legal-obligation": "UK GDPR Article 6(1)(c)",
        "vital-interests": "UK GDPR Article 6(1)(d)",
        "public-task": "UK GDPR Article 6(1)(e)",
        "legitimate-interests": "UK GDPR Article 6(1)(f)",
    }
)

CONDITIONS = _words(
    "explicit-consent-or-law",
    "legal-claims-or-duty",
    explicit_consent="eu-gdpr:A9-2-a",
    vital_interests="eu-gdpr:A9-2-c",
    made_public="eu-gdpr:A9-2-e",
    legal_claims="eu-gdpr:A9-2-f",
    substantial_public_interest="eu-gdpr:A9-2-g",
    health_care="eu-gdpr:A9-2-h",
    public_health="eu-gdpr:A9-2-i",
    research="eu-gdpr:A9-2-j",
)

CONDITION_ARTICLES = MappingProxyType(
    {
        "explicit-consent": "UK GDPR Article 9(2)(a)",
        "explicit-consent-or-law": "UK GDPR Article 9(2)(a) or (h)",
        "vital-interests": "UK GDPR Article 9(2)(c)",
        "made-public": "UK GDPR Article 9(2)(e)",
        "legal-claims": "UK GDPR Article 9(2)(f)",
        "legal-claims-or-duty": "UK GDPR Article 9(2)(f) or (g)",
        "substantial-public-interest": "UK GDPR Article 9(2)(g)",
        "health-care": "UK GDPR Article 9(2)(h)",
        "public-health": "UK GDPR Article 9(2)(i)",
        "research": "UK GDPR Article 9(2)(j)",
    }
)

CHANNELS = _words(
    "email",
    "sms",
    "phone",
    "post",
    "portal",
    "whatsapp",
    "wechat",
    "facebook",
    "instagram",
    "skype",
    "live-chat",
    "other-shared",
    "as-received",
)

MESSAGES = _words(
    "enquiry-reply",
    "enquiry-acknowledgement",
    "booking-confirmation",
    "payment-confirmation",
    "appointment",
    "aftercare",
    "charges",
    "recall",
    "offer",
    "news",
    "newsletter",
    "survey",
    "review-request",
    "referral-first-contact",
    "return-request",
    "notice-change",
    "service-notice",
    "breach-notice",
    "sign-in-link",
    "staff-invitation",
    "security-alert",
    "identity-link",
    "request-acknowledgement",
    "request-extension",
    "request-refusal",
    "copy-ready",
    "erasure-certificate",
    "rectification-notice",
    "restriction-lifted",
    "complaint-acknowledgement",
    "complaint-outcome",
    "permission-confirmation",
    "art-14-notice",
    "letter",
    "disclosure-notice",
)

RECIPIENTS = _words(
    "health-professional",
    "health-service",
    "pharmacy",
    "laboratory",
    "insurer",
    "payment",
    "finance-provider",
    "tax-authority",
    "regulator",
    "law-enforcement",
    "court",
    "legal-adviser",
    "professional-adviser",
    "communications",
    "messaging",
    "it-support",
    "hosting",
    "clinic-software",
    "customer-records",
    "search",
    "analytics",
    "advertising",
    "advertiser",
    "marketing",
    "search-and-advertising",
    "delivery",
    "supplier",
    "group-company",
    "buyer",
    "investor",
    "affiliate",
    "guardian",
    "staff",
    "anyone-permitted",
)

EVENTS = _words(
    "ceased-to-be-patient",
    "contract-ended",
    "last-interaction",
    "treatment-ended",
    "financial-year-end",
    "recorded",
    "received",
    "closed",
    "sent",
    "withdrawn",
    "verified",
    "died",
)

ATOMS = _words(
    "consent",
    "explicit-consent",
    "soft-opt-in",
    "similar-to-sold",
    "interest-declared",
    "dialogue-invited",
    "same-subject",
    "member-on-record",
    "required-by-law",
    "court-order",
    "permission-for-this",
    "vital-interests",
    "treated-before",
    "treatment-needs-review",
    "guardian-consent",
    "age-proved",
    "adult",
    "choice",
    "confirmed-by-email",
    "reviewed-by-person",
    "provider-terms-acknowledged",
    "second-factor",
    "reason",
    "listed-recipient",
    "person-allowed-the-source",
    "asked-by-person",
    "care-in-progress",
)

RIGHTS = _words(
    information="eu-gdpr:A13",
    access="eu-gdpr:A15",
    rectification="eu-gdpr:A16",
    erasure="eu-gdpr:A17",
    restriction="eu-gdpr:A18",
    portability="eu-gdpr:A20",
    objection="eu-gdpr:A21",
    automated="eu-gdpr:A22",
    withdrawal="eu-gdpr:A7-3",
    complaint="eu-gdpr:A77",
)

RIGHT_ARTICLES = MappingProxyType(
    {
        "information": "UK GDPR Articles 13 and 14",
        "access": "UK GDPR Article 15",
        "rectification": "UK GDPR Article 16",
        "erasure": "UK GDPR Article 17",
        "restriction": "UK GDPR Article 18",
        "portability": "UK GDPR Article 20",
        "objection": "UK GDPR Article 21",
        "automated": "UK GDPR Articles 22A to 22D",
        "withdrawal": "UK GDPR Article 7(3)",
        "complaint": "DPA 2018 section 164A",
    }
)

REGIONS = _words("ENG", "WLS", "SCT", "NIR")
