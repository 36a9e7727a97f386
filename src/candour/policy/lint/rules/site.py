"""The site and the notice itself: cookies, laws cited, age, scope, changes."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from candour.law.periods import Period, years
from candour.law.statutes import STATUTES, Status, named_in
from candour.policy.language.conduct import CookieUse
from candour.policy.lint.terms import Case, Hit, error, note, warning

NECESSARY: Final = frozenset(("strictly-necessary", "transmission", "emergency"))
BY_OBJECTION: Final = frozenset(("statistical", "appearance"))
OLDEST: Final = years(2)
"""How old a notice may be before somebody should have looked at it again."""

REVIEWED: Final = years(1)
_IN_CLINIC: Final = frozenset(
    (
        *("in-person", "clinic-form", "consultation", "cctv", "comments-book"),
        *("payment", "phone"),
    )
)
_DRAFT: Final = re.compile(
    r"\[[^\]\d][^\]]*\]|\b(TODO|TBC|TBD|XXX+|lorem ipsum)\b", re.IGNORECASE
)


@error("PECR regulation 6(1) and (2)")
def cookies_before_choice(case: Case) -> Iterator[Hit]:
    """Before a choice, only what is strictly necessary is stored."""
    cookies = case.document.cookies
    if cookies is None or cookies.before_choice == "strictly-necessary":
        return
    if cookies.before_choice is not None:
        how = "whatever the visitor does"
        if cookies.before_choice == "browser-setting":
            how = "because a browser came set that way"
        yield Hit(
            "cookies.before-choice",
            f"Cookies would be set {how}, and that is no consent.",
            "State 'before-choice: strictly-necessary'.",
        )


@error("PECR regulation 6; UK GDPR Articles 4(11) and 7(3)")
def accept_only(case: Case) -> Iterator[Hit]:
    """Who may accept may refuse, in the same place."""
    cookies = case.document.cookies
    buttons = cookies.banner.buttons if cookies and cookies.banner else ()
    if "accept" in buttons and "refuse" not in buttons:
        yield Hit(
            "cookies.banner.buttons",
            "The banner can be accepted and not refused.",
            "Add 'refuse'.",
        )


@warning("UK GDPR Article 7(3)")
def refusing_is_harder(case: Case) -> Iterator[Hit]:
    """Refusing is as easy as accepting."""
    cookies = case.document.cookies
    refuse = cookies.refuse if cookies else None
    if refuse is not None and not refuse.as_easy_as_accept:
        yield Hit(
            "cookies.refuse.as-easy-as-accept",
            "Refusing cookies is harder than accepting them.",
            "State 'as-easy-as-accept: true'.",
        )


@error("UK GDPR Article 7(4)")
def cookie_wall(case: Case) -> Iterator[Hit]:
    """Refusing costs nothing."""
    cookies = case.document.cookies
    refuse = cookies.refuse if cookies else None
    if refuse is not None and refuse.harms not in (None, "none"):
        yield Hit(
            "cookies.refuse.harms",
            f"Refusing would have a cost: {refuse.harms}.",
            "State 'harms: none', and make it so.",
        )


@warning("PECR regulation 6(2)(a); UK GDPR Article 13(1)(c)")
def cookie_without_purpose(case: Case) -> Iterator[Hit]:
    """Every cookie has a purpose."""
    for name, use in _uses(case):
        if use.purpose is None:
            yield Hit(
                f"cookies.uses.{name}.purpose",
                "Nothing says what it is for.",
                "Name one of the purposes.",
            )


@note("PECR regulation 6(2)(a); UK GDPR Article 5(2)")
def cookie_unreviewed(case: Case) -> Iterator[Hit]:
    """Somebody looked at each use of cookies, and the day is known."""
    names = [name for name, use in _uses(case) if use.reviewed is None]
    if names:
        yield Hit(
            "cookies.uses",
            f"Nobody is said to have looked at these: {', '.join(names)}.",
            "Add 'reviewed: {by: …, on: …}' to each.",
        )


@error("PECR regulation 6 and Schedule A1")
def cookie_needs_choice(case: Case) -> Iterator[Hit]:
    """What no exception covers waits for a choice."""
    for name, use in _uses(case):
        key = f"cookies.uses.{name}.needs"
        exempt = use.exception in NECESSARY or name in NECESSARY
        by_objection = use.exception in BY_OBJECTION and use.needs == "objection"
        if use.needs == "choice" or exempt or by_objection or case.open(key):
            continue
        yield Hit(
            key,
            "It does not wait for a choice, and no exception is claimed that would "
            "let it.",
            "State 'needs: choice', or an 'exception' that fits.",
        )


@error("PECR Schedule A1 paragraphs 1 and 2")
def cookie_exception_unfit(case: Case) -> Iterator[Hit]:
    """Counting visits without consent is for the clinic's own use alone."""
    for name, use in _uses(case):
        if use.exception == "statistical" and use.party == "third":
            yield Hit(
                f"cookies.uses.{name}.exception",
                "Statistics of another company are not what the exception is for.",
                "Let it wait for a choice.",
            )


