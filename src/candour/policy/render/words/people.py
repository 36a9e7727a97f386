"""Who people are, where data comes from, by which way we write, and conditions."""

PEOPLE = {
    "visitor": "visitors to our site or clinic",
    "enquirer": "people who ask us something",
    "patient": "patients",
    "customer": "customers",
    "applicant": "people who ask to be treated",
    "subscriber": "people on our mailing list",
    "friend": "friends you tell us about",
    "next-of-kin": "the person to call for you",
    "guardian": "parents and guardians",
    "representative": "people who act for you",
    "health-professional": "others who look after you",
    "staff": "our staff",
}

SOURCES = {
    "registration": "when you sign up",
    "website-form": "forms on our site",
    "website-visit": "your visits to our site",
    "clinic-form": "forms in the clinic",
    "consultation": "your visit to us",
    "online-consultation": "an online consultation",
    "booking": "when you book",
    "payment": "when you pay",
    "in-person": "what you tell us in person",
    "online": "what you do with us online",
    "phone": "phone calls",
    "sms": "text messages",
    "email": "emails",
    "email-open": "emails you open",
    "post": "letters",
    "video-call": "video calls",
    "instant-message": "instant messages",
    "live-chat": "chat on our site",
    "social": "social media",
    "whatsapp": "WhatsApp",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "wechat": "WeChat",
    "skype": "Skype",
    "other": "any other way you reach us",
    "brochure-request": "when you ask for a brochure",
    "callback-request": "when you ask for a call",
    "phone-consultation-request": "when you ask to talk by phone",
    "newsletter-sign-up": "when you join our mailing list",
    "health-professional": "others who look after you",
    "advertising-network": "advert networks",
    "insurer": "your insurer",
    "patient": "a patient who tells us",
    "review": "your reviews",
    "survey": "surveys you fill in",
    "comments-book": "our comments book",
    "cctv": "our cameras",
    "portal": "your account",
    "sign-in": "when you sign in",
    "rights-request": "requests you make",
    "complaint": "complaints you make",
    "our-own-records": "our own records",
}

FROM_OTHERS = frozenset(
    (
        "health-professional",
        "advertising-network",
        "insurer",
        "patient",
    )
)
"""Sources that are never the person themselves: Article 14 applies."""

CHANNELS = {
    "email": "email",
    "sms": "text message",
    "phone": "phone",
    "post": "post",
    "portal": "your account",
    "whatsapp": "WhatsApp",
    "wechat": "WeChat",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "skype": "Skype",
    "live-chat": "chat",
    "other-shared": "any other way you gave us",
    "as-received": "the way you wrote to us",
}

ROLES = {
    "reception": "reception",
    "practitioner": "those who treat you",
    "prescriber": "those who prescribe for you",
    "manager": "managers",
    "marketing": "the marketing team",
    "finance": "the accounts team",
    "data-protection-lead": "our data protection lead",
    "engineer": "our engineers",
    "system": "our systems",
}
"""The roles a notice names: you and visitors act for yourselves."""

HOLDS = {
    "consent": "you said yes",
    "explicit-consent": "you clearly agreed",
    "soft-opt-in": (
        "you bought from us, we asked you then, and you can say no each time we write"
    ),
    "similar-to-sold": "it is like what you had from us before",
    "interest-declared": "it is about what you told us you like",
    "dialogue-invited": "you want to go on talking to us",
    "same-subject": "it is about the same thing",
    "member-on-record": "you told us that you belong to it",
    "required-by-law": "the law makes us",
    "court-order": "a court orders it",
    "permission-for-this": "you say yes to it",
    "vital-interests": "a life is at risk",
    "treated-before": "you had the treatment with us",
    "treatment-needs-review": "that treatment needs a check",
    "guardian-consent": "a parent or guardian agrees",
    "age-proved": "you show us proof of your age",
    "choice": "you choose it",
    "confirmed-by-email": "you say yes again in an email we send you",
    "reviewed-by-person": "you wrote a review",
    "provider-terms-acknowledged": "we have shown you the other firm's terms",
    "second-factor": "our staff sign in with two proofs",
    "reason": "our staff give a reason",
    "listed-recipient": "they are on the list above",
    "person-allowed-the-source": "you let them tell us",
    "asked-by-person": "you ask us to",
    "care-in-progress": "they are caring for you now",
}
"""What must be so, to follow `if`: a policy's conditions in words."""
