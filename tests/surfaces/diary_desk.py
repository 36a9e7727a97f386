"""Being at the desk with a diary: whom a page is about, what was booked."""

from uuid import UUID

from candour.appointments.models import Appointment
from candour.people.models import Person
from tests.apps.diary_cast import SITE, TUESDAY
from tests.surfaces.desk import reading

DAY = f"?day={TUESDAY}&site={SITE}"


def ref_of(person: int) -> UUID:
    with reading():
        return Person.objects.get(pk=person).ref


def only_visit() -> Appointment:
    with reading():
        return Appointment.objects.get()


def booking(person: int) -> str:
    return f"/desk/visits/new/?person={ref_of(person)}"