@error("PECR regulation 6")
def beacon_without_choice(case: Case) -> Iterator[Hit]:
    """An email does not report that it was read unless the person chose that."""
    cookies = case.document.cookies
    beacons = cookies.in_emails if cookies else None
    if beacons is not None and beacons.beacons and "choice" not in beacons.needs:
        yield Hit(
            "cookies.in-emails.needs",
            "Emails would report that they were opened without a choice.",
            "State 'needs: choice'.",
        )


@warning("PECR regulation 6(2)(a)")
def cookies_unruled(case: Case) -> Iterator[Hit]:
    """A site that learns of visits says how it uses cookies."""
    if case.document.cookies is None and any(
        category.partition(".")[0] == "web" for category in case.policy.collected
    ):
        yield Hit(
            "cookies",
            "Visits to the site are recorded, and nothing is said of cookies.",
            "Add 'cookies', or 'cookies: {}' to take the model's.",
        )


@warning("UK GDPR Article 5(1)(a)")
def scope_too_narrow(case: Case) -> Iterator[Hit]:
    """The notice covers the clinic where the clinic collects."""
    notice = case.document.notice
    if notice is None or not notice.scope or "clinic" in notice.scope:
        return
    if case.policy.collected_from & _IN_CLINIC:
        yield Hit(
            "notice.scope",
            "It is said to cover the site alone, and data is collected in the clinic.",
            "Add 'clinic' to 'scope'.",
        )


@error("UK GDPR Article 12(1)")
def draft_text(case: Case) -> Iterator[Hit]:
    """What is published is finished."""
    notice = case.document.notice
    if notice is not None and notice.text == "draft-marks":
        yield Hit(
            "notice.text",
            "Brackets of a draft stand in the text.",
            "Finish the sentence, and take them out.",
        )
    for key, text in case.document.words.items():
        found = _DRAFT.search(text)
        if found:
            yield Hit(
                f"words.{key}",
                f"'{found.group()}' reads like a draft.",
                "Finish the sentence.",
            )


@error("UK GDPR Articles 4(11) and 7")
def deemed_acceptance(case: Case) -> Iterator[Hit]:
    """Nobody agrees to a change by using the site."""
    notice = case.document.notice
    changes = notice.changes if notice else None
    if changes is not None and changes.accepted_by == "using-the-site":
        yield Hit(
            "notice.changes.accepted-by",
            "People would be taken to accept a new notice by using the site.",
            "State 'accepted-by: asking-again'.",
        )


@note("UK GDPR Articles 5(1)(a) and 13(3)")
def change_untold(case: Case) -> Iterator[Hit]:
    """Who is affected by a change is told of it."""
    notice = case.document.notice
    changes = notice.changes if notice else None
    if changes is None or changes.email in (None, "never"):
        yield Hit(
            "notice.changes.email",
            "A change is only posted on the page.",
            "State 'email: if-significant'.",
        )


