"""Two roles: the owner, and the one the site comes in as, which can make nothing."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from candour.config import env, roles
from candour.config.env import Role
from candour.config.postgres import Cluster
from candour.core.errors import Misconfigured, Unavailable
from tests.launch.conftest import TOLD, bare_folder

# A server of one's own, as a clinic with a database team has it.
SERVER = os.environ.get("CANDOUR_TEST_SERVER", "postgresql://postgres@127.0.0.1:5432")


@pytest.fixture(scope="module")
def started() -> Iterator[Cluster]:
    """Yield one server for all tests here: each leaves it as it was."""
    with pytest.MonkeyPatch.context() as patch, bare_folder(patch) as folder:
        cluster = Cluster(folder, durable=False)
        cluster.start()
        yield cluster
        cluster.stop()


@pytest.fixture
def embedded(started: Cluster, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CANDOUR_DATA", str(started.data))
    roles.ensure(started)
    return started


def as_role(role: Role) -> psycopg.Connection:
    return psycopg.connect(make_conninfo(**env.connection(role)), autocommit=True)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION hstore",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "SET ROLE candour_owner",
        "SET SESSION AUTHORIZATION candour_owner",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_runtime_role_cannot(embedded: Cluster, statement: str) -> None:
    with (
        as_role(Role.RUNTIME) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        database.execute(statement.encode())


def test_the_runtime_role_does_not_wait_for_ever(embedded: Cluster) -> None:
    with as_role(Role.RUNTIME) as database:
        for name, value in roles.TIMEOUTS.items():
            said = database.execute("SELECT current_setting(%s)", [name]).fetchone()
            assert said is not None
            assert said[0].replace("1min", "60s") == value


def test_the_owner_owns_the_database_and_is_no_superuser(embedded: Cluster) -> None:
    with as_role(Role.OWNER) as database:
        row = database.execute(
            "SELECT current_setting('is_superuser'),"
            " pg_get_userbyid(datdba) = current_user"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row == ("off", True)
        found = database.execute("SELECT extname FROM pg_extension").fetchall()
    assert {(name,) for name in roles.EXTENSIONS} <= set(found)


def test_it_can_be_done_again(embedded: Cluster) -> None:
    roles.ensure(embedded)


def test_a_role_that_was_given_more_has_it_taken_away(embedded: Cluster) -> None:
    with psycopg.connect(embedded.conninfo(), autocommit=True) as superuser:
        superuser.execute("ALTER ROLE candour_runtime SUPERUSER BYPASSRLS")

    roles.ensure(embedded)

    with as_role(Role.OWNER) as database:
        assert roles.what_is_too_much(database, "candour_runtime") == ""


@pytest.mark.parametrize(
    ("given", "taken", "named"),
    [
        (
            "GRANT candour_owner TO candour_runtime",
            "REVOKE candour_owner FROM candour_runtime",
            "a member of another role",
        ),
        (
            # It could then read the key that signs scopes, past every grant.
            "GRANT pg_read_all_data TO candour_runtime",
            "REVOKE pg_read_all_data FROM candour_runtime",
            "a member of another role",
        ),
        (
            "CREATE TABLE mine (); ALTER TABLE mine OWNER TO candour_runtime",
            "DROP TABLE mine",
            "owns a table",
        ),
    ],
)
def test_a_role_that_could_get_round_the_walls_stops_the_start(
    embedded: Cluster, given: str, taken: str, named: str
) -> None:
    inside = embedded.conninfo(database="candour")
    with psycopg.connect(inside, autocommit=True) as superuser:
        superuser.execute(given.encode())

        with pytest.raises(Misconfigured, match=named):
            roles.ensure(embedded)

        superuser.execute(taken.encode())


def test_time_limits_somebody_chose_are_left_alone(embedded: Cluster) -> None:
    with as_role(Role.RUNTIME) as database:
        database.execute("ALTER ROLE CURRENT_USER SET statement_timeout = '90s'")
        database.execute(
            "ALTER ROLE CURRENT_USER IN DATABASE candour RESET statement_timeout"
        )

    roles.ensure(embedded)

    with as_role(Role.RUNTIME) as database:
        assert database.execute("SHOW statement_timeout").fetchone() == ("90s",)
        database.execute("ALTER ROLE CURRENT_USER RESET statement_timeout")


def test_time_limits_for_another_database_are_not_ours(embedded: Cluster) -> None:
    with as_role(Role.RUNTIME) as database:
        database.execute("ALTER ROLE CURRENT_USER IN DATABASE candour RESET ALL")
        for name in roles.TIMEOUTS:
            elsewhere = "ALTER ROLE CURRENT_USER IN DATABASE template1"
            database.execute(f"{elsewhere} SET {name} = '7s'".encode())

    roles.ensure(embedded)

    with as_role(Role.RUNTIME) as database:
        database.execute("ALTER ROLE CURRENT_USER IN DATABASE template1 RESET ALL")
        assert database.execute("SHOW lock_timeout").fetchone() == ("5s",)


@pytest.fixture
def server(data: Path) -> Iterator[psycopg.Connection]:
    """Yield a superuser's connection to a server that is not ours."""
    try:
        opened = psycopg.connect(SERVER, dbname="postgres", autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL of its own answers here (CANDOUR_TEST_SERVER)")
    with opened:
        yield opened


@pytest.fixture
def clinic(
    server: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], str]]:
    """Yield a function that makes a database whose owner has the given rights."""
    name = f"candour_launch_{secrets.token_hex(4)}"

    def make(rights: str) -> str:
        server.execute(f"CREATE ROLE {name} LOGIN {rights}".encode())
        server.execute(f"CREATE DATABASE {name} OWNER {name}".encode())
        url = f"{SERVER}/{name}".replace("//postgres@", f"//{name}@")
        monkeypatch.setenv("DATABASE_URL", url)
        return name

    yield make
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
    for role in (f"{name}_runtime", f"{name}_given", name):
        server.execute(f"DROP ROLE IF EXISTS {role}".encode())


