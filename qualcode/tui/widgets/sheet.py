"""What the transcript is painted on: layout, styles, and finished strips keyed by absolute row.

Built on Textual's line API. The compositor asks for every row of a widget when one is dirty, and the stock style
cache rebuilds each: rendering through it took nearly twice as long per key (5.3 ms against 2.7 at p99, measured).
So each change says which rows it touches, and all others are handed out as they are.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import ClassVar

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.tui.text.cursor import Cursor
from qualcode.tui.text.lanes import Placed
from qualcode.tui.view import CodeView, DocumentView
from qualcode.tui.widgets.geometry import Geometry
from qualcode.tui.widgets.page import Page
from qualcode.tui.widgets.painter import paint
from qualcode.tui.widgets.palette import Palette

_KEPT_STRIPS = 600
"""Ten screenfuls; thousands made garbage collection, and with it single keys, slower."""
_STYLES = ("gutter", "speaker", "asker", "asked", "row", "selection", "hit", "done")


class Sheet(ScrollView, can_focus=True):
    """One page of rows. The transcript moves the cursor; the sheet shows it."""

    ALLOW_SELECT = False
    """Textual's own selection copies the gutter and is lost on scrolling; ours is kept in document offsets."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"transcript--{name}" for name in _STYLES}
    DEFAULT_CSS = """
    Sheet {
        background: $surface; color: $foreground;
        scrollbar-size: 0 0; overflow-x: hidden; overflow-y: scroll;
        .transcript--gutter { color: $foreground 60%; }
        .transcript--speaker { color: $accent; text-style: bold; }
        .transcript--asker { color: $foreground 68%; }
        .transcript--asked { color: $foreground 72%; }
        .transcript--row { background: $foreground 5%; }
        .transcript--selection { background: $primary 55%; color: $text; }
        .transcript--hit { background: $warning 80%; color: $surface; text-style: bold; }
        .transcript--done { color: $success; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page = Page(DocumentView("", "", "", ""))
        self.cursor = Cursor()
        self.codes: Mapping[str, CodeView] = {}
        self.geometry = self._fitted(80)
        self._palette: Palette | None = None
        self._strips: dict[int, Strip] = {}

    def lay_out(self, width: int) -> None:
        """Wrap for `width` cells and keep the first visible words where they are."""
        page = self.page
        top = min(int(self.scroll_offset.y), len(page.wrap) - 1)
        first_shown = page.wrap.row(top).start if top > 0 else 0
        self.geometry = self._fitted(width)
        page.fit(self.geometry)
        self.virtual_size = Size(width, len(page.wrap))
        if first_shown:
            self.scroll_to(y=page.wrap.row_of(first_shown), animate=False, immediate=True)
        self.repaint_all()

    def _fitted(self, width: int) -> Geometry:
        return Geometry.fit(width, turns=len(self.page.document.turns), speaker=self.page.longest_speaker)

    def repaint_placed(self, *placed: Placed) -> None:
        """Repaint the blocks a coding touches: a new name may push the names under it down."""
        for one in placed:
            self.repaint(self.page.forget_labels(one.start, one.end))

    def repaint(self, rows: Container[int]) -> None:
        """These rows look different now."""
        for row in [row for row in self._strips if row in rows]:
            del self._strips[row]
        top, width = int(self.scroll_offset.y), self.size.width
        dirty = [Region(0, y, width, 1) for y in range(self.size.height) if top + y in rows]
        if dirty:
            self.refresh(*dirty)

    def repaint_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def restyle(self) -> None:
        """Colours or names of codes have changed."""
        self._palette = None
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def render_lines(self, crop: Region) -> list[Strip]:
        palette = self._current_palette()
        filters, strips = self.get_line_filters(), self._strips
        if len(strips) > _KEPT_STRIPS:
            strips.clear()
        top = int(self.scroll_offset.y)
        lines: list[Strip] = []
        for row in range(top + crop.y, top + crop.bottom):
            strip = strips.get(row)
            if strip is None:
                strip = self.paint_row(row, palette)
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, palette.background)
                strips[row] = strip
            whole = crop.x == 0 and crop.width >= strip.cell_length
            lines.append(strip if whole else strip.crop(crop.x, crop.right))
        return lines

    def paint_row(self, number: int, palette: Palette) -> Strip:
        """Row `number`, counted from the top of the document."""
        view = self.page.row_view(number, self.cursor, focused=self.has_focus)
        if view is None:
            return Strip.blank(self.size.width, palette.base)
        return paint(view, palette, self.geometry)

    def _current_palette(self) -> Palette:
        if self._palette is None:
            self._palette = self._make_palette()
            self._strips.clear()
        return self._palette

    def _make_palette(self) -> Palette:
        styles = {name: self.get_component_rich_style(f"transcript--{name}") for name in _STYLES}
        styles["row"] = styles["row"].background_style
        return Palette(
            codes=self.codes,
            base=self.rich_style,
            background=self.background_colors[1],
            foreground=self.colors[3],
            few=self._few_colours(),
            **styles,
        )

    def _few_colours(self) -> bool:
        """Where a tint would not be seen. A headless console counts as one with all colours, whatever TERM says."""
        if self.app.no_color or self.app.is_headless:
            return self.app.no_color
        return self.app.console.color_system in (None, "standard", "windows")
