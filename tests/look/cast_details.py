"""The details of a person at the desk, and their insurer."""

from collections.abc import Callable
from datetime import date, datetime

from django.http import QueryDict

from candour.desk.forms_details import all_forms
from candour.policy.compile import compile_pack
from tests.look.cast import NOON, REF
from tests.look.cast_people import CONTACTS, PERMISSIONS, Context, at_tab


def details() -> Context:
    """Return the details with something in every part."""
    policy = compile_pack("model")
    covered = frozenset(policy.decide("practitioner", "care").categories)
    forms = all_forms(policy, covered)
    at: datetime = NOON
    kept = {"state": "kept", "word": "Proved 4 March 2022"}
    return {
        **at_tab("Details"),
        "facts": [
            {"label": "Full name", "value": "Rosalind Achterberg"},
            {"label": "NHS number", "value": "9434765919"},
            {"label": "GP", "value": "Dr Foxglove, Wharf Lane"},
        ],
        "registered": True,
        "contacts": [
            {**CONTACTS[0], "ref": REF, "wrong": False, **kept},
            {
                **CONTACTS[1],
                "ref": REF,
                "wrong": True,
                "state": "wrong",
                "word": "Not theirs",
            },
        ],
        "permissions": PERMISSIONS,
        "ties": [
            {
                "ref": REF,
                "kind": "Parent or guardian",
                "name": "Ottoline Achterberg",
                "phone": "020 7946 0111",
                "state": "due",
                "word": "May not act yet: no proof seen",
                "provable": True,
            },
        ],
        "checks": [
            {
                "ref": REF,
                "what": "Their age",
                "method": "Passport",
                "at": at,
                "state": "kept",
                "word": "It fits",
                "copy": True,
            }
        ],
        "given": [
            {
                "ref": REF,
                "giver": "Dr Foxglove",
                "at": at,
                "due_on": date(2026, 12, 24),
                "told_at": None,
                "state": "due",
                "word": "To be told",
            }
        ],
        "changes": [
            {
                "at": at,
                "by": "Noor Haddad",
                "was": [
                    {"label": "GP", "value": "Dr Nettle"},
                    {"label": "Pronouns", "value": "empty"},
                ],
            }
        ],
        "forms": {name: form.shown() for name, form in forms.items()},
        "failed": "",
        "errors": [],
        "here": "/desk/patients/x/details/",
    }


def insurer() -> Context:
    """Return the page of an insurer."""
    from candour.desk.views.insurer import _form

    form = _form(compile_pack("model"))
    form.read(QueryDict("insurer_name=Harbour+Mutual&insurer_source=clinic-form"))
    return {**at_tab("Details"), "form": form.shown(), "errors": [], "here": "/desk/"}


PAGES: dict[str, tuple[str, Context | Callable[[], Context]]] = {
    "desk-details": ("desk/patient/details.html", details),
    "desk-insurer": ("desk/patient/insurer.html", insurer),
}
