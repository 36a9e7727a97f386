"""What we write to people, marketing and how to stop it, adverts, photographs."""

from candour.policy.language import Document
from candour.policy.language.data import Permission
from candour.policy.language.messages import Advertising, Marketing
from candour.policy.render.doc import Clause, Section, Table
from candour.policy.render.words.messages import (
    AFTER_STOP,
    ASK_BY,
    BASED_ON,
    KINDS,
    LOADS,
    STOP_BY,
    TOPICS,
)
from candour.policy.render.words.others import NAMES
from candour.policy.render.words.people import CHANNELS, HOLDS
from candour.policy.render.words.plain import capital, listed, period, sentence, unique
from candour.policy.vocabulary import CATEGORIES

_INTERNAL = frozenset(("staff-invitation",))


def reach(document: Document) -> Section:
    """Return how we write to people, and how each can stop what they may stop."""
    clauses = [_messages(document)]
    if document.marketing is not None:
        clauses += [
            _marketing(document, document.marketing),
            _stop(document.marketing),
        ]
    if document.advertising is not None and document.advertising.platforms:
        clauses.append(_advertising(document, document.advertising))
    return Section(
        "What we send you", tuple(clauses), ("messages", "marketing", "advertising")
    )


def photographs(document: Document) -> Section:
    """Return the clause on pictures: who sees them, and when others may."""
    said = [
        "Pictures we take are for your care, and for those who treat you.",
    ]
    publish = document.photographs.publish if document.photographs else None
    if publish is None or publish.never is not None:
        said.append(
            "We never show a picture of you to anyone else to sell our services."
        )
    else:
        needs = [HOLDS[a] for a in (*publish.any_of, *publish.only_if)]
        said.append(
            f"We show one to others only if {listed(unique(needs))}. Your yes is for"
            " that picture and that use. You can take it back at any time, and then we"
            " take the picture down."
        )
    clause = Clause("photographs", "Pictures of you", (" ".join(said),))
    return Section("Photographs", (clause,), ("photographs",))


def _messages(document: Document) -> Clause:
    alike: dict[tuple[str, str], list[str]] = {}
    for kind, rule in document.messages.items():
        if kind in _INTERNAL:
            continue
        ways = capital(listed((CHANNELS[channel] for channel in rule.channels), "or"))
        stop = AFTER_STOP[rule.after_stop or "stopped"]
        alike.setdefault((ways, stop), []).append(KINDS[kind])
    rows = [("; ".join(kinds), *how) for how, kinds in alike.items()]
    said = (
        "We write to you for these reasons. Beside each stands whether it still comes"
        " once you have told us to stop our marketing.",
    )
    table = Table(("What", "How", "Sent after you say stop"), tuple(rows))
    return Clause("messages", "What we write to you about", said, table=table)


def marketing_ways(document: Document) -> tuple[str, ...]:
    """Return the ways by which offers and news are sent, in words."""
    kinds = ("offer", "news", "newsletter")
    channels = [
        channel
        for kind in kinds
        if kind in document.messages
        for channel in document.messages[kind].channels
    ]
    return unique([CHANNELS[channel] for channel in channels])


def _marketing(document: Document, marketing: Marketing) -> Clause:
    ways = listed(marketing_ways(document), "or")
    topics = listed((_topic(word) for word in marketing.topics), "and")
    said = [f"With your yes, we send {topics or 'offers'} by {ways or 'email'}."]
    if marketing.ask:
        said.append(
            f"We ask with {ASK_BY[marketing.ask.by]}. No box is ticked for you. Leave"
            " it and we send nothing."
        )
    audience = marketing.permission
    if audience and audience.customer and "soft-opt-in" in audience.customer.any_of:
        said.append(_soft(audience.customer))
    if marketing.interests == "declared-only":
        said.append("We only write about what you told us you like.")
    if marketing.never_uses:
        said.append(f"We never use {_never(marketing)} to choose what to send.")
    if marketing.tailored_by:
        labels = listed(CATEGORIES[name].label for name in marketing.tailored_by)
        said.append(f"To fit it to you, we may use: {labels}.")
    return Clause(
        "marketing",
        "Offers and news",
        (" ".join(said),),
        law=("Privacy and Electronic Communications Regulations, regulation 22",),
    )


def _soft(customer: Permission) -> str:
    alike = "similar-to-sold" in customer.only_if
    what = "things like those you had from us" if alike else "our services"
    return (
        f"If you have bought from us, we may write to you about {what} without a fresh"
        " yes. We ask you at that time, and you can say no then and each time we write."
    )


def _never(marketing: Marketing) -> str:
    labels = [
        "data on your health or anything else that needs more care"
        if name == "special"
        else CATEGORIES[name].label
        for name in marketing.never_uses
    ]
    return listed(labels, "or")


def _topic(slug: str) -> str:
    return TOPICS.get(slug, slug.replace("-", " "))


def _stop(marketing: Marketing) -> Clause:
    stop = marketing.stop
    ways = stop.by if stop else ("form",)
    items = [STOP_BY[way] for way in ways]
    if stop and stop.link_at:
        where = listed(f"the {place}" for place in stop.link_at)
        items = [
            f"{item} (it is at {where} of each one)" if way == "link" else item
            for way, item in zip(ways, items, strict=True)
        ]
    said = ["You can stop our offers and news at any time. We stop at once."]
    if stop and stop.in_flight:
        said.append(
            f"What was on its way may still reach you for {period(stop.in_flight)}."
        )
    if stop and stop.across == "controller":
        said.append("A stop counts for all our names and sites.")
    back = marketing.return_
    if back and "confirmed-by-email" in back.needs:
        said.append(
            "To come back, tell us. We send you one email, and start only if you say"
            " yes in it."
        )
    said.append("You can stop like this:")
    return Clause(
        "marketing.stop",
        "How to stop them",
        (" ".join(said),),
        tuple(items),
        law=("UK GDPR Article 21(2) and (3)",),
        also=("marketing.return",),
    )


def _advertising(document: Document, adverts: Advertising) -> Clause:
    names = [
        one.name or NAMES.get(slug, slug.replace("-", " "))
        for slug, one in document.recipients.items()
        if slug in adverts.platforms
    ]
    said = [f"We may show our adverts through {listed(names)}."]
    said.append(LOADS[adverts.loads or "never"])
    if adverts.based_on:
        basis = listed(BASED_ON[word] for word in adverts.based_on)
        said.append(f"Which advert you see may depend on {basis}.")
    if adverts.audiences and adverts.audiences.fields:
        said.append(
            "With your yes, we may pass on your email address in a scrambled form, so"
            " that the firm can find you. Scrambled, it is still your data."
        )
    return Clause(
        "advertising",
        "Adverts on other sites",
        tuple(sentence(part) for part in said),
        law=("Privacy and Electronic Communications Regulations, regulation 6",),
    )
