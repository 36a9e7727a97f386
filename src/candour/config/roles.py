"""The database, its two roles and its extensions, made what they must be.

The owner migrates and backs up. The run-time role, as which the site and the worker
come in, owns nothing and can make nothing: whatever an attacker sends through them
meets the walls of the register. Everything here can be done again at each start.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from candour.config import env
from candour.config.env import Role
from candour.config.postgres import Cluster
from candour.config.programs import OLDEST
from candour.core.errors import Misconfigured, Unavailable

log = logging.getLogger(__name__)

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
ONE_AT_A_TIME = 0x43414E44  # advisory lock: two processes may start at once
TIMEOUTS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}
PLAIN = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


def ensure(cluster: Cluster | None) -> None:
    """Make the database, both roles and the extensions ready, wherever they are.

    `cluster` is the embedded server, or None with DATABASE_URL. Raises Unavailable when
    no server answers and Misconfigured, in a sentence for whoever runs it, when the
    server is too old or does not let us.
    """
    if cluster is not None:
        with connect(cluster.conninfo()) as server:
            _ensure_embedded(server)
    owner = env.connection(Role.OWNER)
    with connect(make_conninfo(**owner), name="DATABASE_URL") as database:
        _refuse_unsuited(database)
        if cluster is None and not env.optional_secret("DATABASE_RUNTIME_URL"):
            ensure_runtime(database, env.connection(Role.RUNTIME))
        _ensure_extensions(database)
        _ensure_privileges(database, owner["dbname"], env.runtime_role())
    _ensure_limits()


@contextmanager
def connect(conninfo: str, name: str = "PostgreSQL") -> Iterator[psycopg.Connection]:
    """Open a connection that commits each statement, one process at a time."""
    try:
        opened = psycopg.connect(conninfo, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as cause:
        # libpq names the address and the account, never the password.
        said = " ".join(str(cause).split())
        raise Unavailable(f"{name} does not answer: {said}") from cause
    with opened as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield connection


def _ensure_embedded(server: psycopg.Connection) -> None:
    owner, runtime = env.connection(Role.OWNER), env.connection(Role.RUNTIME)
    for role in (owner["user"], runtime["user"]):
        ensure_role(server, role)
    known = server.execute(
        "SELECT FROM pg_database WHERE datname = %s", [owner["dbname"]]
    )
    if known.fetchone() is None:
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(owner["dbname"]), sql.Identifier(owner["user"])
            )
        )


def ensure_role(server: psycopg.Connection, name: str) -> None:
    """Make a role that may sign in and nothing else, or take from it what is more."""
    found = server.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole"
        " OR rolreplication OR NOT rolcanlogin FROM pg_roles WHERE rolname = %s",
        [name],
    ).fetchone()
    if found is None or found[0]:
        verb = "CREATE" if found is None else "ALTER"
        server.execute(
            sql.SQL("{} ROLE {} {}").format(
                sql.SQL(verb), sql.Identifier(name), sql.SQL(PLAIN)
            )
        )


def ensure_runtime(server: psycopg.Connection, runtime: dict[str, str]) -> None:
    """Make the run-time role on a server of yours, with the password we keep for it."""
    name = runtime["user"]
    try:
        ensure_role(server, name)
        try:
            psycopg.connect(make_conninfo(**runtime), connect_timeout=5).close()
        except psycopg.OperationalError:
            server.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(name), sql.Literal(runtime["password"])
                )
            )
    except psycopg.errors.InsufficientPrivilege as cause:
        raise Misconfigured(
            f"The user of DATABASE_URL may not make the role {name}: make a role that "
            "may sign in and nothing else, and give its address in "
            "DATABASE_RUNTIME_URL."
        ) from cause


def _refuse_unsuited(database: psycopg.Connection) -> None:
    version = database.info.server_version // 10_000
    if version < OLDEST:
        raise Misconfigured(
            f"The server of DATABASE_URL is PostgreSQL {version}: version {OLDEST} or "
            "later is needed."
        )
    if (encoding := database.info.parameter_status("server_encoding")) != "UTF8":
        raise Misconfigured(
            f"The database of DATABASE_URL is kept in {encoding}: make one in UTF8."
        )


def _ensure_extensions(database: psycopg.Connection) -> None:
    rows = database.execute("SELECT extname FROM pg_extension").fetchall()
    for name in EXTENSIONS:
        if (name,) in rows:
            continue
        command = sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public")
        try:
            database.execute(command.format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as cause:
            raise Misconfigured(
                f"The user of DATABASE_URL may not add the extension {name}: ask "
                f"whoever runs the server for `CREATE EXTENSION {name}`."
            ) from cause
        except psycopg.errors.FeatureNotSupported as cause:
            raise Misconfigured(
                f"The database server does not have the extension {name}, which comes "
                "with PostgreSQL's contrib package."
            ) from cause


def _ensure_privileges(database: psycopg.Connection, name: str, runtime: str) -> None:
    """Let the run-time role connect and no more; then look whether that is so."""
    may = database.execute(
        "SELECT pg_catalog.pg_get_userbyid(datdba) = current_user OR rolsuper,"
        " has_database_privilege(datname, 'CREATE'),"
        " has_schema_privilege('public', 'CREATE')"
        " FROM pg_database, pg_roles"
        " WHERE datname = current_database() AND rolname = current_user"
    ).fetchone()
    if may is None or not all(may):
        raise Misconfigured(
            f"The user of DATABASE_URL must own the database {name} and be able to "
            "make schemas and tables in it."
        )
    place, who = sql.Identifier(name), sql.Identifier(runtime)
    for statement in (
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(place),
        sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(place, who),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(place, who),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(who),
    ):
        database.execute(statement)
    if too_much := what_is_too_much(database, runtime):
        raise Misconfigured(
            f"The run-time role {runtime} could get round the walls: {too_much}."
        )


def what_is_too_much(database: psycopg.Connection, runtime: str) -> str:
    """Return what the run-time role has that it must not, or nothing."""
    row = database.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " rolname = current_user,"
        " EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid),"
        " EXISTS (SELECT FROM pg_class WHERE relowner = r.oid),"
        " has_database_privilege(r.oid, current_database(), 'CREATE'),"
        " has_schema_privilege(r.oid, 'public', 'CREATE')"
        " FROM pg_roles r WHERE rolname = %s",
        [runtime],
    ).fetchone()
    if row is None:
        return "it does not exist"
    claims = (
        "it is a superuser",
        "it bypasses row-level security",
        "it may make roles",
        "it may make databases",
        "it is the owner",
        "it is a member of another role, and has all that one may do",
        "it owns a table",
        "it may make schemas",
        "it may make tables",
    )
    return ", ".join(claim for claim, so in zip(claims, row, strict=True) if so)


def _ensure_limits() -> None:
    """Give the run-time role its time limits, unless somebody chose others.

    It sets them itself: every role may set its own, and an owner that cannot make
    roles may set no one else's.
    """
    runtime = env.connection(Role.RUNTIME)
    with connect(make_conninfo(**runtime), name="DATABASE_RUNTIME_URL") as database:
        rows = database.execute(
            "SELECT split_part(unnest(setconfig), '=', 1) FROM pg_db_role_setting s"
            " JOIN pg_roles r ON r.oid = s.setrole WHERE rolname = current_user"
            " AND s.setdatabase IN (0, (SELECT oid FROM pg_database"
            " WHERE datname = current_database()))"
        ).fetchall()
        for name in TIMEOUTS.keys() - {chosen for (chosen,) in rows}:
            command = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
            database.execute(
                command.format(
                    sql.Identifier(runtime["dbname"]),
                    sql.Identifier(name),
                    sql.Literal(TIMEOUTS[name]),
                )
            )


def has_tables() -> bool:
    """Say whether `candour migrate` has ever run on the database."""
    conninfo = make_conninfo(**env.connection(Role.OWNER))
    with psycopg.connect(conninfo, connect_timeout=5) as database:
        row = database.execute("SELECT to_regclass('public.django_migrations')")
        return row.fetchone() != (None,)
