"""The rows, in the order of the table in the design.

A row of several policies has one line for each: `compile` chooses them all.
"""

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.protocol import Row
from benchmarks.rows import decisions, files, finding, policies, reads, trails, writes

ROWS: dict[str, Callable[[], Row]] = {
    "decision": decisions.decision,
    **{f"compile {name}": partial(policies.compiling, name) for name in policies.ALL},
    **{f"notice {name}": partial(policies.notice, name) for name in policies.CLINICS},
    "read": reads.one,
    "list": reads.listing,
    "write": writes.one,
    "bulk": writes.bulk,
    "append": trails.append,
    "verify": trails.verify,
    "seal": files.sealing,
    "arriving": files.arriving,
    "photograph": files.photograph,
    # Last: they fill the database with 100,000 people.
    "search": finding.searching,
    "patient": finding.patient,
}


def chosen(words: list[str]) -> Iterator[Row]:
    """Yield the rows named in `words`, or all of them."""
    known = dict.fromkeys(name.partition(" ")[0] for name in ROWS)
    unknown = set(words) - known.keys() - ROWS.keys()
    if unknown:
        raise SystemExit(
            f"No such row: {', '.join(unknown)}. There are: {', '.join(known)}"
        )
    for name, make in ROWS.items():
        if not words or name in words or name.partition(" ")[0] in words:
            yield make()
