"""The SQL of walls, change triggers and grants, written from the declarations.

Every statement can be run again. Names are ours and quoted; nothing here takes input.
"""

from collections.abc import Iterator

from candour.register.declare import Declaration

WALL = "candour_wall"
OPERATIONS = {"insert": "new_rows", "update": "both", "delete": "old_rows"}


def wall(entry: Declaration, runtime: str) -> Iterator[str]:
    """Yield the statements that put `entry`'s table behind the wall.

    The person filter returns fewer rows; no scope, or a class outside it, raises. That
    must hold for an empty answer too, and the executor asks a filter nothing when no
    row comes up. So the last arm is for the planner: to estimate a comparison with a
    STABLE function it calls the function, on every table, however few its rows. The
    executor never gets there, since the arm begins with a false that is not folded.
    The first arm stands in a CASE for the planner as well, which takes half the rows
    to pass a condition it cannot see into, and next to none to lie in a range.
    """
    table, klass = entry.table, entry.record_class
    test = (
        f"CASE WHEN \"{entry.owner}\" <@ (SELECT wall.reach_of('{klass}'))"
        f" THEN true ELSE false END "
        f"OR ((SELECT false) AND \"{entry.owner}\" < wall.least('{klass}'))"
    )
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS {WALL} ON "{table}"'
    yield (
        f'CREATE POLICY {WALL} ON "{table}" FOR ALL TO "{runtime}" '
        f"USING ({test}) WITH CHECK ({test})"
    )


def triggers(entry: Declaration) -> Iterator[str]:
    """Yield the statement-level triggers that write each change on the trail.

    One row a statement, however many rows it touched: a bulk update cannot slip by.
    They run as the owner, so the runtime role cannot write a change of its own.
    """
    for operation in OPERATIONS:
        yield _trigger_function(entry, operation)
        yield from _trigger(entry, operation)


def _trigger_function(entry: Declaration, operation: str) -> str:
    source = {
        "insert": "SELECT {pk} AS id, {own} AS owner FROM new_rows",
        "delete": "SELECT {pk} AS id, {own} AS owner FROM old_rows",
        "update": "SELECT {pk} AS id, {own} AS owner FROM new_rows"
        " UNION SELECT {pk}, {own} FROM old_rows",
    }[operation].format(
        pk='"id"', own=f'"{entry.owner}"' if entry.owner else "NULL::bigint"
    )
    return (
        f"CREATE OR REPLACE FUNCTION wall.{entry.table}_{operation}() RETURNS trigger\n"
        "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$\nBEGIN\n"
        "INSERT INTO public.trail_change (act, tbl, op, row_ids, people)\n"
        f"SELECT wall.act(), '{entry.table}', '{operation}',"
        " array_agg(DISTINCT id),"
        " coalesce(array_agg(DISTINCT owner) FILTER (WHERE owner IS NOT NULL), '{}')\n"
        f"FROM ({source}) touched HAVING count(*) > 0;\n"
        "RETURN NULL;\nEND $$"
    )


def _trigger(entry: Declaration, operation: str) -> Iterator[str]:
    name = f"candour_{operation}"
    referencing = {
        "insert": "NEW TABLE AS new_rows",
        "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "OLD TABLE AS old_rows",
    }[operation]
    yield f'DROP TRIGGER IF EXISTS {name} ON "{entry.table}"'
    yield (
        f'CREATE TRIGGER {name} AFTER {operation.upper()} ON "{entry.table}" '
        f"REFERENCING {referencing} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION wall.{entry.table}_{operation}()"
    )


def grants(entry: Declaration, runtime: str) -> Iterator[str]:
    """Yield what the runtime role may do with the table: reading and its `writes`."""
    verbs = ", ".join(["select", *entry.writes])
    yield f'REVOKE ALL ON "{entry.table}" FROM "{runtime}"'
    yield f'GRANT {verbs} ON "{entry.table}" TO "{runtime}"'


def expected_policies(entries: list[Declaration]) -> set[tuple[str, str]]:
    """Return (table, policy) for every wall that must stand."""
    return {(entry.table, WALL) for entry in entries if entry.is_personal}


def expected_triggers(entries: list[Declaration]) -> set[tuple[str, str]]:
    """Return (table, trigger) for every change trigger that must stand."""
    return {
        (entry.table, f"candour_{operation}")
        for entry in entries
        for operation in OPERATIONS
    }
