"""Turns: one speaker's uninterrupted stretches of a transcript, and which turn a span belongs to.

A turn's label ("Kari: ") lies in `[start, body_start)`, its words in `[body_start, end)`. Text before the first
label, or between turns, belongs to no turn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from qualcode.domain.span import Span

_START = attrgetter("start")
"""Twice as fast as a lambda, and asked for a hundred thousand times in a matrix of ten thousand codings."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. `number` counts all turns of the document from 1, whoever speaks; times are milliseconds."""

    number: int
    start: int
    body_start: int
    end: int
    speaker: str
    """The label as read, without its colon."""
    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def body(self) -> Span | None:
        """The words without the label; None for a label with nothing after it."""
        return Span(self.body_start, self.end) if self.body_start < self.end else None


def shared_body(turn: Turn, span: Span) -> int:
    """How many code points of `span` lie in the words of `turn`."""
    return max(0, min(turn.end, span.end) - max(turn.body_start, span.start))


def turns_of(turns: Sequence[Turn], span: Span) -> Sequence[Turn]:
    """The turns that `span` touches, label or words; `turns` in text order."""
    first = max(0, bisect_right(turns, span.start, key=_START) - 1)
    last = bisect_right(turns, span.end - 1, first, key=_START)
    return [turn for turn in turns[first:last] if turn.end > span.start]


def main_turn(turns: Sequence[Turn], span: Span) -> Turn | None:
    """The turn that holds most of the span's characters, at a tie the first; None outside all turns.

    This is the `turn` of an exported segment (DESIGN section 4, rule 2). Labels count as characters of their
    turn here, so that a coding put on a bare label still has a turn.
    """
    return longest_turn(turns_of(turns, span), span)


def longest_turn(touched: Sequence[Turn], span: Span) -> Turn | None:
    """As `main_turn`, where the turns that `span` touches are known already."""
    if len(touched) <= 1:
        return touched[0] if touched else None
    return max(touched, key=lambda turn: (min(turn.end, span.end) - max(turn.start, span.start), -turn.number))


def turn_at(turns: Sequence[Turn], offset: int) -> Turn | None:
    """The turn whose label or words hold `offset`."""
    index = bisect_right(turns, offset, key=_START) - 1
    return turns[index] if index >= 0 and offset < turns[index].end else None
