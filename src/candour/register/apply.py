"""Put walls, triggers and grants in force, and compare the database with the register.

Run as the owner after Django's migrations (`candour migrate`). Idempotent: it is the
same on a new database and on one that already has everything.
"""

import hmac
import secrets
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from candour.core.errors import Misconfigured
from candour.register import walls
from candour.register.declare import declarations, personal_tables
from candour.register.others import FUNCTIONS, OTHERS

RUNTIME_FUNCTIONS = (
    "enter(text, text)",
    "admits(text)",
    "least(text)",
    "classes()",
    "people()",
    "everyone()",
    "reach_of(text)",
    "act()",
    "owner_of(text, uuid)",
)
BLOCK = 64  # bytes: HMAC-SHA256 pads its key to one block (RFC 2104)


def scope_key(path: Path) -> bytes:
    """Return the key that signs scopes, made on first use; 32 bytes, owner-readable."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        fresh.rename(path)
    return path.read_bytes()


def apply_all() -> None:
    """Make the database's walls, triggers and grants those of the register.

    Raises Misconfigured when something the register wants did not take.
    """
    call_command("createcachetable", verbosity=0)
    runtime = settings.RUNTIME_ROLE
    # One transaction: between dropping a wall and building it there is no moment.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            resources.files("candour.register").joinpath("scope.sql").read_text()
        )
        cursor.execute(f'GRANT USAGE ON SCHEMA wall, public TO "{runtime}"')
        for function in RUNTIME_FUNCTIONS:
            cursor.execute(f'GRANT EXECUTE ON FUNCTION wall.{function} TO "{runtime}"')
        _install_key(cursor)
        for entry in declarations():
            for statement in walls.triggers(entry):
                cursor.execute(statement)
        for entry in personal_tables():
            for statement in walls.wall(entry, runtime):
                cursor.execute(statement)
        for statement in _VAULT:
            cursor.execute(statement.format(runtime=runtime))
        cursor.execute(_FORMER)
        for statement in _TRAIL:
            cursor.execute(statement.format(runtime=runtime))
        cursor.execute(_CLOSE_TRIGGER_FUNCTIONS)
        _grant(cursor, runtime)
    problems = differences()
    if problems:
        raise Misconfigured("The walls do not stand: " + "; ".join(problems))


# Walls of before asked these (docs/adr/0013); a database of those days still has them.
_FORMER = "DROP FUNCTION IF EXISTS wall.people_of(text), wall.everyone_of(text)"

# A trigger function needs no EXECUTE to fire; nobody should call one by hand.
_CLOSE_TRIGGER_FUNCTIONS = """
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'wall' AND p.prorettype = 'trigger'::regtype LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP; END $$
"""


# The owner restores and repairs; the run-time role writes only what fits its scope.
_TRAIL = (
    "DROP TRIGGER IF EXISTS candour_fits ON trail_event",
    "CREATE TRIGGER candour_fits BEFORE INSERT ON trail_event FOR EACH ROW"
    " WHEN (NEW.outcome = 'allow' AND current_user = '{runtime}')"
    " EXECUTE FUNCTION wall.event_fits()",
    "DROP TRIGGER IF EXISTS candour_fits ON trail_batch",
    "CREATE TRIGGER candour_fits BEFORE INSERT ON trail_batch FOR EACH ROW"
    " WHEN (current_user = '{runtime}') EXECUTE FUNCTION wall.batch_fits()",
)


# Keys stand behind the same wall as the data: class and person must both be in scope.
_VAULT = (
    'GRANT USAGE ON SCHEMA vault TO "{runtime}"',
    'REVOKE ALL ON vault.key FROM "{runtime}"',
    'GRANT select, insert, delete ON vault.key TO "{runtime}"',
    "ALTER TABLE vault.key ENABLE ROW LEVEL SECURITY",
    "DROP POLICY IF EXISTS candour_wall ON vault.key",
    'CREATE POLICY candour_wall ON vault.key FOR ALL TO "{runtime}" USING ('
    "record_class = ANY ((SELECT wall.classes())::text[]) AND ("
    "person_id = ANY ((SELECT wall.people())::bigint[]) OR (SELECT wall.everyone())"
    " OR ((SELECT false) AND person_id < cardinality(wall.people()))))",
    # A key that is made or destroyed is on the trail, like any row it opens.
    """CREATE OR REPLACE FUNCTION wall.vault_key() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$ BEGIN
    INSERT INTO public.trail_change (act, tbl, op, row_ids, people)
    SELECT wall.act(), 'vault.key', lower(TG_OP), '{{}}', array_agg(DISTINCT person_id)
      FROM touched HAVING count(*) > 0; RETURN NULL; END $$""",
    "DROP TRIGGER IF EXISTS candour_insert ON vault.key",
    "CREATE TRIGGER candour_insert AFTER INSERT ON vault.key"
    " REFERENCING NEW TABLE AS touched FOR EACH STATEMENT"
    " EXECUTE FUNCTION wall.vault_key()",
    "DROP TRIGGER IF EXISTS candour_delete ON vault.key",
    "CREATE TRIGGER candour_delete AFTER DELETE ON vault.key"
    " REFERENCING OLD TABLE AS touched FOR EACH STATEMENT"
    " EXECUTE FUNCTION wall.vault_key()",
)


def _install_key(cursor: CursorWrapper) -> None:
    path = Path(settings.KEYS_DIR) / "scope"
    cursor.execute("SELECT count(*) FROM wall.key")
    if cursor.fetchone() != (0,) and not path.exists():
        raise Misconfigured(
            "The key that signs scopes is missing. Bring it back first."
        )
    key = scope_key(path).ljust(BLOCK, b"\0")
    inner = bytes(byte ^ 0x36 for byte in key)
    outer = bytes(byte ^ 0x5C for byte in key)
    cursor.execute(
        "INSERT INTO wall.key (inner_pad, outer_pad) VALUES (%s, %s)"
        " ON CONFLICT (single) DO UPDATE SET inner_pad = EXCLUDED.inner_pad,"
        " outer_pad = EXCLUDED.outer_pad",
        [inner, outer],
    )


def sign(key: bytes, said: str, *, to: str = "enter") -> str:
    """Return the mac that the database wants beside `said`, for one use of it."""
    return hmac.digest(key, f"{to}:{said}".encode(), "sha256").hex()


def _grant(cursor: CursorWrapper, runtime: str) -> None:
    for entry in declarations():
        for statement in walls.grants(entry, runtime):
            cursor.execute(statement)
    present = set(connection.introspection.table_names(cursor))
    for table, other in OTHERS.items():
        if table in present:
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{runtime}"')
            if other.runtime:
                cursor.execute(f'GRANT {other.runtime} ON "{table}" TO "{runtime}"')
    for function in FUNCTIONS:
        cursor.execute(f'GRANT EXECUTE ON FUNCTION public.{function} TO "{runtime}"')
    cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{runtime}"')


def differences() -> list[str]:
    """Return what the database lacks or has beyond the register, one sentence each."""
    entries = declarations()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE schemaname='public'"
        )
        policies = set(cursor.fetchall())
        cursor.execute(
            "SELECT c.relname, t.tgname"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE 'candour\\_%%'"
            " AND t.tgenabled <> 'D'"
        )
        triggers = set(cursor.fetchall())
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity"
            " AND relnamespace = 'public'::regnamespace"
        )
        walled = {name for (name,) in cursor.fetchall()}
    declared = {entry.table for entry in entries}
    wanted = {entry.table for entry in entries if entry.is_personal}
    return [
        *(f"{t} has no wall" for t, _ in walls.expected_policies(entries) - policies),
        *(f"{t} has an unknown policy {p}" for t, p in policies if p != walls.WALL),
        *(
            f"{t} lacks trigger {n}"
            for t, n in walls.expected_triggers(entries) - triggers
        ),
        *(f"{t}: row security is off" for t in sorted(wanted - walled)),
        *(f"{t} is on no list" for t in sorted(tables - declared - OTHERS.keys())),
    ]
