"""Let a newer yes from the same address hold against an older no, and ask only there.

Only a scope with somebody in it who holds the address may ask: else it would tell
anybody who can reach the database who refused what.
"""

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION consent_refused_at(by_channel text, sought text, uses text[])
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('consent');
    IF NOT wall.everyone() AND NOT EXISTS (
        SELECT FROM public.people_contact_point c
         WHERE c.value_key = sought AND c.person_id = ANY (wall.people())) THEN
        RAISE EXCEPTION 'nobody in scope holds that address' USING errcode = '42501';
    END IF;
    RETURN EXISTS (
        SELECT FROM public.consent_permission p
          JOIN public.people_contact_point c ON c.person_id = p.person_id
         WHERE c.value_key = sought AND p.channel = by_channel
           AND p.purpose = ANY (uses) AND p.state IN ('withdrawn', 'objected')
           AND NOT EXISTS (
               SELECT FROM public.consent_permission n
                 JOIN public.people_contact_point o ON o.person_id = n.person_id
                WHERE o.value_key = sought AND n.channel = p.channel
                  AND n.purpose = p.purpose AND n.state = 'given'
                  AND n.since > p.since));
END $$;

CREATE FUNCTION consent_forget_no(by_channel text, hashed text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('consent');
    DELETE FROM public.consent_suppression s
     WHERE s.channel = by_channel AND s.hash = hashed;
END $$;
REVOKE ALL ON FUNCTION consent_forget_no FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_unconfirmed")]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
