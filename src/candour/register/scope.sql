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

-- Which acts were opened here. A row stays when its transaction does, and then the act
-- cannot be opened again; and at the commit the event that covers it must be there.
CREATE UNLOGGED TABLE IF NOT EXISTS wall.opened (
    act uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);
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
-- people either a list of ids or '*'. It binds to this backend, for a while, once, and
-- what is kept for the rest of the transaction is signed anew with the moment the
-- transaction began.
CREATE OR REPLACE FUNCTION wall.enter(said text, signed text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part text[] := string_to_array(said, '|');
    kept text;
BEGIN
    IF signed IS DISTINCT FROM wall.mac('enter:' || said) THEN
        RAISE EXCEPTION 'forged scope' USING errcode = '42501';
    END IF;
    IF array_length(part, 1) <> 5
       OR part[3]::int <> pg_backend_pid()
       OR part[4]::bigint < extract(epoch FROM clock_timestamp())
       OR part[4]::bigint > extract(epoch FROM clock_timestamp()) + 901 THEN
        RAISE EXCEPTION 'stale scope' USING errcode = '42501';
    END IF;
    IF coalesce(current_setting('candour.scope', true), '') <> '' THEN
        RAISE EXCEPTION 'a scope is open in this transaction' USING errcode = '42501';
    END IF;
    -- Old acts have expired and are refused for that; now and then they are swept.
    IF random() < 0.005 THEN
        DELETE FROM wall.opened o WHERE o.act IN (
            SELECT x.act FROM wall.opened x WHERE x.at < now() - interval '20 minutes'
               FOR UPDATE SKIP LOCKED);
    END IF;
    INSERT INTO wall.opened (act) VALUES (part[5]::uuid) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'replayed scope' USING errcode = '42501';
    END IF;
    kept := said || '|' || extract(epoch FROM transaction_timestamp());
    PERFORM set_config('candour.scope', kept || '|' || wall.mac('scope:' || kept), true);
END $$;

-- Returns the verified parts of the scope, or raises.
CREATE OR REPLACE FUNCTION wall.scope() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    whole text := current_setting('candour.scope', true);
    kept text;
    part text[];
BEGIN
    IF whole IS NULL OR whole = '' THEN
        RAISE EXCEPTION 'no scope' USING errcode = '42501';
    END IF;
    kept := left(whole, -65);
    IF right(whole, 64) IS DISTINCT FROM wall.mac('scope:' || kept) THEN
        RAISE EXCEPTION 'forged scope' USING errcode = '42501';
    END IF;
    part := string_to_array(kept, '|');
    IF part[3]::int <> pg_backend_pid()
       OR part[4]::bigint < extract(epoch FROM clock_timestamp())
       OR part[6] <> extract(epoch FROM transaction_timestamp())::text THEN
        RAISE EXCEPTION 'stale scope' USING errcode = '42501';
    END IF;
    RETURN part;
END $$;

-- True, or raises: this record class is outside what the transaction was opened for.
CREATE OR REPLACE FUNCTION wall.admits(class text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT class = ANY (string_to_array((wall.scope())[1], ',')) THEN
        RAISE EXCEPTION 'record class % is outside the scope', class USING errcode = '42501';
    END IF;
    RETURN true;
END $$;

-- The same question in a form that the planner asks while it estimates: see walls.py.
CREATE OR REPLACE FUNCTION wall.least(class text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits(class);
    RETURN 0;
END $$;

CREATE OR REPLACE FUNCTION wall.classes() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN string_to_array((wall.scope())[1], ',');
END $$;

CREATE OR REPLACE FUNCTION wall.people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    said text := (wall.scope())[2];
BEGIN
    RETURN CASE WHEN said = '*' THEN '{}' ELSE string_to_array(said, ',') END::bigint[];
END $$;

CREATE OR REPLACE FUNCTION wall.everyone() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (wall.scope())[2] = '*';
END $$;

-- The people in scope, or everyone, where the record class is in scope; else it raises.
CREATE OR REPLACE FUNCTION wall.people_of(class text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part text[] := wall.scope();
BEGIN
    IF NOT class = ANY (string_to_array(part[1], ',')) THEN
        RAISE EXCEPTION 'record class % is outside the scope', class
              USING errcode = '42501';
    END IF;
    RETURN CASE WHEN part[2] = '*' THEN '{}' ELSE string_to_array(part[2], ',') END::bigint[];
END $$;

CREATE OR REPLACE FUNCTION wall.everyone_of(class text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wall.admits(class);
    RETURN wall.everyone();
END $$;

-- The act that the change triggers write beside each change; null for the owner's own
-- maintenance, which has no scope.
CREATE OR REPLACE FUNCTION wall.act() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF coalesce(current_setting('candour.scope', true), '') = '' THEN
        RETURN NULL;
    END IF;
    RETURN (wall.scope())[5]::uuid;
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
BEGIN
    IF NEW.act IS DISTINCT FROM wall.act()
       OR NOT (wall.everyone() OR NEW.people <@ wall.people()) THEN
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
