"""What the timeline shows: each dealing in a few words, newest first."""

from typing import Any

from candour.accounts import queries as accounts
from candour.core.clock import local_date
from candour.desk import wording
from candour.outbox import queries as outbox
from candour.people.interactions import Dealing
from candour.register.permit import WITHHELD, Permit

KINDS = {
    "enquiry": "A question to us",
    "call": "Phone call",
    "letter": "Letter",
    "message": "Message",
    "visit": "Visit",
    "conversation": "Conversation",
    "appointment": "Appointment",
    "incident": "Something went wrong",
    "complaint": "Complaint",
}
DIRECTIONS = {"in": "from them", "out": "to them", "both": ""}
CHANNELS = {
    "website-form": "enquiry form",
    "email": "email",
    "phone": "phone",
    "in-person": "in person",
    "video": "video",
    "post": "post",
    "sms": "text message",
}
SYSTEM = "Written down by itself"


def listed(dealings: list[Dealing], *, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/patient/timeline.html but for its form."""
    sent = [d.row.origin_ref for d in dealings if d.row.kind == "letter"]
    states = outbox.states([ref for ref in sent if ref], permit=permit)
    refs = {
        d.row.by.removeprefix("staff:")
        for d in dealings
        if d.row.by.startswith("staff:")
    }
    names = accounts.names_of(refs) if refs else {}
    return {
        "events": [_event(d, states.get(d.row.origin_ref), names) for d in dealings]
    }


def _event(
    dealing: Dealing, state: str | None, names: dict[str, str]
) -> dict[str, Any]:
    row = dealing.row
    kind = wording.given(row.kind) or ""
    parts = [
        CHANNELS.get(row.channel, wording.plainly(str(row.channel)).lower()),
        DIRECTIONS.get(row.direction, ""),
    ]
    title = f"{KINDS.get(kind, 'Contact')} ({', '.join(filter(None, parts))})"
    mark, word = wording.SENT.get(state or "", ("", ""))
    by = row.by.removeprefix("staff:")
    return {
        "at": row.at,
        "day": local_date(row.at),
        "title": title,
        "what": wording.plainly(str(wording.given(row.what) or "")),
        "by": names.get(by, "") if row.by.startswith("staff:") else SYSTEM,
        "note": None if dealing.note is WITHHELD else dealing.note or "",
        "state": mark,
        "word": word,
    }
