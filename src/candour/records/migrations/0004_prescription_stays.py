"""Let PostgreSQL keep prescriptions from being deleted by hand.

The run-time role may delete one only while the person is locked for an erasure, or is
gone already; the owner restores and repairs. It may change none at all: that is a
privilege it does not have. Safe while the last release serves, which knows no such
table.
"""

from typing import ClassVar

from django.db import migrations

FORWARDS = """
CREATE FUNCTION records_prescription_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$ BEGIN
  IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
     OR NOT EXISTS (SELECT FROM public.people_standing s
                     WHERE s.person_id = OLD.person_id AND s.locked_at IS NULL)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'prescriptions are not deleted by hand';
END $$;
CREATE TRIGGER records_prescription_stays BEFORE DELETE ON records_prescription
  FOR EACH ROW EXECUTE FUNCTION records_prescription_stays();
CREATE TRIGGER records_prescription_stays BEFORE DELETE ON records_prescription_stop
  FOR EACH ROW EXECUTE FUNCTION records_prescription_stays();
"""
BACKWARDS = "DROP FUNCTION records_prescription_stays() CASCADE"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0003_prescriptions")]
    operations: ClassVar = [migrations.RunSQL(FORWARDS, BACKWARDS)]
