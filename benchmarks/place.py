"""The server, databases and rows that are measured on."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PEOPLE = 400


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Start a durable server with Candour's database and the peers'; stop it after."""
    from candour.config import roles
    from candour.config.postgres import Cluster

    cluster = Cluster(folder)
    cluster.start()
    try:
        os.environ["CANDOUR_DB_ROLE"] = "owner"
        roles.ensure(cluster)
        with psycopg.connect(cluster.conninfo(), autocommit=True) as server:
            server.execute("CREATE DATABASE peers OWNER candour_owner")
        with psycopg.connect(cluster.conninfo(database="peers")) as peers:
            peers.execute("CREATE EXTENSION btree_gist")
        _migrate()
        _as_runtime()
        _fill()
        yield
    finally:
        cluster.stop()


def _migrate() -> None:
    import django

    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connections

    from candour.register.apply import apply_all
    from candour.trail import keys
    from candour.vault import kek

    kek.ensure()
    keys.ensure()
    call_command("migrate", verbosity=0)
    # What a peer leans on and no more: django-auditlog's log names who was signed in.
    for wanted in (("contenttypes",), ("accounts", "0001"), ("auditlog",)):
        call_command("migrate", *wanted, database="peers", verbosity=0)
    with connections["peers"].schema_editor() as editor:
        for model in apps.get_app_config("peers").get_models():
            editor.create_model(model)
    apply_all()
    _same_content_types()


def _same_content_types() -> None:
    """Number models alike in both databases: a log looks them up in the first one."""
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    ContentType.objects.get_for_models(*apps.get_app_config("peers").get_models())
    with connections["peers"].cursor() as cursor:
        cursor.execute("DELETE FROM django_content_type")
    ContentType.objects.using("peers").bulk_create(ContentType.objects.all())


def _as_runtime() -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = "candour_runtime"


def _fill() -> None:
    from benchmarks.peers.models import Enquiry, Person
    from tests.factories import NOON, make_enquiry, publish_policy

    publish_policy()
    for number in range(PEOPLE):
        enquiry = make_enquiry(
            name=f"Canary {number}", email=f"canary{number}@example.org", at=NOON
        )
        person = Person.objects.create(
            pk=enquiry.person_id,
            ref=enquiry.ref,
            name=f"Canary {number}",
            source="website-form",
            made_at=NOON,
        )
        Enquiry.objects.create(
            pk=enquiry.pk,
            ref=enquiry.ref,
            person=person,
            status="new",
            received_at=enquiry.received_at,
        )
    _analyse()


def _analyse() -> None:
    from django.conf import settings

    for name in ("candour", "peers"):
        host = settings.DATABASES["default"]["HOST"]
        told = f"host={host} dbname={name} user=candour_owner"
        with psycopg.connect(told, autocommit=True) as owner:
            if name == "peers":
                # The peers' people were given Candour's keys; new ones come after.
                owner.execute("SELECT setval('peers_person_id_seq', 1000000)")
            owner.execute("ANALYZE")


def fsync_microseconds() -> float:
    """Return what one flush of 4 kB takes where the database is; microseconds."""
    path = Path(os.environ["CANDOUR_DATA"]) / "fsync"
    taken = []
    with path.open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(bytes(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - begun)
    return sorted(taken)[25] * 1e6
