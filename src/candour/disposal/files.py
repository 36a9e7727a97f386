"""Files that belong to rows: which are a person's, and taking them away.

A row may name a file that is not there, such as a letter that a mail server took. So
what is counted as erased is what was there, and what is certified is what is not.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from candour.disposal import statements
from candour.policy.vocabulary import RecordClass


def names(
    raw: psycopg.Connection[Any], person_id: int, classes: Collection[RecordClass]
) -> list[str]:
    """Return the files of a person's rows that go, as folder/name. Names are random."""
    going = statements.deletes(frozenset(classes))
    root = Path(settings.DATA_DIR)
    return [
        f"{named.folder}/{name}"
        for named in statements.files()
        if named.table in going and (root / named.folder).is_dir()
        for (name,) in raw.execute(named.names, [person_id]).fetchall()
    ]


def remove(named: Iterable[str]) -> None:
    """Take files away; it is no mistake that one is gone already."""
    for place in _places(named):
        place.unlink(missing_ok=True)


def there(named: Iterable[str]) -> int:
    """Return how many of these files there are."""
    return sum(place.exists() for place in _places(named))


def _places(named: Iterable[str]) -> list[Path]:
    parts = [one.split("/") for one in named]
    return [
        Path(settings.DATA_DIR) / folder / Path(name).name for folder, name in parts
    ]
