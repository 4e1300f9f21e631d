"""What screens that are lists have in common: a table, the lines around it, a strip, a prompt, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from qualcode.tui.home_view import privacy
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import Closed
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.widgets.job import JobLine
from qualcode.tui.widgets.line import PromptLine
from qualcode.tui.widgets.status import Heading, Standing, StatusLine, TopLine
from qualcode.tui.widgets.strip import KeyStrip
from qualcode.tui.widgets.table import Column, Table, TableRow


class ListScreen(DeskScreen):
    """A subclass gives `topic`, `facts`, `columns` and `rows`; `on_row_chosen` answers Enter; `body` adds panes.

    One that shows something else than a table gives its `body`, `pane`, `show_rows` and `heading` instead.
    """

    CSS_PATH = "listing.tcss"
    CONTEXT: ClassVar[str] = "listing"
    BINDINGS = bindings("listing")

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield Static(id="heading")
        yield from self.body()
        yield PromptLine(id="line")
        yield JobLine()
        yield KeyStrip(id="strip")
        yield StatusLine(id="status")

    def body(self) -> ComposeResult:
        yield Table(id="table")

    @property
    def table(self) -> Table:
        return self.query_one(Table)

    @property
    def pane(self) -> Widget:
        """What is mainly worked with: it has the keyboard."""
        return self.table

    @property
    def line(self) -> PromptLine:
        return self.query_one(PromptLine)

    def topic(self) -> str:
        """What the list is of. Not `title`, which is an attribute of each of Textual's screens."""
        raise NotImplementedError

    def facts(self) -> Sequence[str]:
        """Beside the title; what is last is dropped first."""
        return ()

    def columns(self) -> Sequence[Column]:
        raise NotImplementedError

    def rows(self) -> Sequence[TableRow]:
        """Read from the services. Raises QualcodeError."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Also on coming back: what was changed elsewhere is shown."""
        with self.told():
            self.reread()
        self.return_keyboard()

    def return_keyboard(self) -> None:
        self.set_focus(self.pane)

    def show_rows(self) -> None:
        """Read what is listed and show it. Raises QualcodeError."""
        self.table.show(self.columns(), self.rows(), self.table.chosen)

    def heading(self, width: int) -> str:
        """The line over the rows, for this width."""
        return self.table.heading(width)

    def reread(self, *, follow: bool = False) -> None:
        self.show_rows()
        self.show_facts()
        self.status.show(Standing(privacy=privacy(self.study)))
        self.show_hints()
        self._head()

    def show_facts(self) -> None:
        """The line above."""
        self.query_one(TopLine).show(Heading(self.topic(), tuple(self.facts()), self.study.coder))

    def respeak(self) -> None:
        self.reread()

    def on_resize(self) -> None:
        self._head()

    def on_closed(self, event: Closed) -> None:
        if event.name == "line":
            self.close_line()

    def close_line(self) -> None:
        self.line.close()
        self.return_keyboard()

    def action_leave_screen(self) -> None:
        self.desk.leave_screen()

    def _head(self) -> None:
        text = Text(self.heading(max(20, self.size.width - 2)), no_wrap=True, overflow="crop")
        self.query_one("#heading", Static).update(text, layout=False)
