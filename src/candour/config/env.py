"""What Candour is told by its surroundings: folders, secrets, and which database.

Nothing here connects to anything, so settings can be imported (by mypy, by `--help`)
without a server. Every variable read is in docs/install.md.
"""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from candour.core.errors import Misconfigured

SOURCE = Path(__file__).resolve().parents[3]  # the clone, when there is one
EMBEDDED_DATABASE = "candour"
PORT = 5432  # names the socket file; nothing listens on TCP
_DJANGO_NAMES = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


class Role(StrEnum):
    """Whom the database is spoken to as: who owns it, or who only works in it."""

    OWNER = "owner"
    RUNTIME = "runtime"


def data_dir() -> Path:
    """Return the folder of everything this clinic keeps: CANDOUR_DATA, else `var`."""
    if told := os.environ.get("CANDOUR_DATA"):
        return Path(told).absolute()
    cloned = (SOURCE / "pyproject.toml").exists()
    return (SOURCE if cloned else Path.cwd()) / "var"


def keys_dir() -> Path:
    """Return the folder of keys, made on first use. It is never part of a backup."""
    path = data_dir() / "keys"
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def secret(name: str) -> str:
    """Return a secret from `NAME_FILE` (a path) or `NAME`.

    There is no default. A clinic that forgets a key gets a message that names it, not
    a site that runs on a key anyone can read in this repository.
    """
    told = optional_secret(name)
    if told is None:
        raise Misconfigured(
            f"{name} is not set. Set it, or {name}_FILE, as docs/install.md shows."
        )
    return told


def optional_secret(name: str) -> str | None:
    """Return a secret from `NAME_FILE` or `NAME`, or None when neither is set.

    Raises Misconfigured when `NAME_FILE` names a file that cannot be read.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as cause:
            raise Misconfigured(f"{name}_FILE: cannot read {path}") from cause
    return os.environ.get(name) or None


def secret_key() -> str:
    """Return Django's SECRET_KEY: told by the environment, else made once and kept."""
    return optional_secret("DJANGO_SECRET_KEY") or kept_secret("django-secret-key")