def test_on_a_server_of_yours_the_runtime_role_is_made(
    clinic: Callable[[str], str],
) -> None:
    name = clinic("CREATEROLE")

    roles.ensure(None)
    roles.ensure(None)

    with as_role(Role.RUNTIME) as database:
        row = database.execute("SELECT current_user, current_database()").fetchone()
        assert row == (f"{name}_runtime", name)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute("CREATE TABLE mine (x int)")


def test_its_password_is_kept_where_only_we_can_read_it(
    clinic: Callable[[str], str], data: Path
) -> None:
    clinic("CREATEROLE")

    roles.ensure(None)

    kept = data / "keys" / "database-runtime"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert env.connection(Role.RUNTIME)["password"] == kept.read_text()


def test_a_user_who_may_not_make_roles_is_told_what_to_do(
    clinic: Callable[[str], str],
) -> None:
    name = clinic("NOCREATEROLE")

    with pytest.raises(Misconfigured, match=f"may not make the role {name}_runtime"):
        roles.ensure(None)


def test_a_runtime_role_that_is_given_is_used(
    clinic: Callable[[str], str],
    server: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = clinic("NOCREATEROLE")
    server.execute(f"CREATE ROLE {name}_given LOGIN".encode())
    url = os.environ["DATABASE_URL"].replace(f"//{name}@", f"//{name}_given@")
    monkeypatch.setenv("DATABASE_RUNTIME_URL", url)

    roles.ensure(None)

    assert env.runtime_role() == f"{name}_given"
    with as_role(Role.RUNTIME) as database:
        assert database.execute("SHOW lock_timeout").fetchone() == ("5s",)


@pytest.mark.parametrize(
    ("rights", "named"),
    [("SUPERUSER", "it is a superuser"), ("BYPASSRLS", "bypasses row-level security")],
)
def test_a_runtime_role_that_is_given_and_too_strong_is_refused(
    clinic: Callable[[str], str],
    server: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    rights: str,
    named: str,
) -> None:
    name = clinic("")
    server.execute(f"CREATE ROLE {name}_given LOGIN {rights}".encode())
    url = os.environ["DATABASE_URL"].replace(f"//{name}@", f"//{name}_given@")
    monkeypatch.setenv("DATABASE_RUNTIME_URL", url)

    with pytest.raises(Misconfigured, match=named):
        roles.ensure(None)


def test_the_owner_as_runtime_role_is_refused(
    clinic: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic("")
    monkeypatch.setenv("DATABASE_RUNTIME_URL", os.environ["DATABASE_URL"])

    with pytest.raises(Misconfigured, match="it is the owner"):
        roles.ensure(None)


def test_a_database_of_somebody_elses_is_refused(
    clinic: Callable[[str], str], server: psycopg.Connection
) -> None:
    name = clinic("CREATEROLE")
    server.execute(f"ALTER DATABASE {name} OWNER TO postgres".encode())
    for extension in roles.EXTENSIONS:
        with psycopg.connect(SERVER, dbname=name, autocommit=True) as superuser:
            superuser.execute(f"CREATE EXTENSION {extension}".encode())

    with pytest.raises(Misconfigured, match="must own the database"):
        roles.ensure(None)


def test_a_server_that_does_not_answer_is_named_without_its_password(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://clinic:s3cret@127.0.0.1:1/clinic")

    with pytest.raises(Unavailable) as refused:
        roles.ensure(None)

    assert "DATABASE_URL does not answer" in str(refused.value)
    assert "s3cret" not in str(refused.value)
