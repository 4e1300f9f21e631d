"""What the screens share whose list is a grid: its place on the screen, and choosing its columns."""

from __future__ import annotations

from textual.widget import Widget

from qualcode.i18n import _
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.view import Choice
from qualcode.tui.widgets.grid import Grid


class Gridded(ListScreen):
    """A subclass puts a `Grid` into its `body`, and shows other columns by `change_columns`."""

    @property
    def grid(self) -> Grid:
        return self.query_one(Grid)

    @property
    def pane(self) -> Widget:
        return self.grid

    def heading(self, width: int) -> str:
        """Empty: a grid has its own."""
        return ""

    def change_columns(self, columns: str) -> None:
        """Show these columns, as `--columns` takes them. Raises QualcodeError."""
        raise NotImplementedError

    def action_columns(self) -> None:
        heading = _("Columns")
        choices = [
            Choice("f", _("families"), "family", heading),
            Choice("c", _("codes"), "code", heading),
            Choice("t", _("themes"), "theme", heading),
            Choice("i", _("some, by their ids"), "", heading),
        ]
        self.strip.ask("columns", choices)

    def chosen_columns(self, _key: str, columns: str) -> None:
        if not columns:
            self.line.ask("columns", _("Columns by id, with commas:"), "")
            return
        with self.told():
            self.change_columns(columns)
