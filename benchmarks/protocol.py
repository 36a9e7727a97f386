"""How a ratio is measured.

Two things are timed in turn, pair by pair, the order swapped each time, so that what
else the machine does falls on both. The result is the median of the paired ratios with
its 10th and 90th percentile. Before it the peer is measured against itself: unless that
comes out within 0.90 to 1.10, the run says nothing and the row is void. Answers are
compared before anything is timed: a fast wrong answer is no result.

A few rows are held to a time and not to a peer: a person waits for them. Their ratio is
of the median time to that limit, and there is no control, for a clock equals itself.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PAIRS = 21
FAIR = (0.90, 1.10)
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Peer:
    """What a row is measured against, and the ratio it should not pass."""

    name: str
    work: Work
    goal: float
    at_least: bool = False  # the ratio is of speeds and should be no less


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `same` raises when the answers differ.

    `within` is the time in milliseconds that one piece of work may take, if there is
    such a limit.
    """

    name: str
    ours: Work
    peers: tuple[Peer, ...]
    same: Callable[[], None]
    inner: int = 20
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One measured ratio: ours over the peer's in time, or the inverse in speed."""

    row: str
    peer: str
    ratio: float
    low: float
    high: float
    control: float
    goal: float
    at_least: bool
    ours_us: float = field(default=0.0)

    @property
    def void(self) -> bool:
        """Whether the peer did not even equal itself, so that nothing can be said."""
        return not FAIR[0] <= self.control <= FAIR[1]

    @property
    def kept(self) -> bool:
        """Whether the budget is kept."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal


def run(row: Row) -> list[Result]:
    """Return the results of one row. Raises AssertionError when answers differ."""
    row.same()
    found = [_against(row, peer) for peer in row.peers]
    return found if row.within is None else [*found, _within(row, row.within)]


def _within(row: Row, limit: float) -> Result:
    """Measure a row against the clock; `limit` is in milliseconds."""
    _time(row.ours, row.inner)
    taken = sorted(_time(row.ours, row.inner) / row.inner for _ in range(PAIRS))
    ratios = [one * 1e3 / limit for one in taken]
    return Result(
        row=row.name,
        peer=f"{limit:g} ms",
        ratio=statistics.median(ratios),
        low=ratios[len(ratios) // 10],
        high=ratios[-1 - len(ratios) // 10],
        control=1.0,
        goal=1.0,
        at_least=False,
        ours_us=statistics.median(taken) * 1e6,
    )


def _against(row: Row, peer: Peer) -> Result:
    for work in (row.ours, peer.work):
        _time(work, max(2, row.inner // 4))
    control = statistics.median(
        one / two for one, two in _pairs(peer.work, peer.work, row.inner)
    )
    pairs = _pairs(row.ours, peer.work, row.inner)
    ratios = sorted(b / a if peer.at_least else a / b for a, b in pairs)
    return Result(
        row=row.name,
        peer=peer.name,
        ratio=statistics.median(ratios),
        low=ratios[len(ratios) // 10],
        high=ratios[-1 - len(ratios) // 10],
        control=control,
        goal=peer.goal,
        at_least=peer.at_least,
        ours_us=statistics.median(a for a, _ in pairs) / row.inner * 1e6,
    )


def _pairs(one: Work, two: Work, inner: int) -> list[tuple[float, float]]:
    found = []
    for turn in range(PAIRS):
        if turn % 2:
            b, a = _time(two, inner), _time(one, inner)
        else:
            a, b = _time(one, inner), _time(two, inner)
        found.append((a, b))
    return found


def _time(work: Work, inner: int) -> float:
    begun = time.perf_counter()
    for _ in range(inner):
        work()
    return time.perf_counter() - begun
