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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(said, 'UTF8'))), 'hex')
      FROM wall.key k
$$;

-- Opens the scope of this transaction. `said` is classes|people|pid|expires|act, with
-- people either a list of ids or '*'. It binds to this backend, for a while, once: an
-- act that is already on the trail cannot be opened again, and what is kept for the
-- rest of the transaction is signed anew with the moment the transaction began.
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
    IF EXISTS (SELECT FROM public.trail_event e WHERE e.act = part[5]::uuid) THEN
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT string_to_array((wall.scope())[1], ',')
$$;

CREATE OR REPLACE FUNCTION wall.people() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT CASE WHEN said = '*' THEN '{}' ELSE string_to_array(said, ',') END::bigint[]
      FROM (SELECT (wall.scope())[2] AS said) s
$$;

CREATE OR REPLACE FUNCTION wall.everyone() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT (wall.scope())[2] = '*'
$$;

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

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wall FROM PUBLIC;
