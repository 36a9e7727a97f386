"""What each purpose is called, what it means, and the interest behind it.

`interest` is printed where a purpose rests on legitimate interests: a notice must say
which interest it is (Article 13(1)(d)).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A heading, what happens, and the interest it serves where that is the basis."""

    title: str
    text: str
    interest: str = ""


PURPOSES = {
    "care": Said(
        "To treat you",
        "We use your data to plan your care, to treat you safely and to look after you"
        " once you are home.",
        "to treat you as you asked",
    ),
    "care-management": Said(
        "To run your care well",
        "We use it to plan rooms, staff and checks, so that care is safe for everyone.",
    ),
    "progress": Said(
        "To see how you are doing",
        "Over a course of visits we look at how things are going. Then we fit the next"
        " step to you.",
    ),
    "prescribing": Said(
        "To prescribe for you",
        "When we prescribe, we keep the record that the law on medicines asks for.",
    ),
    "recommendation": Said(
        "To suggest what may help",
        "You may tell us what troubles you. We use that to suggest a treatment as part"
        " of your care. We do not use it to sell you things.",
    ),
    "service": Said(
        "To give you what you asked for",
        "We use it to set up and give you the service you asked for, made to fit you.",
    ),
    "enquiry": Said(
        "To answer you",
        "You ask, and we answer. We write or call about what you asked.",
        "to answer people who get in touch",
    ),
    "quote": Said(
        "To give you a price or a mock-up",
        "You may send us pictures. We use them to work out a price, or to draw what we"
        " would aim for.",
        "to give you the price you asked for",
    ),
    "demand": Said(
        "To see what people ask for",
        "We count what people ask about and which part of the country they ask from.",
        "to know which services people want",
    ),
    "appointments": Said(
        "To book and keep your visits",
        "We use it to book a visit, to remind you of it, and to move it if you ask.",
        "to keep the visits you book",
    ),
    "service-updates": Said(
        "To tell you what is changing",
        "We tell you when our services or terms change. These notes do not sell.",
    ),
    "payment": Said(
        "To take payment",
        "We use it to take what you owe, and to pay you back when that is due.",
        "to be paid for what we do",
    ),
    "charges": Said(
        "To tell you what things cost",
        "We use it to tell you our prices and what you owe.",
    ),
    "card-payment": Said(
        "To take card payments",
        "A payment firm takes your card for us. We do not see or keep the card number.",
        "to take card payments safely",
    ),
    "bookkeeping": Said(
        "To keep our books",
        "We keep bills and payments in our books, as every company must.",
    ),
    "support": Said(
        "To help you when you call",
        "We use it to help you by phone, by message or in person.",
    ),
    "recall": Said(
        "To remind you of a check",
        "Some treatments need a check later on. If you had one, we remind you of it.",
        "that treatments are checked when they should be",
    ),
    "offers": Said(
        "To send you offers and news",
        "We send offers and news to those who said yes to them.",
        "to tell patients about services like those they had",
    ),
    "marketing-by-post": Said(
        "To write to you by post",
        "We may post you a letter about our services. Tell us to stop and we stop.",
        "to tell our patients what we do",
    ),
    "photographs-in-marketing": Said(
        "To show your pictures to others",
        "We may show your before and after pictures to others, so that they can see"
        " what we do.",
    ),
    "tailoring": Said(
        "To fit what we send to you",
        "We use what you told us you like to choose what to send you.",
    ),
    "understanding": Said(
        "To get to know what people want",
        "We look at what people ask, like and tell us, so that we can do better. No"
        " health data is used for it.",
        "to know the people we serve and do better",
    ),
    "performance": Said(
        "To see how the clinic is doing",
        "We make counts and totals, such as how many visits we had.",
        "to run a clinic that pays its way",
    ),
    "management": Said(
        "To run the clinic and do better",
        "We make counts and totals, to see what works and what does not.",
        "to run the clinic and make it better",
    ),
    "administration": Said(
        "To look after our systems",
        "We use it to keep our systems and this site in order.",
        "to keep our business and site safe",
    ),
    "feedback": Said(
        "To hear what you think",
        "We use your reviews and answers to learn what went well and what did not.",
    ),
    "referrals": Said(
        "To follow up a friend you name",
        "You may tell us of a friend. We tell your friend where we got the name when we"
        " first write.",
    ),
    "advertising": Said(
        "To show our adverts on other sites",
        "We may show you our adverts on other sites and apps.",
    ),
    "website-statistics": Said(
        "To count visits to our site",
        "We count visits and pages, so that we know how our site is used.",
        "to know how our site is used",
    ),
    "website-improvement": Said(
        "To make our site better",
        "We use it to make our site work better for you.",
        "to make our site better",
    ),
    "premises-security": Said(
        "To keep our rooms safe",
        "Cameras help to keep you, our staff and our rooms safe.",
        "to keep people and rooms safe",
    ),
    "identity-check": Said(
        "To make sure it is you",
        "Before we talk about your data we check that it is you.",
        "to stop fraud and mix-ups",
    ),
    "emergency": Said(
        "To act when a life is at risk",
        "If a life is at risk, we use and share what those who help need to know.",
    ),
    "insurance": Said(
        "To keep our insurance",
        "We keep what our insurers ask for.",
    ),
    "legal-claims": Said(
        "To bring or answer a claim",
        "We use it to get advice, and to bring or answer a claim.",
        "to stand up for our rights in law",
    ),
    "regulators-and-claims": Said(
        "To answer courts and those who check on us",
        "Those who check on us, or a court, may ask for records. We give them what the"
        " law asks for.",
    ),
    "legal-duty": Said(
        "To do what the law asks",
        "Some laws ask us to keep or show records. We do what they ask and no more.",
    ),
    "complaints": Said(
        "To look into a complaint",
        "We use it to look into what you tell us and to put things right.",
    ),
    "rights": Said(
        "To give you your rights",
        "When you ask for your data, or ask us to change or erase it, we look at all"
        " that we hold about you.",
    ),
    "retention": Said(
        "To let go of data in time",
        "We look at dates, and at nothing more than we must, to erase data when its"
        " time has come.",
    ),
    "incidents": Said(
        "To deal with a data breach",
        "If data is lost or seen by someone it should not be, we find out whose it is"
        " and tell them.",
    ),
    "disclosures": Said(
        "To know whom we told",
        "We write down what we pass on, to whom and why. If you correct your data, we"
        " can tell them too.",
    ),
    "audit": Said(
        "To see who looked",
        "We write down who opened your data, when and why. It can be checked, and it"
        " cannot be changed without a trace.",
    ),
    "accounts": Said(
        "To let you sign in",
        "We use it to let you, or our staff, sign in safely.",
        "to keep accounts safe",
    ),
    "backups": Said(
        "To keep copies in case of loss",
        "We keep locked copies, so that a fault does not lose your records. They are"
        " opened only to bring back what was lost.",
    ),
}

