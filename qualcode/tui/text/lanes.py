"""Codings and suggestions by place: which lie on a row, and in which lane of the margin each is drawn.

Lanes do not depend on the wrap, so a resize moves none. Two brackets never share a cell: spans that could stand on
one row of the text column get different lanes, where "could" means closer than a row is wide, within one block.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from qualcode.tui.text.blocks import Block
from qualcode.tui.view import Painted

ROW = 84
"""Code points: the widest text column."""
_BUCKET = 1024


@dataclass(frozen=True, slots=True)
class Placed:
    """A coding or suggestion with its lane, from 0 beside the text."""

    painted: Painted
    lane: int

    @property
    def start(self) -> int:
        return self.painted.span.start

    @property
    def end(self) -> int:
        return self.painted.span.end


class Lanes:
    """All that is painted on one document. Adding or removing one costs the same among ten and ten thousand."""

    def __init__(self, blocks: Sequence[Block], painted: Iterable[Painted] = ()) -> None:
        self._blocks = blocks
        self._outer = [block.outer for block in blocks]
        self._placed: dict[str, Placed] = {}
        self._buckets: dict[int, list[Placed]] = {}
        self._starts: list[tuple[int, int, str]] = []
        self.count = 1
        """How many lanes are in use."""
        for item, lane in self._assign(painted):
            self._put(Placed(item, lane))
        self._starts.extend(sorted(self._order(placed) for placed in self._placed.values()))

    def __len__(self) -> int:
        return len(self._placed)

    def __iter__(self) -> Iterator[Placed]:
        return iter(self._placed.values())

    def get(self, painted_id: str) -> Placed | None:
        return self._placed.get(painted_id)

    def add(self, painted: Painted) -> Placed:
        """Put one more on the page, or a changed one in its place with its lane kept where the span is the same."""
        before = self._placed.get(painted.id)
        if before is not None:
            self.remove(painted.id)
        if before is not None and before.painted.span == painted.span:
            placed = Placed(painted, before.lane)
        else:
            start, end = self._reach(painted)
            used = {other.lane for other in self.between(start, end)}
            placed = Placed(painted, next(lane for lane in range(len(used) + 1) if lane not in used))
        self._put(placed)
        insort(self._starts, self._order(placed))
        return placed

    def remove(self, painted_id: str) -> Placed | None:
        """Take one off; None where it was not there."""
        placed = self._placed.pop(painted_id, None)
        if placed is None:
            return None
        for bucket in self._buckets_of(placed):
            self._buckets[bucket].remove(placed)
        del self._starts[bisect_left(self._starts, self._order(placed))]
        return placed

    def between(self, start: int, end: int) -> list[Placed]:
        """All that overlap `[start, end)`, in text order, longer first at one start."""
        first, last = start // _BUCKET, max(start, end - 1) // _BUCKET
        found = [
            placed
            for bucket in range(first, last + 1)
            for placed in self._buckets.get(bucket, ())
            if placed.start < end and placed.end > start and (bucket == first or placed.start // _BUCKET == bucket)
        ]
        found.sort(key=lambda placed: (placed.start, -placed.end, placed.painted.id))
        return found

    def following(self, offset: int, painted_id: str = "") -> Iterable[Placed]:
        """All that come after the one at `offset` called `painted_id`, in the order of `n`, to the end."""
        at = bisect_right(self._starts, self._key(offset, painted_id))
        return (self._placed[key[2]] for key in self._starts[at:])

    def preceding(self, offset: int, painted_id: str = "") -> Iterable[Placed]:
        """The same backwards, to the beginning."""
        at = bisect_left(self._starts, self._key(offset, painted_id))
        return (self._placed[key[2]] for key in reversed(self._starts[:at]))

    def _key(self, offset: int, painted_id: str) -> tuple[int, int, str]:
        placed = self._placed.get(painted_id)
        return self._order(placed) if placed else (offset, 0, "")

    @staticmethod
    def _order(placed: Placed) -> tuple[int, int, str]:
        return placed.start, placed.end, placed.painted.id

    def _put(self, placed: Placed) -> None:
        self._placed[placed.painted.id] = placed
        self.count = max(self.count, placed.lane + 1)
        for bucket in self._buckets_of(placed):
            self._buckets.setdefault(bucket, []).append(placed)

    def _buckets_of(self, placed: Placed) -> range:
        return range(placed.start // _BUCKET, (placed.end - 1) // _BUCKET + 1)

    def _reach(self, painted: Painted) -> tuple[int, int]:
        """The span with the rest of the rows it stands on."""
        span = painted.span
        if not self._blocks:
            return span.start, span.end
        first = self._blocks[max(0, bisect_right(self._outer, span.start) - 1)]
        last = self._blocks[max(0, bisect_right(self._outer, span.end - 1) - 1)]
        start = min(span.start, max(first.outer, span.start - ROW))
        return start, max(span.end, min(last.end, span.end + ROW))

    def _assign(self, painted: Iterable[Painted]) -> list[tuple[Painted, int]]:
        """The lowest free lane for each, in text order."""
        free: list[int] = []
        busy: list[tuple[int, int]] = []
        lanes = 0
        assigned: list[tuple[Painted, int]] = []
        for item in sorted(painted, key=lambda item: (item.span.start, -item.span.end, item.id)):
            _, end = self._reach(item)
            while busy and busy[0][0] <= item.span.start:
                heappush(free, heappop(busy)[1])
            if free:
                lane = heappop(free)
            else:
                lane, lanes = lanes, lanes + 1
            heappush(busy, (end, lane))
            assigned.append((item, lane))
        return assigned
