"""Recipients: addresses and dates of those whom the policy lets data go to.

Who may be given what is the policy's to say, by its word for a class of recipient
(`gp`) or for one company. A row here is one surgery, one hospital, one company: `slug`
names the policy's word. It can narrow what they get, and never widen it.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref

HOME = "GB"
ROLES = ("processor", "controller", "joint-controller", "")


class Recipient(models.Model):
    """Somebody data may go to.

    `fields` are the categories they said they need; none means all that the policy
    gives them. `screened_at` is when somebody made sure who they are and where they
    are reached. `version` grows with each change, so that what was previewed is what
    is sent.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=40, blank=True)
    safeguard = models.CharField(max_length=60, blank=True)
    contract_until = models.DateField(null=True)
    screened_at = models.DateTimeField(null=True)
    screened_how = models.CharField(max_length=200, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    email = models.CharField(max_length=320, blank=True)
    address = models.CharField(max_length=400, blank=True)
    active = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = None
        why = "organisations that data goes to, with their addresses at work"
        writes = ("insert", "update")

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug", "name"], name="recipients_recipient_one_of_a_name"
            ),
            models.CheckConstraint(
                condition=Q(active=False)
                | (Q(screened_at__isnull=False) & (Q(country=HOME) | ~Q(safeguard=""))),
                name="recipients_recipient_active_is_checked",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ROLES), name="recipients_recipient_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
