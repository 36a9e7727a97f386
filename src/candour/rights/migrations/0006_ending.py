"""Find what ends by itself: only what was truly sent, and never without a word.

These run as the owner and give refs and numbers. A link that never left lapses for
nobody. A claimant is forgotten when all they asked has ended and the letter that says
so is on its way no more.
"""

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION rights_unproven(since timestamptz)
RETURNS TABLE (ref uuid, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.ref, r.person_id FROM public.rights_request r
     WHERE r.state = 'waiting-link' AND r.link_hash IS NOT NULL
       AND r.link_expires_at <= since
       AND EXISTS (SELECT FROM public.outbox_message m
                    WHERE m.origin_ref = r.ref AND m.kind = 'identity-link'
                      AND m.state = 'sent' AND m.sent_at <= since)
$$;

CREATE FUNCTION rights_undecided(by_day date)
RETURNS TABLE (ref uuid, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT r.ref, r.person_id FROM public.rights_request r
     WHERE r.state = 'open' AND r.kind = 'erasure' AND r.confirmed_at IS NULL
       AND least(r.due_on, coalesce(r.target_on, r.due_on)) <= by_day
$$;
REVOKE ALL ON FUNCTION rights_undecided FROM PUBLIC;

CREATE FUNCTION rights_ended_claimants(since timestamptz) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT s.person_id FROM public.people_standing s
     WHERE s.relation = '{claimant}' AND s.locked_at IS NULL
       AND EXISTS (SELECT FROM public.rights_request r WHERE r.person_id = s.person_id)
       AND NOT EXISTS (SELECT FROM public.rights_request r
                        WHERE r.person_id = s.person_id AND r.state <> 'expired')
       AND NOT EXISTS (SELECT FROM public.rights_step t
                        WHERE t.person_id = s.person_id AND t.at > since)
       AND NOT EXISTS (SELECT FROM public.outbox_message m
                        WHERE m.person_id = s.person_id
                          AND m.state IN ('queued', 'sending', 'held'))
$$;
REVOKE ALL ON FUNCTION rights_ended_claimants FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0005_visit"), ("outbox", "0002_due")]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
