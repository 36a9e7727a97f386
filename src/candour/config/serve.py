"""What runs while the clinic is open, the site and the worker, and what comes first."""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

from candour.config import env, roles
from candour.config.env import Role

THREADS = 4  # requests at once; one process keeps the memory of a small machine free
JOBS_AT_ONCE = 2
GRACE = 5  # seconds for a request or job under way when asked to stop


def web(args: argparse.Namespace) -> int:
    """Serve the site on this machine until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "candour.config.wsgi:application",
        address=args.address,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_access=False,  # a path may hold a sign-in link
    ).serve()
    return 0


def worker(_args: argparse.Namespace) -> int:
    """Do the jobs that are queued, and those of the hour, until told to stop."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    if isinstance(connector, DjangoConnector):
        connector = connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(
            name="candour",
            concurrency=JOBS_AT_ONCE,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
        )
    return 0


def migrate(_args: argparse.Namespace) -> int:
    """Bring the database to this version: tables, then walls, triggers and grants.

    Runs as the owner, one process at a time. Keys are made the first time only: a
    clinic that has data and lost its keys must bring them back, not be given new ones.
    """
    from django.core.management import call_command
    from psycopg.conninfo import make_conninfo

    from candour.register.apply import apply_all
    from candour.trail import keys as trail_keys
    from candour.vault import kek

    with roles.connect(make_conninfo(**env.connection(Role.OWNER))):
        if not roles.has_tables():
            kek.ensure()
            trail_keys.ensure()
        call_command("migrate", interactive=False, verbosity=0)
        apply_all()
    collect_static()
    return 0


def collect_static() -> bool:
    """Copy the pages' files to where they are served from, when any has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            state = Path(storage.path(path)).stat()
            line = [path, storage.path(path), state.st_size, state.st_mtime_ns]
            found.update(json.dumps(line).encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == found.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(found.hexdigest())
    return True


def manage(args: argparse.Namespace) -> int:
    """Pass on to Django's own commands, for developers."""
    from django.core.management import execute_from_command_line

    os.environ["CANDOUR_DB_POOL"] = "off"
    execute_from_command_line([f"{Path(sys.argv[0]).name} manage", *args.words])
    return 0
