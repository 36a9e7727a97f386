"""What the enquiry pages show, put together from rows inside one unit of work."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse

from candour.accounts import queries as accounts
from candour.catalogue import queries as catalogue
from candour.consent import queries as consent
from candour.desk import wording
from candour.desk.forms import Answer, InboxFilter
from candour.enquiries import queries
from candour.notices import queries as notices
from candour.outbox import queries as outbox
from candour.people import queries as people
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Brand
from candour.policy.vocabulary import RecordClass
from candour.register.permit import Permit, Row
from candour.web import words
from candour.web.answers import hidden, mistakes

FIRST_WORDS = 160  # characters of a question in the list
COLUMNS = (
    # heading, the order it gives, and the order it gives when that is already so
    ("From", "name", ""),
    ("Asked", "", ""),
    ("About", "", ""),
    ("Reply by", "", ""),
    ("Received", "newest", "oldest"),
    ("Status", "status", ""),
)
DIRECTIONS = {"newest": "descending"}
NEXT_STATUSES = {
    "new": [("closed:new", "Close without an answer", True)],
    "answered": [("closed:answered", "Close", False)],
    "closed": [("new:closed", "Open again", False)],
}
HIDDEN_BY = "rights.restriction"


def inbox(page: queries.Page, asked: InboxFilter, policy: Policy) -> dict[str, Any]:
    """Return the context of desk/enquiries.html."""
    statuses = [{"value": "", "label": "All"}]
    statuses += [{"value": v, "label": said} for v, said in wording.STATUSES.items()]
    names = topic_names()
    left_out = {"count": page.hidden, "clause": words.number(policy, HIDDEN_BY)}
    return {
        "filter": {
            "q": asked.text,
            "status": asked.status,
            "statuses": statuses,
            "active": asked.active,
        },
        "columns": [_column(asked, *column) for column in COLUMNS],
        "rows": [_row(row, names) for row in page.rows],
        "page": _pager(page, asked),
        "left_out": left_out if page.hidden else None,
    }


def _column(
    asked: InboxFilter, label: str, order: str, opposite: str
) -> dict[str, str]:
    now = asked.sort in (order, opposite) and asked.sort != ""
    wanted = opposite if asked.sort == order and opposite else order
    return {
        "label": label,
        "url": asked.query(sort=wanted, number=1) if order else "",
        "sort": DIRECTIONS.get(asked.sort, "ascending") if now else "",
    }


def _row(row: Row, names: dict[str, str]) -> dict[str, Any]:
    message = wording.given(row.message)
    return {
        "ref": row.ref,
        "name": wording.given(row.person__name),
        "message": None if message is None else message[:FIRST_WORDS],
        "topics": topics(row, names),
        "reply_by": reply_by(row),
        "received_at": row.received_at,
        "state": wording.STATUS_MARKS[row.status],
        "word": wording.STATUSES[row.status],
    }


def _pager(page: queries.Page, asked: InboxFilter) -> dict[str, Any]:
    first = (page.number - 1) * page.size + 1
    before, after = page.number > 1, page.number < page.pages
    return {
        "number": page.number,
        "pages": page.pages,
        "first": first,
        "last": first + len(page.rows) - 1,
        "count": page.total,
        "previous_url": asked.query(number=page.number - 1) if before else "",
        "next_url": asked.query(number=page.number + 1) if after else "",
        "things": "enquiries",
    }


def topic_names() -> dict[str, str]:
    """Return what to call each topic: a service by its name on the menu."""
    return {service.code: service.name for service in catalogue.menu()}


def topics(row: Row, names: dict[str, str]) -> str:
    """Return what an enquiry is about, in one line."""
    said = wording.given(row.topics) or []
    return wording.listed([names.get(t) or wording.plainly(t) for t in said])


def reply_by(row: Row) -> str:
    """Return the ways in which the person may be answered, in one line."""
    return wording.listed(
        [wording.channel(c) for c in wording.given(row.reply_by) or []]
    )


def enquiry(ref: UUID, *, permit: Permit, answer: Answer | None) -> dict[str, Any]:
    """Return the context of desk/enquiry.html, with an answer that came back."""
    row = queries.enquiry(ref, permit=permit)
    contacts = people.contacts(row.person, permit=permit)
    thread = outbox.thread(ref, permit=permit)
    why_not = _why_not(row, contacts, permit.policy)
    return {
        "enquiry": _asked(row, permit.policy),
        "person": {
            "ref": row.person__ref,
            "registered": "patient" in permit.facts[row.person].relation,
            "name": wording.given(row.person__name),
            "contacts": [contact(point) for point in contacts],
        },
        "permissions": permissions(row.person, permit),
        "withheld": _withheld(permit),
        "thread": _thread(thread),
        "reply": None if why_not else _reply(answer, contacts, len(thread)),
        "no_reply": why_not,
        "actions": [
            {"value": value, "label": label, "danger": danger}
            for value, label, danger in NEXT_STATUSES[row.status]
        ],
    }


def _asked(row: Row, policy: Policy) -> dict[str, Any]:
    version = notices.version(row.policy)
    kept = policy.retention_of(RecordClass.ENQUIRY)
    return {
        "ref": row.ref,
        "received_at": row.received_at,
        "state": wording.STATUS_MARKS[row.status],
        "word": wording.STATUSES[row.status],
        "source": _source(row, policy),
        "topics": topics(row, topic_names()),
        "reply_by": reply_by(row) or "Any way they gave",
        "message": wording.given(row.message),
        "notice": version.version,
        "notice_url": reverse("public:notice-version", args=[version.ref]),
        "keep_until": f"“{kept.says}”" if kept else "Not said",
        "keep_clause": words.number(policy, kept.clause) if kept else "",
    }


def _source(row: Row, policy: Policy) -> str:
    came = wording.source(wording.given(row.source) or "withheld")
    name = next((b.name for b in policy.brands if b.slug == row.brand), "")
    return f"{came}, {name}" if name else came


def contact(point: Row) -> dict[str, str]:
    """Return one way to reach somebody, with a link where there is one."""
    value = wording.given(point.value)
    schemes = {"email": "mailto:", "phone": "tel:", "sms": "tel:"}
    scheme = schemes.get(point.channel, "") if value else ""
    bare = value.replace(" ", "") if scheme == "tel:" else value
    return {
        "label": wording.CONTACTS.get(point.channel) or wording.plainly(point.channel),
        "value": value if value is not None else "Withheld",
        "url": f"{scheme}{quote(bare, safe='@+')}" if scheme else "",
    }


def permissions(person: int, permit: Permit) -> list[dict[str, str]]:
    """Return what the person agreed to, each way of marketing the policy knows."""
    marketing = permit.policy.marketing
    held = {
        row.channel: row
        for row in consent.permissions(person, permit=permit)
        if row.purpose in marketing.purposes
    }
    told = []
    for channel in marketing.channels:
        row = held.get(channel)
        state, word = wording.AGREED[row.state] if row else wording.NOT_CHOSEN
        label = f"News and offers: {wording.channel(channel).lower()}"
        since = f"Since {row.since:%-d %B %Y}" if row else ""
        told.append({"label": label, "state": state, "word": word, "note": since})
    return told


def _withheld(permit: Permit) -> list[dict[str, str]]:
    """Return what this purpose leaves shut of what the page would have shown."""
    clause = words.number(permit.policy, permit.decision.clause)
    shut = [
        label
        for label, category in (
            ("Name", "identity.name"),
            ("Question", "enquiry.message"),
            ("Email", "contact.email"),
            ("Phone", "contact.phone"),
        )
        if not permit.covers(category)
    ]
    return [{"label": label, "clause": clause} for label in shut]


def _thread(thread: list[Row]) -> list[dict[str, Any]]:
    ours = {row.by for row in thread if row.by.startswith("staff:")}
    names = accounts.names_of({by.removeprefix("staff:") for by in ours})
    return [_message(row, names) for row in thread]


def _message(row: Row, names: dict[str, str]) -> dict[str, Any]:
    state, word = wording.SENT[row.state]
    ours = row.by.startswith("staff:")
    return {
        "who": names.get(row.by.removeprefix("staff:"), "Staff") if ours else "Candour",
        "role": "by email" if ours else "sent by itself",
        "at": row.sent_at or row.made_at,
        "text": wording.given(row.body) or "",
        "state": state,
        "word": word,
    }


def _reply(answer: Answer | None, contacts: list[Row], seen: int) -> dict[str, Any]:
    box = answer or Answer()
    to = next(point.value for point in contacts if point.channel == "email")
    return {
        "errors": mistakes([box.text]),
        "text": box.text.shown(),
        "hidden": hidden(seen=seen),
        "to": wording.given(to) or "the address they gave",
    }


def _why_not(row: Row, contacts: list[Row], policy: Policy) -> str:
    """Return why this cannot be answered by email, or nothing when it can."""
    if "email" not in policy.reply_channels:
        return "The notice does not let us answer enquiries by email."
    if not any(point.channel == "email" for point in contacts):
        return "They left no email address. Answer in a way they gave."
    chosen = wording.given(row.reply_by) or []
    if chosen and "email" not in chosen:
        return f"They asked for an answer another way: {reply_by(row).lower()}."
    return ""


def subject(ref: UUID, *, permit: Permit) -> tuple[str, str]:
    """Return the subject of an answer, and why there can be none ("" if there can)."""
    row = queries.enquiry(ref, permit=permit)
    contacts = people.contacts(row.person, permit=permit)
    brand = brand_of(row, permit.policy)
    return f"Your question to {brand.name}", _why_not(row, contacts, permit.policy)


def brand_of(row: Row, policy: Policy) -> Brand:
    """Return the brand a person asked; the first one, when it is no longer there."""
    return next((b for b in policy.brands if b.slug == row.brand), policy.brands[0])
