"""Setting a letter on paper: what stands on it, in letters that the type has."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from candour.core.clock import local_date
from candour.core.errors import Invalid
from candour.disclosures.templates import Opening
from candour.files import letters
from candour.policy.compile import Policy

TRIES = 40  # kinds of character without a type that one letter may bring to light
NOT_SET = (
    "This letter holds characters that cannot be printed. Take out pictures and rare"
    " signs, and try again."
)
_SHOWN_BY = "could not be displayed with font"


def pdf(
    *,
    opening: Opening,
    body: str,
    to: Sequence[str],
    signed: Sequence[str],
    reference: str,
    policy: Policy,
    at: datetime,
) -> bytes:
    """Return a letter as PDF/UA. A sign that the type lacks is written out: [herb].

    Raises Invalid where even that does not help; what was written is still there.
    """
    import typst

    missing: set[str] = set()
    for _ in range(TRIES):
        texts = [[printable(line, missing) for line in lines] for lines in (to, signed)]
        data = letters.letter(
            sender=_sender(policy),
            to=texts[0],
            day=_day(at),
            subject=opening.subject,
            reference=reference,
            body=[{"text": printable(body, missing)}],
            signed=texts[1],
        )
        try:
            return letters.render(letters.LETTER, data, at=at)
        except typst.TypstError as wrong:
            lacking = _lacking(str(wrong))
            if not lacking or lacking <= missing:
                raise Invalid(NOT_SET) from None
            missing |= lacking | _like(lacking, body, *to, *signed)
    raise Invalid(NOT_SET)


def printable(text: str, missing: frozenset[str] | set[str] = frozenset()) -> str:
    """Return text without what steers a terminal or turns the line's direction.

    Pictures, and characters of `missing`, are put in words.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        kind = unicodedata.category(character)
        if character in missing or kind == "So":
            kept.append(_in_words(character))
        elif character == "\n" or kind not in ("Cc", "Cf", "Co", "Cs", "Cn"):
            kept.append(character)
    return "".join(kept)


def _in_words(character: str) -> str:
    if unicodedata.combining(character) or unicodedata.category(character)[0] in "CM":
        return ""  # it only changes the look of the one before
    name = unicodedata.name(character, "").replace("CJK UNIFIED IDEOGRAPH-", "U+")
    said = name if name.startswith("U+") else name.lower()
    return f"[{said}]" if said else ""


def _lacking(complaint: str) -> set[str]:
    """Return the characters that a complaint of the typesetter says it has none of."""
    if _SHOWN_BY not in complaint:
        return set()
    _, _, rest = complaint.partition('`"')
    shown, _, _ = rest.partition('"`')
    return set(shown) - set("\\")


def _like(lacking: set[str], *texts: str) -> set[str]:
    """Return what will lack a type too: where one wide character does, all do."""
    if not any(unicodedata.east_asian_width(one) in "WF" for one in lacking):
        return set()
    return {c for c in "".join(texts) if unicodedata.east_asian_width(c) in "WF"}


def _sender(policy: Policy) -> dict[str, object]:
    controller = policy.controllers[0]
    site = policy.sites[0] if policy.sites else None
    lines = [controller.address or (site.address if site else "")]
    lines += [site.phone if site else ""]
    return {"name": controller.name, "lines": [line for line in lines if line]}


def _day(at: datetime) -> str:
    day = local_date(at)
    return f"{day.day} {day:%B %Y}"
