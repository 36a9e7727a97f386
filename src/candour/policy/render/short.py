"""The short layer: five or six things to know, each with this clinic's facts."""

from candour.policy.language import Document
from candour.policy.language.keeping import Retention
from candour.policy.render.doc import Point
from candour.policy.render.sections.keeping import how_long
from candour.policy.render.sections.reach import marketing_ways
from candour.policy.render.sections.rights import best_time
from candour.policy.render.sections.why import soft_opt_in
from candour.policy.render.words.plain import listed

_FILES = ("clinical", "patient-record")


def short(document: Document) -> tuple[Point, ...]:
    """Return the points of the short layer."""
    points = [_why(document), _who(document)]
    file = next((name for name in _FILES if name in document.retention), None)
    if file is not None:
        points.append(_length(document.retention[file]))
    points += [_copy(document), _marketing(document), _wrong(document)]
    return tuple(points)


def _length(rule: Retention) -> Point:
    title = "How long"
    if rule.keep in (None, "keep"):
        text = (
            "We have not yet set how long we keep your patient file, and we must. Until"
            " then no date erases it."
        )
        return Point(title, text)
    return Point(title, f"We keep your patient file {how_long(rule)}.")


def _why(document: Document) -> Point:
    if "care" in document.purposes:
        text = (
            "We use your data to treat you, to answer you and to do what the law asks."
            " Other uses are listed one by one."
        )
    else:
        text = "We use your data for what is listed here, one by one."
    return Point("What it is for", text)


def _who(document: Document) -> Point:
    text = "Only staff who need it see it. Each look is written down."
    if document.ownership and document.ownership.sale_of_data == "never":
        text += " We never sell it."
    return Point("Who sees it", text)


def _copy(document: Document) -> Point:
    return Point(
        "You can look",
        f"Ask for a copy and you have it {best_time(document)}. You can have it put"
        " right, or ask us to erase it.",
    )


def _marketing(document: Document) -> Point:
    marketing = document.marketing
    if marketing is None:
        return Point("Offers", "We send no offers.")
    ways = listed(marketing_ways(document), "or") or "email"
    if soft_opt_in(document):
        text = (
            f"We send offers by {ways} if you said yes, or about things like those you"
            " had from us. You can stop them at any time."
        )
    else:
        text = (
            f"We send offers by {ways} only if you said yes. You can stop them at any"
            " time."
        )
    return Point("Offers are your choice", text)


def _wrong(document: Document) -> Point:
    tell = document.breach is not None and document.breach.tell_people == "any"
    text = "Tell us and we look into it. You can also go to the ICO."
    if tell:
        text += (
            " If your data is ever lost or seen, we tell you, however small the risk."
        )
    return Point("If something is wrong", text)
