"""Hold that a refusal is decided by a member of staff, and on a ground."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_links")]
    operations = [
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", "refused"), _negated=True),
                    models.Q(
                        ("by__startswith", "staff:"),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_step_refused_by_somebody",
            ),
        ),
    ]
