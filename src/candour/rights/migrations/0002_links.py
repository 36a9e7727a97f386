"""Find a request by its link, tidy up, and hold the day an answer is due.

The functions run as the owner and give refs, numbers and states, never what anybody
wrote: a unit of work has to name its person before it can read anything. The trigger
holds what a person was promised: the day may come nearer, but it moves away only by a
step on record that names the new day and why.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION rights_of_link(secret text)
RETURNS TABLE (ref uuid, kind text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.ref, r.kind, r.link_expires_at FROM public.rights_request r
     WHERE r.link_hash = secret
$$;
REVOKE ALL ON FUNCTION rights_of_link FROM PUBLIC;

CREATE FUNCTION rights_copies_over(now timestamptz)
RETURNS TABLE (ref uuid, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.ref, r.person_id FROM public.rights_request r
     WHERE r.copy_name <> '' AND r.copy_expires_at <= now
$$;
REVOKE ALL ON FUNCTION rights_copies_over FROM PUBLIC;

CREATE FUNCTION rights_copies_named(names text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.copy_name FROM public.rights_request r WHERE r.copy_name = ANY (names)
$$;
REVOKE ALL ON FUNCTION rights_copies_named FROM PUBLIC;

CREATE FUNCTION rights_unproven(since timestamptz)
RETURNS TABLE (ref uuid, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.ref, r.person_id FROM public.rights_request r
     WHERE r.state = 'waiting-link'
       AND coalesce(r.link_expires_at, r.received_at) <= since
$$;
REVOKE ALL ON FUNCTION rights_unproven FROM PUBLIC;

CREATE FUNCTION rights_unfinished()
RETURNS TABLE (ref uuid, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.ref, r.state FROM public.rights_request r
     WHERE (r.state = 'waiting-link' AND r.link_hash IS NULL)
        OR (r.state = 'open' AND r.kind = 'access')
$$;
REVOKE ALL ON FUNCTION rights_unfinished FROM PUBLIC;

CREATE FUNCTION rights_hold_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.due_on > OLD.due_on AND NOT EXISTS (
        SELECT FROM public.rights_step s
         WHERE s.request_id = NEW.id AND s.due_on = NEW.due_on AND s.ground <> '')
    THEN
        RAISE EXCEPTION 'the day an answer is due moves later only by a step'
            USING errcode = '23514', constraint = 'rights_request_due_holds';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_hold_due BEFORE UPDATE ON rights_request
    FOR EACH ROW EXECUTE FUNCTION rights_hold_due();
"""
BACKWARDS = """
DROP TRIGGER rights_hold_due ON rights_request;
DROP FUNCTION rights_hold_due;
DROP FUNCTION rights_of_link, rights_copies_over, rights_copies_named,
    rights_unproven, rights_unfinished;
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
