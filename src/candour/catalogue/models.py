"""What the clinic offers and where: services and prices, rooms, devices, the window.

Brands, their headlines and sites come from the policy; a site is named by its slug.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.core.ids import new_ref


class Kind(models.Model):
    """A class of treatment, with the time to think that it asks for.

    `reflection_days` None leaves it to the law's own default (GMC 2016; surgery has
    two weeks by professional guidance).
    """

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    surgical = models.BooleanField(default=False)
    reflection_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Privacy:
        owner = None
        why = "the clinic's rules"

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """Something the clinic offers.

    A visit takes `minutes`; before and after it stand the buffers, in which nobody
    else can be booked. `law_calls_it` is the law's word for a treatment that an Act
    keeps from people under 18, or nothing. `reflection_days` stands over that of its
    kind. `recall_days` is how long after it a review is due, where it needs one.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    says = models.TextField()
    kind = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=0)
    consultation_first = models.BooleanField(default=False)
    reflection_days = models.PositiveSmallIntegerField(null=True, blank=True)
    law_calls_it = models.CharField(max_length=30, blank=True, default="")
    pom = models.BooleanField(default=False)
    needs_review = models.BooleanField(default=False)
    recall_days = models.PositiveSmallIntegerField(null=True, blank=True)
    areas = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    concerns = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    room_kind = models.CharField(max_length=20, blank=True, default="")
    device_kind = models.CharField(max_length=20, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Privacy:
        owner = None
        why = "the clinic's menu"

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=600),
                name="catalogue_service_minutes",
            ),
            models.CheckConstraint(
                condition=models.Q(recall_days=None) | models.Q(needs_review=True),
                name="catalogue_service_recall_is_a_review",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """What a service costs from a day on, in pence. The last one begun is the price."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="prices")
    pence = models.PositiveIntegerField(null=True)
    is_from = models.BooleanField(default=False)
    valid_from = models.DateField()

    class Privacy:
        owner = None
        why = "the clinic's price list"

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "valid_from"], name="catalogue_price_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.valid_from}"


class Room(models.Model):
    """A room at a site, and what it can be used for."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    site = models.SlugField(max_length=60)
    name = models.CharField(max_length=60)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Privacy:
        owner = None
        why = "the clinic's rooms"

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "name"], name="catalogue_room_one_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A device that a treatment needs, such as a laser, and the site it stands at."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    site = models.SlugField(max_length=60)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    active = models.BooleanField(default=True)

    class Privacy:
        owner = None
        why = "the clinic's devices"

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "name"], name="catalogue_device_one_of_a_name"
            )
        ]

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


class Product(models.Model):
    """Something that is put into or onto a body, and the unit its dose is counted in.

    `implant` puts whoever gets it on the implant register; `pom` says that only a
    prescriber may order it (Human Medicines Regulations 2012).
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    maker = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)
    unit = models.CharField(max_length=20)
    pom = models.BooleanField(default=False)
    implant = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Privacy:
        owner = None
        why = "what the clinic uses"

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One delivery of a product, by the number its maker printed on it."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="batches")
    number = models.CharField(max_length=60)
    expires_on = models.DateField()
    received_on = models.DateField()
    entered_by = models.CharField(max_length=80)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_note = models.CharField(max_length=300, blank=True)

    class Privacy:
        owner = None
        why = "the clinic's stock"

    class Meta:
        ordering: ClassVar = ["expires_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "number"], name="catalogue_batch_once"
            )
        ]

    def __str__(self) -> str:
        return self.number
