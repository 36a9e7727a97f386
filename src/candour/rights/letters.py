"""What is written to somebody who asks. No name, no contents, nothing to guess from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from candour.core.clock import LONDON
from candour.law.refusals import Ground
from candour.policy.compile import Policy
from candour.rights.remedies import HEADING, remedies, written

LINK = "/your-data/link/{token}/"
CERTIFICATE = "/your-data/certificate/{ref}/"
ASK = "/your-data/"
REASON = "The reason, in the words of the person who decided:"
ASKED = {
    "access": "a copy of what we hold about you",
    "erasure": "to erase what we hold about you",
}
ASKED_BY_SOMEBODY = {
    "access": "a copy of what we hold about whoever has this address",
    "erasure": "to erase what we hold about whoever has this address",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One email: its kind in the policy, one line that says nothing, and its text."""

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


def erased(*, brand: str, ref: UUID, policy: Policy) -> Letter:
    """Return the letter to somebody of whom the law makes us keep something.

    Not all went, so it says what to do if they do not agree (UK GDPR Art 12(4)).
    """
    paragraphs = [
        "Hello,",
        "We have erased what you asked us to erase, and then read everything again."
        " Your certificate says what is gone, what had to stay, and why:",
        _address(CERTIFICATE.format(ref=ref)),
        *_not_agreed(policy),
        brand,
    ]
    return Letter(
        "erasure-certificate", f"Your certificate from {brand}", "\n\n".join(paragraphs)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a letter speaks of it. `known` is false while nobody knows whose."""

    kind: str
    number: str
    on: date
    known: bool

    def said(self) -> str:
        """Return what was asked, when, and under which number."""
        day = f"{self.on.day} {self.on:%B %Y}"
        if self.known:
            what = f"you asked us {_for(self.kind)}{ASKED[self.kind]}"
        else:
            what = f"somebody asked us {_for(self.kind)}{ASKED_BY_SOMEBODY[self.kind]}"
        return f"On {day} {what} (request {self.number})."


def _for(kind: str) -> str:
    return "for " if kind == "access" else ""


def refused(
    *, asked: Asked, ground: Ground, reason: str, role: str, brand: str, policy: Policy
) -> Letter:
    """Return the letter that says no: on what ground, why, and what to do about it.

    UK GDPR Article 12(4). `reason` is in the words of whoever decided; `role` is
    theirs, in words.
    """
    no = "We do not erase it." if asked.kind == "erasure" else "We do not give it."
    paragraphs = [
        "Hello,",
        f"{asked.said()} {no} A person decided this: {role}.",
        f"{ground.says} ({ground.article})",
        REASON,
        reason,
        *_not_agreed(policy),
        brand,
    ]
    return Letter("request-refusal", f"Our answer from {brand}", _joined(paragraphs))


def reason_in(body: str) -> str:
    """Return the reason that a letter of refusal gives; else all of the letter."""
    _, found, rest = body.partition(f"\n\n{REASON}\n\n")
    reason, ended, _ = rest.rpartition(f"\n\n{HEADING}\n\n")
    return reason if found and ended else body


def lapsed(*, asked: Asked, brand: str, policy: Policy) -> Letter:
    """Return the letter that says a request has ended, since nobody proved it."""
    paragraphs = [
        "Hello,",
        f"{asked.said()} We sent a link to this address, to make sure whose it is, and"
        " nobody opened it while it worked. So the request has ended: nothing was"
        " given to anybody, and nothing was erased.",
        "If it was you, ask again and open the new link. If it was not you, you need do"
        " nothing.",
        *_not_agreed(policy),
        brand,
    ]
    return Letter("request-refusal", f"Our answer from {brand}", _joined(paragraphs))


def reminder(*, token: str, brand: str, until: datetime) -> Letter:
    """Return the letter to whoever has not said yet whether to go on and erase."""
    paragraphs = [
        "Hello,",
        "You asked us to erase your data, and we showed you what would go. Nothing is"
        " erased before you say so. Open this link to see it again, and to decide:",
        _address(LINK.format(token=token)),
        f"It works once, until {moment(until)}. If you have changed your mind, you need"
        " do nothing: everything then stays as it is.",
        brand,
    ]
    return Letter("identity-link", f"Your link from {brand}", _joined(paragraphs))


def undecided(*, asked: Asked, brand: str, policy: Policy) -> Letter:
    """Return the letter that says nothing was erased, since nobody went on."""
    paragraphs = [
        "Hello,",
        f"{asked.said()} We showed you what would go, and reminded you. You did not say"
        " that we should go on, so nothing was erased, and the request has ended.",
        "If you still want it, ask again: you can, at any time.",
        *_not_agreed(policy),
        brand,
    ]
    return Letter("request-refusal", f"Our answer from {brand}", _joined(paragraphs))


def not_fetched(*, asked: Asked, brand: str, policy: Policy) -> Letter:
    """Return the letter that says a copy was made and removed, since nobody came."""
    paragraphs = [
        "Hello,",
        f"{asked.said()} We made the copy and wrote to you that it was ready. Nobody"
        " fetched it in time, so we removed the file. Nothing was given to anybody.",
        "If you still want it, ask again: you can, at any time.",
        *_not_agreed(policy),
        brand,
    ]
    return Letter("request-refusal", f"Our answer from {brand}", _joined(paragraphs))


def _not_agreed(policy: Policy) -> list[str]:
    return written(remedies(policy), ask=_address(ASK))


def _joined(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def _address(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def moment(at: datetime) -> str:
    """Write a moment as people here do: 9 October 2034, 2.30 pm."""
    local = at.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y}, {hour}.{local:%M} {half}"
