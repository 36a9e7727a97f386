"""Writing accounts: inviting staff, granting and ending roles."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from candour.accounts.models import Practice, Registration, Staff, StaffRole, User
from candour.core.errors import Conflict, Invalid
from candour.policy.vocabulary.registers import REGISTERS

PROFESSIONAL = ("GMC", "NMC", "GDC", "GPhC", "HCPC")


def add_staff(
    *,
    email: str,
    name: str,
    roles: list[str],
    at: datetime,
    password: str | None = None,
) -> Staff:
    """Add a member of staff with an account and roles from `at` on."""
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    staff = Staff.objects.create(user=user, name=name)
    for role in roles:
        StaffRole.objects.create(
            staff=staff, role=role, period=DateTimeTZRange(at, None)
        )
    return staff


def end_role(*, staff: Staff, role: str, at: datetime) -> None:
    """End a role at `at`; whoever had it keeps nothing beyond that moment."""
    for held in StaffRole.objects.filter(staff=staff, role=role, period__contains=at):
        held.period = DateTimeTZRange(held.period.lower, at)
        held.save(update_fields=["period"])


def leave(*, staff: Staff, at: datetime) -> None:
    """Close the account of someone who left, and end every role."""
    for held in StaffRole.objects.filter(staff=staff, period__contains=at):
        held.period = DateTimeTZRange(held.period.lower, at)
        held.save(update_fields=["period"])
    staff.left_on = at.date()
    staff.save(update_fields=["left_on"])
    User.objects.filter(pk=staff.user_id).update(is_active=False)


def set_practice(*, staff: Staff, services: Collection[int]) -> None:
    """Make the services that somebody gives exactly these."""
    held = set(
        Practice.objects.filter(staff=staff).values_list("service_id", flat=True)
    )
    Practice.objects.filter(staff=staff, service_id__in=held - set(services)).delete()
    Practice.objects.bulk_create(
        Practice(staff=staff, service_id=one) for one in set(services) - held
    )


def register(*, staff: Staff, register: str, number: str) -> Registration:
    """Write down under which number somebody stands on a professional register.

    Raises Invalid for a register that is none, or a number that has not its form, and
    Conflict for one that a colleague has.
    """
    found = REGISTERS.get(register)
    if found is None or register not in PROFESSIONAL:
        raise Invalid("Choose one of the professional registers.")
    plain = "".join(number.split()).upper()
    if not found.fits(plain):
        raise Invalid(
            f"That is not the form of a number of the {found.body}."
            f" It looks like {found.like}."
        )
    made, fresh = Registration.objects.get_or_create(
        register=register, number=plain, defaults={"staff": staff}
    )
    if not fresh and made.staff_id != staff.pk:
        raise Conflict("A colleague has this number. Check which of them it is.")
    return made


def unregister(*, staff: Staff, registration: int) -> None:
    """Take somebody's number off the list."""
    Registration.objects.filter(staff=staff, pk=registration).delete()
