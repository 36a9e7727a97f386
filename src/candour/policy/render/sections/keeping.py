"""How long data is kept: one clause a rule, each in words."""

from candour.law.parameters import KEEP_ACCOUNTS
from candour.policy.language import Document
from candour.policy.language.keeping import AtLeast, Retention
from candour.policy.render.doc import Clause, Section
from candour.policy.render.words.keeping import AFTER, CASES, RULES, THEN
from candour.policy.render.words.labels import labels
from candour.policy.render.words.plain import capital, every, in_full, listed, period

_AT_ONCE = "P0D"
_LASTS = {
    "keep": "until we have set a time for it",
    "review-yearly": (
        "with no end date. Someone looks at it each year and erases what we no longer"
        " need"
    ),
    "until-last-record": "for as long as we keep anything else about you",
    "until-withdrawn": "for as long as your yes or your no stands",
    "until-verified": "only until we have checked it",
    "until-removed": "until you ask us to take it away",
}
_NO_END = frozenset(("keep", "review-yearly", _AT_ONCE))


def keeping(document: Document) -> Section:
    """Return what Article 13(2)(a) asks for: a period, or how it is set."""
    clauses = [_rule(name, rule) for name, rule in document.retention.items()]
    clauses.append(_holds())
    return Section("How long we keep it", tuple(clauses), ("retention",))


def how_long(rule: Retention) -> str:
    """Return how long something is kept, to follow `We keep this`."""
    if rule.keep is None:
        return _LASTS["keep"]
    if rule.keep == _AT_ONCE:
        return _LASTS["until-verified"]
    if rule.keep == "law":
        return f"for as long as tax law asks: {_accounts()}"
    if rule.keep == "criteria":
        reasons = (word.replace("-", " ") for word in rule.criteria)
        return f"while this is so: {listed(reasons, 'or')}"
    return _LASTS.get(rule.keep) or _period(rule, rule.keep)


def _accounts() -> str:
    return f"{period(str(KEEP_ACCOUNTS.value))} {AFTER['financial-year-end']}"


def _period(rule: Retention, length: str) -> str:
    said = f"for {period(length)} {AFTER[rule.after or 'recorded']}"
    floors = [_floor(one) for one in rule.at_least]
    if not floors:
        return said
    return f"{said}, or {listed(floors, 'or')}, whichever is later"


def _floor(one: AtLeast) -> str:
    case = CASES.get(one.if_ or "", "")
    if one.age is not None:
        return f"until you turn {one.age} {case}".strip()
    keep = period(one.keep) if one.keep else "a time"
    after = AFTER[one.after] if one.after else ""
    return " ".join(part for part in (f"for {keep}", after, case) if part)


def _rule(name: str, rule: Retention) -> Clause:
    covered = listed(labels(rule.covers))
    title = RULES.get(name, capital(covered))
    said = [f"We keep this {how_long(rule)}."]
    if rule.then and rule.keep not in _NO_END:
        said.append(THEN[rule.then])
    if rule.keep == "keep":
        said.append("We must still do that. Until then, no date erases it.")
    if rule.review and rule.keep != "review-yearly":
        said.append(f"Someone looks at it {every(rule.review)}.")
    if rule.approve == "person":
        said.append("What is kept and what goes has to be signed off.")
    about = f"It covers {covered}." if covered.lower() != title.lower() else ""
    law = ["UK GDPR Article 13(2)(a)"]
    if rule.keep == "law":
        law.append(KEEP_ACCOUNTS.source)
    if rule.because:
        law.append(rule.because)
    paragraphs = tuple(part for part in (" ".join(said), about) if part)
    law = [in_full(one) for one in law]
    return Clause(f"retention.{name}", title, paragraphs, law=tuple(law))


def _holds() -> Clause:
    said = (
        "If you have asked for a copy, made a complaint, or there is a claim, we erase"
        " nothing that it is about until it is done.",
        "If you ask us to stop writing, we keep your address in scrambled form, so that"
        " we do not write again.",
    )
    return Clause(
        "retention",
        "When we keep it longer",
        said,
        law=("UK GDPR Article 17(3)", "UK GDPR Article 21(3)"),
    )
