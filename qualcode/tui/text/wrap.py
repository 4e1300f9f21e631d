"""Soft wrap: which row of the screen a character stands on, and back.

One million words wrap in some ten milliseconds, so a changed width wraps everything at once; there is no lazy part
that could disagree with the scroll bar.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from qualcode.tui.text.blocks import Block
from qualcode.tui.text.cells import TAB, graphemes, is_narrow, painted
from qualcode.tui.text.names import fitted


@dataclass(frozen=True, slots=True)
class Row:
    """One row: it shows `text[start:end]` (blanks and newlines at the end hang unseen).

    `block` is an index; `first` the row that carries number and speaker; `spacer` the empty row after a block.
    `[reach_start, reach_end)` is what the row stands for: the first row for its label too, the last for the gap
    after the block. A coding on a label or a blank line is drawn there; the reaches leave nothing out.
    """

    start: int
    end: int
    block: int
    first: bool
    spacer: bool
    reach_start: int
    reach_end: int


class Wrap:
    """The rows of `blocks` at a text width of `width` cells."""

    def __init__(self, text: str, blocks: Sequence[Block], width: int) -> None:
        self.text = text
        self.blocks = blocks
        self.width = max(1, width)
        self._outer = array("I", (block.outer for block in blocks))
        self._rows = array("I")
        self._first = array("I")
        for block in blocks:
            self._first.append(len(self._rows))
            self._rows.extend(_row_starts(text, block, self.width))
            self._rows.append(block.end)

    def __len__(self) -> int:
        return len(self._rows)

    def block_at(self, offset: int) -> int:
        """The index of the block that holds `offset`, its label too; the block before it in a gap."""
        return max(0, bisect_right(self._outer, offset) - 1)

    def rows_of_block(self, index: int) -> range:
        """The rows of a block with its spacer."""
        after = self._first[index + 1] if index + 1 < len(self._first) else len(self._rows)
        return range(self._first[index], after)

    def row(self, number: int) -> Row:
        """Row `number`, which must exist."""
        index = bisect_right(self._first, number) - 1
        rows = self.rows_of_block(index)
        start = self._rows[number]
        spacer = number == rows[-1]
        end = start if spacer else self._rows[number + 1]
        first, last = number == rows[0], number >= rows[-1] - 1
        reach_end = self._reach_end(index) if last else end
        reach_start = self._outer[index] * (index > 0) if first else reach_end if spacer else start
        return Row(start, end, index, first, spacer, reach_start, reach_end)

    def _reach_end(self, index: int) -> int:
        return self._outer[index + 1] if index + 1 < len(self._outer) else len(self.text)

    def row_of(self, offset: int) -> int:
        """The row on which `offset` is shown; never a spacer. 0 in an empty document."""
        if not self.blocks:
            return 0
        rows = self.rows_of_block(self.block_at(offset))
        return max(rows[0], bisect_right(self._rows, offset, rows[0], rows[-1]) - 1)

    def rows_between(self, start: int, end: int) -> range:
        """All rows that show any of `[start, end)`, with the spacer after the last."""
        if not self.blocks:
            return range(0)
        return range(self.row_of(start), self.row_of(max(start, end - 1)) + 2)

    def column_of(self, offset: int) -> int:
        """The cell in which `offset` begins, from 0."""
        if not self.blocks:
            return 0
        row = self.row(self.row_of(offset))
        if self.blocks[row.block].narrow:
            return max(0, offset - row.start)
        return sum(cells for first, _, cells, _ in graphemes(self.text, row.start, row.end) if first < offset)

    def shown_end(self, row: Row) -> int:
        """Where the visible characters of `row` end."""
        end = row.end
        while end > row.start and self.text[end - 1] in " \n\t":
            end -= 1
        return end

    def offset_at(self, number: int, column: int) -> int:
        """The character at a cell of a row, the last one of the row where the cell lies behind it."""
        if not self.blocks:
            return 0
        row = self.row(max(0, min(number, len(self) - 1)))
        last = max(row.start, self.shown_end(row) - 1)
        if self.blocks[row.block].narrow:
            return min(row.start + max(0, column), last)
        at, cells = row.start, 0
        for first, _, width, _ in graphemes(self.text, row.start, row.end):
            if first > last or cells > column:
                break
            at, cells = first, cells + width
        return at


def first_rows(text: str, width: int, most: int) -> list[str]:
    """The first `most` rows of one paragraph as they are painted, the last with an ellipsis where there is more."""
    start = text[: 4 * width * (most + 1)]
    block = Block(0, len(start), 0, None, is_narrow(start, 0, len(start)))
    starts = [*islice(_row_starts(start, block, max(1, width)), most + 1), len(start)]
    rows = [painted(start[first:last]).rstrip() for first, last in pairwise(starts)]
    if len(rows) > most:
        rows[most - 1] = fitted(f"{rows[most - 1]}…", width).rstrip()
    return rows[:most]


def _row_starts(text: str, block: Block, width: int) -> Iterator[int]:
    wrapped = _narrow_line if block.narrow else _wide_line
    at = block.start
    while (newline := text.find("\n", at, block.end)) >= 0:
        yield from wrapped(text, at, newline, width)
        at = newline + 1
    yield from wrapped(text, at, block.end, width)


def _narrow_line(text: str, start: int, end: int, width: int) -> Iterator[int]:
    while end - start > width:
        yield start
        blank = text.rfind(" ", start, start + width + 1)
        start = start + width if blank <= start else blank + 1
    yield start


def _wide_line(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Break before the word that does not fit; inside it only where it fills a row alone."""
    row, column, word = start, 0, start
    yield row
    pieces = list(graphemes(text, start, end))
    index = 0
    while index < len(pieces):
        first, last, cells, _ = pieces[index]
        if text[first] == "\t":
            cells = TAB - column % TAB
        blank = text[first:last] in (" ", "\t")
        if column + cells > width and not blank and first > row:
            row = word if word > row else first
            yield row
            while pieces[index][0] > row:
                index -= 1
            word, column = row, 0
            continue
        column += cells
        if blank:
            word = pieces[index][1]
        index += 1
