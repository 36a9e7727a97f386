"""Photographs and prescriptions of a patient."""

from datetime import date
from typing import Any

from candour.desk.wording_photographs import WORDING
from tests.look.cast import NOON, REF
from tests.look.cast_records import FILE, LONG
from tests.look.cast_treatments import LINKS

Context = dict[str, Any]
DAY = date(2026, 10, 9)
PICTURE = "/static/web/favicon.svg"
ONE: Context = {
    "ref": REF,
    "small": PICTURE,
    "large": PICTURE,
    "url": "#",
    "label": "Crow’s feet, left, from the left",
    "moment": "Before",
    "day": DAY,
    "uses": [],
}
GRID: Context = {
    **FILE,
    "done": "",
    "new": [{**ONE, "label": "Not described yet", "moment": ""}],
    "groups": [
        {
            "title": "Toxin spring 2026",
            "pictures": [ONE, {**ONE, "uses": ["Teaching staff here"]}, ONE, ONE],
            "pairs": [{"label": "Crow’s feet, left", "url": "#"}],
        }
    ],
    "add": "#",
    "waiting": "#",
}
PAIR: Context = {
    **FILE,
    "before": ONE,
    "after": {**ONE, "moment": "After"},
    "same": False,
}


def one() -> Context:
    """Return the page of one photograph."""
    from candour.desk.forms_prescriptions import PhotographForm

    use = {
        "slug": "teaching",
        "label": "Teaching staff here",
        "state": "quiet",
        "word": "Not asked",
        "given": False,
        "at": None,
        "wording": WORDING["teaching"],
        "never": False,
    }
    return {
        **FILE,
        "done": "",
        "photograph": {
            "ref": REF,
            "large": PICTURE,
            "whole": "#",
            "label": ONE["label"],
            "described": True,
        },
        "uses": [
            use,
            {**use, "slug": "a", "given": True, "state": "kept", "word": "Yes"},
            {**use, "slug": "publication", "never": True},
        ],
        "form": PhotographForm(DAY).shown(),
    }


ORDER: Context = {
    "ref": REF,
    "medicine": "Botulinum toxin type A, 100 units",
    "quantity": "1 vial",
    "directions": "20 units to the glabella, 12 to each side.",
    "cosmetic": True,
    "by": "Dr Ines Halloran",
    "who": "Doctor, GMC 7000001",
    "on": DAY,
    "seen": REF,
    "stopped": None,
}
ORDERS: Context = {
    **FILE,
    "done": "",
    "links": [{**o, "current": o["label"] == "Prescriptions"} for o in LINKS],
    "prescriber": True,
    "rows": [
        ORDER,
        {**ORDER, "stopped": {"at": NOON, "reason": "Wrong dose."}, "medicine": LONG},
        {**ORDER, "seen": None, "cosmetic": False},
    ],
}


def prescribe() -> Context:
    """Return the form of a prescription that came back."""
    from django.http import QueryDict

    from candour.desk.forms_prescriptions import PrescriptionForm

    form = PrescriptionForm([(str(REF), "Consultation, 09.10.2026")])
    form.read(QueryDict("drug=other&medicine=Aciclovir 400 mg tablets"))
    return {**FILE, "form": form.shown()}


PAGES: dict[str, Any] = {
    "photographs": ("desk/records/photographs.html", GRID),
    "photographs-none": (
        "desk/records/photographs.html",
        {**GRID, "new": [], "groups": []},
    ),
    "photographs-compare": ("desk/records/compare.html", PAIR),
    "photographs-one": ("desk/records/photograph.html", one),
    "prescriptions": ("desk/records/prescriptions.html", ORDERS),
    "prescriptions-none": (
        "desk/records/prescriptions.html",
        {**ORDERS, "rows": [], "prescriber": False},
    ),
    "prescriptions-new": ("desk/records/prescribe.html", prescribe),
}
