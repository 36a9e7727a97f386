"""Find people by what they gave, see who is alike, and join so that it can be undone.

All run as the owner behind the wall: they ask the scope first and give only numbers.
"""

from django.db import migrations, models

FORWARDS = """
-- One search for everything a caller may say. Best first, at most 50.
DROP FUNCTION people_search(text);
CREATE FUNCTION people_search(wanted text, file_number bigint DEFAULT NULL,
                              birth date DEFAULT NULL, nhs text DEFAULT NULL)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET pg_trgm.word_similarity_threshold = 0.5 AS $$
DECLARE
    likened text := '%' || replace(replace(replace(wanted,
                   E'\\\\', E'\\\\\\\\'), '%', E'\\\\%'), '_', E'\\\\_') || '%';
BEGIN
    PERFORM wall.admits('identity');
    -- From inside one person's file nobody else can be looked for.
    IF NOT wall.everyone() THEN
        RAISE EXCEPTION 'searching needs a scope of everyone' USING errcode = '42501';
    END IF;
    IF nhs IS NOT NULL OR file_number IS NOT NULL THEN
        RETURN QUERY SELECT p.person_id FROM public.people_patient p
                      WHERE p.nhs_key = nhs OR p.number = file_number;
    END IF;
    IF birth IS NOT NULL THEN
        RETURN QUERY SELECT s.person_id FROM public.people_standing s
                      WHERE s.born_on = birth ORDER BY s.person_id LIMIT 50;
    END IF;
    IF char_length(wanted) < 3 THEN
        RETURN;
    END IF;
    -- What holds the very letters comes first, and is usually all that is wanted.
    RETURN QUERY
        SELECT k.person_id FROM public.people_search_key k
         WHERE k.words LIKE likened
         GROUP BY k.person_id
         ORDER BY max(similarity(k.words, wanted)) DESC, k.person_id
         LIMIT 50;
    IF NOT FOUND THEN
        RETURN QUERY
            SELECT k.person_id FROM public.people_search_key k
             WHERE wanted <% k.words
             GROUP BY k.person_id
             ORDER BY max(word_similarity(wanted, k.words)) DESC, k.person_id
             LIMIT 50;
    END IF;
END $$;
REVOKE ALL ON FUNCTION people_search FROM PUBLIC;

-- Who may be the same human being as somebody about to be written down, and by what.
CREATE FUNCTION people_alike(wanted text, birth date, reached text[], nhs text)
RETURNS TABLE (person_id bigint, because text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM wall.admits('identity');
    IF NOT wall.everyone() THEN
        RAISE EXCEPTION 'looking for likenesses needs a scope of everyone'
              USING errcode = '42501';
    END IF;
    RETURN QUERY
        SELECT p.person_id, 'nhs-number' FROM public.people_patient p WHERE p.nhs_key = nhs
         UNION
        (SELECT c.person_id, c.channel::text FROM public.people_contact_point c
          WHERE c.value_key = ANY (reached) AND c.channel <> 'postcode'
          ORDER BY c.person_id LIMIT 20)
         UNION
        (SELECT s.person_id, 'name-and-birth' FROM public.people_standing s
           JOIN public.people_search_key k USING (person_id)
          WHERE s.born_on = birth AND similarity(k.words, wanted) >= 0.4
          LIMIT 20);
END $$;
REVOKE ALL ON FUNCTION people_alike FROM PUBLIC;

-- Whose ref this is today: a record that was joined to another is found under both.
CREATE FUNCTION people_called(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT p.ref FROM public.people_merge m JOIN public.people_person p ON p.id = m.person_id
     WHERE m.absorbed_ref = wanted AND m.undone_at IS NULL
$$;
REVOKE ALL ON FUNCTION people_called FROM PUBLIC;

-- As before, and what moves is written down, so that it can be moved back.
CREATE OR REPLACE FUNCTION people_merge_rows(survivor bigint, absorbed bigint,
        joined timestamptz, joiner text, because text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    tbl text;
    ids bigint[];
    moved jsonb := '{}';
    keys jsonb;
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
        EXECUTE format('WITH gone AS (UPDATE public.%I SET person_id = $1'
                       ' WHERE person_id = $2 RETURNING id)'
                       ' SELECT array_agg(id ORDER BY id) FROM gone', tbl)
           INTO ids USING survivor, absorbed;
        IF ids IS NOT NULL THEN
            moved := moved || jsonb_build_object(tbl, to_jsonb(ids));
        END IF;
    END LOOP;
    SELECT jsonb_agg(jsonb_build_array(k.id, k.joined_at)) INTO keys
      FROM vault.key k WHERE k.person_id = absorbed;
    moved := moved || jsonb_build_object('vault.key', coalesce(keys, '[]'));
    -- They open what they sealed and seal nothing more, so that they can be given back.
    UPDATE vault.key k
       SET person_id = survivor, joined_at = coalesce(k.joined_at, joined)
     WHERE k.person_id = absorbed;
    INSERT INTO public.people_merge (person_id, absorbed_id, absorbed_ref, at, by, how,
                                     ref, moved, undone_by)
    SELECT survivor, absorbed, p.ref, joined, joiner, because, gen_random_uuid(), moved, ''
      FROM public.people_person p WHERE p.id = absorbed;
    DELETE FROM public.people_person p WHERE p.id = absorbed;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody to join' USING errcode = '42501';
    END IF;
END $$;
REVOKE ALL ON FUNCTION people_merge_rows FROM PUBLIC;

-- Give back the rows and keys of a record that was joined by mistake. `self` is its own
-- row of people_person, as it was. What was written since stays with the survivor.
CREATE FUNCTION people_unmerge_rows(merge uuid, self jsonb, undone timestamptz, undoer text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    was public.people_merge%ROWTYPE;
    tbl text;
    ids jsonb;
BEGIN
    PERFORM wall.admits('identity');
    PERFORM wall.admits('request');
    SELECT * INTO was FROM public.people_merge m WHERE m.ref = merge FOR UPDATE;
    IF NOT FOUND OR wall.everyone()
       OR NOT ARRAY[was.person_id, was.absorbed_id] <@ wall.people() THEN
        RAISE EXCEPTION 'undoing needs a scope of both' USING errcode = '42501';
    END IF;
    IF was.undone_at IS NOT NULL OR was.kept IS NULL
       OR undone > was.at + interval '30 days' OR (self->>'id')::bigint <> was.absorbed_id
       OR (self->>'ref')::uuid <> was.absorbed_ref THEN
        RAISE EXCEPTION 'this joining cannot be undone' USING errcode = '42501';
    END IF;
    INSERT INTO public.people_person
    SELECT * FROM jsonb_populate_record(NULL::public.people_person, self);
    FOR tbl, ids IN SELECT * FROM jsonb_each(was.moved - 'vault.key') LOOP
        IF EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public'
                      AND p.policyname = 'candour_wall' AND p.tablename = tbl) THEN
            EXECUTE format('UPDATE public.%I SET person_id = $1 WHERE person_id = $2'
                           ' AND id IN (SELECT e::bigint FROM jsonb_array_elements_text($3) e)',
                           tbl)
              USING was.absorbed_id, was.person_id, ids;
        END IF;
    END LOOP;
    UPDATE vault.key k SET person_id = was.absorbed_id,
                           joined_at = (e.pair->>1)::timestamptz
      FROM jsonb_array_elements(was.moved->'vault.key') AS e(pair)
     WHERE k.id = (e.pair->>0)::uuid AND k.person_id = was.person_id;
    UPDATE public.people_merge m SET undone_at = undone, undone_by = undoer, kept = NULL,
                                     moved = '{}'
     WHERE m.ref = merge;
END $$;
REVOKE ALL ON FUNCTION people_unmerge_rows FROM PUBLIC;

-- A joining that was undone says nothing of the survivor any more.
CREATE OR REPLACE FUNCTION trail_of_person(whose bigint, also bigint[] DEFAULT '{}')
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
        SELECT m.absorbed_id FROM public.people_merge m
         WHERE m.person_id = whose AND m.undone_at IS NULL);
    RETURN QUERY SELECT e.at, e.actor, e.role, e.verb, e.purpose, e.outcome, e.clause,
                        e.people <@ numbers
      FROM public.trail_event e WHERE e.people && numbers ORDER BY e.id;
END $$;
REVOKE ALL ON FUNCTION trail_of_person FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_file"), ("vault", "0002_merge")]
    operations = [
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["born_on"], name="people_standing_born"),
        ),
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
    ]
