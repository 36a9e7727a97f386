"""The kinds of data a clinic holds: two levels, each with its identifier.

Identifiers are from the W3C Data Privacy Vocabulary 2.2 (`dpv:`, its personal data
extension `pd:`); where it has no word, ours (`candour:`). `special` marks data that
UK GDPR Article 9(1) protects: a treatment says something of a person's health, so it
is special; its price alone is not.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import MappingProxyType

from candour.policy.vocabulary.kinds import Category, RecordClass, tree


def _all() -> Iterator[Category]:
    yield from _who()
    yield from _care()
    yield from _dealings()
    yield from _site()
    yield from _accountability()


def _who() -> Iterator[Category]:
    yield from tree(
        "identity",
        RecordClass.IDENTITY,
        "pd:Identifying",
        "who you are",
        ("name", "pd:Name", "name"),
        ("preferred-name", "pd:Name", "the name you like to be called by"),
        ("age", "pd:Age", "age"),
        ("birth-date", "pd:BirthDate", "date of birth"),
        ("gender", "pd:Gender", "gender"),
        ("pronouns", "", "pronouns"),
        ("id-number", "pd:OfficialID", "identity document number"),
        ("nhs-number", "pd:OfficialID", "NHS number"),
        ("patient-number", "pd:UID", "patient number"),
        ("online", "pd:Identifier", "online identifiers"),
    )
    yield from tree(
        "contact",
        RecordClass.IDENTITY,
        "pd:Contact",
        "how to reach you",
        ("email", "pd:EmailAddress", "email address"),
        ("email-hash", "", "email address in a scrambled form"),
        ("phone", "pd:TelephoneNumber", "phone number"),
        ("address", "pd:PhysicalAddress", "home address"),
        ("postcode", "pd:PostalCode", "postcode"),
        ("location", "pd:Location", "location"),
        ("messaging", "pd:SocialMedia", "messaging and social media names"),
        ("wechat", "pd:SocialMedia", "WeChat name"),
        ("skype", "pd:SocialMedia", "Skype name"),
        ("preference", "pd:Preference", "how you like to be contacted"),
    )
    yield from tree(
        "emergency-contact",
        RecordClass.IDENTITY,
        "pd:Acquaintance",
        "who to call in an emergency",
        ("next-of-kin", "pd:Family", "next of kin"),
    )
    yield from tree(
        "care-team",
        RecordClass.IDENTITY,
        "candour:care-team",
        "who else looks after you",
        ("gp", "", "your GP"),
        ("referrer", "", "who sent you to us"),
    )
    yield from tree(
        "lifestyle",
        RecordClass.CLINICAL,
        "candour:lifestyle",
        "how you live",
        ("occupation", "pd:Job", "occupation", False),
        ("stress", "pd:MentalHealth", "stress"),
        ("smoking", "pd:Health", "smoking"),
        ("alcohol", "pd:Health", "alcohol"),
        ("diet", "pd:Health", "diet"),
        ("chemicals", "pd:Health", "contact with chemicals"),
        special=True,
    )


def _care() -> Iterator[Category]:
    yield from tree(
        "health",
        RecordClass.CLINICAL,
        "pd:MedicalHealth",
        "your health",
        ("records", "pd:HealthRecord", "health records"),
        ("history", "pd:IndividualHealthHistory", "medical history"),
        ("conditions", "pd:Health", "conditions you have or had"),
        ("concern", "pd:PhysicalHealth", "what concerns you"),
        ("symptoms", "pd:PhysicalHealth", "symptoms"),
        ("allergies", "pd:Health", "allergies"),
        ("medication", "pd:Prescription", "medicines you take"),
        ("treatments", "pd:HealthHistory", "treatments elsewhere"),
        ("procedures", "pd:HealthHistory", "procedures you have had"),
        ("pregnancy", "pd:PhysicalHealth", "pregnancy and breastfeeding"),
        ("screening", "pd:Health", "infection screening"),
        ("wellbeing", "pd:Health", "wellbeing"),
        special=True,
    )
    for slug, identifier, label in (
        ("genetics", "pd:Genetic", "genetic data"),
        ("biometrics", "pd:Biometric", "biometric data"),
        ("ethnicity", "pd:EthnicOrigin", "ethnic origin"),
        ("religion", "pd:Religion", "religion"),
        ("sexual-orientation", "pd:SexualPreference", "sexual orientation"),
    ):
        yield from tree(slug, RecordClass.CLINICAL, identifier, label, special=True)
    yield from tree(
        "treatment",
        RecordClass.CLINICAL,
        "candour:treatment",
        "your treatment",
        ("provided", "", "treatment you had"),
        ("proposed", "", "treatment we proposed"),
        ("plan", "", "treatment plan"),
        ("progress", "", "how treatment is going"),
        ("needs-review", "", "that a treatment is due a review"),
        ("cost", "pd:Transactional", "what treatment costs", False),
        special=True,
    )
    yield from tree(
        "notes",
        RecordClass.CLINICAL,
        "candour:notes",
        "our notes",
        ("conversation", "pd:Communication", "notes of conversations"),
        ("clinical", "pd:HealthRecord", "clinical notes", True),
        ("advice", "", "advice we gave", True),
        ("incident", "", "notes of anything that went wrong", True),
    )
    yield from tree(
        "consent-to-treatment",
        RecordClass.CLINICAL,
        "candour:consent-to-treatment",
        "your consent to treatment",
        special=True,
    )
    yield from tree(
        "correspondence",
        RecordClass.CLINICAL,
        "pd:Communication",
        "letters with other professionals",
        special=True,
    )
    yield from tree(
        "images",
        RecordClass.IMAGE,
        "pd:Picture",
        "images of you",
        ("photograph", "pd:Picture", "photographs"),
        ("before-after", "pd:Picture", "before and after photographs"),
        ("sent", "pd:Picture", "images you send us"),
        ("radiograph", "", "X-rays"),
        ("study-model", "", "study models"),
        ("mock-up", "", "virtual mock-ups"),
        special=True,
    )
    yield from tree(
        "prescription",
        RecordClass.PRESCRIPTION,
        "pd:Prescription",
        "prescriptions",
        special=True,
    )


def _dealings() -> Iterator[Category]:
    yield from tree(
        "enquiry",
        RecordClass.ENQUIRY,
        "pd:Communication",
        "what you ask us",
        ("message", "pd:Communication", "your question"),
        ("topics", "pd:Interest", "what it is about"),
        ("source", "", "how you came to us"),
        ("availability", "", "when you are free"),
    )
    yield from tree(
        "interests",
        RecordClass.MARKETING,
        "pd:Interest",
        "treatments you are interested in",
    )
    yield from tree(
        "sold-topics",
        RecordClass.MARKETING,
        "pd:Purchase",
        "the kinds of thing you have bought from us",
    )
    yield from tree(
        "application",
        RecordClass.APPLICANT,
        "candour:application",
        "your application for treatment",
        special=True,
    )
    yield from tree(
        "appointments",
        RecordClass.SCHEDULING,
        "candour:appointments",
        "appointments",
    )
    yield from tree(
        "payment",
        RecordClass.PAYMENT,
        "pd:Transaction",
        "payments",
        ("card", "pd:PaymentCard", "the card's brand and last four digits"),
        ("token", "", "a reference from the payment company"),
        ("invoice", "pd:Purchase", "invoices"),
        ("refund", "pd:Transaction", "refunds"),
        ("deposit", "pd:Transaction", "deposits"),
        ("finance", "pd:LoanRecord", "finance agreements"),
    )
    yield from tree(
        "insurance",
        RecordClass.PAYMENT,
        "pd:Insurance",
        "medical insurance",
    )
    yield from tree(
        "messages",
        RecordClass.MESSAGE,
        "pd:Communication",
        "messages between us",
    )
    yield from tree(
        "interactions",
        RecordClass.MESSAGE,
        "pd:Communication",
        "your dealings with us",
        ("social", "pd:SocialMediaCommunication", "social media messages"),
        ("email", "pd:EmailContent", "emails"),
    )
    yield from tree(
        "chat", RecordClass.MESSAGE, "pd:Communication", "chats and video calls"
    )
    yield from tree(
        "email",
        RecordClass.MESSAGE,
        "pd:EmailContent",
        "emails we send",
        ("opened", "pd:Tracking", "whether an email was opened"),
    )
    yield from tree(
        "calls",
        RecordClass.CALL,
        "pd:VoiceCommunicationRecording",
        "phone calls",
        ("recording", "pd:VoiceCommunicationRecording", "call recordings"),
        ("note", "pd:Communication", "notes of calls"),
        ("log", "pd:CallLog", "times of calls"),
    )
    yield from tree(
        "feedback",
        RecordClass.FEEDBACK,
        "pd:Opinion",
        "what you think of us",
        ("review", "pd:Opinion", "reviews"),
        ("survey", "pd:Opinion", "survey answers"),
        ("comment", "pd:Opinion", "comments"),
    )
    yield from tree(
        "referral", RecordClass.FEEDBACK, "pd:Friend", "friends you tell us about"
    )
    yield from tree(
        "third-party",
        RecordClass.MARKETING,
        "pd:SocialMedia",
        "what other companies tell us about you",
    )
    yield from tree(
        "proof",
        RecordClass.PROOF,
        "pd:OfficialID",
        "proof of who you are",
        ("age", "pd:OfficialID", "proof of age"),
        ("identity", "pd:OfficialID", "proof of identity"),
        ("relationship", "pd:Relationship", "proof that you may act for someone"),
    )
    yield from tree("cctv", RecordClass.CCTV, "candour:cctv", "CCTV pictures")


def _site() -> Iterator[Category]:
    yield from tree(
        "account",
        RecordClass.ACCOUNT,
        "pd:Authenticating",
        "your account",
        ("sign-in", "pd:AuthenticationHistory", "when you signed in"),
        ("login", "pd:Username", "sign-in name"),
    )
    yield from tree(
        "web",
        RecordClass.WEB,
        "pd:BrowsingBehaviour",
        "your visits to our site",
        ("visit", "pd:BrowsingBehaviour", "pages you visit"),
        ("traffic", "pd:BrowsingBehaviour", "traffic on our site"),
        ("location", "pd:Location", "rough location"),
        ("log", "pd:Tracking", "server logs"),
        ("communication", "pd:CommunicationsMetadata", "details of the connection"),
        ("device", "pd:DeviceBased", "your device"),
        ("browser", "pd:UserAgent", "your browser"),
        ("ip", "pd:IPAddress", "IP address"),
        ("links", "pd:LinkClicked", "links you follow"),
        ("treatment-pages", "", "treatment pages you look at", True),
    )
    yield from tree(
        "advertising",
        RecordClass.WEB,
        "pd:Tracking",
        "advertising data",
        ("profile", "pd:IndividualProfile", "a profile kept for adverts"),
    )


def _accountability() -> Iterator[Category]:
    yield from tree(
        "permissions",
        RecordClass.CONSENT,
        "pd:PrivacyPreference",
        "what you have agreed to",
    )
    yield from tree(
        "requests", RecordClass.REQUEST, "candour:requests", "what you ask of your data"
    )
    yield from tree(
        "complaints", RecordClass.COMPLAINT, "candour:complaints", "complaints"
    )
    yield from tree(
        "incidents", RecordClass.INCIDENT, "candour:incidents", "data breaches"
    )
    yield from tree(
        "disclosures",
        RecordClass.DISCLOSURE,
        "candour:disclosures",
        "what we passed on, and to whom",
    )
    yield from tree(
        "access-log", RecordClass.TRAIL, "candour:access-log", "who looked at your data"
    )


CATEGORIES = MappingProxyType({category.slug: category for category in _all()})

ALWAYS_USED = ("permissions", "messages", "disclosures")
"""Every purpose uses these as well, though no clinic writes it down.

Whoever acts must be able to read what the person agreed to (Article 7(1)); a message,
and what was given to somebody, is kept under the purpose it was for.
"""


@lru_cache(maxsize=512)
def narrower(slug: str) -> tuple[str, ...]:
    """Return the category itself and those inside it, in the order of the list."""
    return tuple(name for name in CATEGORIES if covers(slug, name))


def covers(wide: str, narrow: str) -> bool:
    """Say whether `wide` is `narrow` or contains it: contact covers contact.email."""
    return narrow == wide or narrow.startswith(f"{wide}.")


def expand(slugs: Iterable[str]) -> frozenset[str]:
    """Return the categories named, with everything inside them."""
    return frozenset(name for slug in slugs for name in narrower(slug))


def record_class_of(category: str) -> RecordClass:
    """Return the record class that holds a category. Unknown words are a KeyError."""
    return CATEGORIES[category].record_class


def is_special(category: str) -> bool:
    """Say whether Article 9(1) protects the category, or something inside it."""
    return any(CATEGORIES[name].special for name in narrower(category))
