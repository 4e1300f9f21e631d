"""A list of one-line rows with a cursor, on the line API: what the codebook and the document list are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Rows(ScrollView, can_focus=True):
    """A subclass says how many rows there are (`length`), paints one (`row`) and acts on one (`take`)."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--faint", "rows--strong"}
    DEFAULT_CSS = """
    Rows {
        scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; background: $background;
        scrollbar-color: $foreground 20%; scrollbar-color-hover: $foreground 40%; scrollbar-color-active: $accent;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        .rows--cursor { background: $foreground 7%; }
        .rows--faint { color: $foreground 68%; }
        .rows--strong { color: $accent; text-style: bold; }
        &:focus .rows--cursor { background: $primary 45%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.at = 0

    def length(self) -> int:
        """The number of rows."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        """The pieces of a row; what is missing to `width` cells is filled."""
        raise NotImplementedError

    def take(self, index: int) -> None:
        """Enter or a click on the row the cursor is on."""
        raise NotImplementedError

    def rows_changed(self) -> None:
        """Other rows, or as many with other content."""
        self.virtual_size = Size(self.size.width, self.length())
        self.at = max(0, min(self.at, self.length() - 1))
        self.refresh()

    def stand_on(self, index: int) -> None:
        """Move the cursor and keep it in view."""
        self.at = max(0, min(index, self.length() - 1))
        top, height = int(self.scroll_offset.y), max(1, self.size.height)
        if not top <= self.at < top + height:
            self.scroll_to(y=max(0, self.at - height // 2), animate=False, immediate=True)
        self.refresh()
        self._place_terminal_cursor()

    def action_move(self, steps: int) -> None:
        self.stand_on(self.at + steps)

    def action_take(self) -> None:
        if self.length():
            self.take(self.at)

    def on_click(self, event: events.Click) -> None:
        index = int(self.scroll_offset.y) + event.y
        if index < self.length():
            again = index == self.at and event.chain >= 1
            self.stand_on(index)
            if again or event.chain == 2:
                self.take(index)

    def on_focus(self) -> None:
        self._place_terminal_cursor()

    def on_resize(self) -> None:
        self.rows_changed()

    def _place_terminal_cursor(self) -> None:
        if self.has_focus:
            y = self.at - int(self.scroll_offset.y)
            self.app.cursor_position = Offset(self.content_region.x, self.content_region.y + y)

    def styled(self, name: str) -> Style:
        """The ink of a component class, without its background."""
        whole = self.get_component_rich_style(f"rows--{name}")
        return Style(color=whole.color, bold=whole.bold)

    def render_line(self, y: int) -> Strip:
        index, width = int(self.scroll_offset.y) + y, self.size.width
        base = self.rich_style
        if index >= self.length():
            return Strip.blank(width, base)
        if index == self.at:
            base += self.get_component_rich_style("rows--cursor").background_style
        pieces = [Segment(text, base + style) for text, style in self.row(index, width)]
        return Strip(pieces).adjust_cell_length(width, base)

    def refresh_row(self, index: int) -> None:
        """One row looks different now."""
        y = index - int(self.scroll_offset.y)
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))
