"""How long data is kept, what happens then, and what a person may ask of us."""

RULES = {
    "clinical": "Your patient file",
    "patient-record": "Your patient file",
    "enquiries": "What you ask us, if you are not a patient",
    "identity": "Your name and how to reach you",
    "payments": "Bills and payments",
    "permissions": "Your yes and your no",
    "messages": "Messages between us",
    "requests": "Requests about your data",
    "complaints": "Complaints",
    "incidents": "Data breaches",
    "disclosures": "What we passed on",
    "access-log": "Who looked at your data",
    "accounts": "Your account",
    "feedback": "Reviews and comments",
    "calls": "Phone calls",
    "cctv": "CCTV pictures",
    "proof": "Copies of proof of age or identity",
    "web": "Data from visits to our site",
    "marketing": "Your yes and your no",
}

AFTER = {
    "ceased-to-be-patient": "after you stop being a patient",
    "contract-ended": "after our agreement with you ends",
    "last-interaction": "after you were last in touch with us",
    "treatment-ended": "after your last treatment",
    "financial-year-end": "after the end of our financial year",
    "recorded": "after it was recorded",
    "received": "after we got it",
    "closed": "after it was closed",
    "sent": "after it was sent",
    "withdrawn": "after you took your yes back",
    "verified": "after we checked it",
    "died": "after a death",
}

CASES = {
    "child-when-treated": "if you were treated as a child",
    "aged-17-at-end": "if you were 17 when your treatment ended",
    "died": "if you have died",
    "claim-open": "while a claim is open",
}

THEN = {
    "erase": "Then we erase it.",
    "anonymise": "Then we take out all that points to you.",
    "erase-or-anonymise": "Then we erase it, or take out all that points to you.",
    "review": "Then someone looks at it and decides.",
}

RIGHTS = {
    "information": (
        "To know what we do",
        "You can ask what we do with your data at any time, on top of what this notice"
        " says.",
    ),
    "access": (
        "To have a copy",
        "You can ask if we hold data about you, and have a copy of it.",
    ),
    "rectification": (
        "To have it put right",
        "If something is wrong or missing, you can ask us to put it right. In medical"
        " notes we add the right words and keep the old ones, so that both are there.",
    ),
    "erasure": (
        "To have it erased",
        "You can ask us to erase your data. Some records we may have to keep. We tell"
        " you which, and why, before we act.",
    ),
    "restriction": (
        "To have it set aside",
        "You can ask us to keep your data but not use it, for instance while we check"
        " if it is right.",
    ),
    "portability": (
        "To take it with you",
        "You can have the data you gave us in a form that other systems can read.",
    ),
    "objection": (
        "To object",
        "You can object to a use that rests on our own reasons. We stop unless we can"
        " show a strong reason to go on.",
    ),
    "automated": (
        "To have a person decide",
        "You need not accept a choice about you that a machine alone has made.",
    ),
    "withdrawal": (
        "To take back a yes",
        "What you agreed to, you can take back. It is as easy as saying yes was. What"
        " we did before then stays lawful.",
    ),
}

GROUNDS = {
    "no-longer-needed": "we no longer need it",
    "consent-withdrawn": "you take your yes back and nothing else allows us to keep it",
    "accuracy-contested": "you say that it is wrong",
    "objection-pending": "you objected and we have yet to answer",
    "overriding-reason": "a reason that is stronger than yours",
    "legal-obligation": "a law that makes us keep or use the data",
}
