"""The density map: one column that shows how coded the document is and where the window stands in it."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from qualcode.tui.view import Painted
from qualcode.tui.widgets.transcript import TranscriptView

_SHADES = " ░▒▓█"


class DensityMap(Widget):
    """`count` keeps it right as codings come and go; suggestions are not counted. A click goes there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "DensityMap { width: 1; height: 1fr; background: $surface; color: $foreground; }"

    def __init__(self, transcript: TranscriptView) -> None:
        super().__init__()
        self._transcript = transcript
        self._heat: list[int] = []
        self._inks: tuple[Style, Style] | None = None
        self._cells: dict[tuple[str, Style], Strip] = {}

    def on_mount(self) -> None:
        self.watch(self._transcript, "scroll_y", self._window_moved, init=False)

    def _window_moved(self) -> None:
        self.refresh()

    def recount(self) -> None:
        """Count anew: another document, another height."""
        self._heat = [0] * max(1, self.size.height)
        for placed in self._transcript.page.lanes:
            self._add(placed.painted, 1)
        self.refresh()

    def count(self, painted: Painted, sign: int) -> None:
        """A coding came (1) or went (-1)."""
        self._add(painted, sign)
        self.refresh()

    def on_resize(self) -> None:
        self.recount()

    def on_click(self, event: events.Click) -> None:
        length = len(self._transcript.page.document.text)
        self._transcript.stand(event.y * length // max(1, self.size.height))

    def _add(self, painted: Painted, sign: int) -> None:
        height, length = len(self._heat), max(1, len(self._transcript.page.document.text))
        if painted.suggestion or not height:
            return
        first = painted.span.start * height // length
        last = min(height - 1, (painted.span.end - 1) * height // length)
        for cell in range(first, last + 1):
            self._heat[cell] += sign * len(painted.span)

    def render_lines(self, crop: Region) -> list[Strip]:
        window = self._window()
        inside, outside = self._styles()
        most = max(self._heat, default=0) or 1
        lines: list[Strip] = []
        for y in crop.line_range:
            heat = self._heat[y] if y < len(self._heat) else 0
            shade = _SHADES[min(4, -(-4 * heat // most))]
            lines.append(self._cell(shade, inside if y in window else outside))
        return lines

    def _window(self) -> range:
        """The cells that stand for the rows now on the screen."""
        view = self._transcript
        height, rows, top = max(1, self.size.height), max(1, len(view.page.wrap)), int(view.scroll_offset.y)
        first = top * height // rows
        return range(first, max(first + 1, min(rows, top + view.size.height) * height // rows))

    def _cell(self, shade: str, style: Style) -> Strip:
        """One of the ten strips this widget is made of; kept, with what the filters made of them."""
        strip = self._cells.get((shade, style))
        if strip is None:
            strip = Strip([Segment(shade, style)], 1)
            for line_filter in self.get_line_filters():
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            self._cells[shade, style] = strip
        return strip

    def _styles(self) -> tuple[Style, Style]:
        if self._inks is None:
            background, foreground = self.background_colors[1], self.colors[3]
            strong, weak, window, ground = (
                background.blend(foreground, share, alpha=1.0).rich_color for share in (1.0, 0.45, 0.22, 0.04)
            )
            self._inks = Style(color=strong, bgcolor=window), Style(color=weak, bgcolor=ground)
        return self._inks

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._inks = None
        self._cells.clear()
