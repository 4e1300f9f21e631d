"""The matrix: cases, informants or sides across codes; every number opens its quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from qualcode import i18n
from qualcode.domain.facts import Subject
from qualcode.domain.inert import inert
from qualcode.domain.matrix import CellKind
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.services import history, matrix_files, synthesis
from qualcode.services.synthesis import Compared
from qualcode.tui import matrix_views
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import CellChosen, CellReached, LineGiven
from qualcode.tui.screens.gridded import Gridded
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.themes import faint
from qualcode.tui.view import Choice
from qualcode.tui.widgets.grid import Grid

_KINDS = (CellKind.INFORMANTS, CellKind.SEGMENTS, CellKind.QUOTES, CellKind.VALENCE, CellKind.CASES)
_SUBJECTS = {"C": Subject.CASE, "I": Subject.INFORMANT, "D": Subject.DOCUMENT, "K": Subject.CODING}


@dataclass(frozen=True, slots=True)
class _Question:
    """What the matrix is asked. `where` are conditions as `--where` takes them."""

    rows: str = "case"
    columns: str = "family"
    where: tuple[str, ...] = ()


class MatrixScreen(Gridded):
    """The study is read again where it or the question has changed; another kind of cell only looks different."""

    CONTEXT = "matrix"
    BINDINGS = bindings("matrix")
    CSS_PATH: ClassVar = ["listing.tcss", "matrix.tcss"]

    def __init__(self) -> None:
        super().__init__()
        self._question = _Question()
        self._kind = CellKind.INFORMANTS
        self._transposed = False
        self._totals = True
        self._compared: Compared | None = None
        self._revision = -1

    def body(self) -> ComposeResult:
        yield Grid(id="grid")
        yield Static(id="beside")

    def topic(self) -> str:
        return self._compared.heading.title if self._compared else _("Matrix")

    def facts(self) -> Sequence[str]:
        filtered = self._compared.heading.filter if self._compared else ""
        return tuple(filter(None, (matrix_views.kind_title(self._kind), filtered)))

    def show_rows(self) -> None:
        """Read the study again only where somebody has changed it."""
        now = history.revision(self.study)
        if self._compared is None or now != self._revision:
            self._ask(self._question)
        self._show()

    def respeak(self) -> None:
        """Labels of fields and codes are in the language they were read in."""
        self._compared = None
        super().respeak()

    def _ask(self, question: _Question) -> None:
        """Read the matrix for a question, which stays as it was where that cannot be. Raises QualcodeError."""
        self._revision = history.revision(self.study)
        self._compared = synthesis.matrix(
            self.study,
            question.rows,
            question.columns,
            where=question.where,
            transpose=self._transposed,
            shown_only=True,
            language=i18n.language(),
        )
        self._question = question

    def _show(self) -> None:
        """The matrix there is, the same cell in hand where it is still there."""
        if self._compared is None:
            return
        self._compared = replace(self._compared, kind=self._kind)
        self.grid.show(matrix_views.grid_view(self._compared, totals=self._totals), self.grid.at)

    def _change(self, **changed: object) -> None:
        """Ask another question and show its answer from the first cell on. Raises QualcodeError."""
        self._ask(replace(self._question, **changed))
        self.grid.at = (0, 0)
        self.reread()

    # What is in hand

    def on_cell_reached(self, event: CellReached) -> None:
        if self._compared is None:
            return
        matrix = self._compared.matrix
        cell = matrix_views.cell_at(matrix, event.row, event.column)
        text = Text(no_wrap=True, overflow="ellipsis")
        if cell is not None:
            text.append(inert(matrix_views.name_at(matrix, event.row, event.column)), "bold")
            text.append(f"  {matrix_views.said_of(cell)}")
        text.append(f"\n{matrix_views.left_out(matrix)}", faint(self))
        self.query_one("#beside", Static).update(text, layout=False)

    def on_cell_chosen(self, event: CellChosen) -> None:
        if self._compared is None:
            return
        matrix = self._compared.matrix
        cell = matrix_views.cell_at(matrix, event.row, event.column)
        if cell is None or cell.empty:
            self.status.say(_("Nothing is coded here."))
            return
        self.desk.push_screen(QuotesScreen(matrix_views.name_at(matrix, event.row, event.column), cell.uids))

    def action_outside(self) -> None:
        """The codings that the note under the grid counts."""
        outside = self._compared.matrix.without_row if self._compared else None
        if outside is None or outside.empty:
            self.status.say(_("No coding is outside the table."))
            return
        self.desk.push_screen(QuotesScreen(_("Outside the table"), outside.uids))

    # What is compared

    def action_cell(self) -> None:
        self._kind = _KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)]
        self.reread()

    def action_transpose(self) -> None:
        row, column = self.grid.at
        self._transposed = not self._transposed
        with self.told():
            self._ask(self._question)
            self.grid.at = (column, row)
            self.reread()

    def action_totals(self) -> None:
        self._totals = not self._totals
        self.reread()

    def action_rows(self) -> None:
        choices = [
            Choice("c", _("cases"), "case", _("Rows")),
            Choice("i", _("informants"), "informant", _("Rows")),
            Choice("s", _("sides"), "side", _("Rows")),
            Choice("d", _("documents"), "document", _("Rows")),
            *(Choice(key, matrix_views.attributes_of(one), one, _("More")) for key, one in _SUBJECTS.items()),
        ]
        self.strip.ask("rows", choices)

    def chosen_rows(self, key: str, value: str) -> None:
        if key in _SUBJECTS and self._compared is not None:
            self.strip.ask("field", matrix_views.row_choices(self._compared.synthesis.facts, _SUBJECTS[key]))
            return
        self.chosen_field(key, value)

    def chosen_field(self, _key: str, field: str) -> None:
        with self.told():
            self._change(rows=field)

    def change_columns(self, columns: str) -> None:
        self._change(columns=columns)

    def action_filter(self) -> None:
        self.line.ask("filter", _("Only"), " and ".join(self._question.where))

    def on_line_given(self, event: LineGiven) -> None:
        """What cannot be understood is said, and stays on the line to be put right."""
        try:
            if event.name == "filter":
                self._change(where=(event.text,) if event.text else ())
            elif event.text:
                self.change_columns(event.text)
        except QualcodeError as error:
            self.status.say(error.render(_), bad=True)
            return
        self.close_line()

    # Writing it

    def action_write(self) -> None:
        choices = [Choice(format[0], format, format, _("Write as")) for format in matrix_files.FORMATS]
        self.strip.ask("format", choices)

    def chosen_format(self, _key: str, format: str) -> None:
        if self._compared is None:
            return
        with self.told():
            file = matrix_files.write_matrix(self.study, self._compared, format, totals=self._totals)
            self.status.say(_("{file} is written.").format(file=file))
