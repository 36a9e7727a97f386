"""Compile forms, messages and marketing."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candour.policy import language
from candour.policy.compiled import sayings, uses
from candour.policy.compiled.origins import Origins
from candour.policy.compiled.rules import (
    Form,
    FormField,
    Marketing,
    MessageRule,
    Permission,
)
from candour.policy.language import Document
from candour.policy.vocabulary import CHANNELS, expand

AS_RECEIVED: Final = "as-received"

_ANSWERED_BY: Final = MappingProxyType(
    {
        "website-form": "email",
        "email": "email",
        "phone": "phone",
        "callback-request": "phone",
        "phone-consultation-request": "phone",
        "sms": "sms",
        "whatsapp": "whatsapp",
        "facebook": "facebook",
        "instagram": "instagram",
        "wechat": "wechat",
        "skype": "skype",
        "live-chat": "live-chat",
        "post": "post",
        "portal": "portal",
    }
)
"""How an enquiry came → the channel that answers it the same way."""


def forms(document: Document) -> Mapping[str, Form]:
    """Return the forms, each question with why it is asked."""
    return MappingProxyType(
        {
            name: Form(
                name=name,
                fields=_fields(name, form),
                purposes=form.for_,
                clause=f"forms.{name}",
            )
            for name, form in (document.forms.__pydantic_extra__ or {}).items()
        }
    )


def _fields(name: str, form: language.Form) -> tuple[FormField, ...]:
    asked = dict.fromkeys((*form.asks, *form.requires))
    fields = []
    for category in asked:
        field, why = sayings.why_asked(category)
        part = "requires" if category in form.requires else "asks"
        required = category in form.requires
        clause = f"forms.{name}.{part}"
        fields.append(FormField(category, field, required, why, clause))
    return tuple(fields)


def messages(document: Document, origins: Origins) -> Mapping[str, MessageRule]:
    """Return the kinds of message, in the order of the file."""
    return MappingProxyType(
        {
            kind: MessageRule(
                kind=kind,
                purpose=message.purpose or "",
                channels=_channels(document, message.channels),
                as_received=AS_RECEIVED in message.channels,
                after_stop=message.after_stop or "stopped",
                only_if=message.only_if,
                limited_to=message.limited_to or "",
                clause=f"messages.{kind}",
                source=origins.source("messages", kind),
            )
            for kind, message in document.messages.items()
        }
    )


def _channels(document: Document, stated: tuple[str, ...]) -> tuple[str, ...]:
    """Return the channels, `as-received` replaced by those an enquiry may come by."""
    if AS_RECEIVED not in stated:
        return stated
    enquiry = document.collects.get("enquiry")
    came = enquiry.from_ if enquiry is not None else ()
    answers = (_ANSWERED_BY[source] for source in came if source in _ANSWERED_BY)
    return tuple(dict.fromkeys((*(c for c in stated if c != AS_RECEIVED), *answers)))


def marketing(document: Document, origins: Origins) -> Marketing:
    """Return the rules of marketing. A clinic that has none reaches nobody."""
    section = document.marketing or language.Marketing()
    purpose = uses.marketing_purpose(document)
    channels = _marketing_channels(document, section, purpose)
    audience = section.permission
    return Marketing(
        purpose=purpose,
        purposes=uses.marketing_purposes(document),
        channels=channels,
        topics=section.topics,
        ask_by=section.ask.by if section.ask else "channel",
        asked_on=section.ask.where if section.ask else (),
        customer=_permission(audience.customer if audience else None),
        other=_permission(audience.not_customer if audience else None),
        stop_by=section.stop.by if section.stop else (),
        stop_to=(section.stop.to if section.stop else None) or "",
        never_uses=_never(section),
        clause="marketing",
        source=origins.source("marketing"),
        wordings=_wordings(document, section, channels),
    )


def _permission(stated: language.Permission | None) -> Permission:
    """Return the permission marketing needs: silence means consent (PECR reg 22)."""
    if stated is None:
        return Permission(("consent",), ())
    return Permission(stated.any_of or ("consent",), stated.only_if)


def _never(section: language.Marketing) -> frozenset[str]:
    named = expand(word for word in section.never_uses if word != "special")
    return named | uses.SPECIAL if "special" in section.never_uses else named


def _marketing_channels(
    document: Document, section: language.Marketing, purpose: str
) -> tuple[str, ...]:
    used = set(section.channels)
    for kind in uses.MARKETING_MESSAGES:
        message = document.messages.get(kind)
        if message is not None and message.purpose == purpose:
            used.update(message.channels)
    return tuple(channel for channel in CHANNELS if channel in used - {AS_RECEIVED})


def _wordings(
    document: Document, section: language.Marketing, channels: tuple[str, ...]
) -> Mapping[str, str]:
    """Return the sentence beside each channel's box: who, how, what about."""
    who = document.clinic.name if document.clinic else "The clinic"
    about = sayings.listed(map(sayings.spaced, section.topics)) or "offers"
    return MappingProxyType(
        {
            channel: f"{who} may {sayings.CHANNELS[channel]} about {about}."
            for channel in channels
        }
    )
