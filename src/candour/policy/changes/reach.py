"""Changes in what people are sent, what they agreed to, and who else gets data."""

from collections.abc import Iterator

from candour.policy.changes.terms import (
    Change,
    channels,
    labels,
    less,
    lowered,
    more,
    spaced,
    stops,
    titled,
)
from candour.policy.changes.terms import kind as named_kind
from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Recipient
from candour.policy.render.words.others import COUNTRIES, NAMES


def messages(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield kinds of message and channels that are new, or that end."""
    for kind, rule in new.messages.items():
        before = old.messages.get(kind)
        was = frozenset(before.channels) if before else frozenset()
        now = frozenset(rule.channels)
        what = named_kind(kind)
        if before is None and now:
            yield more(rule.clause, f"We write to you for a new reason: {what}.")
        elif now - was:
            said = f"This may also come by {channels(sorted(now - was))}: {what}."
            yield more(f"{rule.clause}.channels", said)
        if before is not None and was - now:
            said = f"This no longer comes by {channels(sorted(was - now))}: {what}."
            yield less(f"{rule.clause}.channels", said)
        if before is not None and before.stopped != rule.stopped:
            weigh, word = (less, "ends") if rule.stopped else (more, "does not end")
            said = f"A stop to marketing {word} this: {what}."
            yield weigh(f"{rule.clause}.after-stop", said)
    for kind, before in old.messages.items():
        if kind not in new.messages:
            said = f"We no longer send this: {named_kind(kind)}."
            yield less(before.clause, said)


def marketing(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield what marketing is about, whom it may reach, and how it is stopped."""
    was, now = old.marketing, new.marketing
    added = [topic for topic in now.topics if topic not in was.topics]
    gone = [topic for topic in was.topics if topic not in now.topics]
    if added:
        yield more("marketing.topics", f"Marketing may also be about {spaced(added)}.")
    if gone:
        yield less("marketing.topics", f"Marketing is no longer about {spaced(gone)}.")
    loose = set(now.customer.any_of) - set(was.customer.any_of)
    if loose:
        said = "If you bought from us, marketing may reach you by "
        ways = sayings.listed(sayings.ATOMS[word] for word in sorted(loose))
        yield more("marketing.permission", f"{said}{ways}.")
    if set(was.customer.any_of) - set(now.customer.any_of):
        said = "If you bought from us, marketing needs more than it did."
        yield less("marketing.permission", said)
    lost = [way for way in was.stop_by if way not in now.stop_by]
    if lost:
        said = f"You can no longer stop marketing by {stops(lost)}."
        yield more("marketing.stop", said)
    gained = [way for way in now.stop_by if way not in was.stop_by]
    if gained:
        said = f"You can also stop marketing by {stops(gained)}."
        yield less("marketing.stop", said)
    if was.never_uses - now.never_uses:
        said = f"Marketing may now use {labels(was.never_uses - now.never_uses)}."
        yield more("marketing.never-uses", said)
    if now.never_uses - was.never_uses:
        said = f"Marketing no longer uses {labels(now.never_uses - was.never_uses)}."
        yield less("marketing.never-uses", said)


def permissions(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield the permissions that lapse, so that people are asked again."""
    for name, rule in new.purposes.items():
        if name not in old.purposes or "consent" not in (rule.basis, rule.condition):
            continue
        if not new.scope(name).within(old.scope(name)):
            said = (
                f"If you said yes to our using your data {titled(name)}, we ask you "
                "again: it is more than you agreed to."
            )
            yield more(f"{rule.clause}.basis", said)


def recipients(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield who gets data from now on, who no longer does, and who gets more."""
    before = {one.slug: one for one in old.recipients}
    after = {one.slug: one for one in new.recipients}
    for slug, one in after.items():
        if slug not in before:
            said = f"We may also give data to {_named(one)}"
            what = f": {labels(one.gets)}" if one.gets else ""
            yield more(one.clause, f"{said}{what}.")
    for slug, one in before.items():
        new_one = after.get(slug)
        if new_one is None:
            yield less(one.clause, f"We no longer give data to {_named(one)}.")
            continue
        if new_one.gets - one.gets:
            got = labels(new_one.gets - one.gets)
            yield more(f"{one.clause}.gets", f"We also give {_named(one)} this: {got}.")
        if one.gets - new_one.gets:
            lost = labels(one.gets - new_one.gets)
            said = f"We no longer give {_named(one)} this: {lost}."
            yield less(f"{one.clause}.gets", said)
        if new_one.country != one.country:
            yield _moved(new_one)


def _moved(recipient: Recipient) -> Change:
    key, who = f"{recipient.clause}.country", _named(recipient)
    if recipient.country in ("", "GB"):
        return less(key, f"What we give {who} is no longer held abroad.")
    where = COUNTRIES.get(recipient.country, recipient.country)
    return more(key, f"What we give {who} is held in another country: {where}.")


def _named(recipient: Recipient) -> str:
    if recipient.name:
        return recipient.name
    known = NAMES.get(recipient.slug)
    return lowered(known) if known else sayings.spaced(recipient.slug)
