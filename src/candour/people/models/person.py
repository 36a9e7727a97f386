"""Data subjects and what every purpose must know of them first."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass
from candour.register.declare import PerRow, Withheld

CONTACT = PerRow(
    "channel",
    {
        "email": "contact.email",
        "phone": "contact.phone",
        "sms": "contact.phone",
        "address": "contact.address",
        "postcode": "contact.postcode",
        "wechat": "contact.wechat",
        "skype": "contact.skype",
    },
    otherwise="contact.messaging",
)


class Person(models.Model):
    """One human being whose data the clinic holds. Not an email address."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    brand = models.CharField(max_length=60, blank=True)

    class Privacy:
        owner = "self"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {
            "name": "identity.name",
            "preferred_name": "identity.preferred-name",
        }
        plain: ClassVar = {"id", "ref", "source", "made_at", "brand"}
        copy = "Who you are"

    def __str__(self) -> str:
        return str(self.ref)


class ContactPoint(models.Model):
    """One way to reach a person. Families share them, so they are not unique.

    `value_key` is the value made comparable: a lower-case address, an E.164 number.
    `verified_at` is when somebody who reads the address said that it is theirs, and
    `wrong_at` when they said that it is not; `proof_hash` is of the secret in the
    letter that asks.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_points")
    channel = models.CharField(max_length=20)
    value = models.CharField(max_length=320)
    value_key = models.CharField(max_length=320)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    wrong_at = models.DateTimeField(null=True)
    proof_hash = models.CharField(max_length=64, null=True, unique=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {"value": CONTACT, "value_key": CONTACT}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "channel",
            "source",
            "made_at",
            "verified_at",
            "wrong_at",
            "proof_hash",
        }
        copy = "How to reach you"

    class Meta:
        db_table = "people_contact_point"
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "value_key"], name="people_contact_point_key"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class SearchKey(models.Model):
    """Normalised words of names and addresses, read only by the search function."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.TextField()

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {"words": "identity.name"}
        plain: ClassVar = {"id", "person"}
        copy = Withheld(
            "the same names and addresses again, in lower case, for searching"
        )

    class Meta:
        db_table = "people_search_key"
        indexes: ClassVar = [
            GinIndex(
                OpClass("words", name="gin_trgm_ops"), name="people_search_key_words"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Standing(models.Model):
    """Where a person stands: the facts that decide what may be done with their data.

    One row a person, made with the person. Whoever learns a fact writes it here in the
    same transaction; the gate and every list read it.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="standing")
    relation = ArrayField(models.CharField(max_length=20), default=list)
    restricted_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    died_on = models.DateField(null=True)
    born_on = models.DateField(null=True)
    last_interaction_at = models.DateTimeField(null=True)
    held = models.BooleanField(default=False)
    told_policy = models.BigIntegerField(null=True)
    sold_topics = ArrayField(models.CharField(max_length=60), default=list)
    interests = ArrayField(models.CharField(max_length=60), default=list)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {
            "born_on": "identity.birth-date",
            "died_on": "identity.birth-date",
            "sold_topics": "identity",
            "interests": "identity",
        }
        plain: ClassVar = {
            "id",
            "person",
            "relation",
            "restricted_at",
            "locked_at",
            "last_interaction_at",
            "held",
            "told_policy",
        }
        copy = "Where you stand with us"

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["last_interaction_at"],
                name="people_standing_last",
                condition=models.Q(held=False),
            ),
            models.Index(fields=["born_on"], name="people_standing_born"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Merge(models.Model):
    """Two records that turned out to be of one human being, made one.

    The absorbed record's number stays, so that what the trail says of it is still told
    to its person, and a backup that is put back is purged of both. `moved` names the
    rows and keys that changed their owner, `kept` the few that gave way to the
    survivor's: for as long as the joining can be undone.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    absorbed_id = models.BigIntegerField()
    absorbed_ref = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    how = models.CharField(max_length=40)
    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    moved = models.JSONField(default=dict)
    kept = models.BinaryField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {
            "at": "identity",
            "how": "identity",
            "kept": "identity",
            "undone_at": "identity",
        }
        sealed: ClassVar = {"kept"}
        plain: ClassVar = {
            "id",
            "person",
            "absorbed_id",
            "absorbed_ref",
            "by",
            "ref",
            "moved",
            "undone_by",
        }
        copy = "Records of you that we joined"
        writes = ("update", "delete")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["absorbed_id"],
                name="people_merge_absorbed_once",
                condition=models.Q(undone_at=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
