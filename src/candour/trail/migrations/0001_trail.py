"""Make the tables of the trail, and let PostgreSQL refuse to change them.

Texts are held to what a COPY line can carry without an escape, so that the line that
is hashed is the line that is stored. `xid` is the writing transaction: sealing what is
below `pg_snapshot_xmin` can never miss a late commit. `epoch` rises at a restore, since
a restored database counts its transactions anew: `trail_epoch()` is then replaced by
one that gives the next number. TRUNCATE is a privilege the run-time role does not have.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION trail_epoch() RETURNS smallint LANGUAGE sql STABLE
AS 'SELECT 1::smallint';

CREATE TABLE trail_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    epoch smallint NOT NULL DEFAULT trail_epoch(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL,
    act uuid NOT NULL UNIQUE,
    actor text NOT NULL,
    role text NOT NULL,
    verb text NOT NULL,
    purpose text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('allow', 'refuse', 'gap', 'note')),
    clause text NOT NULL,
    policy bigint,
    categories text[] NOT NULL DEFAULT '{}',
    people bigint[] NOT NULL DEFAULT '{}',
    salt uuid NOT NULL DEFAULT gen_random_uuid(),
    CONSTRAINT trail_event_is_one_line CHECK (
        actor || role || verb || purpose || clause || array_to_string(categories, '')
            !~ '[[:cntrl:]\\"]'
    )
);
CREATE INDEX trail_event_people ON trail_event USING gin (people);
CREATE INDEX trail_event_order ON trail_event (epoch, xid, id);
CREATE INDEX trail_event_at ON trail_event (at);

CREATE TABLE trail_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    epoch smallint NOT NULL DEFAULT trail_epoch(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    act uuid,
    tbl text NOT NULL,
    op text NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
    row_ids bigint[] NOT NULL,
    people bigint[] NOT NULL,
    salt uuid NOT NULL DEFAULT gen_random_uuid()
);
CREATE INDEX trail_change_order ON trail_change (epoch, xid, id);
CREATE INDEX trail_change_act ON trail_change (act);

CREATE TABLE trail_batch (
    id bigint PRIMARY KEY,
    epoch smallint NOT NULL,
    from_xid xid8 NOT NULL,
    to_xid xid8 NOT NULL,
    events bigint NOT NULL,
    changes bigint NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT trail_batch_runs_forward CHECK (to_xid > from_xid)
);

CREATE FUNCTION trail_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$;
CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail_event
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse_change();
CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail_change
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse_change();
CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail_batch
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse_change();

-- Leaf hashes (RFC 6962: a zero byte, then the COPY line) of what was written by
-- transactions of one epoch from `first` up to, not with, `last`. It gives hashes only:
-- the role that seals the trail cannot read it.
CREATE FUNCTION trail_leaves(kind text, within smallint, first xid8, last xid8)
RETURNS SETOF bytea LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
BEGIN
    IF kind = 'events' THEN
        RETURN QUERY SELECT sha256('\x00'::bytea || convert_to(concat_ws(E'\t',
            id, epoch, xid, at, act, actor, role, verb, purpose, outcome, clause,
            coalesce(policy::text, E'\\N'), categories, people, salt), 'UTF8'))
          FROM public.trail_event
         WHERE epoch = within AND xid >= first AND xid < last ORDER BY xid, id;
    ELSE
        RETURN QUERY SELECT sha256('\x00'::bytea || convert_to(concat_ws(E'\t',
            id, epoch, xid, at, coalesce(act::text, E'\\N'), tbl, op, row_ids, people,
            salt), 'UTF8'))
          FROM public.trail_change
         WHERE epoch = within AND xid >= first AND xid < last ORDER BY xid, id;
    END IF;
END $$;
REVOKE ALL ON FUNCTION trail_leaves FROM PUBLIC;

-- Who looked at one person, for their copy: the person and the class must be in scope.
CREATE FUNCTION trail_of_person(whose bigint)
RETURNS TABLE (at timestamptz, actor text, role text, verb text, purpose text,
               outcome text, clause text, alone boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits('trail');
    IF NOT (wall.everyone() OR whose = ANY (wall.people())) THEN
        RAISE EXCEPTION 'that person is outside the scope' USING errcode = '42501';
    END IF;
    RETURN QUERY SELECT e.at, e.actor, e.role, e.verb, e.purpose, e.outcome, e.clause,
                        cardinality(e.people) = 1
      FROM public.trail_event e WHERE e.people @> ARRAY[whose] ORDER BY e.id;
END $$;
REVOKE ALL ON FUNCTION trail_of_person FROM PUBLIC;
"""
BACKWARDS = """
DROP FUNCTION trail_leaves, trail_of_person;
DROP TABLE trail_event, trail_change, trail_batch;
DROP FUNCTION trail_refuse_change(), trail_epoch();
"""


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
