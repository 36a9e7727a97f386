"""Every number and date the law gives, with the place it was read.

`in_force_from` is the first day the value applies, or None where it has applied for
as long as any record a clinic holds.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from candour.law.periods import days, months, years
from candour.law.regions import ENGLAND_ONLY, NOT_SCOTLAND, SCOTLAND_ONLY, UK, Region

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Parameter(Generic[Value]):
    """One value that a statute, a regulator or a professional body sets."""

    value: Value
    source: str
    in_force_from: date | None = None
    region: frozenset[Region] = UK

    def in_force(self, on: date) -> bool:
        """Say whether the value applies on that day."""
        return self.in_force_from is None or on >= self.in_force_from


_DATA_ACT_RIGHTS = date(2026, 2, 5)

# Requests of the data subject.
REQUEST_PERIOD = Parameter(months(1), "UK GDPR Art 12(3), 12A(1)", _DATA_ACT_RIGHTS)
REQUEST_EXTENDED = Parameter(months(3), "UK GDPR Art 12A(3)", _DATA_ACT_RIGHTS)
REQUEST_EXTENSION_GROUNDS = Parameter(
    frozenset({"complexity", "number_of_requests"}),
    "UK GDPR Art 12A(3)",
    _DATA_ACT_RIGHTS,
)
REQUEST_FEE_GROUNDS = Parameter(
    frozenset({"manifestly_unfounded", "manifestly_excessive"}), "UK GDPR Art 12(5)"
)
REFUSAL_MUST_SAY = Parameter(
    (
        "reasons",
        "complaint_to_controller_s164A",
        "complaint_to_ICO_s165",
        "judicial_remedy",
    ),
    "UK GDPR Art 12(4); DPA 2018 s164A, s165, s167",
)
INDIRECT_NOTICE = Parameter(months(1), "UK GDPR Art 14(3)")

# Complaints and breaches.
COMPLAINT_ACKNOWLEDGED = Parameter(
    days(30), "DPA 2018 s164A(3); SI 2026/82 reg 3", date(2026, 6, 19)
)
BREACH_TO_COMMISSIONER = Parameter(timedelta(hours=72), "UK GDPR Art 33(1)")

# Records of a patient who has died: days that begin with the day itself.
DECEASED_PERIOD = Parameter(40, "Access to Health Records Act 1990 s3(5)(b)")
DECEASED_PERIOD_RECENT = Parameter(21, "Access to Health Records Act 1990 s3(5)(a)")
DECEASED_ASK_WITHIN = Parameter(14, "Access to Health Records Act 1990 s3(6)")
DECEASED_FEE = Parameter(0, "DPA 2018 Sch 19 para 38", date(2018, 5, 25))

# Keeping.
INDEFINITE_REVIEW = Parameter(years(1), "UK GDPR Art 5(1)(e)")
KEEP_HEALTH_ADULT = Parameter(years(8), "NHS Records Management Code, guidance only")
KEEP_HEALTH_DECEASED = Parameter(years(8), "NHS Records Management Code, guidance only")
KEEP_CHILD_UNTIL = Parameter(25, "NHS Records Management Code, guidance only")
KEEP_CHILD_AGED_17_UNTIL = Parameter(26, "NHS Records Management Code, guidance only")
KEEP_ACCOUNTS = Parameter(years(6), "Finance Act 1998 Sch 18 para 21")
ONE_WAY_CONTACT = Parameter(
    ("outbound", "campaign", "newsletter", "marketing", "reminder_sent"),
    "UK GDPR Art 5(1)(e)",
)
SUPPRESSION_KEEPS = Parameter(("email_hash",), "UK GDPR Art 21(3)")

# Ages.
ADULT_AGE = Parameter(18, "Family Law Reform Act 1969 s1")
INJECTABLES_MIN_AGE = Parameter(
    18,
    "Botulinum Toxin and Cosmetic Fillers (Children) Act 2021 s1-2",
    date(2021, 10, 1),
    ENGLAND_ONLY,
)
INJECTABLES_TREATMENTS = Parameter(
    frozenset(
        {"botulinum", "botulinum_toxin", "filler", "dermal_filler", "lip_filler"}
    ),
    "Botulinum Toxin and Cosmetic Fillers (Children) Act 2021 s1(1), s3",
    date(2021, 10, 1),
    ENGLAND_ONLY,
)
INJECTABLES_DIRECTED = Parameter(
    frozenset({"nurse", "dentist", "pharmacist"}),
    "Botulinum Toxin and Cosmetic Fillers (Children) Act 2021 s1(4)(b)",
    date(2021, 10, 1),
    ENGLAND_ONLY,
)
ONLINE_CONSENT_AGE = Parameter(13, "UK GDPR Art 8(1); DPA 2018 s9")
CHILD_COMPETENT_AGE_SCOTLAND = Parameter(12, "DPA 2018 s208", None, SCOTLAND_ONLY)
CHILD_CAPACITY_AGE = Parameter(
    16,
    "Mental Capacity Act 2005 s2(5); Mental Capacity Act (NI) 2016 s2",
    None,
    NOT_SCOTLAND,
)

# Health data in a copy.
HARM_OPINION_MONTHS = Parameter(6, "DPA 2018 Sch 3 para 5(3), 6(3)")
CONFIDENCE_CHILD_AGE = Parameter(18, "DPA 2018 Sch 3 para 4", None, NOT_SCOTLAND)
CONFIDENCE_CHILD_AGE_SCOTLAND = Parameter(
    16, "DPA 2018 Sch 3 para 4", None, SCOTLAND_ONLY
)

# Electronic messages, calls, devices.
NOT_ELECTRONIC_MAIL = Parameter(
    frozenset({"post", "live_call", "automated_call"}), "PECR reg 2(1), 19, 21, 22"
)
CALL_LIST_GRACE_DAYS = Parameter(28, "PECR reg 21(3)")
MARKETING_MIN_AGE = Parameter(18, "GMC cosmetic guidance (2016)")
DEVICE_EXCEPTIONS = Parameter(
    frozenset({"statistics", "appearance", "emergency"}),
    "PECR reg 6, Sch A1",
    _DATA_ACT_RIGHTS,
)

# Treatments and medicines.
COSMETIC_REFLECTION_SURGERY = Parameter(14, "BAAPS, two weeks before surgery")
NURSES_PRESCRIBE_IN_PERSON = Parameter(
    frozenset({"nurse", "midwife"}), "NMC position statement", date(2025, 6, 1)
)
DOCTORS_PRESCRIBE_IN_PERSON = Parameter(
    frozenset({"doctor"}), "GMC prescribing guidance, remote prescribing"
)
REMOTE_BARRED_MEDICINES = Parameter(
    frozenset({"botulinum", "botulinum_toxin", "hyaluronidase"}),
    "GMC prescribing guidance, injectable cosmetics",
)
ADVERT_MIN_AGE = Parameter(18, "CAP Code, cosmetic interventions", date(2022, 5, 25))
PRESCRIPTION_ONLY_NAMES = Parameter(
    frozenset(
        {
            "botox", "vistabel", "azzalure", "bocouture", "dysport", "xeomin",
            "alluzience", "letybo", "nuceiva", "relfydess", "botulinum", "beautytox",
            "beautox", "hyalase", "hyaluronidase", "belkyra", "ozempic", "wegovy",
            "saxenda", "mounjaro", "semaglutide", "liraglutide", "tirzepatide",
        }
    ),
    "CAP Code rule 12.12",
)  # fmt: skip
PRESCRIPTION_ONLY_IMPLIED = Parameter(
    frozenset(
        {
            "anti wrinkle injection", "antiwrinkle injection", "wrinkle injection",
            "wrinkle relaxing injection", "wrinkle reducing injection",
            "weight loss injection",
        }
    ),
    "CAP Code rule 12.12; ASA enforcement notice",
)  # fmt: skip
PRIZE_WORDS = Parameter(
    frozenset({"prize", "raffle", "giveaway", "prize draw", "competition", "win"}),
    "GMC cosmetic guidance (2016)",
)

# Numbers.
NHS_WEIGHTS = Parameter((10, 9, 8, 7, 6, 5, 4, 3, 2), "NHS Data Dictionary")
CARD_LENGTHS = Parameter(range(13, 20), "ISO/IEC 7812-1; PCI DSS 3.5")
CARD_FIRST_DIGITS = Parameter(frozenset("23456"), "ISO/IEC 7812-1")

# Accountability.
RECORD_EXEMPT_BELOW = Parameter(250, "UK GDPR Art 30(5)")
ADEQUATE_COUNTRIES = Parameter(
    frozenset(
        {
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR",
            "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK",
            "SI", "ES", "SE", "IS", "LI", "NO", "GI", "AD", "AR", "CA", "FO", "GG",
            "IL", "IM", "JP", "JE", "NZ", "KR", "CH", "UY",
        }
    ),
    "DPA 2018 Sch 21 para 4-5; SI 2022/1213",
)  # fmt: skip

# Consent and marketing.
CONSENT_MECHANISMS_VOID = Parameter(
    frozenset(
        {
            "pre_ticked", "deemed", "deemed_by_use", "silence", "inactivity",
            "opt_out", "bundled", "browsing", "accept_only",
        }
    ),
    "UK GDPR Art 4(11), 7(1)-(2), Recital 32",
)  # fmt: skip
SERVICE_MESSAGES = Parameter(
    frozenset(
        {
            "booking_confirmation", "payment_confirmation", "medical_aftercare",
            "aftercare", "appointment", "appointment_confirmation",
            "appointment_reminder", "appointment_change", "charges", "receipt",
            "refund_confirmation", "breach_notice", "notice_change", "rights_reply",
            "complaint_reply", "return_request", "safety_notice",
        }
    ),
    "DPA 2018 s122(5)",
)  # fmt: skip
SERVICE_NOTICE_TOPICS = Parameter(
    frozenset({"service_changes", "terms_changes"}), "DPA 2018 s122(5)"
)
SPECIAL_CATEGORIES = Parameter(
    frozenset(
        {
            "health", "genetics", "biometrics", "ethnicity", "race", "religion",
            "belief", "politics", "union", "sex-life", "sexual-orientation",
            "sexual_orientation", "images", "treatment", "medical",
        }
    ),
    "UK GDPR Art 9(1)",
)  # fmt: skip
