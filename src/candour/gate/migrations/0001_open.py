"""Make the one statement that opens a unit of work.

It enters the signed scope and brings back, in one round trip, what the decision needs:
the policy in force, where each person in scope stands, and the wrapped keys of the
record classes in scope. It runs as the owner, but only ever inside the verified scope.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION gate_open(said text, signed text,
                          OUT policy bigint, OUT facts jsonb, OUT keys jsonb)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    part text[] := string_to_array(said, '|');
    classes text[] := string_to_array(part[1], ',');
    whom bigint[];
BEGIN
    PERFORM wall.enter(said, signed);
    policy := (SELECT max(id) FROM public.notices_policy_version);
    IF part[2] IN ('*', '') THEN
        RETURN;
    END IF;
    whom := string_to_array(part[2], ',')::bigint[];
    SELECT jsonb_object_agg(p.id, jsonb_build_object(
               'ref', p.ref,
               'stands', s.person_id IS NOT NULL,
               'restricted', s.restricted_at IS NOT NULL,
               'locked', s.locked_at IS NOT NULL,
               'died', s.died_on,
               'born', s.born_on,
               'relation', s.relation,
               'sold', s.sold_topics,
               'interests', s.interests,
               'permissions', (SELECT coalesce(jsonb_agg(jsonb_build_array(
                                          c.purpose, c.channel, c.state, c.fingerprint)), '[]')
                                 FROM public.consent_permission c
                                WHERE c.person_id = p.id
                                  AND c.state IN ('given', 'withdrawn', 'objected'))))
      INTO facts
      FROM public.people_person p LEFT JOIN public.people_standing s ON s.person_id = p.id
     WHERE p.id = ANY (whom);
    SELECT jsonb_agg(jsonb_build_array(k.id, k.person_id, k.record_class, encode(k.wrapped, 'base64')))
      INTO keys FROM vault.key k
     WHERE k.person_id = ANY (whom) AND k.record_class = ANY (classes);
END $$;
REVOKE ALL ON FUNCTION gate_open FROM PUBLIC;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("notices", "0001_initial"),
        ("consent", "0001_initial"),
        ("people", "0001_initial"),
        ("vault", "0001_keys"),
        ("trail", "0001_trail"),
    ]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION gate_open")]
