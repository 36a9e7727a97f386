"""What was done, given and agreed to stands in words, as it was called then.

Nothing has been released with these tables, so there is nothing to fill in.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def words(model: str, name: str, length: int) -> migrations.AddField:
    """Return a column of words, empty in the rows that are there."""
    field: models.CharField[str, str] = models.CharField(max_length=length, default="")
    return migrations.AddField(model, name, field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0004_prescription_stays")]
    operations: ClassVar = [
        words("course", "what", 120),
        words("treatment", "what", 120),
        words("given", "product_name", 120),
        words("given", "batch_number", 60),
        words("agreement", "what", 120),
        migrations.AddField(
            "agreement", "words", models.TextField(default=""), preserve_default=False
        ),
        migrations.AlterField(
            "agreement", "discussed", ArrayField(models.CharField(max_length=200))
        ),
    ]
