"""Let a policy into force only with the clinic's own signature on it.

The run-time role cannot insert a version: whoever could would write their own rules.
This function takes one that is signed, over its sources and whether it is a
demonstration, with the key that signs scopes.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION notices_publish(version_ref uuid, named text, versioned text, told text,
                                digest text, by_whom text, at timestamptz,
                                is_demo boolean, signed text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    said text := digest || '|' || is_demo || '|'
        || encode(sha256(convert_to(told, 'UTF8')), 'hex');
    made bigint;
BEGIN
    IF signed IS DISTINCT FROM wall.mac('publish:' || said) THEN
        RAISE EXCEPTION 'a policy that this clinic did not sign' USING errcode = '42501';
    END IF;
    INSERT INTO public.notices_policy_version
        (ref, name, version, sources, hash, published_by, published_at, demo)
    VALUES (version_ref, named, versioned, told::jsonb, digest, by_whom, at, is_demo)
    RETURNING id INTO made;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION notices_publish FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION notices_publish")]
