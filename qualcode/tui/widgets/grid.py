"""A grid on the line API: heads that stay in sight, one cell in hand, scrolled both ways by whole columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.domain.inert import inert
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import CellChosen, CellReached
from qualcode.tui.text.names import fitted
from qualcode.tui.text.wrap import first_rows

_LEAST_LABEL, _MOST_LABEL = 12, 28
_LEAST_COLUMN, _MOST_COLUMN, _MOST_NARROW = 7, 18, 17
_WORDS_COLUMN = 26
_WIDE = 100
"""Below this width longer words of the heads are broken, so that more columns stay in sight."""
_HEAD_ROWS = 3
_GAP = 2


@dataclass(frozen=True, slots=True)
class GridColumn:
    """Neighbouring columns of one `group` have it above them."""

    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class GridView:
    """`cells[r][c]` has a line of text for each row of the screen it takes; those in `faint` say little.

    `words`: cells hold words, to the left in wide columns; else numbers, to the right. With `totals` the last row
    and the last column are sums of a kind and set apart.
    """

    columns: Sequence[GridColumn]
    rows: Sequence[str]
    cells: Sequence[Sequence[str]]
    faint: Collection[str] = ("·",)
    words: bool = False
    totals: bool = False


class Grid(ScrollView, can_focus=True):
    """`show` gives a view; CellReached tells which cell is in hand, CellChosen that it was taken."""

    ALLOW_SELECT = False
    BINDINGS = bindings("grid")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--cursor", "grid--faint", "grid--strong", "grid--row"}
    DEFAULT_CSS = """
    Grid {
        scrollbar-size: 0 1; background: $background; overflow: auto auto;
        .grid--cursor { background: $foreground 20%; }
        .grid--row { background: $foreground 7%; }
        .grid--faint { color: $foreground 68%; }
        .grid--strong { color: $accent; text-style: bold; }
        &:focus .grid--cursor { background: $primary 60%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view = GridView((), (), ())
        self.at = (0, 0)
        self._heads: list[list[str]] = []
        self._starts: list[int] = [0]
        self._label = _LEAST_LABEL

    def show(self, view: GridView, at: tuple[int, int]) -> None:
        """This view, the cell at row and column `at` in hand."""
        self.view = view
        self._lay_out()
        self.stand_on(*at)

    def stand_on(self, row: int, column: int) -> None:
        """Move to a cell and keep it in view."""
        rows, columns = len(self.view.rows), len(self.view.columns)
        self.at = (max(0, min(row, rows - 1)), max(0, min(column, columns - 1)))
        self._keep_in_view()
        self.refresh()
        self.post_message(CellReached(*self.at))

    def action_move(self, rows: int, columns: int) -> None:
        self.stand_on(self.at[0] + rows, self.at[1] + columns)

    def action_page(self, pages: int) -> None:
        rows = max(1, (self.size.height - self._head_height) // self._row_height - 1)
        self.stand_on(self.at[0] + pages * rows, self.at[1])

    def action_edge(self, last: bool) -> None:
        self.stand_on(self.at[0], len(self.view.columns) - 1 if last else 0)

    def action_take(self) -> None:
        if self.view.rows and self.view.columns:
            self.post_message(CellChosen(*self.at))

    def on_click(self, event: events.Click) -> None:
        row = (int(self.scroll_offset.y) + event.y - self._head_height) // self._row_height
        shown = [(column, x) for column, x in self._shown_columns() if x <= event.x]
        if event.y < self._head_height or row >= len(self.view.rows) or not shown:
            return
        there = (row, shown[-1][0])
        again = there == self.at
        self.stand_on(*there)
        if again or event.chain == 2:
            self.action_take()

    def on_resize(self) -> None:
        self._lay_out()
        self._keep_in_view()

    def on_focus(self) -> None:
        self._place_terminal_cursor()

    # Where things stand

    @property
    def _row_height(self) -> int:
        return 4 if self.view.words else 1

    @property
    def _head_height(self) -> int:
        return self._group_rows + max((len(head) for head in self._heads), default=0)

    @property
    def _group_rows(self) -> int:
        return int(any(column.group for column in self.view.columns))

    def _lay_out(self) -> None:
        """Widths, heads and how far there is to scroll."""
        view = self.view
        longest = max((cell_len(inert(row)) for row in view.rows), default=0)
        self._label = max(_LEAST_LABEL, min(longest, _MOST_LABEL, self.size.width // 3))
        widths = [self._width(index) for index in range(len(view.columns))]
        heads = [
            first_rows(column.label, width, _HEAD_ROWS) for column, width in zip(view.columns, widths, strict=True)
        ]
        tallest = max((len(head) for head in heads), default=0)
        self._heads = [[""] * (tallest - len(head)) + head for head in heads]
        self._starts = list(accumulate((width + _GAP for width in widths), initial=0))
        # A screenful behind the last column, so that any column can be the first in sight.
        room = max(0, self.size.width - self._label - _GAP)
        last = next((start for start in self._starts if self._starts[-1] - start <= room), 0)
        self.virtual_size = Size(
            self._label + _GAP + max(self._starts[-1], last + room),
            self._head_height + len(view.rows) * self._row_height,
        )
        self.refresh()

    def _width(self, column: int) -> int:
        if self.view.words:
            room = self.size.width - self._label
            return max(_WORDS_COLUMN, room // max(1, room // (_WORDS_COLUMN + _GAP)) - _GAP)
        label, most = self.view.columns[column].label, _MOST_COLUMN if self.size.width >= _WIDE else _MOST_NARROW
        texts = (*label.split(), *(row[column] for row in self.view.cells))
        least = max(_LEAST_COLUMN, min(most, max((cell_len(inert(text)) for text in texts), default=0)))
        widths = range(least, most)
        return next(
            (width for width in widths if len(first_rows(label, width, _HEAD_ROWS + 1)) <= _HEAD_ROWS), most
        )

    def _shown_columns(self) -> Iterator[tuple[int, int]]:
        """The columns in sight, whole, each with its place on the screen."""
        first = self._first_column
        at, x = first, self._label + _GAP
        while at < len(self.view.columns) and x + self._starts[at + 1] - self._starts[at] - _GAP <= self.size.width:
            yield at, x
            x += self._starts[at + 1] - self._starts[at]
            at += 1

    @property
    def _first_column(self) -> int:
        return max(0, min(bisect_right(self._starts, int(self.scroll_offset.x)) - 1, len(self.view.columns) - 1))

    def _keep_in_view(self) -> None:
        if not (self.view.rows and self.view.columns):
            return
        row, column = self.at
        height, top = self._row_height, int(self.scroll_offset.y)
        room = max(height, self.size.height - self._head_height)
        y = top
        if row * height < top:
            y = row * height
        elif (row + 1) * height > top + room:
            y = (row + 1) * height - room
        x = self._first_column
        if column < x:
            x = column
        while (
            x < column and self._starts[column + 1] - self._starts[x] - _GAP > self.size.width - self._label - _GAP
        ):
            x += 1
        self.scroll_to(x=self._starts[x], y=y, animate=False, immediate=True)
        self._place_terminal_cursor()

    def _place_terminal_cursor(self) -> None:
        if self.has_focus:
            y = self.at[0] * self._row_height + self._head_height - int(self.scroll_offset.y)
            x = next((x for column, x in self._shown_columns() if column == self.at[1]), 0)
            self.app.cursor_position = Offset(self.content_region.x + x, self.content_region.y + y)

    # Painting

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y < self._group_rows:
            pieces = list(self._groups())
        elif y < self._head_height:
            pieces = list(self._head(y - self._group_rows))
        else:
            row, line = divmod(y - self._head_height + int(self.scroll_offset.y), self._row_height)
            if row >= len(self.view.rows):
                return Strip.blank(width, base)
            if row == self.at[0]:
                base += self.get_component_rich_style("grid--row").background_style
            pieces = list(self._row(row, line))
        return Strip([Segment(text, base + style) for text, style in pieces]).adjust_cell_length(width, base)

    def _groups(self) -> Iterator[tuple[str, Style]]:
        """Each group's name over as many of its columns as are in sight."""
        yield " " * (self._label + _GAP), Style()
        shown = [column for column, _x in self._shown_columns()]
        for group, same in groupby(shown, lambda column: self.view.columns[column].group):
            columns = list(same)
            width = self._starts[columns[-1] + 1] - self._starts[columns[0]] - _GAP
            yield fitted(inert(group), width) + " " * _GAP, self._styled("strong")

    def _head(self, line: int) -> Iterator[tuple[str, Style]]:
        yield self._more(line), self._styled("strong")
        for column, _x in self._shown_columns():
            style = Style(bold=True) if column == self.at[1] else self._styled("faint")
            yield self._aligned(self._heads[column][line], column) + " " * _GAP, style

    def _more(self, line: int) -> str:
        """On the last line of the heads: that there are columns to the left or the right."""
        shown = [column for column, _x in self._shown_columns()]
        last_line = line == self._head_height - self._group_rows - 1
        if not shown or not last_line or len(shown) == len(self.view.columns):
            return " " * (self._label + _GAP)
        marks = f"{'‹' if shown[0] else ' '} {shown[0] + 1}–{shown[-1] + 1} / {len(self.view.columns)} "
        return fitted(marks + ("›" if shown[-1] + 1 < len(self.view.columns) else " "), self._label + _GAP)

    def _row(self, row: int, line: int) -> Iterator[tuple[str, Style]]:
        at = row == self.at[0]
        label = fitted(inert(self.view.rows[row]), self._label) if line == 0 else " " * self._label
        total_row = self.view.totals and row == len(self.view.rows) - 1
        yield label, Style(bold=at or total_row)
        yield " " * _GAP, Style()
        for column, _x in self._shown_columns():
            yield self._cell(row, column, line, at=at and column == self.at[1])
            yield " " * _GAP, Style()

    def _cell(self, row: int, column: int, line: int, *, at: bool) -> tuple[str, Style]:
        whole = self.view.cells[row][column]
        width = self._starts[column + 1] - self._starts[column] - _GAP
        lines = first_rows(whole, width, _HEAD_ROWS) if self.view.words else [inert(whole)]
        text = lines[line] if line < len(lines) else ""
        total = self.view.totals and (row == len(self.view.rows) - 1 or column == len(self.view.columns) - 1)
        style = self._styled("faint") if whole in self.view.faint and not at else Style(bold=total)
        if at and line < _HEAD_ROWS:
            style += self.get_component_rich_style("grid--cursor").background_style + Style(bold=True)
        return self._aligned(text, column), style

    def _aligned(self, text: str, column: int) -> str:
        width = self._starts[column + 1] - self._starts[column] - _GAP
        cut = fitted(text, width)
        if self.view.words:
            return cut
        bare = cut.rstrip()
        return " " * (width - cell_len(bare)) + bare

    def _styled(self, name: str) -> Style:
        whole = self.get_component_rich_style(f"grid--{name}")
        return Style(color=whole.color, bold=whole.bold)
