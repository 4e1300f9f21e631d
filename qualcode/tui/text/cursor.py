"""The cursor and the selection: where they go at each key. Frozen values in, frozen values out.

A selection is always of whole words: the hull of the word it began at (`anchor`) and the word under the cursor
(`head`). Nobody wants to code half a word, and a drag with the mouse follows the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.domain.span import Span
from qualcode.tui.text.units import Units
from qualcode.tui.text.wrap import Wrap


@dataclass(frozen=True, slots=True)
class Cursor:
    """`offset` is where the cursor stands; `goal` the column that moves by rows come back to.

    `marking` is on after `v`: plain moves then extend. `grown` are the selections that `X` goes back to.
    """

    offset: int = 0
    anchor: Span | None = None
    head: Span | None = None
    marking: bool = False
    goal: int | None = None
    grown: tuple[Span | None, ...] = ()

    @property
    def selection(self) -> Span | None:
        if self.anchor is None or self.head is None:
            return None
        return hull(self.anchor, self.head)


def hull(one: Span, other: Span) -> Span:
    """The smallest span that holds both."""
    return Span(min(one.start, other.start), max(one.end, other.end))


def differing(before: Span | None, after: Span | None) -> list[tuple[int, int]]:
    """The stretches that are in one of two selections only."""
    if before is None or after is None:
        only = before or after
        return [(only.start, only.end)] if only else []
    edges = ((before.start, after.start), (before.end, after.end))
    return [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]]


class Walk:
    """The moves of a cursor through one wrapped document."""

    def __init__(self, units: Units, wrap: Wrap) -> None:
        self.units = units
        self.wrap = wrap

    def target(self, cursor: Cursor) -> Span | None:
        """What a coding key acts on: the selection, else the sentence under the cursor."""
        return cursor.selection or self.units.sentence_at(cursor.offset)

    def to(self, cursor: Cursor, offset: int, *, extend: bool = False, goal: int | None = None) -> Cursor:
        """Stand on `offset`; with `extend`, or while marking, the selection follows."""
        offset = max(0, min(offset, max(0, len(self.units.text) - 1)))
        if not (extend or cursor.marking):
            return Cursor(offset, goal=goal)
        anchor = cursor.anchor or self.units.word_at(cursor.offset)
        return replace(cursor, offset=offset, anchor=anchor, head=self.units.word_at(offset), goal=goal, grown=())

    def rows(self, cursor: Cursor, steps: int, *, extend: bool = False) -> Cursor:
        """`steps` rows down, or up where negative; empty rows are passed over."""
        if not len(self.wrap):
            return cursor
        goal = cursor.goal if cursor.goal is not None else self.wrap.column_of(cursor.offset)
        here = self.wrap.row_of(cursor.offset)
        row = max(0, min(here + steps, len(self.wrap) - 1))
        onward = 1 if steps > 0 else -1
        while 0 <= row < len(self.wrap) and self._empty(row):
            row += onward
        if not 0 <= row < len(self.wrap):
            row = here
        return self.to(cursor, self.wrap.offset_at(row, goal), extend=extend, goal=goal)

    def words(self, cursor: Cursor, steps: int, *, extend: bool = False) -> Cursor:
        return self.to(cursor, self.units.word_start(cursor.offset, steps), extend=extend)

    def sentences(self, cursor: Cursor, steps: int, *, extend: bool = False) -> Cursor:
        """By sentence; an extension takes in whole sentences with their full stop."""
        if not (extend or cursor.marking):
            return self.to(cursor, self.units.sentence_start(cursor.offset, steps))
        moved = cursor if cursor.selection else self.to(cursor, cursor.offset, extend=True)
        sentence = self.units.sentence_at(moved.offset)
        if sentence is None or moved.selection is None:
            return self.to(cursor, self.units.sentence_start(cursor.offset, steps), extend=True)
        if steps < 0:
            return self.to(moved, self.units.sentence_start(moved.offset, -1), extend=True)
        if moved.selection.end >= sentence.end:
            sentence = self.units.next_sentence(sentence) or sentence
        last = max(sentence.start, self.units.word_start(sentence.end, -1))
        return replace(moved, offset=last, head=Span(last, sentence.end))

    def turns(self, cursor: Cursor, steps: int, *, extend: bool = False) -> Cursor:
        return self.to(cursor, self.units.turn_start(cursor.offset, steps), extend=extend)

    def mark(self, cursor: Cursor) -> Cursor:
        """Begin marking at the word under the cursor, or end it with the selection kept."""
        if cursor.marking:
            return replace(cursor, marking=False)
        word = self.units.word_at(cursor.offset)
        return replace(cursor, marking=True, anchor=word, head=word, grown=())

    def select(self, cursor: Cursor, span: Span) -> Cursor:
        """Select exactly `span`; the cursor stays where it is when it is inside, else stands on its start."""
        offset = cursor.offset if span.start <= cursor.offset < span.end else span.start
        return Cursor(offset, anchor=span, head=span)

    def grow(self, cursor: Cursor) -> Cursor:
        """Word, then sentence, then turn: the next unit that is larger than the selection."""
        now = cursor.selection
        units = (self.units.word_at, self.units.sentence_at, self.units.turn_at)
        for unit in (find(cursor.offset) for find in units):
            if unit is not None and (now is None or (unit != now and unit.encloses(now))):
                return replace(self.select(cursor, unit), grown=(*cursor.grown, now))
        return cursor

    def shrink(self, cursor: Cursor) -> Cursor:
        """Back to what was selected before the last growth."""
        if not cursor.grown:
            return cursor
        before, rest = cursor.grown[-1], cursor.grown[:-1]
        if before is None:
            return Cursor(cursor.offset)
        return replace(self.select(cursor, before), grown=rest)

    def clear(self, cursor: Cursor) -> Cursor:
        return Cursor(cursor.offset)

    def _empty(self, number: int) -> bool:
        """A row to pass over: a spacer or a blank line, but not the row of a speaker who says nothing."""
        row = self.wrap.row(number)
        return not row.first and self.wrap.shown_end(row) == row.start
