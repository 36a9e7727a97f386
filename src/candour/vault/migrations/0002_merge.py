"""Let a person have several keys of a class: those of a record joined to theirs.

Sealing goes on with any of them, since each sealed value names the key that opens it.
Only one key of a class is `in use`, so that two who seal at once make one key.
"""

from django.db import migrations

FORWARDS = """
ALTER TABLE vault.key ADD COLUMN joined_at timestamptz;
ALTER TABLE vault.key DROP CONSTRAINT key_person_id_record_class_key;
CREATE UNIQUE INDEX key_in_use ON vault.key (person_id, record_class)
    WHERE joined_at IS NULL;
CREATE INDEX key_of_person ON vault.key (person_id);
"""
BACKWARDS = """
DROP INDEX vault.key_in_use, vault.key_of_person;
ALTER TABLE vault.key DROP COLUMN joined_at;
ALTER TABLE vault.key ADD UNIQUE (person_id, record_class);
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_keys")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
