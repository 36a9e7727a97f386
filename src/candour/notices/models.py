"""Policy versions as published, and what was shown to whom."""

from typing import ClassVar

from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass


class PolicyVersion(models.Model):
    """One published policy: its sources as they were, never changed.

    Running processes compile it from here and never read a file. `demo` marks one that
    runs although a person has still to decide something: no real data belongs in it.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    sources = models.JSONField()
    hash = models.CharField(max_length=64)
    published_by = models.CharField(max_length=80)
    published_at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Privacy:
        owner = None
        why = "the clinic's own policy"
        writes = ()

    class Meta:
        db_table = "notices_policy_version"

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Shown(models.Model):
    """A layer of the notice that a person was shown, where, and when (Art 13(1))."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    layer = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Privacy:
        owner = "person"
        record_class = RecordClass.CONSENT
        personal: ClassVar = {
            "layer": "permissions",
            "place": "permissions",
            "at": "permissions",
        }
        plain: ClassVar = {"id", "person", "policy"}
        copy = "Which notice you were shown"

    def __str__(self) -> str:
        return str(self.pk)
