"""The rows, in the order of the table in the design."""

from collections.abc import Callable, Iterator

from benchmarks.protocol import Row
from benchmarks.rows import decisions, reads, trails, writes

ROWS: dict[str, Callable[[], Row]] = {
    "decision": decisions.decision,
    "read": reads.one,
    "list": reads.listing,
    "write": writes.one,
    "bulk": writes.bulk,
    "append": trails.append,
    "verify": trails.verify,
}


def chosen(words: list[str]) -> Iterator[Row]:
    """Yield the rows named in `words`, or all of them."""
    unknown = set(words) - ROWS.keys()
    if unknown:
        raise SystemExit(
            f"No such row: {', '.join(unknown)}. There are: {', '.join(ROWS)}"
        )
    for name, make in ROWS.items():
        if not words or name in words:
            yield make()
