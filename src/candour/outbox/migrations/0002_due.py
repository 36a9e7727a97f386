"""Let the sender find what is due without reading it.

`outbox_due` gives refs, owners and purposes; the sender then opens a unit of work for
each under its own purpose. `outbox_hold` parks a message that the gate refused to send
(the person restricted their data), which the refused purpose could not itself write.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION outbox_due(now timestamptz, stale interval, up_to integer)
RETURNS TABLE (ref uuid, person_id bigint, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT m.ref, m.person_id, m.purpose FROM public.outbox_message m
     WHERE (m.state = 'queued' AND m.send_after <= now)
        OR (m.state = 'sending' AND m.send_after <= now - stale)
     ORDER BY m.send_after, m.id LIMIT up_to
$$;
REVOKE ALL ON FUNCTION outbox_due FROM PUBLIC;

CREATE FUNCTION outbox_hold(which uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    UPDATE public.outbox_message SET state = 'held'
     WHERE ref = which AND state IN ('queued', 'sending')
$$;
REVOKE ALL ON FUNCTION outbox_hold FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION outbox_due, outbox_hold")]
