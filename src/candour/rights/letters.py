"""What is written to somebody who asks. No name, no contents, nothing to guess from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from candour.core.clock import LONDON

LINK = "/your-data/link/{token}/"
CERTIFICATE = "/your-data/certificate/{ref}/"
ASK = "/your-data/"


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail: its kind in the policy, one line that says nothing, and its text."""

    kind: str
    subject: str
    body: str


def identity_link(
    *, kind: str, token: str, ref: UUID, brand: str, until: datetime
) -> Letter:
    """Return the letter with the link that shows whose the address is."""
    asked = {
        "access": "Somebody asked us for a copy of what we hold under this address.",
        "erasure": "Somebody asked us to erase what we hold under this address.",
    }[kind]
    paragraphs = [
        "Hello,",
        f"{asked} If that was you, open this link:",
        _address(LINK.format(token=token)),
        f"It works once, until {moment(until)}. Opening it shows you what comes next;"
        " nothing happens before you say so.",
    ]
    if kind == "erasure":
        paragraphs += [
            "When everything is erased we can no longer write to you. Your certificate"
            " will then be here, so please keep this letter:",
            _address(CERTIFICATE.format(ref=ref)),
        ]
    paragraphs += [
        "If it was not you, do nothing. The link then ends by itself.",
        brand,
    ]
    return Letter("identity-link", f"Your link from {brand}", "\n\n".join(paragraphs))


def copy_ready(*, token: str, brand: str, until: datetime) -> Letter:
    """Return the letter that says a copy is ready, with a link to prove it again."""
    paragraphs = [
        "Hello,",
        "What you asked us for is ready. Open this link to fetch it:",
        _address(LINK.format(token=token)),
        f"It works once. We keep the file until {moment(until)} and then remove it."
        " Should the link be used up before that, ask for a new one here:",
        _address(ASK),
        brand,
    ]
    return Letter("copy-ready", f"Ready for you at {brand}", "\n\n".join(paragraphs))


def erased(*, brand: str, ref: UUID) -> Letter:
    """Return the letter to somebody of whom the law makes us keep something."""
    paragraphs = [
        "Hello,",
        "We have erased what you asked us to erase, and then read everything again."
        " Your certificate says what is gone, what had to stay, and why:",
        _address(CERTIFICATE.format(ref=ref)),
        brand,
    ]
    return Letter(
        "erasure-certificate", f"Your certificate from {brand}", "\n\n".join(paragraphs)
    )


def _address(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def moment(at: datetime) -> str:
    """Write a moment as people here do: 9 October 2034, 2.30 pm."""
    local = at.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y}, {hour}.{local:%M} {half}"
