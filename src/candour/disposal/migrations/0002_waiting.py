"""Let the job that resumes erasures find those that nobody carried out.

It gives refs only; each is then opened by a unit of work of its own.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION disposal_waiting() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT e.ref FROM public.disposal_erasure e
     WHERE NOT EXISTS (SELECT FROM public.disposal_ledger l WHERE l.ref = e.ref)
$$;
REVOKE ALL ON FUNCTION disposal_waiting FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("disposal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION disposal_waiting")]
