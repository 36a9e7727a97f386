"""What people may ask of the clinic, in what time, and how to complain."""

from candour.law.parameters import REQUEST_PERIOD
from candour.policy.language import Document
from candour.policy.language.keeping import Right
from candour.policy.render.doc import Clause, Section
from candour.policy.render.words.keeping import GROUNDS, RIGHTS
from candour.policy.render.words.plain import listed, period
from candour.policy.vocabulary import RIGHT_ARTICLES

ACKNOWLEDGE = "P30D"
"""DPA 2018 section 164A(3): a complaint is acknowledged within 30 days."""

STATUTORY = str(REQUEST_PERIOD.value)

_ADVICE = {
    "ENG": "Citizens Advice (citizensadvice.org.uk)",
    "WLS": "Citizens Advice (citizensadvice.org.uk/wales)",
    "SCT": "Citizens Advice Scotland (cas.org.uk)",
    "NIR": "Advice NI (adviceni.net)",
}

_ALWAYS = (
    "information",
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "withdrawal",
    "automated",
)
_TIMED = frozenset(
    ("access", "rectification", "erasure", "restriction", "portability", "objection")
)
_THROUGH = {
    "practitioner": "Tell the person who treats you",
    "reception": "Tell reception",
    "portal": "Use your account",
    "post": "Write us a letter",
    "phone": "Call us",
    "form": "Use the form on this site",
}
_IDENTITY = {
    "only-if-doubt": "We ask for proof of who you are only if we have real doubt.",
    "always": "We first make sure that it is you.",
    "portal-is-enough": "If you are signed in, that is proof enough.",
}


def rights(document: Document) -> Section:
    """Return what Article 13(2)(b), (c) and (f) ask for."""
    clauses = [
        _right(kind, getattr(document.rights, kind) or Right()) for kind in _ALWAYS
    ]
    clauses += [_how(document), _longer(document), _refusal(document)]
    return Section("Your rights", tuple(clauses), ("rights",))


def answer_time(right: Right) -> str:
    """Return in what time a request is answered, as this clinic promises it."""
    said = f"We answer within {period(right.within or STATUTORY)}."
    if right.at_most and right.at_most != right.within:
        said += f" It never takes us more than {period(right.at_most)}."
    if right.extension == "never":
        said += " We do not stretch that time, even if it is hard."
    return said


def _right(kind: str, right: Right) -> Clause:
    title, text = RIGHTS[kind]
    said = [text, *_extra(kind, right)]
    if kind in _TIMED:
        said += [answer_time(right), _fee(right)]
    return Clause(
        f"rights.{kind}",
        title,
        tuple(part for part in (said[0], " ".join(said[1:])) if part),
        law=(RIGHT_ARTICLES[kind],),
    )


def _fee(right: Right) -> str:
    if right.fee == "none":
        return "It is free."
    if right.fee == "never":
        return "It is free, and we never ask a fee for it."
    return (
        "It is free. The law lets us ask for a fee only if what you ask for is clearly"
        " unfair or far too much."
    )


def _extra(kind: str, right: Right) -> list[str]:
    said = []
    if kind == "objection" and right.marketing == "absolute":
        said.append(
            "If you object to marketing, we stop at once. We never refuse that."
        )
    if right.grounds:
        grounds = listed((GROUNDS[word] for word in right.grounds), "or")
        said.append(f"You can ask for this when {grounds}, and in other cases.")
    if right.on_objection == "assess" and kind == "erasure":
        said.append("A person decides on each kind of record.")
    if right.consequence in ("care-may-be-limited", "services-may-be-limited"):
        said.append(
            "It may limit the care we can give you. If so, we tell you before we act."
        )
    if right.to == "person-or-another":
        said.append("We can send it to you, or to someone you name.")
    if right.tell_recipients or kind == "rectification":
        said.append("We tell those who got the data from us, if it can be done.")
    if "record-of-processing" in right.shows:
        said.append("You can see our list of all we do with data.")
    if right.used == "never":
        said.append("We make no such choices. A person decides.")
    if kind == "automated" and right.used == "with-review":
        said.append("You can ask for a person to look at it.")
    elif kind == "automated" and right.used is None:
        said.append("We make no such choices. A person decides.")
    return said