@warning("UK GDPR Article 5(1)(a)")
def law_cited_repealed(case: Case) -> Iterator[Hit]:
    """The laws that are cited are in force, and hold for a private clinic."""
    notice = case.document.notice
    for law in notice.laws_cited if notice else ():
        statute = STATUTES.get(law)
        if statute is not None and statute.status is not Status.IN_FORCE:
            yield Hit("notice.laws-cited", f"{statute.title} {statute.why}.", _CITE)
    for purpose in case.policy.purposes.values():
        for statute in named_in(purpose.because):
            if statute.status is not Status.IN_FORCE:
                key = f"{purpose.clause}.because"
                yield Hit(key, f"{statute.title} {statute.why}.", _CITE)


_CITE: Final = "Take it out, or cite the law that holds now."


@warning("UK GDPR Articles 5(2) and 24(1)")
def version_old(case: Case) -> Iterator[Hit]:
    """A notice was looked at in the last two years."""
    notice = case.document.notice
    looked = notice.reviewed if notice and notice.reviewed else case.policy.effective
    if case.on is not None and OLDEST.after(looked) < case.on:
        yield Hit(
            "version",
            f"Version {case.policy.version} is older than two years, and nobody is "
            "said to have looked at it since.",
            "Review it, and give it a new version or 'notice.reviewed'.",
        )


@error("UK GDPR Article 13")
def effective_later(case: Case) -> Iterator[Hit]:
    """A policy is published once it is in force."""
    if case.on is not None and case.policy.effective > case.on:
        yield Hit(
            "effective",
            f"It is in force only from {case.policy.effective.isoformat()}.",
            "Publish it on that day, or change the date.",
        )


@warning("UK GDPR Article 5(1)(d)")
def version_contradicts(case: Case) -> Iterator[Hit]:
    """A version that is a date is the date it is in force from."""
    version = case.policy.version
    is_date = re.fullmatch(r"\d{4}(-\d\d){0,2}", version)
    if is_date and not case.policy.effective.isoformat().startswith(version):
        yield Hit(
            "version",
            f"Version {version} is in force from {case.policy.effective.isoformat()}.",
            "Let the two agree.",
        )


@warning("UK GDPR Article 5(2)")
def review_overdue(case: Case) -> Iterator[Hit]:
    """What somebody reviewed was reviewed in the last year, and not in the future."""
    if case.on is None:
        return
    for key, looked in _looked_at(case):
        yield from _stale(key, looked, case.on, REVIEWED)
    notice = case.document.notice
    if notice is not None and notice.reviewed is not None:
        yield from _stale("notice.reviewed", notice.reviewed, case.on, OLDEST)


def _looked_at(case: Case) -> Iterator[tuple[str, date]]:
    """Yield each review that is due again after a year: its key, and its day."""
    for name, use in _uses(case):
        if use.reviewed is not None:
            yield f"cookies.uses.{name}.reviewed", use.reviewed.on
    for name, purpose in case.document.purposes.items():
        if purpose.assessed is not None:
            yield f"purposes.{name}.assessed", purpose.assessed.on
    security = case.document.security
    for name, control in security.controls.items() if security else ():
        if control.reviewed is not None:
            yield f"security.controls.{name}.reviewed", control.reviewed.on
    for name, recipient in case.document.recipients.items():
        if recipient.reviewed is not None:
            yield f"recipients.{name}.reviewed", recipient.reviewed.on


@error("UK GDPR Article 12(1)")
def terms_missing(case: Case) -> Iterator[Hit]:
    """Terms that a notice refers to can be read."""
    terms = case.document.terms
    if terms is None or case.open("terms.page"):
        return
    if terms.page in (None, "unpublished"):
        yield Hit(
            "terms.page",
            "The notice refers to terms that nobody can find.",
            "Give their page, or take the reference out.",
        )


def _stale(key: str, looked: date, on: date, every: Period) -> Iterator[Hit]:
    if looked > on:
        yield Hit(
            key, f"{looked.isoformat()} is still to come.", "Give the day it was done."
        )
    elif every.after(looked) < on:
        yield Hit(
            key,
            f"It was last looked at on {looked.isoformat()}.",
            "Look at it again, and give the day.",
        )


def _uses(case: Case) -> Iterator[tuple[str, CookieUse]]:
    cookies = case.document.cookies
    yield from (cookies.uses.items() if cookies else ())
