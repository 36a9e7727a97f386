"""Sign-in accounts and the staff behind them.

Patients' accounts come with the portal. Staff data is the clinic's own, not a data
subject's record under the notice, so these tables stand outside the wall of people.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Lower

from candour.core.ids import new_ref

STAFF_DATA = "staff, not a data subject of the notice"


class UserManager(BaseUserManager["User"]):
    """Makes accounts. Email is the sign-in name."""

    def create_user(self, email: str, password: str | None = None) -> "User":
        """Return a saved account; without a password it cannot sign in by one."""
        user = self.model(email=self.normalize_email(email))
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """An account that can sign in."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Privacy:
        owner = None
        why = STAFF_DATA

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_one_per_email")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Staff(models.Model):
    """A person who works at the clinic."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    user = models.OneToOneField(User, models.PROTECT, related_name="staff")
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=80, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Privacy:
        owner = None
        why = STAFF_DATA

    def __str__(self) -> str:
        return str(self.ref)


class StaffRole(models.Model):
    """One role of one member of staff, for a period that cannot overlap itself."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40)
    period = DateTimeRangeField()
    granted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Privacy:
        owner = None
        why = STAFF_DATA

    class Meta:
        db_table = "accounts_staff_role"
        constraints: ClassVar = [
            ExclusionConstraint(
                name="accounts_staff_role_no_overlap",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.staff_id}"


class Registration(models.Model):
    """A number under which a member of staff stands on a professional register.

    Its form is checked, not the number: whether it is theirs only the register can say,
    and `checked_on` is the day on which somebody looked there.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="registrations")
    register = models.CharField(max_length=10)
    number = models.CharField(max_length=20)
    checked_on = models.DateField(null=True, blank=True)

    class Privacy:
        owner = None
        why = STAFF_DATA

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "number"], name="accounts_registration_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"


class Practice(models.Model):
    """That a member of staff gives a service."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="practises")
    service = models.ForeignKey(
        "catalogue.Service", models.CASCADE, related_name="practised_by"
    )

    class Privacy:
        owner = None
        why = STAFF_DATA

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff", "service"], name="accounts_practice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.service_id}"
