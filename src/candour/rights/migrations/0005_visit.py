"""Keep the hash of the one visit that a request lets in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rights", "0004_code")]
    operations = [
        migrations.AddField(
            model_name="request",
            name="visit_hash",
            field=models.CharField(max_length=64, null=True),
        ),
    ]
