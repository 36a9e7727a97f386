"""The same tables without Candour around them, in a database of their own."""

from auditlog.registry import auditlog
from django.db import models
from simple_history.models import HistoricalRecords


class Fields(models.Model):
    """The columns that are compared."""

    ref = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    brand = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class Person(Fields):
    """Plain."""


class Audited(Fields):
    """With django-auditlog."""


class Historic(Fields):
    """With django-simple-history."""

    history = HistoricalRecords()


class Enquiry(models.Model):
    """Plain, for lists."""

    ref = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, models.CASCADE)
    status = models.CharField(max_length=10)
    received_at = models.DateTimeField()


class Log(models.Model):
    """What an application that writes one audit row by hand would have."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    person = models.BigIntegerField()


auditlog.register(Audited)
