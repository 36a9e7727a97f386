"""Let a certificate be found under each request that became part of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disposal", "0002_waiting")]
    operations = [
        migrations.CreateModel(
            name="Alias",
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
                ("request_ref", models.UUIDField(unique=True)),
                ("stands_for", models.UUIDField(db_index=True)),
            ],
            options={"db_table": "disposal_alias"},
        ),
    ]
