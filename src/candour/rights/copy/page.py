"""The page of a copy: what a person reads, made from the same rows as the data file."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html

from candour.core.clock import LONDON
from candour.disposal.collect import Column
from candour.register.permit import WITHHELD
from candour.rights import remedies as ways
from candour.rights.copy import said
from candour.rights.copy.data import About
from candour.rights.copy.facts import Facts, Given, Goes, Looked, Source

LABELS = {
    "about": "What it is about",
    "address": "Sent to",
    "address_key": "Address you asked from",
    "answered_at": "Answered",
    "answers": "What you answered",
    "asked_on": "Asked",
    "at": "When",
    "because": "Why it is not here",
    "body": "What we wrote",
    "born_on": "Birth date",
    "brand": "Name you asked under",
    "by": "By",
    "channel": "By which way",
    "completed_at": "Complete since",
    "condition": "On what ground, for health data",
    "copy_built_at": "Your copy was made",
    "copy_downloaded_at": "Your copy was fetched",
    "died_on": "Date of death",
    "due_on": "Answer due",
    "exception_reason": "Why without your agreement",
    "fields": "Kinds of data",
    "file_name": "The file",
    "filed_at": "Filed",
    "form": "Which form",
    "given": "You said yes",
    "goes": "Kinds of record",
    "ground": "On what ground",
    "ground_says": "What that rests on",
    "how": "How",
    "identified_at": "Known to be you since",
    "interests": "What you are interested in",
    "kind": "What",
    "last_interaction_at": "Last in touch",
    "law": "What that rests on",
    "layer": "What of the notice",
    "locator": "Where it is kept",
    "made_at": "In our records since",
    "media_type": "Kind of file",
    "medium": "How we have it",
    "message": "What you wrote",
    "mode": "How we met",
    "outcome": "What came of it",
    "place": "Where",
    "preferred_name": "What you like to be called",
    "purpose": "What for",
    "received_on": "It came",
    "relation": "What you are to us",
    "reply_by": "Answer by",
    "restricted_at": "Set aside since",
    "saved_at": "Last saved",
    "sender": "Who sent it",
    "sender_kind": "What they are",
    "signature": "Signed with the name",
    "signed_at": "Signed",
    "sold_topics": "What you have bought from us",
    "source": "Where it came from",
    "state": "How it stands",
    "status": "How it stands",
    "taken_at": "Taken",
    "target_on": "Answer aimed at",
    "template": "What kind of letter",
    "title": "What it is about",
    "to": "To whom",
    "told": "Whether you were told",
    "told_at": "You were told",
    "told_by": "You are told of it by",
    "told_how": "How you were told",
    "topics": "What about",
    "value": "How to reach you",
    "value_key": "The same, as we compare it",
    "verified_at": "Proven",
    "what": "What happened",
    "why_not": "Why you were not told",
    "wording": "The words beside the box",
    "wrong_at": "Said to be wrong",
}
FILES = "files"  # the folder of the archive that the files themselves are in
IN_DATA_ONLY = {"clause"}  # keys of the policy, for whoever reads the data file


def head(about: About) -> str:
    """Return the page up to the first table."""
    return render_to_string("rights/copy/head.html", {"about": about})


def table_head(heading: str) -> str:
    """Return the beginning of a table with rows."""
    return f"<section>\n<h2>{escape(heading)}</h2>\n"


def row(columns: Iterable[Column], values: dict[str, Any]) -> str:
    """Return one row; a field without a value is left out."""
    lines = [
        f"<div><dt>{escape(label(column.name))}</dt>"
        f"<dd>{_linked(column, text)}</dd></div>"
        for column in columns
        if column.name not in IN_DATA_ONLY
        and (text := _said(column.name, values[column.name]))
    ]
    return f"<dl>\n{chr(10).join(lines)}\n</dl>\n" if lines else ""


def _linked(column: Column, text: str) -> str:
    """Return a value as it stands on the page; a file's name leads to the file."""
    if column.name != "file_name":
        return escape(text)
    return format_html('<a href="{}/{}">{}</a>', FILES, text, text)


def _said(name: str, value: object) -> str:
    """Return a value of a column, its slugs in words; nothing for no value."""
    if value is WITHHELD or not said.is_ours(name):
        return shown(value)
    parts = value if isinstance(value, list | tuple) else [value]
    return ", ".join(said.of_column(name, str(part)) for part in parts if part)


TABLE_TAIL = "</section>\n"


def tail(about: About, facts: Facts, empty: list[str], withheld: list[str]) -> str:
    """Return the rest of the page: why, from where, to whom, until when, who looked."""
    return render_to_string(
        "rights/copy/tail.html",
        {
            "about": about,
            "facts": facts,
            "sources": [_source(one) for one in facts.sources],
            "recipients": [_recipient(one) for one in facts.recipients],
            "given": [_given(one) for one in facts.given],
            "contact": about.policy.contact_for("rights"),
            "not_agreed": ways.remedies(about.policy),
            "ways": ways,
            "empty": empty,
            "withheld": [why[:1].upper() + why[1:] for why in withheld],
            "opened": [_seen(one) for one in facts.looked if one.alone],
            "listed": [_seen(one) for one in facts.looked if not one.alone],
        },
    )


def _source(one: Source) -> dict[str, Any]:
    named = [said.source(_slug(source)) for source in one.sources]
    return {"label": one.label, "sources": named}


def _recipient(one: Goes) -> dict[str, Any]:
    return {
        "who": said.recipient(_slug(one.who)) if one.who.islower() else one.who,
        "active": one.active,
        "purposes": [said.purpose(_slug(name)) for name in one.purposes],
        "country": said.country(one.country),
        "safeguard": said.safeguard(_slug(one.safeguard)),
    }


def _given(one: Given) -> dict[str, Any]:
    why = [said.of_column("ground", one.ground), one.law, one.reason]
    return {
        "who": one.who,
        "at": one.at,
        "how": said.of_column("channel", one.how),
        "fields": one.fields,
        "purpose": said.purpose(one.purpose),
        "why": [text for text in why if text],
        "told_at": one.told_at,
    }


def _slug(spaced: str) -> str:
    return spaced.replace(" ", "-")


def _seen(one: Looked) -> dict[str, Any]:
    who = one.kind if one.kind in {"person", "visitor", "system"} else one.role
    return {
        "at": one.at,
        "who": said.role(who),
        "purpose": said.purpose(one.purpose),
        "refused": one.outcome != "allow",
    }


def label(name: str) -> str:
    """Return what a column is called for its reader."""
    plain = name.removesuffix("_at").removesuffix("_on").replace("_", " ")
    return LABELS.get(name) or plain.capitalize()


def shown(value: object) -> str:
    """Return a value in words, or nothing for one that is not there."""
    if value is WITHHELD:
        return "Held, and not shown here"
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{_day(local)}, {local:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, list | tuple):
        return ", ".join(shown(part) for part in value)
    return str(value)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
