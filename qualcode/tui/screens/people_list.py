"""Cases and people as they are read: four lists that `v` goes through, and the card of the row in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from qualcode.domain.codebook import Entity
from qualcode.tui import people_view
from qualcode.tui.messages import RowChosen, RowReached
from qualcode.tui.people_view import SPEAKERS, VIEWS, Gathered
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.widgets.labelled import LabelledCard
from qualcode.tui.widgets.table import Column, Table, TableRow

NARROW = 100


class PeopleList(ListScreen):
    """Enter shows or hides the card; the row in hand is kept for each view."""

    CSS_PATH: ClassVar = ["listing.tcss", "beside.tcss"]
    CONTEXT = "people"

    def __init__(self, view: str = VIEWS[0]) -> None:
        super().__init__()
        self.view = view
        self._hands: dict[str, str] = {}
        self._gathered: Gathered | None = None

    def body(self) -> ComposeResult:
        with Container(id="beside", classes="-list-first"):
            yield Table(id="table")
            yield LabelledCard(id="aside")

    @property
    def card(self) -> LabelledCard:
        return self.query_one(LabelledCard)

    @property
    def gathered(self) -> Gathered:
        """What is shown, as it was last read."""
        if self._gathered is None:
            self._gathered = people_view.gathered(self.study)
        return self._gathered

    @property
    def entity(self) -> Entity | None:
        """What the list is of; None for speakers."""
        return None if self.view == SPEAKERS else Entity(self.view)

    def topic(self) -> str:
        return people_view.view_name(self.view)

    def facts(self) -> Sequence[str]:
        return people_view.counts(self.gathered)

    def columns(self) -> Sequence[Column]:
        return people_view.columns(self.gathered, self.view)

    def rows(self) -> Sequence[TableRow]:
        return people_view.rows(self.gathered, self.view)

    def reread(self, *, follow: bool = False) -> None:
        self._gathered = None
        super().reread()
        self.call_after_refresh(self._head)

    def show_rows(self) -> None:
        self.table.show(self.columns(), self.rows(), self._hands.get(self.view, "") or self.table.chosen)
        self.show_card()

    def stand_on(self, row: str) -> None:
        """Read again, and take up the row called `row`."""
        self._hands[self.view] = row
        self.reread()

    def show_card(self) -> None:
        self.card.show(people_view.card(self.gathered, self.view, self.table.chosen))

    def heading(self, width: int) -> str:
        return self.table.heading(self.table.size.width or width)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        # The table takes its width after this: its heading must not go by the old one.
        self.call_after_refresh(self._head)

    def on_row_reached(self, event: RowReached) -> None:
        if event.id == self.table.chosen:
            self._hands[self.view] = event.id
            self.show_card()

    def on_row_chosen(self, _event: RowChosen) -> None:
        self.card.display = not self.card.display
        self.call_after_refresh(self._head)

    def action_read_on(self, pages: int) -> None:
        self.card.turn(pages)

    def action_switch(self) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        with self.told():
            self.reread()
