"""Reading accounts: who a signed-in user is, and in which roles, at a moment."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from candour.accounts.models import Practice, Registration, Staff, StaffRole
from candour.core.errors import NotFound


def staff_of(user_id: int) -> Staff | None:
    """Return the working member of staff behind an account, or None."""
    return Staff.objects.filter(
        user_id=user_id, left_on=None, user__is_active=True
    ).first()


def roles_at(staff: Staff, *, at: datetime) -> list[str]:
    """Return the roles held at `at`, in the order they were granted."""
    held = StaffRole.objects.filter(staff=staff, period__contains=at).order_by("pk")
    return list(held.values_list("role", flat=True))


def names_of(refs: set[str]) -> dict[str, str]:
    """Return ref -> name of staff, for showing who did a thing."""
    return {
        str(ref): name
        for ref, name in Staff.objects.filter(ref__in=refs).values_list("ref", "name")
    }


def staff_by_email(email: str) -> Staff | None:
    """Return the working member of staff who signs in with `email`, or None."""
    return working().filter(user__email__iexact=email).first()


def working() -> QuerySet[Staff]:
    """Return everybody who may sign in, by address."""
    able = Staff.objects.filter(left_on=None, user__is_active=True)
    return able.select_related("user").order_by("user__email")


def by_ref(ref: UUID) -> Staff:
    """Return one member of staff, also one who left. Raises NotFound."""
    found = Staff.objects.filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def sees_people(staff: Staff) -> bool:
    """Return whether somebody gives any service."""
    return Practice.objects.filter(staff=staff).exists()


def practitioners() -> list[Staff]:
    """Return everybody who works here, by name, with registers and services."""
    able = Staff.objects.filter(left_on=None, user__is_active=True).order_by("name")
    return list(able.prefetch_related("registrations", "practises"))


def registrations(staff: Staff) -> list[Registration]:
    """Return the numbers under which somebody stands on registers."""
    return list(Registration.objects.filter(staff=staff).order_by("register"))
