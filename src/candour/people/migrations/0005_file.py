"""The file of a person: ties, checks, dealings, who else gave data; joining undone.

What was joined before this cannot be undone, since nothing was written down of it.
"""

import django.db.models.deletion
from django.db import migrations, models

import candour.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_patient"),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
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
                ("method", models.CharField(max_length=40)),
                ("passed", models.BooleanField()),
                ("document_gone_at", models.DateTimeField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Given",
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
                ("giver", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("due_on", models.DateField()),
                ("told_at", models.DateTimeField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Insurance",
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
                ("insurer", models.CharField(max_length=120)),
                ("policy_number", models.CharField(blank=True, max_length=60)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Interaction",
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
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("channel", models.CharField(max_length=20)),
                ("direction", models.CharField(max_length=4)),
                ("what", models.CharField(blank=True, max_length=60)),
                ("note", models.BinaryField(null=True)),
                ("purpose", models.CharField(max_length=60)),
                ("origin_ref", models.UUIDField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Lifestyle",
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
                ("occupation", models.CharField(blank=True, max_length=120)),
                ("lifestyle", models.BinaryField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Link",
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
                ("name", models.CharField(max_length=200)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("other_ref", models.UUIDField(null=True)),
                ("proof", models.CharField(blank=True, max_length=60)),
                ("verified_at", models.DateTimeField(null=True)),
                ("verified_by", models.CharField(blank=True, max_length=80)),
                ("until", models.DateField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="merge",
            name="people_merge_absorbed_once",
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="merge",
            name="moved",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="merge",
            name="ref",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunSQL(
            "UPDATE people_merge SET ref = gen_random_uuid()", migrations.RunSQL.noop
        ),
        migrations.AlterField(
            model_name="merge",
            name="ref",
            field=models.UUIDField(
                default=candour.core.ids.new_ref, editable=False, unique=True
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("absorbed_id",),
                name="people_merge_absorbed_once",
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="checks",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="given",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="given",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="insurance",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="insurance",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="interaction",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interactions",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="lifestyle",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lifestyle",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("identity", "age", "relationship"))),
                name="people_check_kind_known",
            ),
        ),
        migrations.AddIndex(
            model_name="given",
            index=models.Index(
                condition=models.Q(("told_at", None)),
                fields=["due_on"],
                name="people_given_due",
            ),
        ),
        migrations.AddIndex(
            model_name="interaction",
            index=models.Index(fields=["person", "-at"], name="people_interaction_of"),
        ),
        migrations.AddConstraint(
            model_name="interaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("direction__in", ("in", "out", "both")),
                    (
                        "kind__in",
                        (
                            "enquiry",
                            "call",
                            "letter",
                            "message",
                            "visit",
                            "conversation",
                            "appointment",
                            "incident",
                            "complaint",
                        ),
                    ),
                ),
                name="people_interaction_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="interaction",
            constraint=models.UniqueConstraint(
                fields=("origin_ref", "kind", "direction"),
                name="people_interaction_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "guardian",
                            "representative",
                            "next-of-kin",
                            "emergency-contact",
                            "referrer",
                            "company-contact",
                        ),
                    )
                ),
                name="people_link_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verified_at", None),
                    models.Q(("proof", ""), _negated=True),
                    _connector="OR",
                ),
                name="people_link_verified_by_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "name"), name="people_link_once"
            ),
        ),
    ]
