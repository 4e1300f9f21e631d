"""A table on the line API: columns that share the width, one row in hand. What every list screen shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style

from qualcode.domain.inert import inert
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import RowChosen, RowReached
from qualcode.tui.text.names import ending, fitted
from qualcode.tui.widgets.rows import Rows

_LEAST_SHARE = 8
"""Cells that a sharing column keeps at least."""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` cells, or with `share` a part of what the others leave; shown from `above` cells of table on.

    `ending`: it leads up to the next column, so that its beginning is cut.
    """

    heading: str
    width: int = 0
    share: int = 0
    right: bool = False
    above: int = 0
    ending: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """`cells` in the order of the columns. Without an id it is a heading between rows and is passed over."""

    id: str
    cells: Sequence[str]
    faint: bool = False


class Table(Rows):
    """`heading` gives the words of the columns for the same width as the rows."""

    BINDINGS = bindings("table")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: Sequence[Column] = ()
        self._rows: Sequence[TableRow] = ()
        self._told = ""

    def show(self, columns: Sequence[Column], rows: Sequence[TableRow], at: str = "") -> None:
        """These rows, the one called `at` in hand, else the one in whose place it was, else the first."""
        self._columns, self._rows = columns, rows
        self.rows_changed()
        wanted = next((index for index, row in enumerate(rows) if row.id == at), None) if at else None
        self.stand_on(self._nearest(self.at, 1) if wanted is None else wanted)

    @property
    def chosen(self) -> str:
        """The id of the row in hand; empty where there is none."""
        return self._rows[self.at].id if self.at < len(self._rows) else ""

    def length(self) -> int:
        return len(self._rows)

    def stand_on(self, index: int) -> None:
        super().stand_on(index)
        if self.chosen != self._told:
            self._told = self.chosen
            self.post_message(RowReached(self.chosen))

    def take(self, index: int) -> None:
        if self._rows[index].id:
            self.post_message(RowChosen(self._rows[index].id))

    def action_move(self, steps: int) -> None:
        self.stand_on(self._nearest(self.at + steps, steps))

    def action_page(self, pages: int) -> None:
        self.stand_on(self._nearest(self.at + pages * max(1, self.size.height - 1), pages))

    def action_end(self, last: bool) -> None:
        self.stand_on(self._nearest(self.length() - 1, -1) if last else self._nearest(0, 1))

    def heading(self, width: int) -> str:
        return "  " + " ".join(self._fit([column.heading for column in self._columns], width))

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        row = self._rows[index]
        first, *rest = self._fit(row.cells, width)
        if not row.id:
            yield "  ", Style()
            yield first, self.styled("strong")
            yield " " + " ".join(rest), self.styled("faint")
            return
        at = index == self.at
        yield "▸ " if at else "  ", self.styled("strong")
        yield first, Style(bold=True) if at else self.styled("faint") if row.faint else Style()
        yield " " + " ".join(rest), Style() if at else self.styled("faint")

    def _nearest(self, index: int, steps: int) -> int:
        """The row with an id at `index` or further on, else the last one before; where one is standing if none."""
        if not self._rows:
            return 0
        if not self._rows:
            return 0
        index = max(0, min(index, len(self._rows) - 1))
        onward = 1 if steps > 0 else -1
        for places in (range(index, len(self._rows) if onward > 0 else -1, onward), range(index, -1, -1)):
            for place in places:
                if self._rows[place].id:
                    return place
        return self.at

    def _fit(self, cells: Sequence[str], width: int) -> list[str]:
        shown = [(column, cell) for column, cell in zip(self._columns, cells, strict=True) if width >= column.above]
        # The last cell is left to the scrollbar, which would lie over the end of a number.
        fixed = sum(column.width for column, _cell in shown) + len(shown) + 2
        shares = sum(column.share for column, _cell in shown)
        left = max(0, width - fixed)
        return [
            _aligned(inert(cell), column.width or max(_LEAST_SHARE, left * column.share // max(1, shares)), column)
            for column, cell in shown
        ]


def _aligned(text: str, width: int, column: Column) -> str:
    if column.ending:
        return ending(text, width)
    cut = fitted(text, width)
    if not column.right:
        return cut
    bare = cut.rstrip()
    return " " * (width - cell_len(bare)) + bare
