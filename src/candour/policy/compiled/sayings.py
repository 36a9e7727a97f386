"""The policy's words in plain English: for reasons, rules and boxes."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from candour.law.periods import Period


def _table(**words: str) -> Mapping[str, str]:
    return MappingProxyType(
        {key.replace("_", "-"): text for key, text in words.items()}
    )


ROLES: Final = _table(
    reception="Reception",
    practitioner="A practitioner",
    prescriber="A prescriber",
    manager="A manager",
    marketing="Marketing",
    finance="Finance",
    data_protection_lead="The data protection lead",
    engineer="An engineer",
    system="The system",
    person="The person themselves",
    visitor="A visitor",
)
BASES: Final = _table(
    consent="the person agreed to it",
    contract="it is needed for what the person asked of us",
    legal_obligation="the law requires it",
    vital_interests="it protects somebody's life",
    public_task="it is a public task",
    legitimate_interests="we have a good reason, and theirs does not outweigh it",
)
ATOMS: Final = _table(
    consent="the person's agreement",
    explicit_consent="the person's explicit agreement",
    soft_opt_in="details given when buying, with a way to say no",
    similar_to_sold="an offer like what they bought before",
    interest_declared="an interest they told us of",
    dialogue_invited="an enquiry of theirs to answer",
    same_subject="the same subject as their enquiry",
    member_on_record="a membership on record",
    required_by_law="a law that requires it",
    court_order="a court order",
    permission_for_this="their permission for this",
    vital_interests="a danger to somebody's life",
    treated_before="an earlier treatment here",
    treatment_needs_review="a treatment that is due a review",
    guardian_consent="a guardian's agreement",
    age_proved="proof of age",
    choice="the person's choice",
    adult="a person of 18 or over",
    confirmed_by_email="a confirmation by email",
    reviewed_by_person="a person's review",
    provider_terms_acknowledged="the person knowing the provider's terms",
    second_factor="a second sign-in step",
    reason="a written reason",
    listed_recipient="a recipient on the list",
    person_allowed_the_source="the person letting the source share it",
    asked_by_person="the person asking for it",
    care_in_progress="treatment under way",
)
CHANNELS: Final = _table(
    email="email me",
    sms="text me",
    phone="phone me",
    post="write to me by post",
    portal="message me in my account",
    whatsapp="message me on WhatsApp",
    wechat="message me on WeChat",
    facebook="message me on Facebook",
    instagram="message me on Instagram",
    skype="message me on Skype",
    live_chat="message me in live chat",
    other_shared="contact me in other ways I have given",
)
EVENTS: Final = _table(
    ceased_to_be_patient="after you stop being our patient",
    contract_ended="after our agreement with you ends",
    last_interaction="after you were last in touch",
    treatment_ended="after your last treatment",
    financial_year_end="from the end of our financial year",
    recorded="from when it was recorded",
    received="from when we received it",
    closed="from when it was closed",
    sent="from when it was sent",
    withdrawn="after you withdraw",
    verified="once it is checked",
    died="after a death",
)
KEEP_WORDS: Final = _table(
    law="for as long as the law says",
    keep="until we have decided how long",
    criteria="for as long as our reasons for it last",
    review_yearly="and look each year at whether we still need it",
    until_withdrawn="until you change your mind",
    until_verified="only until it is checked",
    until_removed="until you ask us to remove it",
    until_last_record="for as long as we keep anything else about you",
    indefinite="for ever",
    as_long_as_necessary="for as long as we need it",
)
THEN: Final = _table(
    erase="then erase it",
    anonymise="then make it anonymous",
    erase_or_anonymise="then erase it or make it anonymous",
    review="then decide whether to keep it",
)
FIELDS: Final = MappingProxyType(
    {
        "identity.name": ("name", "So that we know what to call you."),
        "identity.preferred-name": ("preferred_name", "The name you like to go by."),
        "identity.age": ("age", "Some treatments are only for adults."),
        "identity.birth-date": ("birth_date", "Some treatments are only for adults."),
        "contact.email": ("email", "So that we can answer you in writing."),
        "contact.phone": ("phone", "So that we can answer you by phone."),
        "contact.address": ("address", "So that we can write to you."),
        "contact.postcode": ("postcode", "So that we can suggest the nearest clinic."),
        "contact.location": ("location", "So that we can suggest the nearest clinic."),
        "contact.preference": ("preference", "So that we reach you the way you like."),
        "contact.messaging": ("messaging", "So that we can answer you there."),
        "contact.wechat": ("wechat", "So that we can answer you on WeChat."),
        "contact.skype": ("skype", "So that we can answer you on Skype."),
        "interests": ("interests", "So that the right person answers."),
        "enquiry": ("message", "So that we can answer what you ask."),
        "enquiry.message": ("message", "So that we can answer what you ask."),
        "enquiry.topics": ("topics", "So that the right person answers."),
        "enquiry.availability": (
            "availability",
            "So that we suggest a time that suits.",
        ),
        "enquiry.source": ("source", "So that we know how people find us."),
    }
)
"""Category → the field's name in a form, and why it is asked."""


def spaced(slug: str) -> str:
    """Write a slug as words."""
    return slug.replace("-", " ")


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} {joiner} {last}" if first else last


def period(length: Period) -> str:
    """Write a period in words: 8 years, 1 month, 30 days."""
    parts = ((length.years, "year"), (length.months, "month"), (length.days, "day"))
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return listed(said) if said else "no time"


def why_asked(category: str) -> tuple[str, str]:
    """Return a field's name and why it is asked."""
    known = FIELDS.get(category)
    if known is not None:
        return known
    return category.replace(".", "_").replace("-", "_"), "So that we can help you."
