"""A matrix as the grid shows it, and what is said beside it."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode import i18n
from qualcode.domain.facts import Facts, Field, Subject
from qualcode.domain.matrix import Cell, CellKind, Matrix
from qualcode.i18n import _, ngettext
from qualcode.reporting.cells import NOT_MENTIONED, cell_text, counted, one_line, total_kind
from qualcode.reporting.quote import quoted_places
from qualcode.services.synthesis import Compared
from qualcode.tui.view import Choice
from qualcode.tui.widgets.grid import GridColumn, GridView

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def grid_view(compared: Compared, *, totals: bool) -> GridView:
    """The matrix with its totals last, each cell as its kind shows it."""
    matrix, kind = compared.matrix, compared.kind
    rows = [[_shown(compared, cell, kind) for cell in cells] for cells in matrix.cells]
    columns = [GridColumn(column.label, column.group) for column in matrix.columns]
    labels = [row.label for row in matrix.rows]
    if totals and labels:
        of = total_kind(kind)
        for shown, total in zip(rows, matrix.row_totals, strict=True):
            shown.append(_number(total, of))
        rows.append([_number(total, of) for total in (*matrix.column_totals, matrix.total)])
        columns.append(GridColumn(_("Total")))
        labels.append(_("Total"))
    words = kind is CellKind.QUOTES
    return GridView(columns, labels, rows, (NOT_MENTIONED,), words=words, totals=totals and bool(matrix.rows))


def cell_at(matrix: Matrix, row: int, column: int) -> Cell | None:
    """The cell or total at a place of `grid_view`."""
    if not matrix.rows or not matrix.columns:
        return None
    if row < len(matrix.rows):
        return matrix.cells[row][column] if column < len(matrix.columns) else matrix.row_totals[row]
    return matrix.column_totals[column] if column < len(matrix.columns) else matrix.total


def name_at(matrix: Matrix, row: int, column: int) -> str:
    """What a cell is of: its row and its column, a total by one of them."""
    parts = []
    if row < len(matrix.rows):
        parts.append(matrix.rows[row].label)
    if column < len(matrix.columns):
        parts.append(matrix.columns[column].label)
    return " × ".join(parts) or _("Total")


def said_of(cell: Cell) -> str:
    """The counts of a cell in words."""
    return counted(cell.counts) if cell.codings else _("not mentioned; it may never have been asked")


def left_out(matrix: Matrix) -> str:
    """How many codings are in no row and how many of nobody: what is not counted is said beside the table."""
    rowless, nobody = len(matrix.without_row.codings), len(matrix.without_informant.codings)
    parts = []
    if rowless:
        parts.append(
            ngettext(
                "{n} coding is outside the table: n lists it",
                "{n} codings are outside the table: n lists them",
                rowless,
            ).format(n=rowless)
        )
    if nobody:
        parts.append(ngettext("{n} without an informant", "{n} without an informant", nobody).format(n=nobody))
    return " · ".join(parts) or _("no coding is left out")


def kind_title(kind: CellKind) -> str:
    return {
        CellKind.INFORMANTS: _("informants"),
        CellKind.SEGMENTS: _("segments"),
        CellKind.CASES: _("cases"),
        CellKind.QUOTES: _("quotes"),
        CellKind.VALENCE: _("mean valence"),
    }[kind]


def row_choices(facts: Facts, subject: Subject) -> list[Choice]:
    """The fields of one subject that can stand as rows, a letter each."""
    fields = [field for field in facts.fields if field.subject is subject]
    language = i18n.language()
    return [
        Choice(letter, _label(fields, field, language), field.id, subject_title(subject))
        for letter, field in zip(_LETTERS, fields, strict=False)
    ]


def subject_title(subject: Subject) -> str:
    return {
        Subject.CASE: _("Cases by"),
        Subject.DOCUMENT: _("Documents by"),
        Subject.INFORMANT: _("Informants by"),
        Subject.CODING: _("Codings by"),
    }[subject]


def attributes_of(subject: Subject) -> str:
    return {
        Subject.CASE: _("by what is said of cases"),
        Subject.DOCUMENT: _("of documents"),
        Subject.INFORMANT: _("of informants"),
        Subject.CODING: _("of codings"),
    }[subject]


def _label(fields: Sequence[Field], field: Field, language: str) -> str:
    """With the id where two have the same words."""
    label = field.label(language)
    return label if sum(other.label(language) == label for other in fields) == 1 else f"{label} ({field.id})"


def _shown(compared: Compared, cell: Cell, kind: CellKind) -> str:
    if kind is not CellKind.QUOTES or cell.empty:
        return _number(cell, kind)
    places = quoted_places(cell.codings, compared.quotes)
    words = one_line(places[0].text) if places[0].text is not None else _("(words held back)")
    more = f"({len(places)}) " if len(places) > 1 else ""
    return f"{more}{words}"


def _number(cell: Cell, kind: CellKind) -> str:
    """With the minus sign of print, which is as wide as the plus."""
    return cell_text(cell, kind).replace("-", "−") if kind is CellKind.VALENCE else cell_text(cell, kind)