def kept_secret(name: str) -> str:
    """Return the random secret in the keys folder under `name`, made on first use.

    Two processes that make it at once end with the same one: the first link wins.
    """
    path = keys_dir() / name
    if not path.exists():
        fresh = path.with_name(f"{name}.{os.getpid()}.new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process was quicker; its secret is the one
        finally:
            fresh.unlink()
    return path.read_text().strip()


def is_embedded() -> bool:
    """Say whether Candour runs its own PostgreSQL, rather than use DATABASE_URL."""
    return optional_secret("DATABASE_URL") is None


def current_role() -> Role:
    """Return the role this process has, from CANDOUR_DB_ROLE; `runtime` if not said."""
    told = os.environ.get("CANDOUR_DB_ROLE", Role.RUNTIME)
    try:
        return Role(told)
    except ValueError:
        raise Misconfigured(
            f"CANDOUR_DB_ROLE is {told!r}; it must be owner or runtime."
        ) from None


def connection(role: Role) -> dict[str, str]:
    """Return libpq's parameters for connecting as `role`, without connecting."""
    url = optional_secret("DATABASE_URL")
    if url is None:
        return {
            "host": str(socket_dir(data_dir())),
            "port": str(PORT),
            "dbname": EMBEDDED_DATABASE,
            "user": f"{EMBEDDED_DATABASE}_{role}",
        }
    owner = _parsed(url, "DATABASE_URL")
    if role is Role.OWNER:
        return owner
    if given := optional_secret("DATABASE_RUNTIME_URL"):
        return _parsed(given, "DATABASE_RUNTIME_URL")
    runtime = {**owner, "user": f"{owner['dbname']}_runtime"}
    runtime["password"] = kept_secret("database-runtime")
    return runtime


def runtime_role() -> str:
    """Return the name of the role the site and the worker run as; grants go to it."""
    return connection(Role.RUNTIME)["user"]


def database(role: Role | None = None) -> dict[str, Any]:
    """Return Django's DATABASES entry for `role` (default: the process's own).

    The site and the worker keep a pool; the owner, who migrates and backs up, opens
    what it needs. CANDOUR_DB_POOL=off is for tests, which count connections.
    """
    role = Role(role or current_role())
    told = connection(role)
    options: dict[str, Any] = {"connect_timeout": 5, "application_name": "candour"}
    # Values go apart from the statement: others see its text, and logs may hold it.
    options["server_side_binding"] = True
    options |= {k: v for k, v in told.items() if k not in _DJANGO_NAMES}
    pooled = role is Role.RUNTIME and os.environ.get("CANDOUR_DB_POOL") != "off"
    if pooled:
        # Short waits: with the database gone, a person should be told so at once.
        options["pool"] = {
            "min_size": 1,
            "max_size": 8,
            "timeout": 3,
            "reconnect_timeout": 3,
        }
    if role is Role.OWNER:
        # A migration that cannot have its lock gives up; it must not queue the clinic.
        options.setdefault("options", "-c lock_timeout=10s")
    named = {django: told.get(libpq, "") for libpq, django in _DJANGO_NAMES.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": pooled,
        "OPTIONS": options,
    }


def base_url() -> str:
    """Return where people reach the clinic: CANDOUR_URL, else this machine.

    `localhost` and not 127.0.0.1: browsers keep passkeys for names only.
    """
    if told := os.environ.get("CANDOUR_URL"):
        return told.rstrip("/")
    if "CANDOUR_PORT" not in os.environ:
        # A command beside a `./run` on this data: that one wrote down where it is.
        with suppress(OSError):
            return str(json.loads(_open_now().read_text())["address"])
    return f"http://localhost:{os.environ.get('CANDOUR_PORT', '8000')}"


def _open_now() -> Path:
    return data_dir() / "run" / "run.json"


def allowed_hosts() -> list[str]:
    """Return the host names answered to: CANDOUR_HOSTS (by commas) and our own.

    Without a CANDOUR_URL this is one machine's trial, where a brand may be tried as
    `brand.localhost`, a name that every browser takes to this machine.
    """
    told = [name.strip() for name in os.environ.get("CANDOUR_HOSTS", "").split(",")]
    named = [name for name in told if name]
    if "CANDOUR_URL" in os.environ:
        return [urlsplit(base_url()).hostname or "", "localhost", *named]
    return ["localhost", ".localhost", "127.0.0.1", "[::1]", *named]


def static_storage() -> str:
    """Return how static files are stored: named by their contents, and compressed.

    CANDOUR_STATIC=plain is for tests, which collect nothing.
    """
    if os.environ.get("CANDOUR_STATIC") == "plain":
        return "django.contrib.staticfiles.storage.StaticFilesStorage"
    return "whitenoise.storage.CompressedManifestStaticFilesStorage"


@dataclass(frozen=True, slots=True)
class Mail:
    """How messages leave: a Django mail backend, its server, and who they are from."""

    backend: str
    host: str
    port: int
    user: str
    password: str
    tls: bool
    sender: str
    ready: bool


def mail() -> Mail:
    """Return the SMTP server of SMTP_HOST, or the mailbox that shows what was sent."""
    host = os.environ.get("SMTP_HOST", "")
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    return Mail(
        backend=smtp if host else "candour.outbox.mailbox.Mailbox",
        host=host,
        port=int(os.environ.get("SMTP_PORT", "587")),
        user=os.environ.get("SMTP_USER", ""),
        password=optional_secret("SMTP_PASSWORD") or "",
        tls=os.environ.get("SMTP_TLS", "yes") != "no",
        sender=os.environ.get("MAIL_FROM", "clinic@localhost"),
        # Real people's mail must not end in the mailbox page: it waits for a server
        # unless somebody said that this is a demonstration, as `./run` does.
        ready=bool(host) or os.environ.get("CANDOUR_DEMO") == "yes",
    )


def socket_dir(data: Path) -> Path:
    """Return the folder of the embedded server's socket, as its launcher wrote it down.

    It is inside the data folder unless that lies so deep that the socket's path would
    be longer than an address may be (108 bytes on Linux, 104 on macOS).
    """
    record = data / "run" / "socket"
    return Path(record.read_text()) if record.exists() else data / "run" / "postgres"


def _parsed(url: str, name: str) -> dict[str, str]:
    try:
        told = conninfo_to_dict(url)
    except ProgrammingError:
        # The parser's own message would repeat the address, and with it a password.
        raise Misconfigured(
            f"{name} cannot be read: write it as postgresql://user@host:5432/name."
        ) from None
    for needed in ("user", "dbname"):
        if not told.get(needed):
            raise Misconfigured(f"{name} names no {needed}: give it in full.")
    return {key: str(value) for key, value in told.items()}
