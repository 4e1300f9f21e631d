"""The history: what was done, by whom, what it changed, and going back several steps."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.timer import Timer

from qualcode.i18n import _, ngettext
from qualcode.services import history
from qualcode.services.history import Entry
from qualcode.tui import history_views
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import RowChosen, RowReached
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.themes import faint
from qualcode.tui.view import Choice
from qualcode.tui.widgets.card import Card
from qualcode.tui.widgets.table import Column, Table, TableRow

PAGE = 200
"""Entries read at a time; the next ones are when the last one is reached."""
_MERGE_S = 0.04
"""While a key repeats, only the entry where it stops is looked up."""


class HistoryScreen(ListScreen):
    """The newest first. Enter opens the first place that an entry changed."""

    CONTEXT = "history"
    BINDINGS = bindings("history")

    def __init__(self) -> None:
        super().__init__()
        self._own = False
        self._limit = PAGE
        self._entries: dict[str, Entry] = {}
        self._more = False
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        yield Table(id="table")
        yield Card(id="card")

    def topic(self) -> str:
        return _("History")

    def facts(self) -> Sequence[str]:
        n = len(self._entries)
        shown = ngettext("{n} operation", "{n} operations", n).format(n=n)
        return (_("yours") if self._own else _("everybody's"), f"{shown} …" if self._more else shown)

    def columns(self) -> Sequence[Column]:
        return history_views.columns(list(self._entries.values()))

    def rows(self) -> Sequence[TableRow]:
        found = history.listing(self.study, limit=self._limit + 1, own=self._own)
        self._more = len(found) > self._limit
        self._entries = {str(entry.operation.id): entry for entry in found[: self._limit]}
        return history_views.rows(list(self._entries.values()))

    def show_rows(self) -> None:
        rows = self.rows()
        self.table.show(self.columns(), rows, self.table.chosen)
        self._show_card()

    @property
    def in_hand(self) -> Entry | None:
        return self._entries.get(self.table.chosen)

    # What an entry changed

    def on_row_reached(self, event: RowReached) -> None:
        if self._more and event.id == next(reversed(self._entries), ""):
            self._limit += PAGE
            with self.told():
                self.reread()
        if self._timer is None:
            self._timer = self.set_timer(_MERGE_S, self._show_card)
        else:
            self._timer.reset()

    def _show_card(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        entry = self.in_hand
        if entry is None:
            return
        with self.told():
            changes = history.changes(self.study, entry.operation.id, limit=history_views.SHOWN_CHANGES + 1)
            self.query_one(Card).show(history_views.card(entry, changes, faint(self)))

    def on_row_chosen(self, event: RowChosen) -> None:
        with self.told():
            changes = history.changes(self.study, int(event.id), limit=history_views.SHOWN_CHANGES)
            place = next((one for one in changes if one.document and one.start is not None), None)
            if place is None:
                self.status.say(_("It changed no place in a text."))
            else:
                self.desk.open_document(place.document, place.start, place.uid or "")

    def action_turn(self, pages: int) -> None:
        self.query_one(Card).turn(pages)

    def action_own(self) -> None:
        self._own = not self._own
        self._limit = PAGE
        with self.told():
            self.reread()

    # Going back several steps

    def action_undo_to(self) -> None:
        """Say first how many operations that takes back."""
        entry = self.in_hand
        if entry is None:
            return
        if not self._is_done(entry):
            self.status.say(_("Only what is yours and not taken back yet can be taken back."), bad=True)
            return
        n = sum(self._is_done(one) for one in self._entries.values() if one.operation.id >= entry.operation.id)
        label = ngettext("take back {n} operation of yours", "take back {n} operations of yours", n).format(n=n)
        self.strip.ask("undo_to", [Choice("z", label, str(entry.operation.id))])

    def chosen_undo_to(self, _key: str, operation: str) -> None:
        with self.told():
            done = history.undo_to(self.study, int(operation))
            self.reread()
            self.status.say(history_views.taken_back(len(done)))

    def _is_done(self, entry: Entry) -> bool:
        operation = entry.operation
        mine = operation.coder == self.study.coder
        return mine and operation.undoable and not entry.undone and not entry.is_reversal
