"""The database that tests run on: real, migrated, emptied after each test.

By default an embedded server is started in a temporary folder, without flushing to
disk. With CANDOUR_TEST_DATABASE=url it is the server of DATABASE_URL, in databases of
its own. Either way the owner migrates one template, each xdist worker gets a copy, and
the code under test comes in as the run-time role: as a superuser it would walk through
every wall, and the tests of the walls would prove nothing.

Candour commits real transactions, so there is no outer one to roll back. Identities go
on counting between tests, so that nothing cached for one test answers in the next.
"""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from candour.config import roles
from candour.config.postgres import SUPERUSER, Cluster

PLAIN = {"core", "launch", "law", "policy", "policy_render"}  # need no Django here
# Rows that `candour migrate` writes. Any other table must be empty after it.
KEPT = {
    "public.django_migrations",
    "public.django_content_type",
    "public.auth_permission",
    "public.procrastinate_version",
    "wall.key",
}
KEPT_FOLDERS = {"keys", "static"}
NOT_EMPTY = """
    SELECT n.nspname, c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)'
       AND pg_relation_size(c.oid) > 0 ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Place:
    """Where the tests' databases are. The same in every worker of a run."""

    folder: Path
    token: str
    url: str | None  # None: embedded

    @property
    def server(self) -> Path:
        """Return the data folder of the embedded server."""
        return self.folder / "server"

    def name(self, of: str) -> str:
        """Return the name of a database, or role, of this run."""
        base = conninfo_to_dict(self.url)["dbname"] if self.url else "candour"
        return f"{base}_t{self.token}_{of}"

    def admin(self) -> str:
        """Return a connection string of the account that may make databases."""
        return self.url or make_conninfo(**self._embedded(), user=SUPERUSER)

    def owner(self, of: str) -> str:
        """Return a connection string of the owner of one database."""
        if self.url:
            return make_conninfo(self.url, dbname=self.name(of))
        return make_conninfo(
            **self._embedded(dbname=self.name(of)), user=self.name("owner")
        )

    def runtime(self, of: str) -> str:
        """Return a connection string of the run-time role in one database."""
        return make_conninfo(
            self.owner(of), user=self.name("runtime"), password=self.token
        )

    def superuser(self, of: str) -> str:
        """Return a connection string of a superuser in one database."""
        return make_conninfo(self.admin(), dbname=self.name(of))

    def _embedded(self, dbname: str = "postgres") -> dict[str, str]:
        socket = self.server / "run" / "postgres"
        return {"host": str(socket), "port": "5432", "dbname": dbname}


_place: Place | None = None
_claim: psycopg.Connection | None = None


def place() -> Place:
    """Return where this run's databases are."""
    assert _place is not None, "pytest_configure has not run"
    return _place


