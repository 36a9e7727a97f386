-- The second wall. A transaction says whom it is about and which record classes it may
-- touch; the saying is signed with a key that the runtime role cannot read; and every
-- personal table asks. No scope, or a table outside it, raises: an empty answer must
-- never mean "not allowed". Applied by `candour migrate`, any number of times.

CREATE SCHEMA IF NOT EXISTS wall;
REVOKE ALL ON SCHEMA wall FROM PUBLIC;

CREATE TABLE IF NOT EXISTS wall.key (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);
REVOKE ALL ON wall.key FROM PUBLIC;

-- HMAC-SHA256 (RFC 2104) from the two padded keys: there is no pgcrypto here.
CREATE OR REPLACE FUNCTION wall.mac(said text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    k wall.key;
BEGIN
    SELECT * INTO k FROM wall.key;
    RETURN encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(said, 'UTF8'))), 'hex');
END $$;

-- Which acts were opened here, by which transaction, and what for: this row is the scope.
-- It is written by `enter` alone, and nobody but the transaction itself can see it until
-- it commits; from then on no transaction has its number again. So what the run-time
-- role may set for itself (any setting) is never asked. The row stays when its
-- transaction does, and then the act cannot be opened again.
CREATE UNLOGGED TABLE IF NOT EXISTS wall.opened (
    act uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE wall.opened
    ADD COLUMN IF NOT EXISTS xid xid8,
    ADD COLUMN IF NOT EXISTS pid int,
    ADD COLUMN IF NOT EXISTS until timestamptz,
    ADD COLUMN IF NOT EXISTS classes text[],
    ADD COLUMN IF NOT EXISTS people bigint[],
    ADD COLUMN IF NOT EXISTS reach int8multirange;
-- One scope a transaction, and found by its number.
CREATE UNIQUE INDEX IF NOT EXISTS opened_xid ON wall.opened (xid);
REVOKE ALL ON wall.opened FROM PUBLIC;

CREATE OR REPLACE FUNCTION wall.must_be_recorded() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.trail_event e WHERE e.act = NEW.act) THEN
        RAISE EXCEPTION 'a unit of work cannot end without its event'
              USING errcode = '42501';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS must_be_recorded ON wall.opened;
CREATE CONSTRAINT TRIGGER must_be_recorded AFTER INSERT ON wall.opened
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wall.must_be_recorded();

-- Opens the scope of this transaction. `said` is classes|people|pid|expires|act, with
-- people either a list of ids or '*'. It binds to this backend, for a while, once.
-- Everyone is the range without ends; nobody is the empty one. Returns the people named.
DROP FUNCTION IF EXISTS wall.enter(text, text);
CREATE FUNCTION wall.enter(said text, signed text) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part text[] := string_to_array(said, '|');
    whole boolean := part[2] = '*';
    named bigint[];
BEGIN
    IF signed IS DISTINCT FROM wall.mac('enter:' || said) THEN
        RAISE EXCEPTION 'forged scope' USING errcode = '42501';
    END IF;
    IF cardinality(part) <> 5
       OR part[3]::int <> pg_backend_pid()
       OR NOT to_timestamp(part[4]::bigint) BETWEEN clock_timestamp()
                                            AND clock_timestamp() + interval '901 s' THEN
        RAISE EXCEPTION 'stale scope' USING errcode = '42501';
    END IF;
    named := CASE WHEN whole THEN '{}' ELSE string_to_array(part[2], ',') END;
    -- Old acts have expired and are refused for that; now and then they are swept.
    IF random() < 0.005 THEN
        DELETE FROM wall.opened o WHERE o.act IN (
            SELECT x.act FROM wall.opened x WHERE x.at < now() - interval '20 minutes'
               FOR UPDATE SKIP LOCKED);
    END IF;
    INSERT INTO wall.opened (act, xid, pid, until, classes, people, reach) VALUES (
        part[5]::uuid, pg_current_xact_id(), pg_backend_pid(),
        to_timestamp(part[4]::bigint), string_to_array(part[1], ','),
        named,
        CASE WHEN whole THEN '{(,)}'
             ELSE '{' || regexp_replace(part[2], '([0-9]+)', '[\1,\1]', 'g') || '}'
         END::int8multirange
    ) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        IF EXISTS (SELECT FROM wall.opened o WHERE o.xid = pg_current_xact_id()) THEN
            RAISE EXCEPTION 'a scope is open in this transaction' USING errcode = '42501';
        END IF;
        RAISE EXCEPTION 'replayed scope' USING errcode = '42501';
    END IF;
    RETURN named;