SAME = {"marketing": "offers"}
"""Purposes that different clinics call by different names."""


def purpose_words(name: str) -> Said:
    """Return the words for a purpose. An unknown one is named after its own slug."""
    known = PURPOSES.get(SAME.get(name, name))
    if known is not None:
        return known
    plain = name.replace("-", " ")
    return Said(f"For {plain}", f"We use your data for {plain}.", f"for {plain}")


BASIS = {
    "consent": "We do this only if you say yes. You can change your mind at any time.",
    "contract": (
        "We need to do this to keep to what we agreed with you, or to get ready to."
    ),
    "legal-obligation": "The law tells us to do this.",
    "vital-interests": "We may do this to save a life.",
    "public-task": "We do this as a task for the public that the law gives us.",
    "legitimate-interests": (
        "We have a fair reason of our own: {interest}. We weighed it against your"
        " rights. You can object."
    ),
}

CONDITION = {
    "health-care": (
        "Health data is used because your care needs it, and only by people who must"
        " keep it to themselves."
    ),
    "explicit-consent": "Health data is used only if you clearly agree to it.",
    "explicit-consent-or-law": (
        "We will most often ask you to clearly agree before we use health data. Where a"
        " law lets us use it without that, we tell you which law."
    ),
    "vital-interests": (
        "Health data is used if you cannot speak for yourself and your life is at risk."
    ),
    "legal-claims-or-duty": (
        "Health data is used only where a law or a claim in law asks for it."
    ),
    "legal-claims": "Health data is used only for a claim in law.",
    "made-public": "Health data is used only if you made it public.",
    "substantial-public-interest": (
        "Health data is used only where a law allows it for the good of the public."
    ),
    "public-health": "Health data is used only to keep the public in good health.",
    "research": "Health data is used only for research, with the care the law asks.",
}

LIMITS = {
    "subject-of-enquiry": "We keep to what you asked about.",
    "care": "We use it for your health and care, and for nothing else.",
    "account": "We use it for your account, and for nothing else.",
}
