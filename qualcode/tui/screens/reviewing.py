"""What lists share that are looked through row by row before something is done with all that is marked."""

from __future__ import annotations

from qualcode.tui.keymap import bindings
from qualcode.tui.screens.listing import ListScreen

MARKED, UNMARKED = "●", "○"


class Reviewing(ListScreen):
    """`marked` holds ids of rows; the first cell of each row is `mark_of` its id."""

    BINDINGS = bindings("review")

    def __init__(self) -> None:
        super().__init__()
        self.marked: set[str] = set()

    def listed(self) -> list[str]:
        """The ids of the rows, in order."""
        raise NotImplementedError

    def mark_of(self, row: str) -> str:
        return MARKED if row in self.marked else UNMARKED

    @property
    def marked_in_order(self) -> list[str]:
        return [row for row in self.listed() if row in self.marked]

    def action_mark(self) -> None:
        """Mark or unmark the row in hand, and go on to the next."""
        if self.table.chosen:
            self.marked ^= {self.table.chosen}
            self.show_marks()
            self.table.action_move(1)

    def action_mark_all(self) -> None:
        rows = set(self.listed())
        self.marked = set() if rows <= self.marked else rows
        self.show_marks()

    def show_marks(self) -> None:
        """Marks are the screen's own: nothing is read anew for them."""
        with self.told():
            self.table.show(self.columns(), self.rows(), self.table.chosen)
            self.show_facts()
