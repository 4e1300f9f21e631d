"""One cell of the framework grid: its summary, written beside the quotes that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from qualcode.domain.grid import GridCell
from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.reporting.cells import source
from qualcode.reporting.grid_tables import change_text, state_text
from qualcode.services import grid, quoting
from qualcode.services.quoting import Quoted
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import MemoKept, RowChosen
from qualcode.tui.quote_views import QuoteViews
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.view import Choice
from qualcode.tui.widgets.quotes import QuoteList, QuoteView
from qualcode.tui.widgets.summary import SummaryPane

_NARROW = 100
_HOLDS = "h"


class SummaryScreen(ListScreen):
    """Esc keeps what is written. It rests on the quotes that were shown while it was, whatever came meanwhile."""

    CONTEXT = "summarising"
    BINDINGS = bindings("summarising")
    CSS_PATH: ClassVar = ["listing.tcss", "summary.tcss"]

    def __init__(self, name: str, cell: GridCell) -> None:
        super().__init__()
        self._called = name
        self._cell = cell
        self._quoted: dict[str, Quoted] = {}
        self._seen: tuple[str, ...] | None = None
        self._refused: str | None = None
        self._in_quotes = False

    def body(self) -> ComposeResult:
        with Container(id="beside"):
            yield QuoteList(id="quotes")
            yield Static(id="none", markup=False)
            yield SummaryPane(id="summary")

    @property
    def quotes(self) -> QuoteList:
        return self.query_one(QuoteList)

    @property
    def summary(self) -> SummaryPane:
        return self.query_one(SummaryPane)

    @property
    def pane(self) -> Widget:
        return self.quotes if self._in_quotes else self.summary.area

    def topic(self) -> str:
        return self._called

    def facts(self) -> Sequence[str]:
        n = len(self._quoted)
        return (ngettext("{n} coding", "{n} codings", n).format(n=n),)

    def heading(self, width: int) -> str:
        return ""

    def on_mount(self) -> None:
        changed = change_text(self._cell) if self._cell.stale else ""
        parts = filter(None, (_("Summary"), state_text(self._cell), changed))
        self.summary.ask(" · ".join(parts), self._cell.text)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < _NARROW, "-narrow")

    def show_rows(self) -> None:
        """The quotes that were there when it was opened; those hidden from this coder are not seen."""
        found = quoting.quoted(self.study, self._cell.evidence.uids)
        self._quoted = {item.segment.coding.uid: item for item in found}
        if self._seen is None:
            self._seen = tuple(self._quoted)
        views = QuoteViews(self.study)
        self.quotes.show([self._marked(views.view(item)) for item in found], self.quotes.chosen)
        self.quotes.display = bool(found)
        nothing = self.query_one("#none", Static)
        nothing.display = not found
        nothing.update(_("Nothing is coded here."))

    def _marked(self, view: QuoteView) -> QuoteView:
        """With a word where the quote came after the summary was written."""
        came = view.id in self._cell.added
        return replace(view, marks=f"{view.marks} · {_('new')}".removeprefix(" · ")) if came else view

    # From the quotes to the words

    def action_switch(self) -> None:
        self._in_quotes = not self._in_quotes and bool(self._quoted)
        self.return_keyboard()

    def on_row_chosen(self, event: RowChosen) -> None:
        """The reference is that of a copied quote: ids that exports and `qualcode why` know."""
        reference = f"({', '.join(source(self._quoted[event.id].segment))})"
        self.summary.put_in(reference)
        self.status.say(_("Put into the summary: {reference}").format(reference=reference))

    def on_descendant_focus(self) -> None:
        """A click goes from one to the other too."""
        if self.focused in (self.quotes, self.summary.area):
            self._in_quotes = self.focused is self.quotes
        super().on_descendant_focus()

    # Keeping it

    def on_memo_kept(self, _event: MemoKept) -> None:
        self.action_leave_screen()

    def action_leave_screen(self) -> None:
        """The same words over other codings: only the writer knows whether they still hold."""
        if self._cell.stale and self.summary.text == self._cell.text and self.summary.text:
            heading = _("Do the words still hold?")
            choices = [
                Choice(_HOLDS, _("yes: they rest on these quotes now"), "", heading),
                Choice("n", _("not yet: leave it stale"), "", heading),
            ]
            self.strip.ask("holding", choices)
            return
        super().action_leave_screen()

    def chosen_holding(self, key: str, _value: str) -> None:
        if key != _HOLDS or self._store():
            self.desk.leave_screen()

    def may_leave(self) -> bool:
        """Keep what is written. What could not be kept stays; leaving once more gives it up."""
        return self.summary.text in (self._cell.text, self._refused) or self._store()

    def _store(self) -> bool:
        text = self.summary.text
        try:
            self._cell = grid.write(self.study, self._cell.key, text, seen=self._seen, instead_of=self._cell.text)
        except QualcodeError as error:
            self._refused = text
            self.status.say(f"{error.render(_)} {_('The same key again gives it up.')}", bad=True)
            return False
        return True
