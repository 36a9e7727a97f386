"""The page of a copy: what a person reads, made from the same rows as the data file."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape

from candour.core.clock import LONDON
from candour.disposal.collect import Column
from candour.register.permit import WITHHELD
from candour.rights.copy.data import About
from candour.rights.copy.facts import Facts, Looked

LABELS = {
    "value": "How to reach you",
    "value_key": "The same, as we compare it",
    "address_key": "Address you asked from",
    "at": "When",
    "by": "By",
    "body": "What we wrote",
    "message": "What you wrote",
    "due_on": "Answer due",
    "target_on": "Answer aimed at",
    "born_on": "Birth date",
    "died_on": "Date of death",
    "made_at": "Since",
    "goes": "Kinds of record",
    "what": "What happened",
    "reply_by": "Answer by",
}
# Columns that hold words of ours, never anybody's own.
OUR_WORDS = {"source", "channel", "state", "status", "kind", "relation", "purpose"}
OUR_WORDS |= {"how", "what", "reply_by", "goes", "outcome"}
IN_DATA_ONLY = {"clause"}  # keys of the policy, for whoever reads the data file
ROLES = {
    "person": "You",
    "visitor": "Somebody on our site",
    "system": "Our system, by itself",
}


def head(about: About) -> str:
    """Return the page up to the first table."""
    return render_to_string("rights/copy/head.html", {"about": about})


def table_head(heading: str) -> str:
    """Return the beginning of a table with rows."""
    return f"<section>\n<h2>{escape(heading)}</h2>\n"


def row(columns: Iterable[Column], values: dict[str, Any]) -> str:
    """Return one row; a field without a value is left out."""
    lines = [
        f"<div><dt>{escape(label(column.name))}</dt><dd>{escape(said)}</dd></div>"
        for column in columns
        if column.name not in IN_DATA_ONLY
        and (said := _said(column.name, values[column.name]))
    ]
    return f"<dl>\n{chr(10).join(lines)}\n</dl>\n" if lines else ""


def _said(name: str, value: object) -> str:
    said = shown(value)
    return said.replace("-", " ") if name in OUR_WORDS else said


TABLE_TAIL = "</section>\n"


def tail(about: About, facts: Facts, empty: list[str], withheld: list[str]) -> str:
    """Return the rest of the page: why, from where, to whom, until when, who looked."""
    return render_to_string(
        "rights/copy/tail.html",
        {
            "about": about,
            "facts": facts,
            "contact": about.policy.contact_for("rights"),
            "empty": empty,
            "withheld": [why[:1].upper() + why[1:] for why in withheld],
            "opened": [_seen(one) for one in facts.looked if one.alone],
            "listed": [_seen(one) for one in facts.looked if not one.alone],
        },
    )


def _seen(one: Looked) -> dict[str, Any]:
    who = ROLES.get(one.kind) or one.role.replace("-", " ").capitalize()
    return {
        "at": one.at,
        "who": who,
        "purpose": one.purpose.replace("-", " "),
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
