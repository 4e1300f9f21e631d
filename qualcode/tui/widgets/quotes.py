"""A list of quotes on the line API: each a block of several rows, of which one is in hand."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Offset, Size
from textual.strip import Strip

from qualcode.domain.inert import inert
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import RowChosen, RowReached
from qualcode.tui.text.names import fitted
from qualcode.tui.text.wrap import first_rows
from qualcode.tui.themes.colour import legible
from qualcode.tui.widgets.rows import Rows

_MOST_ROWS = 3
"""Rows of words before they are cut: three quotes stay in sight in 24 rows."""
_MOST_CELLS = 100
"""Longer rows are hard to read on."""
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class QuoteView:
    """`marks` stand behind the code: its sign, `?` for what lacks, `*` for a memo. Each rendering is a line.

    `place` stands behind the source and is not cut with it.
    """

    id: str
    code: str
    colour: str
    marks: str
    coder: str
    words: str
    source: str
    place: str
    renderings: tuple[str, ...] = ()


class QuoteList(Rows):
    """`show` gives the quotes; RowReached tells which one is in hand, RowChosen that it was taken."""

    BINDINGS = bindings("table")
    DEFAULT_CSS = "QuoteList:focus .rows--cursor { background: $primary 28%; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._quotes: Sequence[QuoteView] = ()
        self._words: list[list[str]] = []
        self._tops = array("I", (0,))

    def show(self, quotes: Sequence[QuoteView], at: str = "") -> None:
        """These quotes, the one called `at` in hand, else the one in whose place it was."""
        self._quotes = quotes
        self.rows_changed()
        self.stand_on(next((index for index, quote in enumerate(quotes) if quote.id == at), self.at))

    @property
    def chosen(self) -> str:
        """The id of the quote in hand; empty where there is none."""
        return self._quotes[self.at].id if self._quotes else ""

    def length(self) -> int:
        return len(self._quotes)

    def take(self, index: int) -> None:
        self.post_message(RowChosen(self._quotes[index].id))

    def rows_changed(self) -> None:
        """Lay all quotes out anew: some milliseconds for two thousand of them."""
        width = max(20, min(self.size.width - len(_INDENT) - 1, _MOST_CELLS))
        self._words = [
            first_rows(f"“{' '.join(quote.words.split())}”", width, _MOST_ROWS) for quote in self._quotes
        ]
        heights = (
            len(words) + len(quote.renderings) + 3 for quote, words in zip(self._quotes, self._words, strict=True)
        )
        self._tops = array("I", accumulate(heights, initial=0))
        self.virtual_size = Size(self.size.width, self._tops[-1])
        self.at = max(0, min(self.at, len(self._quotes) - 1))
        self.refresh()

    def on_resize(self) -> None:
        self.rows_changed()
        self._keep_in_view()

    def stand_on(self, index: int) -> None:
        self.at = max(0, min(index, len(self._quotes) - 1))
        self._keep_in_view()
        self.refresh()
        self.post_message(RowReached(self.chosen))

    def action_page(self, pages: int) -> None:
        """As far as the rows in sight reach, one quote at least."""
        there = self._at_row(self._tops[self.at] + pages * max(1, self.size.height - 1))
        self.stand_on(there if there != self.at else self.at + pages)

    def action_end(self, last: bool) -> None:
        self.stand_on(len(self._quotes) - 1 if last else 0)

    def on_click(self, event: events.Click) -> None:
        row = int(self.scroll_offset.y) + event.y
        if row >= self._tops[-1]:
            return
        index = self._at_row(row)
        again = index == self.at
        self.stand_on(index)
        if again or event.chain == 2:
            self.take(index)

    def render_line(self, y: int) -> Strip:
        row, width = int(self.scroll_offset.y) + y, self.size.width
        base = self.rich_style
        if row >= self._tops[-1]:
            return Strip.blank(width, base)
        index = self._at_row(row)
        line = row - self._tops[index]
        if index == self.at and row < self._tops[index + 1] - 1:
            base += self.get_component_rich_style("rows--cursor").background_style
        pieces = [Segment(text, base + style) for text, style in self._line(index, line, width)]
        return Strip(pieces).adjust_cell_length(width, base)

    def _line(self, index: int, line: int, width: int) -> Iterable[tuple[str, Style]]:
        """The pieces of one row of a quote: the code, the words, renderings, the source, an empty row."""
        quote, words = self._quotes[index], self._words[index]
        if line == 0:
            return self._head(quote, index == self.at, width)
        line -= 1
        if line < len(words):
            return ((_INDENT + words[line], Style()),)
        line -= len(words)
        if line < len(quote.renderings):
            return ((_INDENT + fitted(inert(f"↳ {quote.renderings[line]}"), width - 5), Style(italic=True)),)
        if line == len(quote.renderings):
            return ((_INDENT + self._source(quote, width - 5), self._beside(index == self.at)),)
        return ()

    def _source(self, quote: QuoteView, width: int) -> str:
        source, place = inert(quote.source), inert(f" · {quote.place}" if quote.place else "")
        return fitted(source, min(cell_len(source), max(0, width - cell_len(place)))) + place

    def _beside(self, at: bool) -> Style:
        """What stands beside the words is faint, but not on the colour of the quote in hand."""
        return Style() if at else self.styled("faint")

    def _head(self, quote: QuoteView, at: bool, width: int) -> Iterator[tuple[str, Style]]:
        colour = legible(Color.parse(quote.colour), self.background_colors[1], 3.0)
        marks, coder = f" {inert(quote.marks)}" if quote.marks else "", f" {inert(quote.coder)} "
        room = max(8, width - 4 - cell_len(marks) - cell_len(coder))
        name = fitted(inert(quote.code), min(room, cell_len(inert(quote.code))))
        yield "▸ " if at else "  ", self.styled("strong")
        yield "▌ ", Style(color=colour.rich_color)
        yield name, Style(bold=True)
        yield marks, Style(bold=True)
        yield " " * (room - cell_len(name)) + coder, self._beside(at)

    def _at_row(self, row: int) -> int:
        return max(0, min(bisect_right(self._tops, max(0, row)) - 1, len(self._quotes) - 1))

    def _keep_in_view(self) -> None:
        if not self._quotes:
            return
        top, below = self._tops[self.at], self._tops[self.at + 1]
        first, height = int(self.scroll_offset.y), max(1, self.size.height)
        if not first <= top < below <= first + height + 1:
            wanted = top if top < first else min(top, below - height)
            self.scroll_to(y=max(0, wanted), animate=False, immediate=True)
        self._place_terminal_cursor()

    def _place_terminal_cursor(self) -> None:
        if self.has_focus:
            y = self._tops[self.at] - int(self.scroll_offset.y)
            self.app.cursor_position = Offset(self.content_region.x, self.content_region.y + y)
