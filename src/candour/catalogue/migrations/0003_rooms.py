"""Rooms, devices, rules of services; prices get the day they begin."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import candour.core.ids

# A price that was on the menu has been the price since the clinic opened.
PRICES = """
INSERT INTO catalogue_price (service_id, pence, is_from, valid_from)
SELECT id, price_pence, price_from, date '2000-01-01' FROM catalogue_service;
SET CONSTRAINTS ALL IMMEDIATE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_window"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
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
                ("site", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Kind",
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
                ("code", models.SlugField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("surgical", models.BooleanField(default=False)),
                (
                    "reflection_days",
                    models.PositiveSmallIntegerField(blank=True, null=True),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Price",
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
                ("pence", models.PositiveIntegerField(null=True)),
                ("is_from", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
            ],
            options={
                "ordering": ["-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="Room",
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
                ("site", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=60)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        size=None,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="service",
            name="areas",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="buffer_after",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="service",
            name="buffer_before",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="service",
            name="concerns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="consultation_first",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="service",
            name="device_kind",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="service",
            name="law_calls_it",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddField(
            model_name="service",
            name="needs_review",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="service",
            name="pom",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="service",
            name="recall_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="service",
            name="reflection_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="service",
            name="room_kind",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 600)),
                name="catalogue_service_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recall_days", None), ("needs_review", True), _connector="OR"
                ),
                name="catalogue_service_recall_is_a_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                fields=("site", "name"), name="catalogue_device_one_of_a_name"
            ),
        ),
        migrations.AddField(
            model_name="price",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="prices",
                to="catalogue.service",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(
                fields=("site", "name"), name="catalogue_room_one_of_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.UniqueConstraint(
                fields=("service", "valid_from"), name="catalogue_price_one_a_day"
            ),
        ),
        migrations.RunSQL(PRICES, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="service",
            name="price_from",
        ),
        migrations.RemoveField(
            model_name="service",
            name="price_pence",
        ),
    ]
