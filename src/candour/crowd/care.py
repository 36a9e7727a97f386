"""What a clinic does for one invented patient: visits, notes, treatments, recalls."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from candour.appointments import models as diary
from candour.appointments.models import after, visit
from candour.catalogue.models import Service
from candour.core.clock import local_date
from candour.crowd.place import Seat
from candour.crowd.world import World
from candour.records import models as records
from candour.records.models import agreement, alert, note, treatment
from candour.records.places import PLACES

HOUR = timedelta(hours=1)
CODES = ("Lidocaine", "Latex", "Isotretinoin", "Warfarin", "Keloid scars", "Herpes")
SAID = {
    "detail": "Told us at the first visit; the lips swelled in 2019.",
    "body": "Wants less frown.\n\nSeen: strong corrugators.\n\nAgreed: half dose.",
    "why": "A slip of the pen.",
    "signature": "Signed on the screen",
    "narrative": "Tolerated well. Advice given on paper.",
    "exception_reason": "Vessel blocked; treated at once.",
    "account": "Swelling for three days, gone by itself.",
    "plan": "Every six weeks, then look again.",
    "end_reason": "It no longer holds.",
    "note": "Mornings suit best.",
}
KINDS_DONE = ("skin", "laser")  # what is given to somebody under 18


@dataclass(slots=True)
class Care:
    """One patient's two years at the clinic."""

    world: World
    pk: int
    born_on: date
    child: bool

    def live(self, visits: list[tuple[datetime, Seat]]) -> None:
        """Write down these visits and what came of each."""
        if self.world.rarely(0.15):
            self._alert(visits)
        consulted: datetime | None = None
        for number, (start, seat) in enumerate(visits):
            service = self._service(first=number == 0)
            status = self._status(start)
            ref = self._visit(start, seat, service, status)
            if status != "done":
                continue
            if self.world.rarely(0.8):
                self._note(start, seat, ref, first=number == 0)
            if service.kind == "consultation":
                consulted = start
                continue
            self._treated(start, seat, service, ref, consulted or start)
            self._recall(start, service, ref, later=number + 1 < len(visits))
        if self.world.rarely(0.01):
            self._waiting(visits)

    def _service(self, *, first: bool) -> Service:
        kinds = self.world.services
        if first and "consultation" in kinds:
            return self.world.chance.choice(kinds["consultation"])
        able = [
            kind
            for kind in kinds
            if kind != "consultation" and (not self.child or kind in KINDS_DONE)
        ]
        kind = self.world.chance.choice(able or list(kinds))
        return self.world.chance.choice(kinds[kind])

    def _status(self, start: datetime) -> str:
        world = self.world
        if start > world.at:
            return "cancelled" if world.rarely(0.05) else "booked"
        if local_date(start) == world.diary.last_day:
            return str(world.turn("today", ("arrived", "in-room", "done")))
        odds = world.chance.random()
        return (
            "done" if odds < 0.84 else "cancelled" if odds < 0.95 else "did-not-attend"
        )

    def _visit(self, start: datetime, seat: Seat, service: Service, status: str) -> str:
        world, ref = self.world, self.world.ref()
        number = world.numbers[diary.Appointment]()
        booked = min(start, world.at) - timedelta(days=world.chance.randint(1, 20))
        gone = status == "cancelled"
        why: dict[str, Any] = {}
        if gone:
            why["cancelled_by"] = world.turn("by", visit.CANCELLED_BY[1:])
            why["cancelled_why"] = world.turn("why", visit.CANCELLED_WHY[1:])
        if world.rarely(0.03):
            text = SAID["note"]
            why["note"] = world.seal(self.pk, diary.Appointment, "note", ref, text)
        proof = world.turn("proof", visit.AGE_PROOFS) if service.law_calls_it else ""
        world.sheets[diary.Appointment].add(
            id=number, ref=ref, person_id=self.pk, service_id=service.pk,
            what=service.name, site=seat.site, starts_at=start, token=world.ref(),
            ends_at=start + min(timedelta(minutes=service.minutes), HOUR),
            status=status, age_proof=proof, source=world.source("booking", "phone"),
            by=seat.by, made_at=booked, changed_at=booked,
            **why, **world.clause("reception", "appointments"),
        )  # fmt: skip
        during = f"[{start.isoformat()},{(start + HOUR).isoformat()})"
        taken = {"appointment_id": number, "person_id": self.pk, "during": during}
        world.sheets[diary.AppointmentPractitioner].add(
            staff_id=seat.staff, called=seat.name, holds=not gone, **taken
        )
        resources = world.sheets[diary.AppointmentResource]
        resources.add(room_id=seat.room, called=seat.room_name, holds=not gone, **taken)
        if service.device_kind:
            resources.add(
                device_id=seat.device, called=seat.device_name, holds=not gone, **taken
            )
        return ref

    def _kept(self, seat: Seat, at: datetime) -> dict[str, Any]:
        world = self.world
        return {
            "person_id": self.pk,
            "token": world.ref(),
            "source": world.source("consultation", "online-consultation", "in-person"),
            "by": seat.by,
            **world.clause("practitioner", "care"),
        }

    def _sealed(self, model: Any, column: str, ref: str) -> bytes:
        return self.world.seal(self.pk, model, column, ref, SAID[column])

    def _alert(self, visits: list[tuple[datetime, Seat]]) -> None:
        world, ref = self.world, self.world.ref()
        if not visits:
            return
        at, seat = min(visits[0][0], world.at), visits[0][1]
        ended: dict[str, Any] = {}
        if world.rarely(0.1):
            ended = {
                "active": False,
                "ended_at": at + HOUR,
                "ended_by": seat.by,
                "end_reason": self._sealed(records.Alert, "end_reason", ref),
            }
        world.sheets[records.Alert].add(
            ref=ref, kind=world.turn("alert", alert.KINDS),
            code=world.chance.choice(CODES), weight=world.turn("w", alert.WEIGHTS),
            detail=self._sealed(records.Alert, "detail", ref), made_at=at,
            **ended, **self._kept(seat, at),
        )  # fmt: skip

    def _note(
        self, start: datetime, seat: Seat, appointment: str, *, first: bool
    ) -> None:
        world, ref = self.world, self.world.ref()
        number = world.numbers[records.Note]()
        kind = "consultation" if first else "treatment"
        if world.rarely(0.15):
            kind = world.turn("note", note.KINDS)
        mode = world.turn("mode", note.MODES) if world.rarely(0.1) else "in-person"
        versions = 2 if world.rarely(0.05) else 1
        at = start + HOUR / 2
        world.sheets[records.Note].add(
            id=number, ref=ref, kind=kind, mode=mode, version=versions,
            appointment=appointment, made_at=at, **self._kept(seat, at),
        )  # fmt: skip
        for version in range(1, versions + 1):
            own = world.ref()
            why = {}
            if version > 1:
                why = {"why": self._sealed(records.NoteVersion, "why", own)}
            world.sheets[records.NoteVersion].add(
                ref=own, person_id=self.pk, note_id=number, version=version, by=seat.by,
                body=self._sealed(records.NoteVersion, "body", own), at=at, **why,
            )  # fmt: skip

    def _agreed(
        self, start: datetime, seat: Seat, service: Service, consulted: datetime
    ) -> int:
        world, ref = self.world, self.world.ref()
        number, form = world.numbers[records.Agreement](), world.forms[service.kind]
        world.sheets[records.Agreement].add(
            id=number, ref=ref, service_id=service.pk,
            what=service.name, form_id=form.pk, words=f"{form.title}\n\n{form.text}",
            discussed=form.risks, consulted_on=local_date(consulted),
            enough_time=True, taken_by_id=seat.staff, taken_as="practitioner",
            sign=world.turn("sign", agreement.SIGNATURES), signed_at=start,
            signature=self._sealed(records.Agreement, "signature", ref),
            **self._kept(seat, start),
        )  # fmt: skip
        return number

    def _treated(
        self, start: datetime, seat: Seat, service: Service, appointment: str,
        consulted: datetime,
    ) -> None:  # fmt: skip
        world, ref = self.world, self.world.ref()
        number = world.numbers[records.Treatment]()
        agreed: dict[str, Any] = {}
        if world.rarely(0.01):
            agreed["exception"] = world.turn("x", treatment.EXCEPTIONS)
            sealed = self._sealed(records.Treatment, "exception_reason", ref)
            agreed["exception_reason"] = sealed
        else:
            agreed["agreement_id"] = self._agreed(start, seat, service, consulted)
        if world.rarely(0.05):
            agreed["course_id"] = self._course(start, seat, service)
        if world.rarely(0.5):
            agreed["narrative"] = self._sealed(records.Treatment, "narrative", ref)
        world.sheets[records.Treatment].add(
            id=number, ref=ref, service_id=service.pk, what=service.name,
            staff_id=seat.staff,
            appointment=appointment, done_at=start, needs_consent=True,
            advice=[world.turn("advice", treatment.ADVICE)], made_at=start + HOUR / 2,
            cost_pence=world.chance.randrange(80, 900) * 100, **agreed,
            **self._kept(seat, start),
        )  # fmt: skip
        self._given(start, service, number)
        if world.rarely(0.02):
            self._event(start, seat, number)

    def _given(self, start: datetime, service: Service, number: int) -> None:
        world, day = self.world, local_date(start)
        held = [
            one
            for one in world.batches.get(service.kind, ())
            if one.received <= day <= one.expires
        ]
        if not held:
            return
        batch = world.chance.choice(held)
        places = list(PLACES)
        for _ in range(world.chance.choice((1, 1, 2))):
            world.sheets[records.Given].add(
                ref=world.ref(), person_id=self.pk, treatment_id=number,
                product_id=batch.product, batch_id=batch.pk, unit=batch.unit,
                product_name=batch.name, batch_number=batch.number,
                dose=f"{world.chance.randint(1, 40) / 2:.2f}",
                place=world.turn("place", places), given_at=start,
            )  # fmt: skip

    def _course(self, start: datetime, seat: Seat, service: Service) -> int:
        world, ref = self.world, self.world.ref()
        number = world.numbers[records.Course]()
        world.sheets[records.Course].add(
            id=number, ref=ref, service_id=service.pk, what=service.name, planned=3,
            plan=self._sealed(records.Course, "plan", ref), cost_pence=90_000,
            begun_on=local_date(start), **self._kept(seat, start),
        )  # fmt: skip
        return number

    def _event(self, start: datetime, seat: Seat, number: int) -> None:
        world, ref = self.world, self.world.ref()
        world.sheets[records.AdverseEvent].add(
            ref=ref, treatment_id=number, kind=world.turn("event", treatment.EVENTS),
            severity=world.turn("severity", treatment.SEVERITIES),
            account=self._sealed(records.AdverseEvent, "account", ref),
            noticed_on=local_date(start), reportable=False, made_at=start + HOUR,
            **self._kept(seat, start),
        )  # fmt: skip

    def _recall(
        self, start: datetime, service: Service, appointment: str, *, later: bool
    ) -> None:
        if not service.recall_days:
            return
        world = self.world
        told = {"service_id": service.pk, "what": service.name}
        states = ("booked",) if later else after.RECALL_STATES
        state = world.turn(f"recall {later}", states)
        written = start + timedelta(days=1) if state == "written" else None
        world.sheets[diary.Recall].add(
            ref=world.ref(), person_id=self.pk, **told,
            due_on=local_date(start) + timedelta(days=service.recall_days), state=state,
            appointment=appointment, written_at=written, by="system:demo",
            source="our-own-records", made_at=start,
            **world.clause("reception", "appointments"),
        )  # fmt: skip

    def _waiting(self, visits: list[tuple[datetime, Seat]]) -> None:
        if not visits:
            return
        world, service = self.world, self._service(first=False)
        state = world.turn("wait", after.WAITING_STATES)
        world.sheets[diary.Waiting].add(
            ref=world.ref(), person_id=self.pk,
            service_id=service.pk, what=service.name, state=state,
            site=visits[0][1].site, available=["tue 17:00-20:00"],
            from_on=local_date(world.at),
            source=world.source("phone", "booking"), by="system:demo",
            made_at=world.at - timedelta(days=3),
            **world.clause("reception", "appointments"),
        )  # fmt: skip
