"""Who else gets data, what they get, where it goes, and when we pass it on."""

from collections.abc import Mapping

from candour.policy.language import Document
from candour.policy.language.others import Recipient
from candour.policy.render.doc import Clause, Section, Table
from candour.policy.render.words.others import (
    AMOUNTS,
    COUNTRIES,
    KINDS,
    NAMES,
    ROLES,
    SAFEGUARDS,
    TELL,
)
from candour.policy.render.words.people import HOLDS
from candour.policy.render.words.plain import capital, listed, unique
from candour.policy.render.words.purposes import purpose_words
from candour.policy.vocabulary import CATEGORIES

_HERE = {"UK": "the UK", "EEA": "the UK or the European Economic Area"}


def others(document: Document, inactive: Mapping[str, str]) -> Section:
    """Return what Articles 13(1)(e) and (f) ask for.

    `inactive` maps a recipient to the reason why nothing may go there yet.
    """
    suppliers = [one for one in document.recipients.values() if one.classes]
    clauses = [_recipients(document, inactive, more=bool(suppliers))]
    if suppliers:
        clauses.append(_suppliers(suppliers[0]))
    clauses.append(_disclosures(document))
    clauses.append(_transfers(document))
    if document.ownership and document.ownership.sale_of_data == "never":
        sale = ("We do not sell your data, rent it out or trade it. We never will.",)
        clauses.append(
            Clause("ownership.sale-of-data", "Your data is not for sale", sale)
        )
    return Section("Who else sees it", tuple(clauses), ("recipients",))


def _recipients(
    document: Document, inactive: Mapping[str, str], *, more: bool
) -> Clause:
    rows = tuple(
        _row(slug, one, inactive)
        for slug, one in document.recipients.items()
        if not one.classes
    )
    if not rows:
        said = ("We have no one on this list today.",)
        return Clause("recipients", "Who gets your data", said)
    who = (
        "Only these, and the kinds of firm named after them, may get your data."
        if more
        else "These may get your data, and no one else."
    )
    said = (f"{who} Each gets what is named here, for the reason that is named here.",)
    table = Table(("Who", "Why", "What", "Where and how"), rows)
    return Clause(
        "recipients",
        "Who gets your data",
        said,
        table=table,
        law=("UK GDPR Article 13(1)(e)",),
    )


def _row(
    slug: str, one: Recipient, inactive: Mapping[str, str]
) -> tuple[str, str, str, str]:
    who = one.name or NAMES.get(slug) or capital(KINDS[one.kind or "supplier"])
    why = [purpose_words(name).title for name in one.for_]
    lowered = [f"{title[0].lower()}{title[1:]}" for title in why]
    purposes = capital(listed(unique(lowered)))
    return capital(who), purposes, _what(one), _how(slug, one, inactive)


def _what(one: Recipient) -> str:
    if one.gets == ("anonymous",):
        return "Counts that point to no one"
    labels = [
        "what they need for it" if name == "declared" else CATEGORIES[name].label
        for name in one.gets
        if name != "anonymous"
    ]
    said = capital(listed(unique(labels)))
    never = [
        "nothing on health" if name == "special" else f"never {CATEGORIES[name].label}"
        for name in one.never
    ]
    return f"{said}; {listed(never)}" if never else said


def _how(slug: str, one: Recipient, inactive: Mapping[str, str]) -> str:
    if slug in inactive:
        return "Nothing goes there today"
    said = [ROLES[one.role]] if one.role in ROLES else []
    if one.only_if or one.any_of:
        needs = [HOLDS[a] for a in (*one.only_if, *one.any_of)]
        said.append(f"Only if {listed(unique(needs))}")
    if one.needs:
        said.append(f"Only once {listed(HOLDS[a] for a in one.needs)}")
    if one.country and one.country != "inactive":
        said.append(f"In {COUNTRIES.get(one.country, one.country)}")
    if one.safeguard in SAFEGUARDS:
        said.append(capital(SAFEGUARDS[one.safeguard]))
    return ". ".join(said)


def _suppliers(one: Recipient) -> Clause:
    kinds = tuple(capital(KINDS[kind]) for kind in one.classes)
    said = ["Firms of these kinds work for us, on our orders."]
    if one.screened and one.screened != "not-yet":
        said.append("We look at how they guard data before we choose them.")
    if one.contract:
        said.append("Their contract lets them use data for our task and nothing else.")
    if "special" in one.never:
        said.append("They get no data on your health.")
    said.append("Ask us, and we tell you their names.")
    return Clause(
        "recipients.suppliers",
        "Firms that work for us",
        (" ".join(said),),
        kinds,
        law=("UK GDPR Article 28",),
    )


def _disclosures(document: Document) -> Clause:
    rule = document.disclosures
    said = ["We do not pass your data to anyone else."]
    items: tuple[str, ...] = ()
    if rule is not None and rule.unless:
        said = ["We pass your data on only in these cases:"]
        items = tuple(capital(HOLDS[atom]) for atom in rule.unless)
    after = []
    if rule is not None and rule.amount:
        after.append(AMOUNTS[rule.amount])
    if rule is not None and rule.confidentiality:
        after.append("Those who get it must keep it to themselves.")
    if rule is not None and rule.tell_person:
        after.append(TELL[rule.tell_person])
    return Clause(
        "disclosures",
        "When we pass data on",
        (" ".join((*after, *said)),),
        items,
    )


def _transfers(document: Document) -> Clause:
    storage = document.security.storage if document.security else None
    if storage is not None and storage.where in _HERE:
        said = [f"We keep your data in {_HERE[storage.where]}."]
        if storage.outside == "never":
            said.append("It does not go anywhere else.")
    else:
        said = [
            "We keep your records in the UK. Some firms above may keep what they get"
            " outside the UK."
        ]
    if storage is None or storage.outside != "never":
        said.append(
            "Before data leaves the UK we make sure that the law there, or a contract,"
            " guards it as well as here. Ask us and you can have a copy of that"
            " contract."
        )
    return Clause(
        "security.storage",
        "Where your data is kept",
        (" ".join(said),),
        law=("UK GDPR Article 13(1)(f)",),
    )
