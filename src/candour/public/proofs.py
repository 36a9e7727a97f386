"""What a page shows of a copy, a plan to erase, and a certificate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from candour.disposal.plan import Goes, Plan, Stays
from candour.disposal.queries import Certified, Line
from candour.law import refusals
from candour.policy.compile import Policy
from candour.rights import letters
from candour.rights import remedies as ways
from candour.rights.queries import Happened, Status
from candour.web import words
from candour.web.answers import hidden

UNBROKEN = "\N{NO-BREAK SPACE}"
READING = "We are reading everything we hold about you."
LAPSED = "The link we sent you was not opened in time, so we could not know who asked."
UNDECIDED = "We showed you what would go, and you did not say that we should go on."
UNFETCHED = "The copy was ready and was not fetched in time, so we removed it."
# How a request ends without what was asked for, and what is said of that.
_ENDINGS = {
    "refused": "",
    "withdrawn": "",
    "lapsed": LAPSED,
    "not-decided": UNDECIDED,
    "copy-removed": UNFETCHED,
}


def copy(
    status: Status, now: datetime, policy: Policy, *, late: timedelta
) -> dict[str, Any]:
    """Return a copy as public/request_copy.html takes it."""
    made = status.copy
    if made is None:
        asked = status.verified_at or status.received_at
        state = "failed" if now - asked > late else "making"
        return {"state": state, "progress": {"says": READING, "done": 0, "of": 0}}
    if not made.there or made.expires_at <= now:
        return {"state": "expired", "remedies": remedies(policy)}
    return {
        "state": "ready",
        "download": {
            "expires_at": made.expires_at,
            "size": size(made.size),
            "downloaded_at": made.downloaded_at,
        },
        "holds": [{"name": name, "count": str(count)} for name, count in made.holds],
    }


def size(count: int) -> str:
    """Write a number of bytes as people do: 184 KB, 2.1 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"


def plan(found: Plan, policy: Policy) -> dict[str, Any]:
    """Return what would go and stay as public/request_erasure_plan.html takes it."""
    return {
        "state": "open",
        "plan": {
            "goes": [_goes(item) for item in found.goes],
            "stays": [_stays(item, policy) for item in found.stays],
            "gone_at": found.gone_at,
            "keys_by": found.keys_by,
            "backups_by": found.backups_by,
            "by_hand": found.by_hand,
            "things": f"these {len(found.goes)}" if len(found.goes) > 1 else "this",
        },
        "hidden": hidden(plan=found.fingerprint),
        "remedies": remedies(policy) if found.stays or not found.goes else None,
    }


def _goes(item: Goes) -> dict[str, str]:
    return {"name": item.name, "count": _rows(item.rows), "clause": ""}


def _stays(item: Stays, policy: Policy) -> dict[str, Any]:
    return {
        "name": item.name,
        "count": _rows(item.rows),
        "why": f"{item.why} {item.article}.",
        "clause": words.number(policy, item.clause),
        "until": None,
        "until_says": item.until_says,
    }


def _rows(count: int) -> str:
    return f"{count}{UNBROKEN}{'entry' if count == 1 else 'entries'}"


def certificate(found: Certified, policy: Policy) -> dict[str, Any]:
    """Return a certificate as public/certificate.html takes it."""
    return {
        "number": found.number,
        "state": "kept" if found.complete else "wrong",
        "asked_on": found.asked_on,
        "issued_at": found.issued_at,
        "read_at": found.read_at,
        "gone_at": found.gone_at,
        "keys_by": found.keys_by,
        "backups_by": found.backups_by,
        "tables": [_line(line, policy) for line in found.tables],
        "tables_read": found.tables_read,
        "rows_erased": found.rows_erased,
        "files_erased": found.files_erased,
        "keys_destroyed": found.keys_destroyed,
        "policy": found.policy,
        "seal": f"sha256 {found.seal}",
        "remedies": remedies(policy)
        if any(line.left for line in found.tables)
        else None,
    }


def _line(line: Line, policy: Policy) -> dict[str, Any]:
    why = f"{line.kept} {line.article}." if line.article else line.kept
    return {
        "name": line.name,
        "erased": line.erased,
        "left": line.left,
        "kept": why,
        "clause": words.number(policy, line.clause) if line.clause else "",
    }


def closed(
    status: Status, steps: Sequence[Happened], letter: str, policy: Policy
) -> dict[str, Any]:
    """Return a request that has ended as public/request_closed.html takes it.

    `letter` is what was written to the person then, "" for nothing.
    """
    last = next((s for s in reversed(steps) if s.what in _ENDINGS), None)
    ground = refusals.cited(last.ground) if last else None
    return {
        "state": status.state,
        "kind": status.kind,
        "ended_at": last.at if last else status.answered_at,
        "says": _says(last, ground),
        "article": ground.article if ground else "",
        "reason": letters.reason_in(letter) if ground and letter else "",
        "remedies": remedies(policy),
    }


def _says(last: Happened | None, ground: refusals.Ground | None) -> str:
    if ground is not None:
        return ground.says
    return _ENDINGS[last.what] if last is not None else ""


def remedies(policy: Policy) -> dict[str, Any]:
    """Return what to do who does not agree, for public/partials/remedies.html."""
    found = ways.remedies(policy)
    contact = found.contact
    told = [("Email", one, f"mailto:{one}") for one in contact.emails]
    told += [("Post", contact.post, "")] if contact.post else []
    if contact.phone:
        told.append(("Phone", contact.phone, f"tel:{contact.phone.replace(' ', '')}"))
    return {
        "heading": ways.HEADING,
        "again": ways.AGAIN,
        "us": found.us if told else f"{ways.ANYBODY} {found.us}",
        "ways": [{"label": a, "value": b, "url": c} for a, b, c in told],
        "clause": found.clause,
        "independent": ways.INDEPENDENT,
        "regulator": {**ways.REGULATOR, "note": ways.MOVING},
        "regulator_clause": found.regulator_clause,
        "court": ways.COURT,
    }
