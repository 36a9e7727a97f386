"""The pages that ask whose an address is, and stop news and offers."""

from typing import Any

from tests.look.cast import Page

WAITS: dict[str, Any] = {
    "state": "asked",
    "waits": "email, text message and any other way i gave you",
    "has_waits": True,
    "sent": "nobody",
    "has_sent": False,
}
PLAIN: dict[str, Any] = {**WAITS, "waits": "nobody", "has_waits": False}
SENT: dict[str, Any] = {
    **PLAIN,
    "state": "mine",
    "sent": "email and text message",
    "has_sent": True,
}
FORM: dict[str, Any] = {
    "errors": [],
    "address": {
        "name": "address",
        "label": "Your email address or phone number",
        "type": "text",
        "value": "",
        "required": True,
        "hint": "The one that news or offers come to.",
        "error": "",
        "autocomplete": "email",
    },
    "hidden": [],
}
WRONG = "This is not a phone number. Use digits, such as 020 7946 0000."
BACK: dict[str, Any] = {
    **FORM,
    "errors": [{"id": "address", "text": WRONG}],
    "address": {**FORM["address"], "value": "<b>nobody</b>", "error": WRONG},
}

PAGES: dict[str, Page] = {
    "address-asked": ("public/address.html", WAITS),
    "address-asked-plain": ("public/address.html", PLAIN),
    "address-mine": ("public/address.html", SENT),
    "address-mine-plain": ("public/address.html", {**PLAIN, "state": "mine"}),
    "address-not-mine": ("public/address.html", {**PLAIN, "state": "not-mine"}),
    "stop": ("public/stop.html", {"form": FORM, "clause": "4.2"}),
    "stop-back": ("public/stop.html", {"form": BACK, "clause": "4.2"}),
    "stopped": ("public/stopped.html", {}),
}
