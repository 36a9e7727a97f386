"""Keep which records were joined, and whether an address is theirs who gave it.

It runs as the owner because some rows are only ever added (permissions given, attempts
to send): they change their owner here and nothing else. Both people must be in scope.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION people_merge_rows(survivor bigint, absorbed bigint, joined timestamptz,
                                  joiner text, because text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    tbl text;
BEGIN
    PERFORM wall.admits('identity');
    PERFORM wall.admits('request');
    IF survivor = absorbed OR wall.everyone()
       OR NOT ARRAY[survivor, absorbed] <@ wall.people() THEN
        RAISE EXCEPTION 'joining needs a scope of both' USING errcode = '42501';
    END IF;
    FOR tbl IN SELECT p.tablename FROM pg_policies p
                WHERE p.schemaname = 'public' AND p.policyname = 'candour_wall'
                  AND p.tablename <> 'people_person' ORDER BY p.tablename
    LOOP
        EXECUTE format('UPDATE public.%I SET person_id = $1 WHERE person_id = $2', tbl)
          USING survivor, absorbed;
    END LOOP;
    UPDATE vault.key k
       SET person_id = survivor,
           joined_at = CASE WHEN k.joined_at IS NOT NULL OR EXISTS (
               SELECT FROM vault.key held WHERE held.person_id = survivor
                  AND held.record_class = k.record_class AND held.joined_at IS NULL)
               THEN coalesce(k.joined_at, joined) END
     WHERE k.person_id = absorbed;
    INSERT INTO public.people_merge (person_id, absorbed_id, absorbed_ref, at, by, how)
    SELECT survivor, absorbed, p.ref, joined, joiner, because
      FROM public.people_person p WHERE p.id = absorbed;
    DELETE FROM public.people_person p WHERE p.id = absorbed;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody to join' USING errcode = '42501';
    END IF;
END $$;
REVOKE ALL ON FUNCTION people_merge_rows FROM PUBLIC;

-- Whose address a letter's secret was sent to: two numbers, to open a unit about them.
CREATE FUNCTION people_of_proof(secret text)
RETURNS TABLE (person_id bigint, contact_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT c.person_id, c.id FROM public.people_contact_point c
     WHERE c.proof_hash = secret
$$;
REVOKE ALL ON FUNCTION people_of_proof FROM PUBLIC;

-- Who shares an address: never cut short in silence, or a record could be hidden
-- behind others that somebody made with the same address.
CREATE OR REPLACE FUNCTION people_at_address(sought_channel text, sought text)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('identity');
    PERFORM wall.admits('request');
    RETURN QUERY
        SELECT DISTINCT c.person_id FROM public.people_contact_point c
         WHERE c.channel = sought_channel AND c.value_key = sought
         ORDER BY c.person_id;
END $$;

-- What the trail says of a person, also under the numbers of records joined to theirs.
-- `also` names such numbers when the person is erased and the joining is forgotten.
DROP FUNCTION trail_of_person(bigint);
CREATE FUNCTION trail_of_person(whose bigint, also bigint[] DEFAULT '{}')
RETURNS TABLE (at timestamptz, actor text, role text, verb text, purpose text,
               outcome text, clause text, alone boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    numbers bigint[];
BEGIN
    PERFORM wall.admits('trail');
    IF NOT (wall.everyone() OR (whose || also) <@ wall.people()) THEN
        RAISE EXCEPTION 'that person is outside the scope' USING errcode = '42501';
    END IF;
    numbers := whose || also || ARRAY(
        SELECT m.absorbed_id FROM public.people_merge m WHERE m.person_id = whose);
    RETURN QUERY SELECT e.at, e.actor, e.role, e.verb, e.purpose, e.outcome, e.clause,
                        e.people <@ numbers
      FROM public.trail_event e WHERE e.people && numbers ORDER BY e.id;
END $$;
REVOKE ALL ON FUNCTION trail_of_person FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_search"),
        ("trail", "0001_trail"),
        ("vault", "0002_merge"),
    ]
    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("absorbed_id", models.BigIntegerField()),
                ("absorbed_ref", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("how", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                fields=("absorbed_id",), name="people_merge_absorbed_once"
            ),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="wrong_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="proof_hash",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
    ]
