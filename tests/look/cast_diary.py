"""The diary's pages on a full Tuesday, put together as the desk does it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

from candour.appointments import slots, times
from candour.appointments.office import Known, Member
from candour.appointments.queries import Diary, Visit, Who
from candour.core.clock import LONDON
from candour.desk import shown_diary, shown_visits
from candour.desk.forms_diary import VisitForm, Which
from candour.desk.wording_diary import (
    AGE_PROOFS,
    CANCELLED_BY,
    CANCELLED_WHY,
    SOURCES,
    WEEKDAYS,
)
from candour.policy.compile import compile_pack
from candour.register.permit import Permit, Row
from tests.look.cast import REF
from tests.look.cast_requests import MENU, NOOR

TUESDAY = date(2026, 11, 24)
NOW = datetime.combine(TUESDAY, time(10, 40), LONDON)
INES, TOM, PRIYA, MEI = (Who(n, name) for n, name in enumerate(
    ("Dr Ines Halloran", "Dr Tom Averill", "Priya Kaul", "Mei Sandford"), 1
))  # fmt: skip
ROOMS = [Who(n, f"Room {n}") for n in range(1, 5)]
DAY: list[tuple[str, str, int, str, Who, str]] = [
    ("09:00", "Helena Marsh-Oduya", 60, "First consultation", INES, "in-room"),
    ("09:00", "Piers Lindqvist", 45, "Laser for redness", TOM, "done"),
    ("09:30", "Leonie Abara", 30, "Aftercare", PRIYA, "arrived"),
    ("09:15", "Tamsin Ekow", 75, "Microneedling", MEI, "arrived"),
    ("10:15", "Rosamund Ekberg", 30, "Review", INES, "booked"),
    ("10:30", "Sunniva Grey", 45, "Chemical peel", PRIYA, "booked"),
    ("11:00", "Odile Farrant", 60, "Dermal filler", INES, "booked"),
    ("11:00", "Florian Pell", 30, "Skin check", MEI, "booked"),
    ("13:15", "Żaneta Przykładowa", 45, "Botulinum toxin", PRIYA, "booked"),
    ("14:00", "Amara Thistlewood", 90, "Laser for pigment", TOM, "booked"),
    ("14:15", "Ngaio Strand", 60, "Peel", MEI, "booked"),
    ("14:30", "Jun Castellane", 45, "Botulinum toxin", INES, "booked"),
    ("15:30", "Inés Carrow", 90, "Peel, then a plan for the skin", PRIYA, "booked"),
    ("16:00", "Beatrix Nwosu-Hale", 60, "Botulinum toxin", INES, "booked"),
]


def at(clock: str, minutes: int = 0) -> datetime:
    return times.opens(TUESDAY, time.fromisoformat(clock)) + timedelta(minutes=minutes)


def row(number: int) -> Visit:
    clock, name, minutes, what, who, status = DAY[number]
    said = Row(
        pk=number, ref=REF, person=number, person__ref=REF,
        person__name=name, service=1, what=what, site="vesper-street",
        starts_at=at(clock), ends_at=at(clock, minutes), status=status, version=1,
        video_link="", cancelled_by="", cancelled_why="", note="A step at the door.",
        enough_time=True, age_proof="passport", made_at=NOW, by="", changed_at=NOW,
    )  # fmt: skip
    return Visit(said, (who,), ROOMS[who.id - 1], ())


def permit() -> Permit:
    policy = compile_pack("model")
    decision = SimpleNamespace(clause="purposes.appointments")
    return cast(Permit, SimpleNamespace(policy=policy, decision=decision, at=NOW))


def known() -> Known:
    hours = {
        who.id: [
            (at("09:00"), at("12:30") if who.id != PRIYA.id else at("12:00")),
            (at("13:15"), at("17:30")),
        ]
        for who in (INES, TOM, PRIYA, MEI)
    }
    hours[TOM.id] = [(at("09:00"), at("17:30"))]
    taken = {
        ("staff", TOM.id): [(at("10:30"), at("11:30"), 90)],
        ("staff", MEI.id): [(at("15:45"), at("16:15"), 91)],
    }
    members = {
        who.id: Member(who.id, str(REF), who.name, practises=True)
        for who in (INES, TOM, PRIYA, MEI)
    }
    rooms = {one.id: (one.name, frozenset({"treatment"})) for one in ROOMS}
    return Known((TUESDAY,), members, hours, rooms, {}, (), taken)


WHICH = Which(TUESDAY, "vesper-street")
OPENED = {
    "purpose": "visits and the diary",
    "clause": "3.3",
    "note": (
        "That you opened this day is on the trail, and each person in it can see that."
    ),
}


def around(page: str = "desk:calendar") -> dict[str, Any]:
    head = shown_diary.head(WHICH, compile_pack("model"), today=TUESDAY, page=page)
    diary = Diary([row(n) for n in range(len(DAY))], 2)
    return {
        **head,
        "staff": NOOR,
        "menu": MENU | {"calendar": True, "patients": True},
        "opened": OPENED,
        "tally": shown_diary.tally(diary),
        "done": "",
        "wrong": None,
        "undo": None,
    }


def day() -> dict[str, Any]:
    diary = Diary([row(n) for n in range(len(DAY))], 2)
    return around() | shown_diary.day(diary, known(), WHICH, permit=permit())


def moved() -> dict[str, Any]:
    undo = {"ref": REF, "version": 2, "slot": "x|1", "also": [], "room": 1}
    told = {
        "done": "The visit was moved. They are told by email.",
        "undo": undo,
        "wrong": {"text": "Somebody else has that time.", "url": "/desk/"},
    }
    return day() | told


def empty_day() -> dict[str, Any]:
    return around() | {"columns": [], "rows": [], "tally": {"visits": 0}}


def week() -> dict[str, Any]:
    diary = Diary([row(n) for n in range(len(DAY)) if DAY[n][4] is INES], 1)
    monday = times.monday(TUESDAY)
    grid = shown_diary.week(diary, known(), INES.id, monday, permit=permit())
    more = {
        "member": INES.name,
        "monday": monday,
        "sunday": monday + 6 * times.DAY,
        "before_url": "/desk/",
        "after_url": "/desk/",
    }
    return around() | grid | more


def listed() -> dict[str, Any]:
    policy = compile_pack("model")
    lines = [shown_diary.line(row(n), policy) for n in range(len(DAY))]
    gone = {"state": "quiet", "word": "Cancelled", "why": "Unwell", "steps": []}
    lines[4] = lines[4] | gone
    lines[6] = lines[6] | {"name": None, "what": None, "video": True}
    order = sorted(lines, key=lambda one: one["starts_at"])
    return around("desk:calendar-list") | {"rows": order}


def choosing(**wrong: str) -> dict[str, Any]:
    sent = VisitForm(service="1", site="vesper-street", staff="1", errors=dict(wrong))
    staff = [
        {"value": str(who.id), "label": who.name, "gives": True}
        for who in (INES, TOM, PRIYA, MEI)
    ]
    form = {
        "sent": sent,
        "errors": sent.mistakes(),
        "services": [{"value": "1", "label": "Dermal filler", "minutes": 60}],
        "sites": [{"value": "vesper-street", "label": "Vesper Street"}],
        "staff": staff,
        "rooms": [{"value": str(one.id), "label": one.name} for one in ROOMS],
        "since": str(TUESDAY),
        "adults_only": True,
        "talk_first": True,
        "proofs": list(AGE_PROOFS.items()),
        "sources": list(SOURCES.items()),
        "chosen": "Dermal filler",
        "minutes": 60,
        "twice": "fold" in wrong,
    }
    free = [
        slots.Slot(at("11:15", n * 15), at("12:15", n * 15), 1 + n % 2, 1, ())
        for n in range(9)
    ]
    later = [
        slots.Slot(one.starts_at + times.DAY, one.ends_at, one.staff, 1, ())
        for one in free
    ]
    names = {who.id: who.name for who in (INES, TOM, PRIYA, MEI)}
    return around() | {
        "patient": {"name": "Beatrix Nwosu-Hale", "ref": REF},
        "form": form,
        "times": shown_visits.free_times([*free, *later], names),
        "token": REF,
    }


def taken() -> dict[str, Any]:
    return choosing(
        slot="Somebody else has that time. Nothing was booked: choose another one.",
        fold="That time comes twice: the clocks go back that night. Say which.",
    )


def visit_context() -> dict[str, Any]:
    said = shown_diary.line(row(13), compile_pack("model"))
    visit = {
        **said,
        "person_ref": REF,
        "note": "A step at the door.",
        "note_withheld": False,
        "link": "https://video.example/room/8812",
        "cancelled_by": "",
        "enough_time": True,
        "age_proof": "Passport",
        "may_move": True,
        "steps": [
            {"value": "arrived", "label": "Arrived"},
            {"value": "in-room", "label": "In the room"},
            {"value": "did-not-attend", "label": "Did not come"},
        ],
        "day_url": "/desk/",
        "again_url": "/desk/",
    }
    sent = [
        {"subject": "Your visit is booked", "at": NOW, "state": "kept", "word": "Sent"},
        {
            "subject": "Your visit is soon",
            "at": NOW,
            "state": "due",
            "word": "Waiting to be sent",
        },
    ]
    return {
        "visit": visit,
        "by": list(CANCELLED_BY.items()),
        "whys": list(CANCELLED_WHY.items()),
        "messages_sent": sent,
        "typed": {},
    }


def one_visit() -> dict[str, Any]:
    return around() | visit_context() | {"done": "This visit is booked.", "wrong": ""}


def moving() -> dict[str, Any]:
    return choosing() | {"moving": visit_context()}


def waiting() -> dict[str, Any]:
    fits = [{"url": "/desk/", "at": at("15:00", n * 30)} for n in range(3)]
    rows = [
        {
            "ref": REF,
            "name": name,
            "what": "Dermal filler",
            "when": "Tuesday 15:00 to 18:00, Thursday 17:00 to 20:00",
            "until_on": TUESDAY,
            "note": "After work, and she would come at an hour’s notice.",
            "since": NOW,
            "book_url": "/desk/",
            "fits": found,
        }
        for name, found in (("Helena Marsh-Oduya", fits), ("Żaneta Przykładowa", []))
    ]
    return around() | {"rows": rows, "hidden": 1}


def waits() -> dict[str, Any]:
    lines = [
        {"number": n, "day": "tue" if n == 0 else "", "since": "", "until": ""}
        for n in range(3)
    ]
    return around() | {
        "patient": {"name": "Beatrix Nwosu-Hale", "ref": REF},
        "wrong": "The last day is before the first.",
        "sent": {"from_on": str(TUESDAY)},
        "services": [("1", "Dermal filler")],
        "sites": [("vesper-street", "Vesper Street")],
        "weekdays": list(WEEKDAYS.items()),
        "lines": lines,
        "sources": list(SOURCES.items()),
        "today": TUESDAY,
    }


def recalls() -> dict[str, Any]:
    rows = [
        {
            "ref": REF,
            "name": name,
            "what": "Laser for redness",
            "due_on": TUESDAY,
            "late": late,
            "written_at": NOW if late else None,
            "book_url": "/desk/",
        }
        for name, late in (("Helena Marsh-Oduya", True), ("Piers Lindqvist", False))
    ]
    return around() | {"rows": rows, "hidden": 0}


def for_whom() -> dict[str, Any]:
    people = [
        {"url": "/desk/", "name": name, "born_on": TUESDAY, "number": "P-10042"}
        for name in ("Beatrix Nwosu-Hale", "Beatrice Nwosu")
    ]
    return around() | {
        "filter": {"q": "beatrix", "active": True},
        "people": people,
        "shut": ["/desk/"],
        "shut_clause": "9.4",
        "capped": 0,
    }


def yours() -> dict[str, Any]:
    address = "https://quillane.example/desk/calendar/feed/" + "x" * 43 + ".ics"
    return around() | {"address": address, "made_at": NOW}


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "diary-day": ("desk/diary/day.html", day),
    "diary-moved": ("desk/diary/day.html", moved),
    "diary-empty": ("desk/diary/day.html", empty_day),
    "diary-week": ("desk/diary/week.html", week),
    "diary-list": ("desk/diary/list.html", listed),
    "diary-for-whom": ("desk/diary/for_whom.html", for_whom),
    "diary-book": ("desk/diary/book.html", choosing),
    "diary-taken": ("desk/diary/book.html", taken),
    "diary-visit": ("desk/diary/visit.html", one_visit),
    "diary-move": ("desk/diary/move.html", moving),
    "diary-waiting": ("desk/diary/waiting.html", waiting),
    "diary-waits": ("desk/diary/wait.html", waits),
    "diary-recalls": ("desk/diary/recalls.html", recalls),
    "diary-yours": ("desk/diary/yours.html", yours),
}
