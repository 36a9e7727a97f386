"""Bring along only a person's own keys: what seals with another could not be given back.

A key that came with a joined record is fetched when something it sealed is opened.
"""

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION gate_open(said text, signed text, OUT policy bigint, OUT known text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whom bigint[] := wall.enter(said, signed);
    classes text[] := string_to_array(split_part(said, '|', 1), ',');
    one bigint;
    about text;
BEGIN
    policy := (SELECT max(id) FROM public.notices_policy_version);
    FOREACH one IN ARRAY whom LOOP
        SELECT json_build_array(
                   p.id, p.ref, s.person_id IS NOT NULL, s.restricted_at IS NOT NULL,
                   s.locked_at IS NOT NULL, s.died_on IS NOT NULL, s.born_on,
                   s.relation, s.sold_topics, s.interests,
                   (SELECT json_agg(json_build_array(
                               c.purpose, c.channel, c.state, c.fingerprint))
                      FROM public.consent_permission c
                     WHERE c.person_id = one
                       AND c.state IN ('given', 'withdrawn', 'objected')),
                   (SELECT json_agg(json_build_array(
                               k.id, k.record_class, encode(k.wrapped, 'base64')))
                      FROM vault.key k
                     WHERE k.person_id = one AND k.record_class = ANY (classes)
                       AND k.joined_at IS NULL))::text
          INTO about
          FROM public.people_person p
          LEFT JOIN public.people_standing s ON s.person_id = p.id
         WHERE p.id = one;
        IF FOUND THEN
            known := concat_ws(',', known, about);
        END IF;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0002_lean"), ("people", "0006_finding")]
    operations = [migrations.RunSQL(FORWARDS)]
