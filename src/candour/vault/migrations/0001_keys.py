"""Make the schema of keys, left out of every dump of data.

A row is one data key for one person and record class, wrapped by the key-encryption
key on disk. It stands behind the same wall as the data: class and person must both be
in scope. It has no Django model, so nothing can select it by accident.
"""

from django.db import migrations

FORWARDS = """
CREATE SCHEMA vault;
CREATE TABLE vault.key (
    id uuid PRIMARY KEY,
    person_id bigint NOT NULL,
    record_class text NOT NULL,
    wrapped bytea NOT NULL,
    kek text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (person_id, record_class)
);
"""
BACKWARDS = "DROP SCHEMA vault CASCADE"


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
