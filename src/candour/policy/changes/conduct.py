"""Changes in who answers, what people may ask, the site, and how care is taken."""

from collections.abc import Iterator
from typing import Any, Final

from candour.law.periods import Period
from candour.policy.changes.terms import Change, less, lowered, more, same
from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import RightRule
from candour.policy.render.words.keeping import RIGHTS
from candour.policy.render.words.site import USES

MONTH: Final = Period(months=1)


def who(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield who answers for the data and whom one writes to, where that changes."""
    was = {one.name for one in old.controllers}
    now = {one.name for one in new.controllers}
    for name in sorted(now - was):
        yield more("controllers", f"{name} now answers for your data.")
    for name in sorted(was - now):
        yield more("controllers", f"{name} no longer answers for your data.")
    emails = [
        tuple(email for one in policy.contacts for email in one.emails)
        for policy in (old, new)
    ]
    if emails[0] != emails[1] and emails[1]:
        yield same("contacts", f"You reach us at {sayings.listed(emails[1])}.")


def rights(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield how fast an answer is promised, and on what terms, where that changes."""
    for kind, after in new.rights.items():
        before = old.rights[kind]
        asked = lowered(RIGHTS[kind][0]) if kind in RIGHTS else sayings.spaced(kind)
        if _days(before) != _days(after):
            slower = _days(after) > _days(before)
            long = sayings.period(after.within or MONTH)
            said = f"We now answer within {long} when you ask {asked}."
            yield (more if slower else less)(f"{after.clause}.within", said)
        if before.extension_allowed != after.extension_allowed:
            word = "may now" if after.extension_allowed else "no longer can"
            weigh = more if after.extension_allowed else less
            said = f"We {word} take longer to answer when you ask {asked}."
            yield weigh(f"{after.clause}.extension", said)
        if before.fee != after.fee:
            weigh = less if after.fee == "never" else more
            said = "is never asked" if after.fee == "never" else "is as the law says"
            yield weigh(f"{after.clause}.fee", f"When you ask {asked}, a fee {said}.")


def _days(right: RightRule) -> int:
    within = right.within or MONTH
    return within.years * 372 + within.months * 31 + within.days


def cookies(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield uses of cookies that are new, end, or no longer wait for a choice."""
    was = old.document.cookies.uses if old.document.cookies else {}
    now = new.document.cookies.uses if new.document.cookies else {}
    for name, use in now.items():
        what, key = _use(name), f"cookies.uses.{name}"
        if name not in was:
            after = ", if you say yes" if use.needs == "choice" else ""
            yield more(key, f"We may set cookies for a new reason{after}: {what}.")
        elif was[name].needs != use.needs:
            waits = use.needs == "choice"
            word = "now wait" if waits else "no longer wait"
            said = f"Cookies set for this reason {word} for your choice: {what}."
            yield (less if waits else more)(f"{key}.needs", said)
    for name in was:
        if name not in now:
            said = f"We no longer set cookies for this reason: {_use(name)}."
            yield less(f"cookies.uses.{name}", said)


def _use(name: str) -> str:
    return lowered(USES.get(name, sayings.spaced(name)))


_CARE: Final = (
    ("breach.tell-people", "We tell you of a data breach", {"law": 0, "any": 1}),
    (
        "ownership.change-of-control",
        "When the clinic changes hands, we tell you",
        {"tell-people-after": 0, "same-purposes-only": 0, "tell-people-first": 1},
    ),
    (
        "notice.changes.email",
        "We write to you about changes of this notice",
        {"never": 0, "optional": 0, "if-significant": 1},
    ),
)
_HOW: Final = {
    "law": "where the law asks it",
    "any": "whatever the risk",
    "tell-people-after": "afterwards",
    "same-purposes-only": "that the uses stay the same",
    "tell-people-first": "first",
    "never": "never",
    "optional": "if we choose to",
    "if-significant": "if they matter to you",
}


def care(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield what is promised of pictures, children, breaches and changes."""
    for key, said, rank in _CARE:
        was, now = (_value(policy, key) for policy in (old, new))
        if was != now and now in rank:
            weigh = more if rank.get(was, 0) > rank[now] else less
            yield weigh(key, f"{said} {_HOW[now]}.")
    shown = [_shown(policy) for policy in (old, new)]
    if shown[0] != shown[1]:
        said = (
            "Pictures of you may be shown, if you agree to it."
            if shown[1]
            else "Pictures of you are never shown."
        )
        yield (more if shown[1] else less)("photographs.publish", said)
    ages = [_value(policy, "children.not-collected-under") for policy in (old, new)]
    if ages[0] != ages[1]:
        key = "children.not-collected-under"
        if ages[1] is None:
            yield more(key, "We may hold data of children of any age.")
        else:
            yield same(key, f"We do not knowingly collect data of under-{ages[1]}s.")


def _value(policy: Policy, key: str) -> Any:
    fact = policy.value(key)
    return fact.value if fact is not None else None


def _shown(policy: Policy) -> bool:
    photographs = policy.document.photographs
    publish = photographs.publish if photographs else None
    return publish is not None and publish.never is None
