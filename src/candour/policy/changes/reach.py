"""Changes in what people are sent, what they agreed to, and who else gets data."""

from collections.abc import Iterator

from candour.policy.changes.terms import Change, labels, less, more, spaced, titled
from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Recipient


def messages(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield kinds of message and channels that are new, or that end."""
    for kind, rule in new.messages.items():
        before = old.messages.get(kind)
        was = frozenset(before.channels) if before else frozenset()
        now = frozenset(rule.channels)
        what = sayings.spaced(kind)
        if before is None and now:
            yield more(rule.clause, f"We send a new kind of message: {what}.")
        elif now - was:
            said = f"Messages of the kind '{what}' may also come by "
            yield more(f"{rule.clause}.channels", f"{said}{spaced(sorted(now - was))}.")
        if before is not None and was - now:
            said = f"Messages of the kind '{what}' no longer come by "
            yield less(f"{rule.clause}.channels", f"{said}{spaced(sorted(was - now))}.")
        if before is not None and before.stopped != rule.stopped:
            weigh, word = (less, "ends") if rule.stopped else (more, "does not end")
            said = f"A stop to marketing {word} messages of the kind '{what}'."
            yield weigh(f"{rule.clause}.after-stop", said)
    for kind, before in old.messages.items():
        if kind not in new.messages:
            said = f"We no longer send messages of the kind '{sayings.spaced(kind)}'."
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
        said = f"You can no longer stop marketing by {spaced(lost)}."
        yield more("marketing.stop", said)
    gained = [way for way in now.stop_by if way not in was.stop_by]
    if gained:
        yield less(
            "marketing.stop", f"You can also stop marketing by {spaced(gained)}."
        )
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
            yield more(f"{one.clause}.gets", f"{_capital(new_one)} also gets {got}.")
        if one.gets - new_one.gets:
            lost = labels(one.gets - new_one.gets)
            said = f"{_capital(new_one)} no longer gets {lost}."
            yield less(f"{one.clause}.gets", said)
        if new_one.country != one.country:
            yield _moved(new_one)


def _moved(recipient: Recipient) -> Change:
    key, who = f"{recipient.clause}.country", _capital(recipient)
    if recipient.country in ("", "GB"):
        return less(key, f"{who} no longer holds data abroad.")
    return more(key, f"{who} holds data in another country: {recipient.country}.")


def _named(recipient: Recipient) -> str:
    return recipient.name or sayings.spaced(recipient.slug)


def _capital(recipient: Recipient) -> str:
    name = _named(recipient)
    return name[:1].upper() + name[1:]
