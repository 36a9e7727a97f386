"""Candour's settings, with its peers in a second database on the same server."""

from typing import Any

from candour.config.settings import *  # noqa: F403
from candour.config.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "auditlog", "simple_history", "benchmarks.peers"]
DATABASES["peers"] = {**DATABASES["default"], "NAME": "peers", "USER": "candour_owner"}
DATABASE_ROUTERS = ["benchmarks.settings.Apart"]
PEERS = {"auditlog", "peers", "simple_history"}


class Apart:
    """Keeps the peers' tables in the peers' database, and only those."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Return where a peer is read from."""
        return "peers" if model._meta.app_label in PEERS else None

    db_for_write = db_for_read

    def allow_relation(self, one: Any, two: Any, **hints: Any) -> bool:
        """Let peers relate among themselves."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Make peers' tables there and nowhere else; there, what they lean on too."""
        if db == "peers":
            return app_label in PEERS | {"contenttypes", "accounts", "auth"}
        return app_label not in PEERS
