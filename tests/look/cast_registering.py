"""Registering at the desk: the form, what it says is wrong, who may be the same."""

from collections.abc import Callable
from datetime import date

from django.http import QueryDict

from candour.desk.forms_registration import Registration
from candour.policy.compile import compile_pack
from candour.web.answers import hidden
from tests.look.cast import REF
from tests.look.cast_people import CONTACTS, ROW, SHELL, Context


def _form(sent: str = "", *, changing: bool = False) -> Registration:
    policy = compile_pack("model")
    covered = policy.decide("practitioner", "care").categories
    form = Registration(policy, covered, changing=changing)
    form.fill({"name": "Rosalind Achterberg", "born_on": date(1981, 6, 14)})
    if sent:
        form.read(QueryDict(sent))
    return form


def registering() -> Context:
    """Return the empty form."""
    return {
        **{k: SHELL[k] for k in ("staff", "menu", "opened")},
        "form": _form().shown(),
        "hidden": hidden(token=REF),
        "alike": [],
        "action": "/desk/patients/new/",
    }


def registering_wrong() -> Context:
    """Return the form as it comes back with mistakes."""
    sent = "name=&born_on=31+February&nhs_number=123&phone=12&by_whom=somebody-else"
    return {**registering(), "form": _form(sent).shown()}


def registering_alike() -> Context:
    """Return the form with people who may be the same."""
    alike = [
        {**ROW, "because": "the same mobile number and the same NHS number"},
        {
            **ROW,
            "name": None,
            "because": "something of theirs; their file is restricted",
        },
    ]
    return {**registering(), "alike": alike}


def registering_known() -> Context:
    """Return the form for somebody who is on record."""
    return {**SHELL, **registering(), "held": CONTACTS}


def change() -> Context:
    """Return the form of somebody who comes second."""
    return {
        **SHELL,
        "form": _form(
            "name=Rosalind&source=phone&by_whom=themselves", changing=True
        ).shown(),
        "hidden": hidden(seen=2),
        "overtaken": [{"label": "GP", "value": "Dr Nettle Thornbury"}],
        "action": "/desk/patients/x/details/change/",
        "back": "/desk/patients/x/details/",
    }


PAGES: dict[str, tuple[str, Context | Callable[[], Context]]] = {
    "desk-register": ("desk/patient/register.html", registering),
    "desk-register-wrong": ("desk/patient/register.html", registering_wrong),
    "desk-register-alike": ("desk/patient/register.html", registering_alike),
    "desk-register-known": ("desk/patient/register_known.html", registering_known),
    "desk-change": ("desk/patient/change.html", change),
}
