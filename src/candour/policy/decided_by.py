"""The rules that decide, each by a name that never changes and a claim one can sign.

A decision names the one that decided it. The clause says where in the policy it was
written down; the rule says which of the questions asked there gave the answer.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class DecidedBy(StrEnum):
    """The rule that decided. A name is never used again for something else."""

    ONLY_KNOWN_WORDS = "only_known_words"
    ONLY_ROLES_NAMED = "only_roles_named"
    ONLY_COUNTED = "only_counted"
    NO_FURTHER_THAN_NEEDED = "no_further_than_needed"
    PURPOSE_NEEDS_BASIS = "purpose_needs_basis"
    HEALTH_NEEDS_CONDITION = "health_needs_condition"
    ROLE_MAY_USE = "role_may_use"
    ONLY_THEIR_OWN = "only_their_own"

    ERASURE_ENDS_USE = "erasure_ends_use"
    RESTRICTION_ENDS_USE = "restriction_ends_use"
    DEATH_ENDS_CONSENT = "death_ends_consent"
    OBJECTION_ENDS_USE = "objection_ends_use"
    OBJECTION_ENDS_MARKETING = "objection_ends_marketing"
    USE_NEEDS_CONSENT = "use_needs_consent"
    MARKETING_NEEDS_CONSENT = "marketing_needs_consent"
    CONDITIONS_OF_USE = "conditions_of_use"

    ONLY_MESSAGES_NAMED = "only_messages_named"
    ONLY_CHANNELS_NAMED = "only_channels_named"
    STOP_ENDS_MESSAGES = "stop_ends_messages"
    CHANNEL_NEEDS_CONSENT = "channel_needs_consent"
    CONDITIONS_OF_MESSAGE = "conditions_of_message"
    MESSAGE_MAY_GO = "message_may_go"

    ONLY_RECIPIENTS_NAMED = "only_recipients_named"
    RECIPIENT_WAITS = "recipient_waits"
    CONDITIONS_OF_RECIPIENT = "conditions_of_recipient"
    ONLY_WHAT_RECIPIENT_GETS = "only_what_recipient_gets"
    EXCEPTION_HOLDS = "exception_holds"
    RECIPIENT_MAY_HAVE = "recipient_may_have"

    ONLY_COOKIES_NAMED = "only_cookies_named"
    STRICTLY_NECESSARY = "strictly_necessary"
    SET_UNTIL_OBJECTION = "set_until_objection"
    COOKIE_NEEDS_CONSENT = "cookie_needs_consent"

    AGE_OF_TREATMENT = "age_of_treatment"
    CONDITIONS_OF_CHILDREN = "conditions_of_children"

    KEPT_FOR_PERIOD = "kept_for_period"
    KEEPING_NEEDS_RULE = "keeping_needs_rule"
    KEPT_DESPITE_ERASURE = "kept_despite_erasure"
    ERASED_WHEN_ASKED = "erased_when_asked"


_BY = DecidedBy
CLAIMS: Final[Mapping[DecidedBy, str]] = MappingProxyType(
    {
        _BY.ONLY_KNOWN_WORDS: "A role or purpose the policy lacks gets nothing.",
        _BY.ONLY_ROLES_NAMED: "Only a role named under a purpose uses data for it.",
        _BY.ONLY_COUNTED: "For some purposes people are counted, never looked at.",
        _BY.NO_FURTHER_THAN_NEEDED: "Nobody sees more people at once than stated.",
        _BY.PURPOSE_NEEDS_BASIS: "Without a lawful basis there is no use.",
        _BY.HEALTH_NEEDS_CONDITION: "Health data needs a condition of Article 9.",
        _BY.ROLE_MAY_USE: "A named role may use what the purpose uses.",
        _BY.ONLY_THEIR_OWN: "Who acts for themselves opens only what is theirs.",
        _BY.ERASURE_ENDS_USE: "While data is being erased, it is not used.",
        _BY.RESTRICTION_ENDS_USE: "Restricted data is stored, and little else.",
        _BY.DEATH_ENDS_CONSENT: "What somebody agreed to ends with them.",
        _BY.OBJECTION_ENDS_USE: "An objection stands until something outweighs it.",
        _BY.OBJECTION_ENDS_MARKETING: "No to marketing ends it at once.",
        _BY.USE_NEEDS_CONSENT: "What rests on consent waits for it.",
        _BY.MARKETING_NEEDS_CONSENT: "Marketing waits for a yes, or a soft opt-in.",
        _BY.CONDITIONS_OF_USE: "The clinic's own conditions on a purpose hold.",
        _BY.ONLY_MESSAGES_NAMED: "Only kinds of message the policy names are sent.",
        _BY.ONLY_CHANNELS_NAMED: "A message goes only by the channels stated for it.",
        _BY.STOP_ENDS_MESSAGES: "After a stop, what it ends is not sent.",
        _BY.CHANNEL_NEEDS_CONSENT: "A yes counts for the channel it was given for.",
        _BY.CONDITIONS_OF_MESSAGE: "The clinic's own conditions on a message hold.",
        _BY.MESSAGE_MAY_GO: "A kind of message may go by a channel it has.",
        _BY.ONLY_RECIPIENTS_NAMED: "Only recipients the policy names are given data.",
        _BY.RECIPIENT_WAITS: "Nothing goes to a recipient with questions open.",
        _BY.CONDITIONS_OF_RECIPIENT: "What a recipient's entry asks for first holds.",
        _BY.ONLY_WHAT_RECIPIENT_GETS: "A recipient gets what its entry lists.",
        _BY.EXCEPTION_HOLDS: "An exception of the policy lets data be given.",
        _BY.RECIPIENT_MAY_HAVE: "A named recipient may have what it gets.",
        _BY.ONLY_COOKIES_NAMED: "Only uses of cookies the policy names are set.",
        _BY.STRICTLY_NECESSARY: "What a page cannot do without is set unasked.",
        _BY.SET_UNTIL_OBJECTION: "An exception of the law lasts until an objection.",
        _BY.COOKIE_NEEDS_CONSENT: "Every other cookie waits for the visitor's yes.",
        _BY.AGE_OF_TREATMENT: "Who is under 18 is treated only as the law lets.",
        _BY.CONDITIONS_OF_CHILDREN: "The clinic's own conditions on children hold.",
        _BY.KEPT_FOR_PERIOD: "Data is kept for the period of its rule.",
        _BY.KEEPING_NEEDS_RULE: "Without a rule nobody can say how long.",
        _BY.KEPT_DESPITE_ERASURE: "Some records stay when erasure is asked for.",
        _BY.ERASED_WHEN_ASKED: "What nothing makes us keep is erased when asked.",
    }
)
"""What each rule claims, in one sentence."""
