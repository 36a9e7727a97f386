"""Keep the hash of the code that staff tell somebody whom they made sure of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_refusal")]
    operations = [
        migrations.AddField(
            model_name="request",
            name="code_hash",
            field=models.CharField(max_length=64, null=True),
        ),
    ]
