"""Let a yes wait until whoever reads its address says that it was them.

And let a no hold for the address it was said from, whichever record holds the address:
one human being may be two records, and nobody is written to in doubt.
"""

from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION consent_refused_at(by_channel text, sought text, uses text[])
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('consent');
    RETURN EXISTS (
        SELECT FROM public.consent_permission p
          JOIN public.people_contact_point c ON c.person_id = p.person_id
         WHERE c.value_key = sought AND p.channel = by_channel
           AND p.purpose = ANY (uses) AND p.state IN ('withdrawn', 'objected'));
END $$;
REVOKE ALL ON FUNCTION consent_refused_at FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(
            model_name="permission", name="consent_permission_state_known"
        ),
        migrations.AlterField(
            model_name="permission",
            name="state",
            field=models.CharField(max_length=12),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "given",
                        "unconfirmed",
                        "withdrawn",
                        "objected",
                        "lapsed",
                    ]
                ),
                name="consent_permission_state_known",
            ),
        ),
        migrations.RunSQL(FORWARDS, "DROP FUNCTION consent_refused_at"),
    ]
