"""Writing a summary: as a memo, with references that are put in where the cursor stands."""

from __future__ import annotations

from textual.widgets import TextArea

from qualcode.tui.widgets.memo import MemoPane


class SummaryPane(MemoPane):
    WRITING = "summary"

    @property
    def area(self) -> TextArea:
        return self.query_one(TextArea)

    def put_in(self, words: str) -> None:
        """Write `words` at the cursor, a blank before them where none stands there."""
        row, column = self.area.cursor_location
        before = self.area.document.get_line(row)[:column]
        self.area.insert(f" {words}" if before.strip() and not before.endswith(" ") else words)
