"""Writing accounts: inviting staff, granting and ending roles."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from candour.accounts.models import Staff, StaffRole, User


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
