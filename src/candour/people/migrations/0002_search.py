"""Find people without reading them: two functions that return ids only.

Row-level security keeps LIKE and trigram operators from using an index, since they are
not leakproof. These run as the owner, ask the wall first, and give at most 50 ids.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_search(wanted text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM wall.admits('identity');
    -- From inside one person's file nobody else can be looked for.
    IF NOT wall.everyone() THEN
        RAISE EXCEPTION 'searching needs a scope of everyone' USING errcode = '42501';
    END IF;
    IF char_length(wanted) < 3 THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT k.person_id FROM public.people_search_key k
         WHERE k.words LIKE '%' || replace(replace(replace(wanted,
                   E'\\\\', E'\\\\\\\\'), '%', E'\\\\%'), '_', E'\\\\_') || '%'
            OR k.words % wanted
         GROUP BY k.person_id
         ORDER BY max(similarity(k.words, wanted)) DESC, k.person_id
         LIMIT 50;
END $$;
REVOKE ALL ON FUNCTION people_search FROM PUBLIC;

CREATE FUNCTION people_at_address(sought_channel text, sought text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('identity');
    -- Who shares an address is asked when somebody asks for their data.
    PERFORM wall.admits('request');
    RETURN QUERY
        SELECT DISTINCT c.person_id FROM public.people_contact_point c
         WHERE c.channel = sought_channel AND c.value_key = sought
         ORDER BY c.person_id LIMIT 50;
END $$;
REVOKE ALL ON FUNCTION people_at_address FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARDS, "DROP FUNCTION people_search, people_at_address")
    ]
