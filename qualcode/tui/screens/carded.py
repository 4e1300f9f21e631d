"""A list whose row in hand stands in full on a card below it."""

from __future__ import annotations

from rich.console import RenderableType
from textual.app import ComposeResult

from qualcode.tui.messages import RowReached
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.themes import faint
from qualcode.tui.widgets.card import Card
from qualcode.tui.widgets.table import Table


class CardedList(ListScreen):
    """A subclass gives `card`, made of inert text, besides what every list gives."""

    def body(self) -> ComposeResult:
        yield Table(id="table")
        yield Card(id="card")

    def card(self) -> RenderableType:
        """What is in hand, in full."""
        raise NotImplementedError

    def reread(self, *, follow: bool = False) -> None:
        super().reread(follow=follow)
        self._show_card()

    def on_row_reached(self, _event: RowReached) -> None:
        self._show_card()

    def action_turn(self, pages: int) -> None:
        self.query_one(Card).turn(pages)

    def faint(self) -> str:
        """The ink for what matters less."""
        return faint(self)

    def _show_card(self) -> None:
        self.query_one(Card).show(self.card())
