"""Where the panes of the coding screen stand, at any size. No service is called here.

    from 130 columns    codebook | transcript, density | aside
    from 100            codebook | transcript, density over the aside, which needs 32 rows to stay open
    below               transcript, density; codebook and aside when asked for

The aside holds one of three: inspector, code picker, memo. It stands beside the transcript or below it and never
covers it: the passage being coded stays readable while its code is chosen.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from qualcode.i18n import _
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.widgets.codebook import CodebookPane
from qualcode.tui.widgets.density import DensityMap
from qualcode.tui.widgets.inspector import Inspector
from qualcode.tui.widgets.job import JobLine
from qualcode.tui.widgets.memo import MemoPane
from qualcode.tui.widgets.picker import Picker
from qualcode.tui.widgets.search import SearchLine
from qualcode.tui.widgets.status import StatusLine, TopLine
from qualcode.tui.widgets.strip import KeyStrip
from qualcode.tui.widgets.transcript import TranscriptView

WIDE, MEDIUM, TALL = 130, 100, 32
LEAST = (60, 16)


class CodingLayout(DeskScreen):
    """The panes and how they share the screen; `CodingScreen` says what they do."""

    CSS_PATH = "coding.tcss"
    CONTEXT = "coding"
    _had_keyboard: Widget | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="too-small")
        yield TopLine(id="top")
        with Horizontal(id="desk"):
            yield CodebookPane(id="codebook")
            with Container(id="middle"):
                with Horizontal(id="reading"):
                    transcript = TranscriptView(id="transcript")
                    yield transcript
                    yield DensityMap(transcript)
                with ContentSwitcher(initial="inspector", id="aside"):
                    yield Inspector(id="inspector")
                    yield Picker(id="picker")
                    yield MemoPane(id="memo")
        yield SearchLine(id="search")
        yield JobLine()
        yield KeyStrip(id="strip")
        yield StatusLine(id="status")

    @property
    def transcript(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @property
    def density(self) -> DensityMap:
        return self.query_one(DensityMap)

    @property
    def codebook_pane(self) -> CodebookPane:
        return self.query_one(CodebookPane)

    @property
    def inspector(self) -> Inspector:
        return self.query_one(Inspector)

    @property
    def picker(self) -> Picker:
        return self.query_one(Picker)

    @property
    def memo(self) -> MemoPane:
        return self.query_one(MemoPane)

    @property
    def search(self) -> SearchLine:
        return self.query_one(SearchLine)

    @property
    def top(self) -> TopLine:
        return self.query_one(TopLine)

    @property
    def context(self) -> str:
        focused = self.focused
        if isinstance(focused, CodebookPane):
            return "codebook"
        return "picker" if focused is not None and self.picker in focused.ancestors else "coding"

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width < MEDIUM, "-narrow")
        self.set_class(height < TALL, "-low")
        self._hide(width < LEAST[0] or height < LEAST[1])

    def _hide(self, too_small: bool) -> None:
        """What is hidden loses the keyboard for good: whoever had it gets it back in a larger window."""
        if too_small and self.focused is not None:
            self._had_keyboard = self.focused
        self.set_class(too_small, "-too-small")
        if too_small:
            needed = _("qualcode needs a window of {columns} by {rows} characters")
            self.query_one("#too-small", Static).update(needed.format(columns=LEAST[0], rows=LEAST[1]))
        if not too_small and self._had_keyboard is not None:
            self.call_after_refresh(self._had_keyboard.focus)
            self._had_keyboard = None

    def open_aside(self, pane: str) -> None:
        """Show the inspector, the picker or the memo, and keep the passage in sight."""
        self.query_one(ContentSwitcher).current = pane
        self.set_class(pane != "inspector", "-asking")
        self.call_after_refresh(self.transcript.show_cursor)

    def close_aside(self) -> None:
        """Back to the inspector and to the text."""
        self.open_aside("inspector")
        self.return_keyboard()

    def return_keyboard(self) -> None:
        self.set_focus(self.transcript)

    def toggle_inspector(self) -> None:
        """On screens too small to keep it open."""
        self.toggle_class("-inspecting")
        self.call_after_refresh(self.transcript.show_cursor)

    def go_to_codebook(self) -> None:
        """Give the keyboard to the codebook, on small screens opening it."""
        self.add_class("-book")
        self.codebook_pane.focus()

    def leave_codebook(self) -> None:
        self.remove_class("-book")
        self.return_keyboard()

    def respeak(self) -> None:
        """The screen language has changed."""
        self.show_hints()
        self.codebook_pane.border_title = _("Codebook")
