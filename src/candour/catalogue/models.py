"""What the shop window shows: the menu, the hours, a last word.

Brands, their headlines and sites come from the policy.
"""

from typing import ClassVar

from django.db import models

from candour.core.ids import new_ref


class Service(models.Model):
    """Something the clinic offers, as the public site shows it. Prices in pence."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    says = models.TextField()
    kind = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()
    price_pence = models.PositiveIntegerField(null=True)
    price_from = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Privacy:
        owner = None
        why = "the clinic's menu"

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """What the front page says beside the menu. There is one row, or none.

    `hours` is a list of {days, opens, closes}, such as "Monday to Friday", "09:00".
    """

    close = models.TextField(blank=True)
    hours = models.JSONField(default=list)

    class Privacy:
        owner = None
        why = "the clinic's shop window"

    def __str__(self) -> str:
        return self.close
