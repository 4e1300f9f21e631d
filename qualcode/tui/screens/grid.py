"""The framework grid: a summary in each cell of cases or informants across codes, written beside its quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from qualcode import i18n
from qualcode.domain.asked import Asked, Reason
from qualcode.domain.grid import GridCell, RowKind, SummaryState
from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.reporting.grid_tables import change_text, state_text
from qualcode.services import asking, blinding, grid, history
from qualcode.services.grid import Charted
from qualcode.tui import grid_views
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import CellChosen, CellReached, LineGiven
from qualcode.tui.screens.gridded import Gridded
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.summary import SummaryScreen
from qualcode.tui.themes import faint
from qualcode.tui.view import Choice
from qualcode.tui.widgets.card import Card
from qualcode.tui.widgets.grid import Grid

_WRITE = "w"


class GridScreen(Gridded):
    """The study is read again where it, the rows or the columns have changed."""

    CONTEXT = "framework"
    BINDINGS = bindings("framework")
    CSS_PATH: ClassVar = ["listing.tcss", "grid.tcss"]

    def __init__(self) -> None:
        super().__init__()
        self._kind = RowKind.CASE
        self._columns_by = "family"
        self._charted: Charted | None = None
        self._unseen: frozenset[str] = frozenset()
        self._revision = -1

    def body(self) -> ComposeResult:
        yield Grid(id="grid")
        yield Card(id="card")

    def topic(self) -> str:
        return _("Framework grid")

    def facts(self) -> Sequence[str]:
        if self._charted is None:
            return ()
        return (self._charted.compared.heading.title, grid_views.counts_text(self._charted.grid))

    def show_rows(self) -> None:
        """Read the study again only where somebody has changed it."""
        if self._charted is None or history.revision(self.study) != self._revision:
            self._read(self._kind, self._columns_by)
        if self._charted is not None:
            self.grid.show(grid_views.grid_view(self._charted.grid, self._unseen), self.grid.at)
            self._show_card()

    def respeak(self) -> None:
        """Labels of codes are in the language they were read in."""
        self._charted = None
        super().respeak()

    def _read(self, kind: RowKind, columns_by: str) -> None:
        """Show these rows and columns; they stay as they were where they cannot be read. Raises QualcodeError."""
        self._revision = history.revision(self.study)
        self._charted = grid.grid(self.study, kind, columns_by, language=i18n.language())
        self._unseen = frozenset(item.coding.uid for item in blinding.hidden_codings(self.study))
        self._kind, self._columns_by = kind, columns_by

    # What is in hand

    @property
    def in_hand(self) -> GridCell | None:
        if self._charted is None or not (self._charted.grid.rows and self._charted.grid.columns):
            return None
        row, column = self.grid.at
        return self._charted.grid.cells[row][column]

    @property
    def _called(self) -> str:
        return grid_views.name_at(self._charted.grid, *self.grid.at) if self._charted is not None else ""

    def on_cell_reached(self, _event: CellReached) -> None:
        self._show_card()

    def on_cell_chosen(self, _event: CellChosen) -> None:
        cell = self.in_hand
        if cell is None or cell.evidence.empty:
            self.status.say(_("Nothing is coded here."))
        else:
            self.desk.push_screen(QuotesScreen(self._called, cell.evidence.uids))

    def action_turn(self, pages: int) -> None:
        self.query_one(Card).turn(pages)

    def _show_card(self) -> None:
        cell = self.in_hand
        nothing = Text(_("There are no rows or columns yet; v and c choose others."))
        shown = nothing if cell is None else grid_views.card(self._called, cell, self._unseen, faint(self))
        self.query_one(Card).show(shown)

    # Writing, and how far it is

    def action_edit(self) -> None:
        """Where there is nothing to summarise, why is the first question."""
        cell = self.in_hand
        if cell is None:
            return
        if cell.summary is None and cell.reason is not None:
            with self.told():
                self._ask_why(cell, cell.reason)
            return
        self._write(cell)

    def _ask_why(self, cell: GridCell, reason: Reason) -> None:
        informants = asking.informants_of(self.study, cell.key)
        if not informants:
            self._write(cell)
            return
        n = len(informants)
        heading = ngettext("Asked about it? ({n} informant)", "Asked about it? ({n} informants)", n).format(n=n)
        choices = [
            Choice("a", _("asked"), Asked.ASKED, heading, reason is Reason.SILENT),
            Choice("n", _("not asked"), Asked.NOT_ASKED, heading, reason is Reason.NOT_ASKED),
            Choice("u", _("not known"), "", heading, reason is Reason.UNKNOWN),
            Choice(_WRITE, _("write a summary all the same"), "", heading),
        ]
        self.strip.ask("why", choices)

    def chosen_why(self, key: str, value: str) -> None:
        cell = self.in_hand
        if cell is None:
            return
        if key == _WRITE:
            self._write(cell)
            return
        with self.told():
            asking.note_cell(self.study, cell.key, Asked(value) if value else None)
            self.reread()

    def _write(self, cell: GridCell) -> None:
        with self.told():
            self.desk.push_screen(SummaryScreen(self._called, grid.cell(self.study, cell.key)))

    def action_step(self) -> None:
        """A stale summary is not checked: the check would vouch for codings that its words never saw."""
        cell = self.in_hand
        if cell is None or cell.summary is None:
            self.status.say(_("Nothing is written here: e writes it."))
            return
        checked = cell.state is SummaryState.CHECKED
        if cell.stale and not checked:
            said = _("Not checked: {changed} since it was written. e opens it beside them.")
            self.status.say(said.format(changed=change_text(cell)), bad=True)
            return
        with self.told():
            state = SummaryState.DRAFTED if checked else SummaryState.CHECKED
            now = grid.set_state(self.study, cell.key, state)
            self.reread()
            self.status.say(f"{self._called}: {state_text(now)}")

    # Rows and columns

    def _change(self, kind: RowKind, columns_by: str, column: int) -> None:
        """Show other rows or columns from the first row on. Raises QualcodeError."""
        self._read(kind, columns_by)
        self.grid.at = (0, column)
        self.reread()

    def action_rows(self) -> None:
        kind = RowKind.CASE if self._kind is RowKind.INFORMANT else RowKind.INFORMANT
        with self.told():
            self._change(kind, self._columns_by, self.grid.at[1])

    def change_columns(self, columns: str) -> None:
        self._change(self._kind, columns, 0)

    def on_line_given(self, event: LineGiven) -> None:
        """What cannot be understood is said, and stays on the line to be put right."""
        try:
            if event.text:
                self.change_columns(event.text)
        except QualcodeError as error:
            self.status.say(error.render(_), bad=True)
            return
        self.close_line()
