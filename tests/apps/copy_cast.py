"""A copy that was made, and what stands in it."""

import json
import zipfile
from typing import Any

import psycopg

from candour.rights.actions import Asked
from tests.apps.rights_cast import prove, work
from tests.factories import NOON

Owner = psycopg.Connection[Any]


def made(owner: Owner) -> Asked:
    """Ask for a copy, prove the address, and let the copy be made."""
    asked = prove(owner)
    work(at=NOON)
    return asked


def data_of(copy: zipfile.ZipFile) -> dict[str, Any]:
    """Return what `data.json` of a copy says."""
    found: dict[str, Any] = json.loads(copy.read("data.json"))
    return found


def rows_of(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """Return the rows of one table of a copy."""
    [one] = [part for part in data["tables"] if part["table"] == table]
    rows: list[dict[str, Any]] = one["rows"]
    return rows
