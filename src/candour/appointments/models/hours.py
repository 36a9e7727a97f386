"""When each practitioner works, and when not."""

from typing import ClassVar

from django.db import models

from candour.accounts.models import Staff
from candour.core.ids import new_ref

WHO_WORKS = "when staff work: not a data subject of the notice"
AWAY_KINDS = ("holiday", "sickness", "training", "break", "other", "closed", "extra")


class Hours(models.Model):
    """Hours of one weekday (0 is Monday) that a member of staff works at a site.

    Times are those of the clinic's wall clock, so that nine o'clock stays nine o'clock
    when the clocks change. Several rows make a day with a pause.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="hours")
    site = models.SlugField(max_length=60)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Privacy:
        owner = None
        why = WHO_WORKS

    class Meta:
        ordering: ClassVar = ["weekday", "opens"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")),
                name="appointments_hours_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="appointments_hours_weekday"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "staff"], name="appointments_hours_site")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.weekday}"


class Away(models.Model):
    """A departure from the weekly hours: away, or (`extra`) there in addition.

    With no `staff` the whole site is closed. Why somebody is away stays with the
    manager; the diary only shows that they are.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="away")
    site = models.SlugField(max_length=60, blank=True)
    kind = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Privacy:
        owner = None
        why = WHO_WORKS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="appointments_away_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AWAY_KINDS),
                name="appointments_away_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="closed", staff=None)
                | (~models.Q(kind="closed") & models.Q(staff__isnull=False)),
                name="appointments_away_whose",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], name="appointments_away_ends")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Feed(models.Model):
    """A practitioner's calendar for a phone, at an address only they know.

    Only the hash of the address is kept. Making a new one closes the old.
    """

    staff = models.OneToOneField(Staff, models.CASCADE, related_name="feed")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Privacy:
        owner = None
        why = WHO_WORKS

    def __str__(self) -> str:
        return str(self.staff_id)
