"""Patients: a number for each, from a sequence, and what registration asks."""

import django.db.models.deletion
from django.db import migrations, models

import candour.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_merge"),
    ]

    operations = [
        migrations.CreateModel(
            name="Patient",
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
                ("number", models.BigIntegerField(unique=True)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=40)),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                ("gp", models.CharField(blank=True, max_length=200)),
                ("gp_address", models.CharField(blank=True, max_length=320)),
                ("nhs_number", models.BinaryField(null=True)),
                ("nhs_key", models.CharField(max_length=64, null=True, unique=True)),
                ("company", models.CharField(blank=True, max_length=200)),
                ("version", models.IntegerField(default=1)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patient",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nhs_key", None), ("nhs_number", None)),
                            models.Q(
                                ("nhs_key__isnull", False),
                                ("nhs_number__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="people_patient_nhs_findable",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE people_patient_number_seq START 10001",
            "DROP SEQUENCE people_patient_number_seq",
        ),
    ]
