"""Render a compiled policy as a layered privacy notice and a cookie notice.

Facts come from the policy, sentences from `words`; a clinic's own wording for a clause
(`words:` in its pack) replaces ours. Nothing here reads the clock, a file of a pack or
a database: the same policy gives the same notice.
"""

from functools import lru_cache

from candour.policy.compile import Policy
from candour.policy.render.doc import (
    Clause,
    Cookie,
    CookieNotice,
    Note,
    NoticeDoc,
    Point,
    Section,
    Table,
)
from candour.policy.render.notice import (
    Undecided,
    compose,
    nearest_number,
    numbers_of,
)
from candour.policy.render.pages import cookie_page, notice_page
from candour.policy.render.sections.site import cookie_notice_of
from candour.policy.render.text import (
    cookie_markdown,
    cookie_text,
    notice_markdown,
    notice_text,
)

__all__ = [
    "Clause",
    "Cookie",
    "CookieNotice",
    "Note",
    "NoticeDoc",
    "Point",
    "Section",
    "Table",
    "cookie_notice",
    "cookies_to_html",
    "cookies_to_markdown",
    "cookies_to_text",
    "notice",
    "number_of",
    "to_html",
    "to_markdown",
    "to_text",
    "to_typst",
]


@lru_cache(maxsize=16)
def notice(policy: Policy) -> NoticeDoc:
    """Return the privacy notice of a policy (UK GDPR Articles 13 and 14)."""
    undecided = (Undecided(one.key, one.why) for one in policy.open_decisions)
    inactive = {one.slug: one.why_not for one in policy.recipients if not one.active}
    return compose(policy.document, undecided, inactive)


@lru_cache(maxsize=16)
def cookie_notice(policy: Policy) -> CookieNotice:
    """Return the cookie notice: what is set by name, what waits for a choice."""
    return cookie_notice_of(policy.document)


@lru_cache(maxsize=16)
def _numbers(policy: Policy) -> dict[str, str]:
    return numbers_of(notice(policy).sections)


def number_of(policy: Policy, key: str) -> str:
    """Return the number printed at a key, such as "3.2" for "purposes.enquiry".

    A key that is not printed itself gives the number of the nearest one above it that
    is: `purposes.enquiry.uses` has that of `purposes.enquiry`. "" where none is, as for
    a decision of the law alone. Numbers belong to this version: store the key.
    """
    return nearest_number(_numbers(policy), key)


def to_markdown(policy: Policy) -> str:
    """Return the privacy notice as Markdown."""
    return notice_markdown(notice(policy))


def to_text(policy: Policy) -> str:
    """Return the privacy notice as plain text."""
    return notice_text(notice(policy))


def to_typst(policy: Policy) -> bytes:
    """Return the privacy notice as a tagged PDF (PDF/UA-1), set by typst.

    About a tenth of a second. The same policy gives the same bytes.
    """
    from candour.policy.render.pdf import notice_pdf

    return notice_pdf(notice(policy), accent=policy.brands[0].theme.accent)


def to_html(policy: Policy) -> str:
    """Return the privacy notice as one HTML page that loads nothing and prints well."""
    return notice_page(notice(policy), policy.brands[0].theme)


def cookies_to_html(policy: Policy) -> str:
    """Return the cookie notice as one HTML page that loads nothing and prints well."""
    return cookie_page(cookie_notice(policy), policy.brands[0].theme)


def cookies_to_markdown(policy: Policy) -> str:
    """Return the cookie notice as Markdown."""
    return cookie_markdown(cookie_notice(policy))


def cookies_to_text(policy: Policy) -> str:
    """Return the cookie notice as plain text."""
    return cookie_text(cookie_notice(policy))
