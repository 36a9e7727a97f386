"""What was changed in a person's details, by whom, and what it was before."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import candour.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_finding"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="patient",
            name="company",
        ),
        migrations.CreateModel(
            name="Change",
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
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("before", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="people.person",
                    ),
                ),
            ],
        ),
    ]
