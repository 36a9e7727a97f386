"""Changes in what is collected, what it is used for, and how long it is kept."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from candour.policy.changes.terms import Change, labels, less, more, same, titled
from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Purpose, RetentionRule
from candour.policy.vocabulary import CATEGORIES, expand

_WHY: Final = MappingProxyType(
    {
        "consent": "only if you say yes",
        "contract": "we need it for what you asked of us",
        "legal-obligation": "the law asks for it",
        "vital-interests": "it saves lives",
        "public-task": "the law gives us that task",
        "legitimate-interests": "we have a fair reason of our own, and you can object",
    }
)
"""A basis in words, to follow a use and a colon."""


def collected(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield what is collected from now on, and what no longer is."""
    was, now = expand(old.collected), expand(new.collected)
    if now - was:
        yield more("collects", f"We also collect {labels(now - was)}.")
    if was - now:
        yield less("collects", f"We no longer collect {labels(was - now)}.")


def forms(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield what a form insists on from now on, and what it no longer asks."""
    for name, form in new.forms.items():
        before = old.forms.get(name)
        if before is None:
            continue
        needed = {f.category for f in form.fields if f.required}
        was = {f.category for f in before.fields if f.required}
        said = f"The {sayings.spaced(name)} form"
        if needed - was:
            yield more(form.clause, f"{said} now needs {labels(needed - was)}.")
        if was - needed:
            yield less(form.clause, f"{said} no longer needs {labels(was - needed)}.")


def purposes(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield new uses, uses that end, and uses that change."""
    for name in new.purposes:
        if name not in old.purposes:
            rule = new.purposes[name]
            yield more(
                rule.clause,
                f"We use your data in a new way, {titled(name)}: "
                f"{_WHY.get(rule.basis, 'nobody has said why')}.",
            )
    for name, before in old.purposes.items():
        after = new.purposes.get(name)
        if after is None:
            said = f"We no longer use your data {titled(name)}."
            yield less(before.clause, said)
        else:
            yield from _purpose(before, after)


def _purpose(old: Purpose, new: Purpose) -> Iterator[Change]:
    what = titled(new.name)
    if old.basis != new.basis:
        reason = _WHY.get(new.basis, "nobody has said why")
        said = f"Our reason for using your data {what} changes: {reason}."
        weigh = less if new.basis == "consent" else more
        yield weigh(f"{new.clause}.basis", said)
    if new.uses - old.uses:
        said = f"We also use {labels(new.uses - old.uses)} {what}."
        yield more(f"{new.clause}.uses", said)
    if old.uses - new.uses:
        said = f"We no longer use {labels(old.uses - new.uses)} {what}."
        yield less(f"{new.clause}.uses", said)
    if old.profiling != new.profiling:
        weigh, word = (more, "now") if new.profiling else (less, "no longer")
        said = f"We {word} build a picture of you {what}."
        yield weigh(f"{new.clause}.profiling", said)
    yield from _by_whom(old, new)


def _by_whom(old: Purpose, new: Purpose) -> Iterator[Change]:
    """Yield who of the staff may use data for a purpose, where that changes."""
    what = titled(new.name)
    added = [role for role in new.by if role not in old.by and role in _STAFF]
    gone = [role for role in old.by if role not in new.by and role in _STAFF]
    if added:
        said = f"{_who(added)} may now use your data {what}."
        yield more(f"{new.clause}.by", said)
    if gone:
        said = f"{_who(gone)} may no longer use your data {what}."
        yield less(f"{new.clause}.by", said)


_STAFF = frozenset(sayings.ROLES) - {"person", "visitor", "system"}


def _who(roles: list[str]) -> str:
    first, *rest = (sayings.ROLES[role] for role in roles)
    return sayings.listed((first, *(name[:1].lower() + name[1:] for name in rest)))


def keeping(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield how long data is kept, where that changes, once for all it covers."""
    was, now = _rules(old), _rules(new)
    moved: dict[tuple[str, str], list[str]] = {}
    for slug in CATEGORIES:
        before, after = was.get(slug), now.get(slug)
        if before is None or after is None or before.says == after.says:
            continue
        moved.setdefault((before.name, after.name), []).append(slug)
    for (first, second), slugs in moved.items():
        before, after = was[slugs[0]], now[slugs[0]]
        held = expand(new.collected) & frozenset(slugs)
        if not held:
            continue
        weigh = {1: more, -1: less, 0: same}[_longer(before, after)]
        said = (
            f"Another time for {labels(slugs)}: {after.says} Until now: {before.says}"
        )
        yield weigh(f"retention.{second if second else first}", said)


def _rules(policy: Policy) -> dict[str, RetentionRule]:
    return {slug: rule for rule in policy.retention for slug in rule.covers}


def _longer(old: RetentionRule, new: RetentionRule) -> int:
    """Return 1 where data stays longer, -1 where it goes sooner, 0 where neither."""
    if old.keep is not None and new.keep is not None:
        one, other = (
            (p.years * 372 + p.months * 31 + p.days) for p in (old.keep, new.keep)
        )
        return (other > one) - (other < one) or int(old.after != new.after)
    return int(new.keep is None) - int(old.keep is None)
