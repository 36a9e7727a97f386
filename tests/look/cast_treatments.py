"""Treatments, consents and stock as a full file shows them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from candour.desk.shown_treatments import maps, strokes
from candour.desk.wording_treatments import YELLOW_CARD
from candour.register.permit import Row
from tests.look.cast import NOON, REF
from tests.look.cast_records import FILE, LONG

Context = dict[str, Any]
TODAY = date(2026, 11, 24)
LINKS = [
    {"label": label, "url": f"#{label}", "current": label == "Treatments"}
    for label in ("Notes", "Treatments", "Consent", "Prescriptions", "Alerts")
]
GIVEN = {
    "product": "Type A 100",
    "batch": "C4471-B",
    "expires_on": date(2027, 3, 31),
    "dose": "20",
    "unit": "units",
    "place": "Between the brows",
    "at": NOON,
}
DONE: Context = {
    "ref": REF,
    "what": "Botulinum toxin",
    "at": NOON,
    "by": "Dr Ines Halloran",
    "cost": "£350",
    "given": [GIVEN, {**GIVEN, "place": "Forehead", "dose": "8.5"}],
    "excepted": False,
}
EVENT: Context = {
    "ref": REF,
    "what": "Blocked vessel",
    "state": "wrong",
    "word": "Severe",
    "account": "Blanching at once; hyaluronidase given, colour back in 20 minutes.",
    "on": TODAY,
    "by": "Dr Ines Halloran",
    "due": True,
    "report": "",
    "reported_at": None,
    "settled_on": None,
    "outcome": "",
}
COURSE: Context = {
    "ref": REF,
    "what": "Laser hair reduction",
    "done": 3,
    "planned": 6,
    "plan": "Six visits, six weeks apart. Test patch first.",
    "cost": "£510",
    "begun_on": TODAY,
    "ended_on": None,
    "reason": "",
}
TREATMENTS: Context = {
    **FILE,
    "done": "",
    "links": LINKS,
    "yellow_card": YELLOW_CARD,
    "rows": [
        DONE,
        {**DONE, "what": LONG, "given": [], "cost": "", "excepted": True},
        {**DONE, "what": "Dermal filler", "given": [{**GIVEN, "product": "HA 20"}]},
    ],
    "courses": [COURSE, {**COURSE, "ended_on": TODAY, "reason": "Moved away."}],
    "implants": [{**GIVEN, "product": "Silicone implant 250", "unit": "pieces"}],
    "events": [
        EVENT,
        {**EVENT, "due": False, "report": "YC-1", "reported_at": NOON},
        {**EVENT, "due": False, "settled_on": TODAY, "outcome": "Healed."},
    ],
}
NONE: Context = {
    **TREATMENTS,
    "rows": [],
    "courses": [],
    "implants": [],
    "events": [],
}


def portion(place: str, dose: str, points: list[list[Any]]) -> Row:
    """Return something given, as the maps take it."""
    return Row(
        place=place,
        dose=Decimal(dose),
        unit="units",
        product_name="Type A 100",
        points=points,
    )


TREATMENT: Context = {
    **FILE,
    "done": "The treatment is saved.",
    "treatment": {
        **DONE,
        "narrative": "Tolerated well.\n\nReview in two weeks.",
        "exception": "It treats a complication, and could not wait",
        "reason": "Vessel blocked.",
        "approval": "",
        "advice": ["Told in person", "On paper"],
        "recorded_by": "Priya Kaul",
        "consent": {"ref": REF, "at": NOON},
    },
    "maps": maps(
        [
            portion("glabella", "20", [[46, 33, "8"], [50, 35, "8"], [54, 33, "4"]]),
            portion("forehead", "8.5", []),
            portion("crows-feet-left", "12", []),
            portion("underarm-right", "50", []),
        ]
    ),
}


def treat(wrong: bool) -> Callable[[], Context]:
    """Return the form of a treatment, empty or as it came back."""

    def context() -> Context:
        from candour.desk.forms_treatments import TreatmentForm

        form = TreatmentForm(
            [(str(REF), "Dr Ines Halloran")],
            [(str(REF), "Type A 100, C4471-B (units, expires 03.2027)")],
            [(str(REF), "4 of 6")],
            TODAY,
        )
        line = form.lines.lines[0]
        line.batch, line.place, line.dose = str(REF), "glabella", "lots"
        if wrong:
            line.error = "Write the dose as a number, such as 4 or 0.5."
        against = ["There is no consent to this treatment on the file. Take it first."]
        return {
            **FILE,
            "what": "Botulinum toxin",
            "ready": against if wrong else [],
            "excepting": True,
            "under_18": wrong,
            "consent": "#" if wrong else "",
            "form": form.shown(),
            "action": "#",
        }

    return context


def agree() -> Context:
    """Return the form of a consent."""
    from candour.desk.forms_consents import ConsentForm

    risks = ["Bruising for a week", "A droop of the lid, 1 in 100", "Too little"]
    return {
        **FILE,
        "what": "Botulinum toxin",
        "title": "Consent to injections",
        "text": WORDS,
        "alternatives": "Do nothing. Use a sunscreen. Have a peel.",
        "wait": "There are 7 days to think between the consultation and treatment.",
        "action": "#",
        "form": ConsentForm(risks, UUID(int=1), TODAY).shown(),
    }


WORDS = (
    "You are going to have injections that relax small muscles for three to four"
    " months.\n\nWe told you how it is done, how it may feel, and what may go wrong."
)
CONSENT: Context = {
    "ref": REF,
    "what": "Botulinum toxin",
    "title": "Consent to injections",
    "version": 3,
    "text": WORDS,
    "alternatives": "Do nothing.",
    "risks": ["Bruising for a week", "A droop of the lid"],
    "asked": "Will it hurt? A little.",
    "at": NOON,
    "by": "Dr Ines Halloran",
    "consulted_on": TODAY,
    "enough": True,
    "typed": "",
    "strokes": strokes("20,120 90,30 130,140 200,60 320,110;340,40 380,150"),
    "state": "kept",
    "word": "Given",
    "open": True,
    "withdrawn_at": None,
    "archived_at": None,
    "reason": "",
}


def course() -> Context:
    """Return the form of a course, sent empty."""
    from django.http import QueryDict

    from candour.desk.forms_treatments import CourseForm

    form = CourseForm([("1", "Laser hair reduction")])
    form.read(QueryDict(""))
    return {**FILE, "form": form.shown()}


def event() -> Context:
    """Return the form of something that went wrong."""
    from candour.desk.forms_events import EventForm

    return {**FILE, "form": EventForm([("1", "Botulinum toxin")], TODAY).shown()}


def reason() -> Context:
    """Return a question before something is done."""
    from candour.desk.forms_records import ReasonForm

    return {
        **FILE,
        "title": "Put this consent away?",
        "lead": "It stays on the file with your reason, and counts no more.",
        "back": "#",
        "action": "#",
        "verb": "Put it away",
        "danger": True,
        "form": ReasonForm("Why it is put away", "Say why.").shown(),
    }


def stock() -> Context:
    """Return what is in stock."""
    from candour.desk.forms_stock import BatchForm

    row = {
        "product": "Type A 100",
        "maker": "Invented Laboratories",
        "number": "C4471-B",
        "expires_on": TODAY,
        "url": "#",
        "state": "kept",
        "word": "May be given",
    }
    rows = [
        row,
        {**row, "state": "wrong", "word": "Recalled", "product": LONG},
        {**row, "state": "due", "word": "Expires soon", "maker": ""},
    ]
    return {
        **{name: FILE[name] for name in ("staff", "menu")},
        "done": "",
        "recalls": True,
        "rows": rows,
        "form": BatchForm([("1", "Type A 100")]).shown(),
    }


BATCH: Context = {
    **{name: FILE[name] for name in ("staff", "menu")},
    "opened": {"purpose": "finding who received a batch", "clause": "3.9", "note": ""},
    "done": "",
    "batch": {
        "ref": REF,
        "product": "Type A 100",
        "number": "C4471-B",
        "expires_on": TODAY,
        "recalled_at": None,
        "note": "",
    },
    "rows": [
        {
            "url": "#",
            "name": name,
            "at": NOON,
            "dose": "20 units",
            "place": "Between the brows",
            "reach": ["rosalind@a-long-domain.example", "07700 900461"],
        }
        for name in ("Rosalind Achterberg", LONG)
    ],
    "people": 2,
    "hidden": 1,
}
PAGES: dict[str, Any] = {
    "treatments": ("desk/records/treatments.html", TREATMENTS),
    "treatments-none": ("desk/records/treatments.html", NONE),
    "treatments-one": ("desk/records/treatment.html", TREATMENT),
    "treatments-new": ("desk/records/treat.html", treat(wrong=False)),
    "treatments-wrong": ("desk/records/treat.html", treat(wrong=True)),
    "treatments-course": ("desk/records/course.html", course),
    "treatments-event": ("desk/records/event.html", event),
    "treatments-reason": ("desk/records/reason.html", reason),
    "treatments-choose": (
        "desk/records/choose.html",
        {
            **FILE,
            "title": "Which treatment was it?",
            "lead": "It is saved for good once it is written down.",
            "back": "#",
            "services": [
                {"label": label, "note": "Injectable", "url": "#"}
                for label in ("Botulinum toxin", "Dermal filler", LONG)
            ],
        },
    ),
    "treatments-consents": (
        "desk/records/consents.html",
        {
            **FILE,
            "done": "",
            "links": LINKS,
            "consents": [
                CONSENT,
                {**CONSENT, "state": "wrong", "word": "Taken back"},
            ],
        },
    ),
    "treatments-agree": ("desk/records/agree.html", agree),
    "treatments-consent": (
        "desk/records/consent.html",
        {**FILE, "done": "", "consent": CONSENT},
    ),
    "treatments-stock": ("desk/records/stock.html", stock),
    "treatments-batch": ("desk/records/batch.html", BATCH),
}
