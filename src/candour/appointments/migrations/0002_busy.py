"""Say when practitioners, rooms and devices are taken, without saying by whom.

Two visits cannot overlap whoever is looking, so a free time has to honour visits of
people whom the asker may not see. It runs as the owner, inside a scope of scheduling,
and gives whom or what is taken, when, and the number of the visit: never the person.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION appointments_busy(since timestamptz, until timestamptz)
RETURNS TABLE (what text, id bigint, starts_at timestamptz, ends_at timestamptz,
               visit bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('scheduling');
    IF until > since + interval '370 days' THEN
        RAISE EXCEPTION 'at most a year at a time' USING errcode = '22023';
    END IF;
    RETURN QUERY
        SELECT 'staff', p.staff_id, lower(p.during), upper(p.during), p.appointment_id
          FROM public.appointments_appointment_practitioner p
         WHERE p.holds AND p.during && tstzrange(since, until)
        UNION ALL
        SELECT CASE WHEN r.room_id IS NULL THEN 'device' ELSE 'room' END,
               coalesce(r.room_id, r.device_id), lower(r.during), upper(r.during),
               r.appointment_id
          FROM public.appointments_appointment_resource r
         WHERE r.holds AND r.during && tstzrange(since, until);
END $$;
REVOKE ALL ON FUNCTION appointments_busy FROM PUBLIC;

-- What is taken in a span of time, whoever takes it: by the plain index for the constraint.
CREATE INDEX appointments_practitioner_during
    ON appointments_appointment_practitioner USING gist (during) WHERE holds;
CREATE INDEX appointments_resource_during
    ON appointments_appointment_resource USING gist (during) WHERE holds;
"""
BACKWARDS = """
DROP INDEX appointments_practitioner_during;
DROP INDEX appointments_resource_during;
DROP FUNCTION appointments_busy;
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
