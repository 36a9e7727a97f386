"""Whom a person is tied to, and what was checked of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.core.ids import new_ref
from candour.people.models.person import Person
from candour.policy.vocabulary import RecordClass
from candour.register.declare import PerRow

KINDS = (
    "guardian",
    "representative",
    "next-of-kin",
    "emergency-contact",
    "referrer",
    "company-contact",
)
PROVABLE = ("guardian", "representative")  # who may act for somebody, once it is proved
CHECKS = ("identity", "age", "relationship")
LINKED = PerRow(
    "kind",
    {
        "referrer": "care-team.referrer",
        "next-of-kin": "emergency-contact.next-of-kin",
        "emergency-contact": "emergency-contact",
    },
    otherwise="identity",
)


class Link(models.Model):
    """Somebody who is something to a person: a guardian, next of kin, who sent them.

    The other one is a name and a number, and `other_ref` where they are on record too.
    A guardian acts for a minor only from `verified_at`, by the `proof` that was seen,
    and no longer than `until`.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=60, blank=True)
    other_ref = models.UUIDField(null=True)
    proof = models.CharField(max_length=60, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=80, blank=True)
    until = models.DateField(null=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {
            "kind": "identity",
            "name": LINKED,
            "phone": LINKED,
            "proof": "identity",
            "until": "identity",
        }
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "other_ref",
            "verified_at",
            "verified_by",
            "source",
            "made_at",
            "by",
        }
        also = ("name", "phone")
        copy = "Who belongs to you"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="people_link_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at=None) | ~models.Q(proof=""),
                name="people_link_verified_by_proof",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "name"], name="people_link_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Check(models.Model):
    """That somebody's identity, age or tie was looked at, how, and what came of it.

    Only the result is kept. `document_gone_at` is when the copy of the document, if one
    was made, was destroyed: it may not outlive the result by more than the policy says.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=20)
    method = models.CharField(max_length=40)
    passed = models.BooleanField()
    document_gone_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = dict.fromkeys(
            ["kind", "method", "passed", "document_gone_at", "at"], "identity"
        )
        plain: ClassVar = {"id", "ref", "person", "source", "by"}
        copy = "What we checked of you"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=CHECKS), name="people_check_kind_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Change(models.Model):
    """That what is written of a person was changed: what, by whom, and what it was.

    Nobody writes over a mistake without a trace: `before` holds the old values.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="changes")
    fields = ArrayField(models.CharField(max_length=40))
    before = models.BinaryField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = dict.fromkeys(["fields", "before", "at"], "identity")
        sealed: ClassVar = {"before"}
        plain: ClassVar = {"id", "ref", "person", "by"}
        copy = "What we changed in your details"
        writes = ("insert", "delete")

    def __str__(self) -> str:
        return str(self.ref)


class Given(models.Model):
    """That data of a person came from somebody else: who, when, and when they are told.

    UK GDPR Article 14: the person is told by `due_on` where their data came from.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="given")
    giver = models.CharField(max_length=200)
    what = models.CharField(max_length=60)
    source = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=40, blank=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = dict.fromkeys(
            ["giver", "what", "at", "due_on", "told_at", "told_how"], "identity"
        )
        plain: ClassVar = {"id", "ref", "person", "source", "by"}
        also = ("giver",)
        copy = "Who else told us about you"

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                name="people_given_due",
                condition=models.Q(told_at=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)
