"""Erasures: confirmed, carried out, certified. The last two survive the person."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass


class Erasure(models.Model):
    """An erasure that a person confirmed, with what it takes and what it leaves.

    What is erased is what was shown: the record classes stand here from the moment of
    confirming, and a policy published since does not change them. `then` is the job
    told when the certificate is written.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    request_ref = models.UUIDField(unique=True)
    asked_on = models.DateField()
    confirmed_at = models.DateTimeField()
    goes = ArrayField(models.CharField(max_length=20))
    stays = models.JSONField()
    rows = models.JSONField()
    then = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.REQUEST
        personal: ClassVar = {
            "asked_on": "requests",
            "confirmed_at": "requests",
            "goes": "requests",
        }
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "request_ref",
            "stays",
            "rows",
            "then",
            "policy",
            "clause",
        }
        copy = "What you told us to erase"
        writes = ("insert", "delete")

    def __str__(self) -> str:
        return str(self.ref)


class Ledger(models.Model):
    """An erasure that was carried out: ids and counts, without a link to anybody.

    It outlives the person so that a backup which is put back can be purged again. The
    same line stands in a file outside the database (see `ledger`). `scope` also names
    the records that were joined to this one: an older backup still has them apart.
    """

    ref = models.UUIDField(unique=True)
    person_id = models.BigIntegerField()
    person_ref = models.UUIDField()
    request_ref = models.UUIDField(unique=True)
    asked_on = models.DateField()
    at = models.DateTimeField()
    scope = models.JSONField()
    then = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = None
        why = (
            "numbers of the erased and what was erased, to erase again after a restore"
        )
        writes = ("insert",)

    @property
    def numbers(self) -> list[int]:
        """Return the person's number, and those of records joined to theirs."""
        return [self.person_id, *(number for number, _ in self.scope["also"])]

    @property
    def refs(self) -> list[str]:
        """Return the person's ref, and those of records joined to theirs."""
        return [str(self.person_ref), *(ref for _, ref in self.scope["also"])]

    class Meta:
        db_table = "disposal_ledger"

    def __str__(self) -> str:
        return str(self.ref)


class Certificate(models.Model):
    """What was found when everything was read again. It names nobody.

    Rows are only added: one that found something left is followed by another.
    """

    request_ref = models.UUIDField(db_index=True)
    number = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    complete = models.BooleanField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Privacy:
        owner = None
        why = "counts and dates of an erasure; it is given to whoever holds the link"
        writes = ("insert",)

    class Meta:
        db_table = "disposal_certificate"

    def __str__(self) -> str:
        return self.number


class Alias(models.Model):
    """A request that became part of another: a letter may name its certificate.

    Two people at one address, or one who asked twice: each letter says where the
    certificate will be, and it is there for both.
    """

    request_ref = models.UUIDField(unique=True)
    stands_for = models.UUIDField(db_index=True)

    class Privacy:
        owner = None
        why = "two refs, so that a letter's address of a certificate goes on working"
        writes = ("insert",)

    class Meta:
        db_table = "disposal_alias"

    def __str__(self) -> str:
        return str(self.request_ref)


class ByHand(models.Model):
    """Paper, or a model, of somebody erased, until somebody has destroyed it.

    It has no link to anybody. `place` is where it lies, for whoever fetches it; it is
    emptied when they say that it is destroyed.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    erasure = models.UUIDField(db_index=True)
    request_ref = models.UUIDField()
    medium = models.CharField(max_length=10)
    place = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Privacy:
        owner = None
        why = "where paper of somebody erased lies, until it is destroyed"
        writes = ("insert", "update")

    class Meta:
        db_table = "disposal_by_hand"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(place=""),
                name="disposal_by_hand_place_is_forgotten",
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Rewrite(models.Model):
    """A weekly rewrite of the tables, so that no page still holds what was deleted."""

    at = models.DateTimeField()
    tables = models.PositiveSmallIntegerField()
    left = models.JSONField(default=dict)

    class Privacy:
        owner = None
        why = "when tables were rewritten, and which could not be"
        writes = ()

    class Meta:
        db_table = "disposal_rewrite"

    def __str__(self) -> str:
        return str(self.at)
