"""Cookies, links, and the cookie notice."""

from collections.abc import Iterable

from candour.policy.language import Document
from candour.policy.language.conduct import CookieUse
from candour.policy.language.website import Terms
from candour.policy.render.doc import Clause, Cookie, CookieNotice, Section
from candour.policy.render.words.others import NAMES
from candour.policy.render.words.plain import capital, listed
from candour.policy.render.words.purposes import purpose_words
from candour.policy.render.words.site import KNOWN, NEEDS, USES

_LAW = ("Privacy and Electronic Communications Regulations, regulation 6",)
_LEAD = "We set what the site needs to work. So far we set nothing else."
_WHAT = (
    "A cookie is a small file that a site puts on your phone or computer. This page is"
    " about cookies and about all that works like them."
)


def site(document: Document) -> Section:
    """Return the section on what is stored on a person's device, and on links."""
    clauses = [_cookies(document)]
    waiting = _waiting(document)
    if waiting:
        clauses.append(_later(document, waiting))
    if document.cookies and document.cookies.in_emails:
        said = (
            "We may want to know if you open our emails. We only look if you said yes"
            " to it. If not, our emails carry nothing that tells us.",
        )
        clauses.append(Clause("cookies.in-emails", "In our emails", said, law=_LAW))
    clauses.append(_links())
    if document.terms is not None:
        clauses.append(_terms(document.terms))
    return Section("Cookies and links", tuple(clauses), ("cookies",))


def _set(document: Document) -> tuple[str, ...]:
    """Return the names of the cookies that are set today."""
    named = [
        name
        for use in (document.cookies.uses.values() if document.cookies else ())
        for name in use.names
    ]
    return tuple(name for name in dict.fromkeys((*named, *KNOWN)) if name in KNOWN)


def _waiting(document: Document) -> dict[str, CookieUse]:
    """Return the uses that the policy names and for which nothing is set."""
    if document.cookies is None:
        return {}
    return {
        name: use
        for name, use in document.cookies.uses.items()
        if use.needs != "nothing"
    }


def _cookies(document: Document) -> Clause:
    items = tuple(f"{name}: {KNOWN[name].why}" for name in _set(document))
    said = (
        "We set these and no others. The site does not work without them, so we do not"
        " ask first. The page on cookies says more.",
    )
    return Clause(
        "cookies",
        "What we set today",
        said,
        items,
        law=_LAW,
        also=("cookies.before-choice", "cookies.uses.strictly-necessary"),
    )


def _later(document: Document, waiting: dict[str, CookieUse]) -> Clause:
    items = tuple(
        capital(_sentence(document, name, use)) for name, use in waiting.items()
    )
    said = (
        "There may be others one day, for the reasons below. We set none of them today."
        " Before we do, we ask. A no is as easy as a yes, and costs you nothing.",
    )
    return Clause(
        "cookies.uses",
        "What would need your yes",
        said,
        items,
        law=_LAW,
        also=("cookies.banner", "cookies.refuse"),
    )


def _sentence(document: Document, name: str, use: CookieUse) -> str:
    said = USES.get(name, name.replace("-", " "))
    firms = _firms(document, use.providers)
    return f"{said}, with {firms}" if firms else said


def _firms(document: Document, slugs: Iterable[str]) -> str:
    """Return the names of firms, as the policy or our words have them."""
    return listed(_firm(document, slug) for slug in slugs)


def _firm(document: Document, slug: str) -> str:
    recipient = document.recipients.get(slug)
    if recipient is not None and recipient.name:
        return recipient.name
    return NAMES.get(slug, capital(slug.replace("-", " ")))


def _links() -> Clause:
    said = (
        "Our site may link to others. What they do with your data is up to them, so"
        " read their notice first.",
    )
    return Clause("links", "Links to other sites", said, also=("website",))


def _terms(terms: Terms) -> Clause:
    if terms.page in (None, "unpublished"):
        said = "We have terms and conditions. Ask us for them: they are not up yet."
    else:
        said = f"Our terms and conditions are at {terms.page}."
    if terms.uses_words:
        said += " Words mean the same here as there."
    return Clause("terms", "Our terms", (said,))


def cookie_notice_of(document: Document) -> CookieNotice:
    """Return the cookie notice: what is set by name, and what waits for a choice."""
    clinic = document.clinic.name if document.clinic else document.policy
    paragraphs = [_WHAT]
    waiting = _waiting(document)
    if waiting:
        paragraphs.append(
            "Our policy names other uses. We set none of them today. Each waits for"
            " your yes, and a no costs you nothing."
        )
    paragraphs.append(
        "You can also clear or block cookies in your browser: look under privacy in its"
        " settings. If you block those below, you cannot sign in or send a form."
    )
    return CookieNotice(
        title=f"Cookies at {clinic}",
        version=document.version,
        effective=document.effective,
        lead=_LEAD,
        paragraphs=tuple(paragraphs),
        cookies=tuple(_known(name) for name in _set(document)),
        planned=tuple(_planned(document, name, use) for name, use in waiting.items()),
    )


def _known(name: str) -> Cookie:
    known = KNOWN[name]
    return Cookie(name, known.why, "Us", known.lasts, NEEDS["nothing"])


def _planned(document: Document, name: str, use: CookieUse) -> Cookie:
    title = purpose_words(use.purpose).title if use.purpose else ""
    firms = _firms(document, use.providers)
    by = firms or ("Us" if use.party == "first" else "Another firm")
    return Cookie(
        USES.get(name, capital(name.replace("-", " "))),
        title,
        capital(by),
        "Nothing is set today",
        NEEDS[use.needs or "choice"],
    )
