"""Controls of messages, money, feedback, premises and figures."""

from typing import Final

from candour.policy.promises.controls.control import Control

CONTROLS: Final = (
    Control(
        "mail-intake",
        5,
        "candour.outbox",
        "mail to the addresses of the policy opens a case",
    ),
    Control(
        "dialogue",
        5,
        "candour.outbox",
        "a conversation goes on while the person wants it",
    ),
    Control(
        "stop-links",
        5,
        "candour.outbox",
        "a marketing mail without its stop link is not sent",
    ),
    Control(
        "stop-replies",
        5,
        "candour.outbox",
        "a reply that says stop is a stop",
    ),
    Control(
        "stop-at-once",
        5,
        "candour.outbox",
        "a stop holds before the next message leaves",
    ),
    Control(
        "messages-after-stop",
        5,
        "candour.outbox",
        "what care needs is still sent after a stop and nothing else",
    ),
    Control(
        "service-notices",
        5,
        "candour.outbox",
        "a service notice carries no offer",
    ),
    Control(
        "return-by-mail",
        5,
        "candour.outbox",
        "somebody who stopped comes back only by a link they were sent",
    ),
    Control(
        "channel-permissions",
        5,
        "candour.outbox",
        "each channel has a permission of its own at sending",
    ),
    Control(
        "chat-terms",
        5,
        "candour.outbox",
        "terms of a chat or video provider are shown and accepted first",
    ),
    Control(
        "chat-contents",
        5,
        "candour.outbox",
        "what a chat holds is listed and filed with the person",
    ),
    Control(
        "declared-interests",
        5,
        "candour.campaigns",
        "an audience is cut by what each person said they like",
    ),
    Control(
        "soft-opt-in",
        5,
        "candour.campaigns",
        "a customer is written to about what is like what they bought",
    ),
    Control(
        "audience-without-health",
        5,
        "candour.campaigns",
        "no audience can be built from health data",
    ),
    Control(
        "hashed-lists",
        5,
        "candour.campaigns",
        "a hashed list leaves only with consent and counts as personal data",
    ),
    Control(
        "public-posts",
        5,
        "candour.campaigns",
        "what somebody posts goes to no advertiser without their yes",
    ),
    Control(
        "recall",
        5,
        "candour.campaigns",
        "a recall goes by email to those whose treatment needs review",
    ),
    Control(
        "quotes",
        5,
        "candour.payments",
        "what is proposed has its price on record",
    ),
    Control(
        "tokens-only",
        5,
        "candour.payments",
        "a payment leaves a token and no card number",
    ),
    Control(
        "payment-channel",
        5,
        "candour.payments",
        "a payment says where it was made",
    ),
    Control(
        "deposits",
        5,
        "candour.payments",
        "a booking is held by a payment through the provider",
    ),
    Control(
        "refunds",
        5,
        "candour.payments",
        "a refund goes back the way it came and two people agree",
    ),
    Control(
        "feedback-store",
        5,
        "candour.feedback",
        "reviews and answers and comments are filed with the person",
    ),
    Control(
        "camera-register",
        5,
        "candour.premises",
        "each camera has place and sign and purpose and period",
    ),
    Control(
        "call-log",
        5,
        "candour.premises",
        "each call has its purpose and says whether it was recorded",
    ),
    Control(
        "caller-check",
        5,
        "candour.premises",
        "a caller is checked before a record is opened",
    ),
    Control(
        "anonymous-figures",
        5,
        "candour.figures",
        "figures show no person and no small group",
    ),
    Control(
        "figures-export",
        5,
        "candour.figures",
        "only figures without people go to outsiders and each export is logged",
    ),
)