def worker() -> str:
    """Return which of the parallel test processes this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_configure(config: pytest.Config) -> None:
    """Say which database there will be, before Django reads its settings."""
    global _place
    if "CANDOUR_TEST_FOLDER" not in os.environ:
        # A short path: a socket's address has room for 108 bytes.
        os.environ["CANDOUR_TEST_FOLDER"] = tempfile.mkdtemp(prefix="candour-tests-")
        os.environ["CANDOUR_TEST_TOKEN"] = secrets.token_hex(3)
        if os.environ.get("CANDOUR_TEST_DATABASE") == "url":
            os.environ["CANDOUR_TEST_URL"] = os.environ["DATABASE_URL"]
            _claim_and_clear_up(os.environ["CANDOUR_TEST_URL"])
    _place = Place(
        Path(os.environ["CANDOUR_TEST_FOLDER"]),
        os.environ["CANDOUR_TEST_TOKEN"],
        os.environ.get("CANDOUR_TEST_URL"),
    )
    data = _place.folder / worker()
    (data / "static").mkdir(parents=True)
    os.environ |= {
        "CANDOUR_DATA": str(data),
        "CANDOUR_DB_POOL": "off",
        "CANDOUR_DEMO": "yes",
        "CANDOUR_DB_ROLE": "runtime",
        "CANDOUR_STATIC": "plain",
        "DATABASE_URL": _place.owner(worker()),
        "DATABASE_RUNTIME_URL": _place.runtime(worker()),
    }
    if not _are_plain(config):
        os.environ["DJANGO_SETTINGS_MODULE"] = "candour.config.settings"
        import django

        django.setup()
        # Parallel workers inherit our environment, and must not read their settings
        # before they have come this far themselves.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing: neither databases on somebody's server, nor a folder."""
    if _place is None or hasattr(config, "workerinput"):
        return
    if _claim is not None:
        _drop(_claim, conninfo_to_dict(place().url or "")["dbname"], place().token)
        _claim.close()
    shutil.rmtree(_place.folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the database, and refuse the other way to ask for it."""
    for item in items:
        if "db" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
        if item.get_closest_marker("django_db"):
            raise pytest.UsageError(
                f"{item.nodeid} is marked django_db: use the `db` fixture instead, "
                "which commits for real and comes in as the run-time role."
            )


@pytest.fixture(scope="session")
def _database() -> Iterator[Place]:
    """Start the server, migrate the template once, and copy it for this worker."""
    here = place()
    cluster = None if here.url else Cluster(here.server, durable=False)
    if cluster is not None:
        cluster.attach_or_start()
    try:
        _make_copy(here)
        yield here
    finally:
        if cluster is not None:
            cluster.stop(wait_for_others=True)


def _make_copy(here: Place) -> None:
    with (
        psycopg.connect(here.admin(), autocommit=True) as admin,
        (here.folder / "template.lock").open("a") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (here.folder / "template.made").exists():
            _make_template(here, admin)
            (here.folder / "template.made").touch()
        copy, template = here.name(worker()), here.name("template")
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}{}").format(
            sql.Identifier(copy), sql.Identifier(template), _owned(here)
        )
        admin.execute(command)
    # A copy has the template's tables, but not its privileges or its time limits.
    roles.ensure(None)
    # Keys of its own, the same ones: a test may lose them.
    keys = here.folder / "template" / "keys"
    # Not Django's: this process has read its own, and its commands must share it.
    own = shutil.ignore_patterns("django-secret-key")
    mine = here.folder / worker() / "keys"
    shutil.copytree(keys, mine, ignore=own, dirs_exist_ok=True)


@pytest.fixture
def db(
    _database: Place, _owner: psycopg.Connection, django_db_blocker: Any
) -> Iterator[None]:
    """Let the test use the database; empty it afterwards."""
    from django.db import connection, connections

    assert connection.settings_dict["NAME"] == _database.name(worker())
    with django_db_blocker.unblock():
        yield
        for used in connections.all(initialized_only=True):
            raw = used.connection
            if raw is not None and (
                used.in_atomic_block or raw.info.transaction_status
            ):
                used.close()
        _empty(_owner)
    for left in (_database.folder / worker()).iterdir():
        if left.name not in KEPT_FOLDERS:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.fixture
def transactional_db(db: None) -> None:
    """Be `db`: ours always commits. pytest-django's live_server asks by this name."""


@pytest.fixture(scope="session")
def _owner(_database: Place) -> Iterator[psycopg.Connection]:
    with psycopg.connect(_database.owner(worker()), autocommit=True) as owner:
        owner.execute("SET lock_timeout = '10s'")
        yield owner


@pytest.fixture
def owner_sql(db: None, _owner: psycopg.Connection) -> psycopg.Connection:
    """Return a connection as the owner, each statement its own transaction."""
    return _owner


@pytest.fixture
def runtime_sql(db: None, _database: Place) -> Iterator[psycopg.Connection]:
    """Yield a raw connection as the run-time role, as an attacker would have it."""
    with psycopg.connect(_database.runtime(worker()), autocommit=True) as runtime:
        yield runtime


@pytest.fixture
def superuser_sql(db: None, _database: Place) -> Iterator[psycopg.Connection]:
    """Yield a connection as a superuser, where DATABASE_URL's user is one."""
    with psycopg.connect(_database.superuser(worker()), autocommit=True) as superuser:
        if superuser.info.parameter_status("is_superuser") != "on":
            pytest.skip("the user of DATABASE_URL is not a superuser")
        yield superuser


def _are_plain(config: pytest.Config) -> bool:
    here = Path(__file__).parent
    paths = [Path(arg.split("::")[0]).absolute() for arg in config.args]
    return all(any(p.is_relative_to(here / name) for name in PLAIN) for p in paths)


def _make_template(here: Place, admin: psycopg.Connection) -> None:
    template = here.name("template")
    if not here.url:
        roles.ensure_role(admin, here.name("owner"))
    runtime = conninfo_to_dict(here.runtime("template"))
    admin.execute(
        sql.SQL("CREATE DATABASE {}{} TEMPLATE template0").format(
            sql.Identifier(template), _owned(here)
        )
    )
    roles.ensure_role(admin, str(runtime["user"]))
    admin.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(str(runtime["user"])), sql.Literal(here.token)
        )
    )
    told = {
        "CANDOUR_DATA": str(here.folder / "template"),
        "DATABASE_URL": here.owner("template"),
        "DATABASE_RUNTIME_URL": here.runtime("template"),
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "candour.config.main", "migrate"],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(here.owner("template")) as owner:
        written = {f"{schema}.{name}" for schema, name in owner.execute(NOT_EMPTY)}
    assert written <= KEPT, f"`candour migrate` wrote rows to {written - KEPT}"


def _owned(here: Place) -> sql.Composed:
    """Return the clause that gives a database to the owner's role."""
    role = conninfo_to_dict(here.owner("template"))["user"]
    return sql.SQL(" OWNER {}").format(sql.Identifier(str(role)))


def _empty(owner: psycopg.Connection) -> None:
    found = owner.execute(NOT_EMPTY).fetchall()
    tables = [found_in for found_in in found if ".".join(found_in) not in KEPT]
    if tables:
        names = sql.SQL(", ").join(sql.Identifier(*table) for table in tables)
        owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))


def _claim_and_clear_up(url: str) -> None:
    """Drop what killed runs left on the server; a run's lock tells whether it lives."""
    global _claim
    _claim = psycopg.connect(url, autocommit=True)
    base = conninfo_to_dict(url)["dbname"]
    token = os.environ["CANDOUR_TEST_TOKEN"]
    _claim.execute("SELECT pg_advisory_lock(hashtext(%s))", [token])
    named = _claim.execute(
        "SELECT DISTINCT substring(datname from %s) FROM pg_database",
        [f"^{base}_t([0-9a-f]{{6}})_"],
    ).fetchall()
    for (left,) in named:
        if left is None or left == token:
            continue
        got = _claim.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [left])
        if got.fetchone() == (True,):
            _drop(_claim, str(base), left)
            _claim.execute("SELECT pg_advisory_unlock(hashtext(%s))", [left])


def _drop(admin: psycopg.Connection, base: Any, token: str) -> None:
    named = "SELECT datname FROM pg_database WHERE datname LIKE %s"
    for (name,) in admin.execute(named, [f"{base}\\_t{token}\\_%"]).fetchall():
        command = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        admin.execute(command)
    role = sql.Identifier(f"{base}_t{token}_runtime")
    admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