END $$;

-- Returns the scope of this transaction, or raises. The number of a transaction is
-- enough to find it; backend and beginning are compared for a restored database, which
-- may count its transactions anew.
CREATE OR REPLACE FUNCTION wall.scope() RETURNS wall.opened
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    its wall.opened;
BEGIN
    SELECT * INTO its FROM wall.opened o
     WHERE o.xid = pg_current_xact_id_if_assigned() AND o.pid = pg_backend_pid()
       AND o.at = transaction_timestamp();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no scope' USING errcode = '42501';
    END IF;
    IF its.until < clock_timestamp() THEN
        RAISE EXCEPTION 'stale scope' USING errcode = '42501';
    END IF;
    RETURN its;
END $$;

-- Returns whom this record class may be read of, or raises: there is no scope, or the
-- class is outside what the transaction was opened for. The one question every wall
-- asks, and more than any other, so it does not go through `scope`.
CREATE OR REPLACE FUNCTION wall.reach_of(class text) RETURNS int8multirange
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    its record;
BEGIN
    SELECT o.classes, o.until, o.reach INTO its FROM wall.opened o
     WHERE o.xid = pg_current_xact_id_if_assigned() AND o.pid = pg_backend_pid()
       AND o.at = transaction_timestamp();
    IF its.until < clock_timestamp() THEN
        RAISE EXCEPTION 'stale scope' USING errcode = '42501';
    ELSIF class = ANY (its.classes) THEN
        RETURN its.reach;
    ELSIF its.classes IS NULL THEN
        RAISE EXCEPTION 'no scope' USING errcode = '42501';
    END IF;
    RAISE EXCEPTION 'record class % is outside the scope', class USING errcode = '42501';
END $$;

-- The same question in a form that the planner asks while it estimates: see walls.py.
-- It is never called for a row, so it costs nothing there.
CREATE OR REPLACE FUNCTION wall.least(class text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 0.0001 SET search_path = pg_catalog AS $$
BEGIN
    RETURN CASE WHEN wall.reach_of(class) IS NULL THEN 1 ELSE 0 END;
END $$;

-- True, or raises.
CREATE OR REPLACE FUNCTION wall.admits(class text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN wall.reach_of(class) IS NOT NULL;
END $$;

CREATE OR REPLACE FUNCTION wall.classes() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (wall.scope()).classes;
END $$;

CREATE OR REPLACE FUNCTION wall.people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (wall.scope()).people;
END $$;

CREATE OR REPLACE FUNCTION wall.everyone() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN lower_inf((wall.scope()).reach);
END $$;

-- The act that the change triggers write beside each change; null for the owner's own
-- maintenance, which has no scope.
CREATE OR REPLACE FUNCTION wall.act() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT o.act FROM wall.opened o
             WHERE o.xid = pg_current_xact_id_if_assigned() AND o.pid = pg_backend_pid()
               AND o.at = transaction_timestamp());
END $$;

-- Whose row a ref is, so that a unit of work can name its person before it reads. It
-- gives a number and nothing else, and only for tables that stand behind the wall.
CREATE OR REPLACE FUNCTION wall.owner_of(tbl text, wanted uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    found bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public'
                      AND p.tablename = tbl AND p.policyname = 'candour_wall') THEN
        RAISE EXCEPTION 'not a personal table' USING errcode = '42501';
    END IF;
    EXECUTE format('SELECT %I FROM public.%I WHERE ref = $1',
                   CASE tbl WHEN 'people_person' THEN 'id' ELSE 'person_id' END, tbl)
       INTO found USING wanted;
    RETURN found;
END $$;

-- What was allowed is written by the unit that did it, about people who are in its scope;
-- a refusal has no scope. A batch seals what is finished, no further.
CREATE OR REPLACE FUNCTION wall.event_fits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    its wall.opened := wall.scope();
BEGIN
    IF NEW.act IS DISTINCT FROM its.act
       OR NOT (lower_inf(its.reach) OR NEW.people <@ its.people) THEN
        RAISE EXCEPTION 'an event that is not of this unit of work' USING errcode = '42501';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION wall.batch_fits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.epoch = public.trail_epoch()
       AND NEW.to_xid > pg_snapshot_xmin(pg_current_snapshot()) THEN
        RAISE EXCEPTION 'a batch of what is not finished' USING errcode = '42501';
    END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wall FROM PUBLIC;
