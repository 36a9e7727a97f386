"""Make the tables of files, one a record class."""

import django.db.models.deletion
from django.db import migrations, models

import candour.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("notices", "0002_publish"),
        ("people", "0003_merge"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=candour.core.ids.new_ref, editable=False, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="quarantined", max_length=12)),
                ("because", models.CharField(blank=True, max_length=30)),
                ("title", models.BinaryField(null=True)),
                ("file_name", models.CharField(blank=True, max_length=80)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                ("size", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("key_id", models.UUIDField(null=True)),
                ("raw_name", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=32)),
                ("small_name", models.CharField(blank=True, max_length=32)),
                ("large_name", models.CharField(blank=True, max_length=32)),
                ("width", models.IntegerField(null=True)),
                ("height", models.IntegerField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("by", models.CharField(max_length=80)),
                ("clause", models.CharField(max_length=120)),
                ("template", models.CharField(blank=True, max_length=40)),
                ("template_version", models.CharField(blank=True, max_length=20)),
                ("filed_sha256", models.CharField(blank=True, max_length=64)),
                ("medium", models.CharField(default="electronic", max_length=10)),
                ("locator", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.policyversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["person", "-made_at"], name="files_document_of"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("quarantined", "clean", "rejected", "gone"))
                        ),
                        name="files_document_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "quarantined"), _negated=True),
                            models.Q(
                                models.Q(("raw_name", ""), _negated=True), ("name", "")
                            ),
                            _connector="OR",
                        ),
                        name="files_document_quarantined_is_raw",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "clean"), _negated=True),
                            models.Q(
                                ("raw_name", ""),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("file_name", ""), _negated=True),
                            ),
                            models.Q(
                                ("media_type", ""),
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="files_document_clean_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["rejected", "gone"]), _negated=True
                            ),
                            models.Q(
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="files_document_gone_keeps_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("medium__in", ("electronic", "paper", "model"))
                        ),
                        name="files_document_medium_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("template", ""),
                            ("filed_sha256__regex", "^[0-9a-f]{64}$"),
                            _connector="OR",
                        ),
                        name="files_document_filed_has_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("locator", ""),
                                ("medium", "electronic"),
                                models.Q(("media_type", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("medium", "electronic"), _negated=True),
                                models.Q(("locator", ""), _negated=True),
                                ("media_type", ""),
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="files_document_is_here_or_there",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=candour.core.ids.new_ref, editable=False, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="quarantined", max_length=12)),
                ("because", models.CharField(blank=True, max_length=30)),
                ("title", models.BinaryField(null=True)),
                ("file_name", models.CharField(blank=True, max_length=80)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                ("size", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("key_id", models.UUIDField(null=True)),
                ("raw_name", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=32)),
                ("small_name", models.CharField(blank=True, max_length=32)),
                ("large_name", models.CharField(blank=True, max_length=32)),
                ("width", models.IntegerField(null=True)),
                ("height", models.IntegerField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("by", models.CharField(max_length=80)),
                ("clause", models.CharField(max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.policyversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "-made_at"], name="files_image_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("quarantined", "clean", "rejected", "gone"))
                        ),
                        name="files_image_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "quarantined"), _negated=True),
                            models.Q(
                                models.Q(("raw_name", ""), _negated=True), ("name", "")
                            ),
                            _connector="OR",
                        ),
                        name="files_image_quarantined_is_raw",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "clean"), _negated=True),
                            models.Q(
                                ("raw_name", ""),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("file_name", ""), _negated=True),
                            ),
                            models.Q(
                                ("media_type", ""),
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="files_image_clean_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["rejected", "gone"]), _negated=True
                            ),
                            models.Q(
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="files_image_gone_keeps_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=candour.core.ids.new_ref, editable=False, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="quarantined", max_length=12)),
                ("because", models.CharField(blank=True, max_length=30)),
                ("title", models.BinaryField(null=True)),
                ("file_name", models.CharField(blank=True, max_length=80)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                ("size", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("key_id", models.UUIDField(null=True)),
                ("raw_name", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=32)),
                ("small_name", models.CharField(blank=True, max_length=32)),
                ("large_name", models.CharField(blank=True, max_length=32)),
                ("width", models.IntegerField(null=True)),
                ("height", models.IntegerField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("by", models.CharField(max_length=80)),
                ("clause", models.CharField(max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.policyversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "-made_at"], name="files_proof_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("quarantined", "clean", "rejected", "gone"))
                        ),
                        name="files_proof_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "quarantined"), _negated=True),
                            models.Q(
                                models.Q(("raw_name", ""), _negated=True), ("name", "")
                            ),
                            _connector="OR",
                        ),
                        name="files_proof_quarantined_is_raw",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "clean"), _negated=True),
                            models.Q(
                                ("raw_name", ""),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("file_name", ""), _negated=True),
                            ),
                            models.Q(
                                ("media_type", ""),
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="files_proof_clean_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["rejected", "gone"]), _negated=True
                            ),
                            models.Q(
                                ("large_name", ""),
                                ("name", ""),
                                ("raw_name", ""),
                                ("small_name", ""),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="files_proof_gone_keeps_nothing",
                    ),
                ],
            },
        ),
    ]
