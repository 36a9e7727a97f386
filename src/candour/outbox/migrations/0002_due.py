"""Let the sender find what is due, and write what came of it, without reading it.

These run as the owner, so each is bound to what it is for. `outbox_due` takes nothing:
the time and the number are its own. `outbox_hold` parks a message only while its person
is restricted or being erased. `outbox_put_off` touches only what is due and moves it
on, so it does nothing twice. `outbox_settle` needs the mark that the sender left inside
a unit of work; it writes outside one, since the person may have been restricted while
the mail server was thinking, and what it answered must be kept all the same.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION outbox_due()
RETURNS TABLE (ref uuid, person_id bigint, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT m.ref, m.person_id, m.purpose FROM public.outbox_message m
     WHERE (m.state = 'queued' AND m.send_after <= clock_timestamp())
        OR (m.state = 'sending'
            AND m.send_after <= clock_timestamp() - interval '10 minutes')
        OR (m.state = 'held' AND m.send_after <= clock_timestamp() AND NOT EXISTS (
                SELECT FROM public.people_standing s WHERE s.person_id = m.person_id
                   AND (s.restricted_at IS NOT NULL OR s.locked_at IS NOT NULL)))
     ORDER BY m.send_after, m.id LIMIT 100
$$;
REVOKE ALL ON FUNCTION outbox_due FROM PUBLIC;

CREATE FUNCTION outbox_hold(which uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH held AS (
        UPDATE public.outbox_message m
           -- Nobody knows whether it left: it must not go again once this is lifted.
           SET state = CASE WHEN m.state = 'sending' AND NOT m.must_arrive
                            THEN 'unknown' ELSE 'held' END,
               trying_since = NULL
          FROM public.people_standing s
         WHERE m.ref = which AND s.person_id = m.person_id
           AND (s.restricted_at IS NOT NULL OR s.locked_at IS NOT NULL)
           AND (m.state = 'queued' OR m.state = 'sending'
                AND m.send_after <= clock_timestamp() - interval '10 minutes')
        RETURNING m.id)
    SELECT EXISTS (SELECT FROM held)
$$;
REVOKE ALL ON FUNCTION outbox_hold FROM PUBLIC;

-- A minute after the first try, doubled each time, never more than an hour.
CREATE FUNCTION outbox_wait(tries integer) RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT least(interval '1 hour', interval '1 minute' * 2 ^ least(tries - 1, 6))
$$;
REVOKE ALL ON FUNCTION outbox_wait FROM PUBLIC;

-- If it may have left, that is what is said of it in the end.
CREATE FUNCTION outbox_given_up(m outbox_message) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT CASE WHEN EXISTS (
        SELECT FROM public.outbox_attempt a
         WHERE a.message_id = m.id AND a.outcome IN ('unknown', 'lost'))
    THEN 'unknown' ELSE 'failed' END
$$;
-- What must arrive is tried for five days, the rest for one.
CREATE FUNCTION outbox_next(m outbox_message) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN clock_timestamp() < m.trying_since
             + CASE WHEN m.must_arrive THEN interval '5 days' ELSE interval '1 day' END
        THEN 'queued' ELSE public.outbox_given_up(m) END
$$;
REVOKE ALL ON FUNCTION outbox_next, outbox_given_up FROM PUBLIC;

CREATE FUNCTION outbox_put_off(which uuid, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    m public.outbox_message;
    was text;
BEGIN
    IF why NOT IN ('error', 'not-allowed') THEN
        RAISE EXCEPTION 'no reason to put a message off' USING errcode = '22023';
    END IF;
    SELECT * INTO m FROM public.outbox_message o
     WHERE o.ref = which
       AND (o.state = 'queued' AND o.send_after <= clock_timestamp()
            OR o.state = 'sending'
               AND o.send_after <= clock_timestamp() - interval '10 minutes'
            OR o.state = 'held' AND o.send_after <= clock_timestamp() AND NOT EXISTS (
               SELECT FROM public.people_standing s WHERE s.person_id = o.person_id
                  AND (s.restricted_at IS NOT NULL OR s.locked_at IS NOT NULL)))
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    was := m.state;
    m.tries := m.tries + 1;
    m.trying_since := coalesce(m.trying_since, clock_timestamp());
    INSERT INTO public.outbox_attempt (message_id, person_id, at, outcome)
    VALUES (m.id, m.person_id, clock_timestamp(),
            CASE WHEN was = 'sending' THEN 'lost' ELSE why END);
    UPDATE public.outbox_message
       SET tries = m.tries, trying_since = m.trying_since,
           send_after = clock_timestamp() + public.outbox_wait(m.tries),
           state = CASE
               WHEN m.must_arrive THEN public.outbox_next(m)
               WHEN was = 'sending' OR why = 'not-allowed'
               THEN public.outbox_given_up(m)
               ELSE public.outbox_next(m) END
     WHERE id = m.id;
END $$;
REVOKE ALL ON FUNCTION outbox_put_off FROM PUBLIC;

CREATE FUNCTION outbox_settle(which uuid, marked uuid, how text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    m public.outbox_message;
BEGIN
    IF how NOT IN ('sent', 'refused', 'deferred', 'unreachable', 'unknown', 'error') THEN
        RAISE EXCEPTION 'no outcome of a message' USING errcode = '22023';
    END IF;
    -- Unknown: a later sender gave it up while this one was still waiting for an answer.
    SELECT * INTO m FROM public.outbox_message o
     WHERE o.ref = which AND o.claim = marked AND o.state IN ('sending', 'unknown')
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO public.outbox_attempt (message_id, person_id, at, outcome)
    VALUES (m.id, m.person_id, clock_timestamp(), how);
    UPDATE public.outbox_message
       SET claim = NULL,
           sent_at = CASE WHEN how = 'sent' THEN clock_timestamp() END,
           send_after = clock_timestamp() + public.outbox_wait(m.tries),
           state = CASE
               WHEN how = 'sent' THEN 'sent'
               WHEN how = 'refused' THEN public.outbox_given_up(m)
               WHEN how = 'unknown' AND NOT m.must_arrive THEN 'unknown'
               ELSE public.outbox_next(m) END
     WHERE id = m.id;
END $$;
REVOKE ALL ON FUNCTION outbox_settle FROM PUBLIC;
"""

BACKWARDS = (
    "DROP FUNCTION outbox_due, outbox_hold, outbox_put_off, outbox_settle,"
    " outbox_next, outbox_given_up, outbox_wait"
)


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
