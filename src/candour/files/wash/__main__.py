"""`python -m candour.files.wash FORM`: a plain file in, a washed one out.

What goes out is one line of JSON and then the bytes of its parts, in order.
"""

import json
import resource
import sys
from typing import BinaryIO

MEMORY = 2_000_000_000  # bytes: a picture of 64 million pixels, twice, and its decoder
CPU = 90  # seconds


def confine() -> None:
    """Take from this process what it does not need, before it reads anything."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(form: str, source: BinaryIO, out: BinaryIO) -> int:
    """Wash what comes from `source`; say what came of it on `out`."""
    from candour.files.wash.forms import Refusal, washed

    try:
        done = washed(form, source.read())
    except Refusal as refusal:
        out.write(json.dumps({"refused": str(refusal)}).encode() + b"\n")
        return 0
    except MemoryError:
        out.write(json.dumps({"refused": "cannot-be-read"}).encode() + b"\n")
        return 0
    parts = [(name, part) for name, part in done.parts.items() if part]
    head = {
        "media_type": done.media_type,
        "width": done.width,
        "height": done.height,
        "taken_at": done.taken_at,
        "parts": [(name, len(part)) for name, part in parts],
    }
    out.write(json.dumps(head).encode() + b"\n")
    for _, part in parts:
        out.write(part)
    out.flush()
    return 0


if __name__ == "__main__":
    confine()
    sys.exit(main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer))
