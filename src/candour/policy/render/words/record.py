"""The words of the record of processing: about people, not to them."""

PEOPLE = {
    "visitor": "visitors to the site or the clinic",
    "enquirer": "people who ask something",
    "patient": "patients",
    "customer": "customers",
    "applicant": "people who ask to be treated",
    "subscriber": "people on the mailing list",
    "friend": "friends whom a patient names",
    "next-of-kin": "people to call in an emergency",
    "guardian": "parents and guardians",
    "representative": "people who act for someone",
    "health-professional": "health professionals elsewhere",
    "staff": "staff",
}

BASES = {
    "consent": "consent",
    "contract": "contract, or steps before one",
    "legal-obligation": "legal obligation",
    "vital-interests": "vital interests",
    "public-task": "public task",
    "legitimate-interests": "legitimate interests",
}

CONDITIONS = {
    "health-care": "health care, by people bound to secrecy",
    "explicit-consent": "explicit consent",
    "explicit-consent-or-law": "explicit consent, or health care",
    "vital-interests": "vital interests of someone who cannot consent",
    "legal-claims-or-duty": "legal claims, or a duty in law",
    "legal-claims": "legal claims",
    "made-public": "made public by the person",
    "substantial-public-interest": "substantial public interest",
    "public-health": "public health",
    "research": "research",
}

ROLES = {
    "processor": "processor",
    "controller": "controller of its own",
    "joint-controller": "joint controller",
}

SAFEGUARDS = {
    "adequacy": "adequacy regulations",
    "idta": "international data transfer agreement",
    "addendum": "EU standard clauses with the UK addendum",
    "bcr": "binding corporate rules",
    "derogation": "a derogation of Article 49",
    "none-needed": "none needed",
}

NEEDS = {
    "role": "a role that needs it",
    "second-factor": "a second factor",
    "reason": "a written reason",
    "reviewed-by-person": "the word of a second person",
}

MEDIA = {"electronic": "electronic", "paper": "on paper", "physical": "as objects"}

PLACES = {"UK": "the UK", "EEA": "the UK or the EEA", "anywhere": "any country"}

OUTSIDE = {
    "never": "Nothing leaves.",
    "safeguarded": "What leaves has a safeguard of Article 46.",
    "adequate-only": "What leaves goes only where the law is adequate.",
}