def _how(document: Document) -> Clause:
    items = [_THROUGH[way] for way in document.rights.also_through]
    said = [
        "Ask in any way you like. It need not be in writing. You need not name a law."
    ]
    said.append(_IDENTITY[document.rights.identity or "only-if-doubt"])
    items = ["Use the page “Your data” on this site", *items]
    if any(one.email for one in document.contacts.values()):
        items.insert(1, "Send us an email")
    if any(one.post for one in document.contacts.values()):
        items.append("Write to us by post")
    said.append("You can ask like this:")
    return Clause(
        "rights.identity",
        "How to ask",
        (" ".join(said),),
        tuple(items),
        law=("UK GDPR Article 12(2) and (6)",),
    )


def _longer(document: Document) -> Clause:
    fixed = [
        RIGHTS[kind][0]
        for kind in sorted(_TIMED)
        if (getattr(document.rights, kind) or Right()).extension == "never"
    ]
    said = [
        "If a request is hard, or you make many, the law lets us take two more months."
        " If so, we tell you within the first month, and why."
    ]
    if fixed:
        titles = listed(f"“{title}”" for title in fixed)
        said.append(f"We never do that for this right: {titles}.")
    said.append(
        "If we need to ask what you mean, the days until you answer do not count."
    )
    return Clause(
        "rights.extension",
        "If we need longer",
        (" ".join(said),),
        law=("UK GDPR Article 12A",),
    )


def _refusal(document: Document) -> Clause:
    refusal = document.rights.refusal
    said = ["If we say no, we tell you why, in time, and how to complain."]
    if refusal is not None and refusal.grounds:
        grounds = listed((GROUNDS[word] for word in refusal.grounds), "or")
        said.append(f"A no needs {grounds}.")
    said.append("You can then complain to us or to the ICO, or go to court.")
    return Clause(
        "rights.refusal",
        "If we say no",
        (" ".join(said),),
        law=("UK GDPR Article 12(4)", "Data Protection Act 2018 sections 165 and 167"),
    )


def complaining(document: Document) -> Section:
    """Return how to complain: to the clinic, and to the ICO."""
    complaints = document.complaints
    within = (complaints.acknowledge if complaints else None) or ACKNOWLEDGE
    us = Clause(
        "complaints",
        "Tell us",
        (
            "If you are not happy with what we did with your data, tell us. Use the"
            " page “Your data” on this site, or any way in clause {contacts}.",
            f"We let you know within {period(within)} that we have it. We look into it,"
            " and we tell you what we found as soon as we can.",
        ),
        law=("Data Protection Act 2018 section 164A",),
    )
    region = document.clinic.region if document.clinic else "ENG"
    return Section("How to complain", (us, _ico(region)), ("complaints",))


def _ico(region: str) -> Clause:
    said = (
        "You can also go to the Information Commissioner’s Office (ICO). It looks after"
        " data rights in the UK. It may ask if you have told us first.",
        f"For free advice from someone who is not us, try {_ADVICE[region]}.",
    )
    items = (
        "On the web: ico.org.uk/make-a-complaint",
        "Phone: 0303 123 1113",
        "Post: Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF. The ICO is"
        " moving to Manchester, so look at its site before you post a letter",
    )
    return Clause(
        "complaints.then",
        "Tell the ICO",
        said,
        items,
        law=("UK GDPR Article 13(2)(d)", "Data Protection Act 2018 section 165"),
        also=("complaints.regulator",),
    )


def best_time(document: Document) -> str:
    """Return the time for a copy in a few words, for the short layer."""
    access = document.rights.access or Right()
    return f"within {period(access.within or STATUTORY)}"
