"""What we collect, about whom, from where, and whether it has to be given."""

from collections.abc import Iterator

from candour.policy.language import Document
from candour.policy.language.data import Collected
from candour.policy.render.doc import Clause, Section, Table
from candour.policy.render.words.people import FROM_OTHERS, PEOPLE, SOURCES
from candour.policy.render.words.plain import capital, listed, unique
from candour.policy.vocabulary import CATEGORIES, covers, is_special

_NEED = {
    "statutory": "the law asks for it",
    "contractual": "we cannot serve you without it",
    "optional": "you choose",
}
_CONSEQUENCE = {
    "services-may-be-limited": (
        "If you keep back something we need, there may be services we cannot give you."
    ),
    "care-may-be-limited": (
        "If you keep back something we need, there may be care we cannot give you."
    ),
    "none": "If you keep it back, nothing changes for you.",
}
_OTHERS = frozenset(("friend", "next-of-kin"))


def collect(document: Document) -> Section:
    """Return what Articles 13(2)(e), 14(1)(d) and 14(2)(f) ask for."""
    clauses = [_what(document)]
    if any(is_special(name) for name in document.collects):
        clauses.append(_special(document))
    clauses += _from_others(document)
    clauses.append(_need(document))
    clauses += _forms(document)
    return Section("What we collect", tuple(clauses), ("collects",))


def _groups(document: Document) -> Iterator[tuple[str, dict[str, Collected]]]:
    """Yield each first-level category with what is collected inside it."""
    groups: dict[str, dict[str, Collected]] = {}
    for name, entry in document.collects.items():
        groups.setdefault(name.partition(".")[0], {})[name] = entry
    yield from groups.items()


def _what(document: Document) -> Clause:
    rows = tuple(_row(wide, inside) for wide, inside in _groups(document))
    said = ["This is what we collect. We do not collect all of it from each of you."]
    if document.payments and document.payments.cards == "provider-only":
        said.append("We never hold your card number. Only the payment firm does.")
    table = Table(("What", "About whom", "Where it comes from"), rows)
    return Clause(
        "collects",
        "What we collect and where it comes from",
        (" ".join(said),),
        table=table,
        law=("UK GDPR Article 14(1)(d) and (2)(f)",),
        also=("payments.cards",),
    )


def _row(wide: str, inside: dict[str, Collected]) -> tuple[str, str, str]:
    narrow = {name: one for name, one in inside.items() if name != wide}
    label = capital(CATEGORIES[wide].label)
    what = f"{label}: {_details(narrow)}" if narrow else label
    if wide in inside and _notes(inside[wide]):
        what = capital(_details({wide: inside[wide]}))
    people = [PEOPLE[word] for one in inside.values() for word in one.of]
    sources = [SOURCES[word] for one in inside.values() for word in one.from_]
    return what, capital(listed(unique(people))), capital(listed(unique(sources)))


def _details(entries: dict[str, Collected]) -> str:
    """Return labels each with its notes; notes that all share are said once."""
    noted = {CATEGORIES[name].label: _notes(one) for name, one in entries.items()}
    shared = set(noted.values())
    if len(noted) > 2 and len(shared) == 1 and "" not in shared:
        return f"{listed(noted)} (all {shared.pop()})"
    return listed(
        f"{label} ({notes})" if notes else label for label, notes in noted.items()
    )


def _notes(one: Collected) -> str:
    notes = []
    if one.may:
        notes.append("in some cases")
    if set(one.when) == {"past", "current"}:
        notes.append("past and present")
    if {"law-requires", "clinic-requires"} & set(one.when):
        notes.append("where the law or our rules ask for it")
    if one.medium == "physical":
        notes.append("kept as objects")
    if "choice" in one.needs:
        notes.append("only if you say yes")
    if one.keep == "until-verified":
        notes.append("deleted once checked")
    return ", ".join(notes)


def _special(document: Document) -> Clause:
    wide = unique(
        [name.partition(".")[0] for name in document.collects if is_special(name)]
    )
    labels = [CATEGORIES[name].label for name in wide]
    said = (
        "Some of this is data that the law guards more closely, such as data on your"
        " health.",
        f"With us, you find it here: {listed(labels)}.",
    )
    return Clause(
        "collects.health",
        "Data that needs more care",
        said,
        law=("UK GDPR Article 9(1)",),
    )


def _from_others(document: Document) -> list[Clause]:
    found: dict[str, str] = {}
    for name, one in document.collects.items():
        if not _indirect(name, one):
            continue
        if any(other != name and covers(other, name) for other in found):
            continue  # the wider one is on the list already
        others = [SOURCES[word] for word in one.from_ if word in FROM_OTHERS]
        others = others or [SOURCES[word] for word in one.from_]
        found[name] = f"{capital(CATEGORIES[name].label)}, from {listed(others)}"
    items = tuple(found.values())
    if not items:
        return []
    said = (
        "Some data does not come from you. If we get yours from someone else, we tell"
        " you when we first write to you, and within one month at the latest.",
    )
    clause = Clause(
        "collects.third-party",
        "What others tell us",
        said,
        items,
        law=("UK GDPR Article 14",),
    )
    return [clause]


def _indirect(name: str, one: Collected) -> bool:
    if name == "third-party" or _OTHERS & set(one.of):
        return True
    return bool(FROM_OTHERS & set(one.from_))


def _need(document: Document) -> Clause:
    rows = []
    for word, meaning in _NEED.items():
        labels = [
            CATEGORIES[name].label
            for name, one in document.collects.items()
            if one.need == word
        ]
        if labels:
            rows.append((capital(meaning), capital(listed(unique(labels)))))
    said = ["Each form marks what you must fill in, and says why."]
    need = document.need
    if need and need.stated and not rows:
        kinds = [_NEED[word] for word in need.stated]
        said.append(
            f"For each thing we ask, one of these is so: {listed(kinds, 'or')}."
        )
    if need and need.consequence:
        said.append(_CONSEQUENCE[need.consequence])
    table = Table(("Do you have to give it?", "What"), tuple(rows)) if rows else None
    return Clause(
        "need",
        "What you have to tell us",
        (" ".join(said),),
        table=table,
        law=("UK GDPR Article 13(2)(e)",),
    )


def _forms(document: Document) -> list[Clause]:
    form = (document.forms.__pydantic_extra__ or {}).get("enquiry")
    if form is None or not form.asks:
        return []
    asked = listed(CATEGORIES[name].label for name in form.asks)
    must = listed(CATEGORIES[name].label for name in form.requires)
    said = [f"When you write to us on this site we ask for: {asked}."]
    if must:
        said.append(f"You have to give: {must}. The rest is up to you.")
    said.append("Please do not write about your health there. Wait until we talk.")
    return [
        Clause(
            "forms.enquiry",
            "When you ask us something",
            (" ".join(said),),
            also=("forms",),
        )
    ]
