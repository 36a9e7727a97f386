"""Ask which files are known and which wait, without a person.

Both give random names or refs and nothing else: whose they are stays behind the wall.
"""

from django.db import migrations

TABLES = ("files_image", "files_document", "files_proof")
COLUMNS = ("raw_name", "name", "small_name", "large_name")
KNOWN = " OR ".join(
    f"EXISTS (SELECT FROM public.{table} WHERE {column} = sought AND {column} <> '')"
    for table in TABLES
    for column in COLUMNS
)
WAITING = " UNION ALL ".join(
    f"SELECT ref FROM public.{table} WHERE state = 'quarantined'"  # noqa: S608
    for table in TABLES  # names of ours, no input
)
INDEXES = "".join(
    f"CREATE UNIQUE INDEX {table}_{column} ON {table} ({column})"
    f" WHERE {column} <> '';\n"
    for table in TABLES
    for column in COLUMNS
)
FORWARDS = f"""
{INDEXES}
CREATE INDEX files_image_quarantined ON files_image (ref) WHERE state = 'quarantined';
CREATE INDEX files_document_quarantined ON files_document (ref)
    WHERE state = 'quarantined';
CREATE INDEX files_proof_quarantined ON files_proof (ref) WHERE state = 'quarantined';

CREATE FUNCTION files_named(names text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT sought FROM unnest(names) sought WHERE {KNOWN}
$$;
REVOKE ALL ON FUNCTION files_named FROM PUBLIC;

CREATE FUNCTION files_waiting() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    {WAITING}
$$;
REVOKE ALL ON FUNCTION files_waiting FROM PUBLIC;
"""  # noqa: S608  # names of ours, no input
BACKWARDS = "DROP FUNCTION files_named, files_waiting;"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
