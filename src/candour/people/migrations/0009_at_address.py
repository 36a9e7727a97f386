"""Tell who shares an address only to a scope with somebody in it who holds it."""

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION people_at_address(sought_channel text, sought text)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('identity');
    PERFORM wall.admits('request');
    IF NOT wall.everyone() AND NOT EXISTS (
        SELECT FROM public.people_contact_point c
         WHERE c.value_key = sought AND c.person_id = ANY (wall.people())) THEN
        RAISE EXCEPTION 'nobody in scope holds that address' USING errcode = '42501';
    END IF;
    RETURN QUERY
        SELECT DISTINCT c.person_id FROM public.people_contact_point c
         WHERE c.channel = sought_channel AND c.value_key = sought
         ORDER BY c.person_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_quick")]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
