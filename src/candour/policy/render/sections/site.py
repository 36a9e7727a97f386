"""Cookies, links, and the cookie notice."""

from collections.abc import Iterable

from candour.policy.language import Document
from candour.policy.language.conduct import CookieUse
from candour.policy.language.slots import is_period
from candour.policy.language.website import Terms
from candour.policy.render.doc import Clause, Cookie, CookieNotice, Section, Table
from candour.policy.render.words.browsers import HEAD, ROWS
from candour.policy.render.words.others import NAMES
from candour.policy.render.words.people import ROLES
from candour.policy.render.words.plain import capital, day, listed, period
from candour.policy.render.words.purposes import purpose_words
from candour.policy.render.words.site import KNOWN, NEEDS, USES

_LAW = ("Privacy and Electronic Communications Regulations, regulation 6",)
_LEAD = "We set what the site needs to work, and nothing else today."
_WHAT = (
    "A cookie is a small file that a site puts on your phone or computer. This page is"
    " about cookies and about all that works like them."
)
_HELP = (
    "Your browser can show you which cookies a site has set, clear them, and block"
    " them. The list says where. Menus change: if a name is gone, look for “privacy” or"
    " “cookies” in the settings.",
    "If you block the cookies above, you cannot sign in or send a form here. You can"
    " still read every page, and reach us by any other way.",
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


def _set(document: Document) -> dict[str, CookieUse]:
    """Return what is set today by name, each with the use that names it."""
    named = {
        name: use
        for use in (document.cookies.uses.values() if document.cookies else ())
        if use.needs == "nothing"
        for name in use.names
    }
    ours = {name: named.get(name, CookieUse()) for name in KNOWN}
    return {**ours, **{name: use for name, use in named.items() if name not in KNOWN}}


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
    items = tuple(f"{one.name}: {one.why}" for one in _today(document))
    said = (
        "We set these and no others. The site does not work without them, so we do not"
        " ask first. Our page on cookies says more, and how to clear or block them.",
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
        said = "We have terms and conditions. They are not here yet: ask us for them."
    else:
        said = f"Our terms and conditions are at {terms.page}."
    if terms.version:
        since = f", in force from {day(terms.effective)}" if terms.effective else ""
        said += f" The version is {terms.version}{since}."
    if terms.uses_words:
        said += " A word that is explained there means the same here."
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
    return CookieNotice(
        title=f"Cookies at {clinic}",
        version=document.version,
        effective=document.effective,
        lead=_LEAD,
        paragraphs=tuple(paragraphs),
        help=_HELP,
        browsers=Table(HEAD, ROWS),
        cookies=_today(document),
        planned=tuple(_planned(document, name, use) for name, use in waiting.items()),
    )


def _today(document: Document) -> tuple[Cookie, ...]:
    return tuple(_is_set(document, name, use) for name, use in _set(document).items())


def _is_set(document: Document, name: str, use: CookieUse) -> Cookie:
    known = KNOWN.get(name)
    firms = _firms(document, use.providers)
    return Cookie(
        name,
        known.why if known else _title(use),
        capital(firms) or "Us",
        known.lasts if known else _lasts(use),
        NEEDS["nothing"],
        _reviewed(use),
    )


def _planned(document: Document, name: str, use: CookieUse) -> Cookie:
    said = USES.get(name, capital(name.replace("-", " ")))
    firms = _firms(document, use.providers)
    by = firms or ("Us" if use.party == "first" else "Another firm")
    return Cookie(
        f"{said} ({', '.join(use.names)})" if use.names else said,
        _why(use),
        capital(by),
        "Nothing is set today",
        NEEDS[use.needs or "choice"],
        _reviewed(use),
    )


def _title(use: CookieUse) -> str:
    return purpose_words(use.purpose).title if use.purpose else "Not said yet"


def _why(use: CookieUse) -> str:
    """Say more than the name of a use does, which is much like its purpose's title."""
    return purpose_words(use.purpose).text if use.purpose else "Not said yet"


def _lasts(use: CookieUse) -> str:
    if use.life is None:
        return "Not said yet"
    return capital(period(use.life) if is_period(use.life) else use.life)


def _reviewed(use: CookieUse) -> str:
    if use.reviewed is None:
        return "No one yet"
    return f"{capital(ROLES[use.reviewed.by])}, {day(use.reviewed.on)}"
