"""Messages that are not marketing, and when they turn into it.

Direct marketing is material directed to particular people to promote (DPA 2018
s122(5)). A confirmation that also promotes is marketing as a whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from candour.law.parameters import SERVICE_MESSAGES, SERVICE_NOTICE_TOPICS
from candour.law.verdicts import Verdict, allow, deny

PROMISE = "the clinic's notice"


class MessageClass(StrEnum):
    """What a message is in law, by what it does."""

    SERVICE = "service"
    ENQUIRY_REPLY = "enquiry_reply"
    RECALL = "recall"
    MARKETING = "marketing"


def message_class(kind: str, *, topic: str | None = None) -> MessageClass:
    """Return what a kind of message is; a kind nobody listed is marketing.

    A service notice is one only while it speaks of the service or its terms.
    """
    if kind == "service_notice":
        own = topic is None or topic in SERVICE_NOTICE_TOPICS.value
        return MessageClass.SERVICE if own else MessageClass.MARKETING
    if kind in SERVICE_MESSAGES.value:
        return MessageClass.SERVICE
    if kind in {MessageClass.ENQUIRY_REPLY, MessageClass.RECALL}:
        return MessageClass(kind)
    return MessageClass.MARKETING


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallPromise:
    """A clinic's own reminders to come back: by which channels, past a stop or not."""

    channels: frozenset[str]
    after_stop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallFacts:
    """What a reminder to come back rests on."""

    channel: str
    treated_before: bool
    needs_review: bool
    stopped: bool
    restricted: bool = False


def may_recall(facts: RecallFacts, promise: RecallPromise | None) -> Verdict | None:
    """Say whether a reminder to come back may go, None where it is plain marketing.

    Only a clinic that said so in its notice may send one without consent, to those
    it said, by the channels it said, and not after a stop it did not list.
    """
    if promise is None:
        return None
    if facts.restricted:
        return deny("processing_restricted", "UK GDPR Art 18(2)")
    if facts.channel not in promise.channels:
        return deny("channel_not_promised", PROMISE)
    if facts.stopped and not promise.after_stop:
        return deny("not_in_transactional_list", PROMISE)
    if not facts.treated_before:
        return deny("no_prior_treatment", PROMISE)
    if not facts.needs_review:
        return deny("no_ongoing_review", PROMISE)
    return allow("recall_promise", PROMISE)


def may_serve(
    kind: MessageClass,
    *,
    promotes: bool,
    as_marketing: Callable[[], Verdict],
    invited: bool = True,
) -> Verdict:
    """Say whether a service message, or the reply to an enquiry, may go.

    It may, whatever was unsubscribed from. If it also promotes, the whole of it must
    be allowed as marketing: drop the promotion and it may go again.
    """
    if kind is MessageClass.ENQUIRY_REPLY and not invited:
        return deny("invitation_withdrawn", PROMISE)
    if promotes and not (verdict := as_marketing()).allowed:
        return deny("mixed_message_is_marketing", verdict.source)
    if promotes:
        return as_marketing()
    if kind is MessageClass.ENQUIRY_REPLY:
        return allow("enquiry_reply", "UK GDPR Art 6(1)(b), (f)")
    return allow("transactional", "DPA 2018 s122(5)")
