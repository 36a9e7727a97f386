"""Keep a search quick where what is typed fits almost everybody.

Of more than 4000 that fit, the best of those are given, and the page says that there
may be more: whoever reads a list types another word rather than reading it all.
"""

from django.db import migrations, models

FORWARDS = """
CREATE OR REPLACE FUNCTION people_search(wanted text, file_number bigint DEFAULT NULL,
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
        SELECT k.person_id
          FROM (SELECT * FROM public.people_search_key WHERE words LIKE likened LIMIT 4000) k
         GROUP BY k.person_id
         ORDER BY max(similarity(k.words, wanted)) DESC, k.person_id
         LIMIT 50;
    IF NOT FOUND THEN
        RETURN QUERY
            SELECT k.person_id
              FROM (SELECT * FROM public.people_search_key WHERE wanted <% words LIMIT 4000) k
             GROUP BY k.person_id
             ORDER BY max(word_similarity(wanted, k.words)) DESC, k.person_id
             LIMIT 50;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_change")]
    operations = [
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(
                fields=["-registered_at", "-id"], name="people_patient_newest"
            ),
        ),
    ]
