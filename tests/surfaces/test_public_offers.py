"""News and offers: a box for each way a policy may ask, and what a tick stands for."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from candour.policy.compile import Policy, compile_pack
from candour.public import offers
from candour.public.forms import EnquiryForm
from candour.public.offers import Yes

TOPICS = ("offers", "newsletters", "treatments")
BY_EMAIL = "Quillane may email me about offers, newsletters and treatments."
BY_TEXT = "Quillane may text me about offers, newsletters and treatments."


def asking(by: str, **changes: object) -> Policy:
    """Return a policy that asks for its one agreement in another way."""
    policy = compile_pack("model")
    rule = replace(policy.marketing, ask_by=by, **changes)  # type: ignore[arg-type]
    return replace(policy, marketing=rule)


def said(policy: Policy, sent: str) -> list[Yes]:
    """Return what is agreed to when `sent` comes from the form."""
    boxes = offers.groups(policy)
    for box in boxes:
        box.read(QueryDict(sent))
    return list(offers.said_yes(policy, boxes))


@pytest.mark.parametrize(
    ("by", "sent", "agreed"),
    [
        ("channel", "", []),
        ("channel", "marketing=sms", [Yes("sms", TOPICS, BY_TEXT)]),
        (
            "once",
            "marketing=yes",
            [
                Yes("email", TOPICS, f"{BY_EMAIL} {BY_TEXT}"),
                Yes("sms", TOPICS, f"{BY_EMAIL} {BY_TEXT}"),
            ],
        ),
        ("once", "", []),
        (
            "topic",
            "marketing=offers&marketing=treatments",
            [
                Yes(
                    channel,
                    ("offers", "treatments"),
                    "Offers, by email or text message\n"
                    "Treatments, by email or text message",
                )
                for channel in ("email", "sms")
            ],
        ),
        (
            "topic-and-channel",
            "marketing-offers=sms&marketing-treatments=sms&marketing-treatments=email",
            [
                Yes(
                    "email",
                    ("treatments",),
                    "Would you like news and offers? Treatments: Email",
                ),
                Yes(
                    "sms",
                    ("offers", "treatments"),
                    "Would you like news and offers? Offers: Text message\n"
                    "Would you like news and offers? Treatments: Text message",
                ),
            ],
        ),
    ],
)
def test_a_tick_stands_for_what_its_words_say(
    by: str, sent: str, agreed: list[Yes]
) -> None:
    assert said(asking(by), sent) == agreed


@pytest.mark.parametrize("by", ["channel", "once", "topic", "topic-and-channel"])
def test_the_words_that_are_kept_are_the_words_on_the_page(by: str) -> None:
    policy = asking(by)
    boxes = offers.groups(policy)
    everything = "&".join(f"{box.name}={v}" for box in boxes for v, _ in box.options)

    shown = offers.shown(policy, boxes)

    assert shown is not None
    words = {label["label"] for g in shown["groups"] for label in g["options"]}
    words |= {g["legend"] for g in shown["groups"]} | {shown["legend"]}
    kept = "\n".join(yes.wording for yes in said(policy, everything))
    for line in kept.splitlines():
        parts = line.replace("? ", "?\n").replace(": ", "\n").split("\n")
        assert all(part in words for part in parts) or line in words


@pytest.mark.parametrize(
    "changes", [{"purpose": ""}, {"channels": ()}, {"asked_on": ("booking",)}]
)
def test_what_is_not_asked_here_has_no_box(changes: dict[str, object]) -> None:
    policy = asking("channel", **changes)

    assert offers.groups(policy) == []
    assert offers.shown(policy, []) is None


def test_with_one_way_to_reply_nobody_is_asked_which() -> None:
    policy = compile_pack("model")
    form = EnquiryForm(policy, [])
    rule = replace(policy.messages["enquiry-reply"], channels=("email",))

    one = EnquiryForm(replace(policy, messages={"enquiry-reply": rule}), [])

    assert form.reply is not None
    assert one.reply is None
