"""News and offers on a form: a box for each way the policy asks, none ticked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from candour.policy.compile import Policy
from candour.policy.compiled.rules import Marketing
from candour.web import words
from candour.web.answers import Chosen

LEGEND = "Would you like news and offers?"
HINT = "Nothing is chosen for you. Leave these empty and we send none."
NAME = "marketing"

CHANNELS = {
    "email": "Email",
    "sms": "Text message",
    "phone": "Phone call",
    "post": "Letter",
    "portal": "My account",
    "whatsapp": "WhatsApp",
    "wechat": "WeChat",
    "skype": "Skype",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "live-chat": "Chat",
    "other-shared": "Any other way I gave you",
}


class Yes(NamedTuple):
    """One yes to news and offers, with the words that stood beside the box."""

    channel: str
    topics: tuple[str, ...]
    wording: str


def groups(policy: Policy) -> list[Chosen]:
    """Return the boxes: one group, or one for each topic. None where none are asked."""
    rule = policy.marketing
    if not rule.purpose or not rule.channels or not _asked_here(rule):
        return []
    if rule.ask_by == "topic-and-channel":
        ways = [(channel, CHANNELS[channel]) for channel in rule.channels]
        return [
            Chosen(
                name=f"{NAME}-{topic}",
                legend=_capital(topic),
                options=ways,
                across=True,
            )
            for topic in rule.topics
        ]
    return [Chosen(name=NAME, legend="", options=_options(policy))]


def _asked_here(rule: Marketing) -> bool:
    return "enquiry" in rule.asked_on or not rule.asked_on


def _options(policy: Policy) -> list[tuple[str, str]]:
    rule = policy.marketing
    if rule.ask_by == "once":
        return [("yes", " ".join(rule.wording(channel) for channel in rule.channels))]
    if rule.ask_by == "topic":
        ways = _listed([CHANNELS[channel].lower() for channel in rule.channels])
        return [(topic, f"{_capital(topic)}, by {ways}") for topic in rule.topics]
    return [(channel, rule.wording(channel)) for channel in rule.channels]


def said_yes(policy: Policy, boxes: Sequence[Chosen]) -> Iterator[Yes]:
    """Yield what was agreed to, a channel at a time, with the words that were read."""
    rule = policy.marketing
    for channel in rule.channels:
        topics: list[str] = []
        said: list[str] = []
        for box in boxes:
            for value, label in box.options:
                if value in box.values and _speaks_of(rule, box, value, channel):
                    topics += _topics(rule, box, value)
                    said.append(
                        f"{LEGEND} {box.legend}: {label}" if box.legend else label
                    )
        if said:
            yield Yes(channel, tuple(dict.fromkeys(topics)), "\n".join(said))


def _speaks_of(rule: Marketing, box: Chosen, value: str, channel: str) -> bool:
    """Say whether a box is about one channel; one for a topic is about each."""
    about_channels = box.name != NAME or rule.ask_by not in {"once", "topic"}
    return value == channel if about_channels else True


def _topics(rule: Marketing, box: Chosen, value: str) -> tuple[str, ...]:
    if box.name != NAME:
        return (box.name.removeprefix(f"{NAME}-"),)
    return (value,) if rule.ask_by == "topic" else rule.topics


def shown(policy: Policy, boxes: Iterable[Chosen]) -> dict[str, Any] | None:
    """Return the boxes as public/partials/marketing.html takes them."""
    listed = [box.shown() for box in boxes]
    if not listed:
        return None
    return {
        "legend": LEGEND,
        "hint": HINT,
        "error": next((box["error"] for box in listed if box["error"]), ""),
        "why": "We send them only to people who said yes, and only after you"
        " say in our first letter that the address is yours. You can stop at any time.",
        "clause": words.number(policy, policy.marketing.clause),
        "groups": listed,
    }


def _capital(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _listed(parts: list[str]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
