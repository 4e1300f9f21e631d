"""A card under a list: in full what its rows cut. The list keeps the keyboard; the screen scrolls the card."""

from __future__ import annotations

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static


class Card(VerticalScroll, can_focus=False):
    """`show` begins at its first row. What is shown is inert already."""

    DEFAULT_CSS = """
    Card {
        height: 32%; min-height: 6; padding: 0 2; background: $background; scrollbar-size-vertical: 1;
        border-top: solid $foreground 20%;
    }
    Card Static { width: 1fr; max-width: 104; height: auto; color: $foreground; }
    """

    def compose(self) -> ComposeResult:
        yield Static()

    def show(self, shown: RenderableType) -> None:
        self.query_one(Static).update(shown)
        self.scroll_to(y=0, animate=False, immediate=True)

    def turn(self, pages: int) -> None:
        """Scroll by as many pages; a row of the last one stays."""
        rows = pages * max(1, self.size.height - 1)
        self.scroll_to(y=max(0, int(self.scroll_offset.y) + rows), animate=False)
