"""./bench [ROW...]: print the ratios. Exits 1 when a row is void or an answer wrong."""

import os
import sys
import tempfile
from pathlib import Path


def main(words: list[str]) -> int:
    """Measure the rows named, or all, on a server of their own; print the table."""
    with tempfile.TemporaryDirectory(prefix="candour-bench-") as folder:
        os.environ |= {
            "CANDOUR_DATA": folder,
            "CANDOUR_DB_POOL": "off",
            "CANDOUR_STATIC": "plain",  # nothing here looks at a style sheet
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        from benchmarks import place

        with place.opened(Path(folder)):
            return _measure(words)


def _measure(words: list[str]) -> int:
    from benchmarks import rows
    from benchmarks.place import fsync_microseconds
    from benchmarks.protocol import PAIRS, run

    print(f"{PAIRS} interleaved pairs a row; median [10-90 %]; control is peer/peer.")
    print(f"One flush to this disk takes {fsync_microseconds():.0f} us.\n")
    print(
        f"{'row':<28}{'against':<34}{'ratio':>7} {'[10-90 %]':>15}{'control':>9}  goal"
    )
    bad = 0
    for row in rows.chosen(words):
        for result in run(row):
            sign = ">=" if result.at_least else "<="
            verdict = "kept" if result.kept else "MISSED"
            if result.void:
                verdict, bad = "VOID", bad + 1
            print(
                f"{result.row:<28}{result.peer:<34}{result.ratio:>7.3f}"
                f" [{result.low:>6.2f}-{result.high:>6.2f}]{result.control:>9.2f}"
                f"  {sign} {result.goal:g} {verdict}   ({result.ours_us:,.1f} us)",
                flush=True,
            )
    return 1 if bad else 0


sys.exit(main(sys.argv[1:]))
