"""A matrix as a workbook: the table, the quotes behind every cell, and how to read it.

Text is written as text: never as a formula, a link or a number. The same matrix gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from qualcode.domain.inert import inert, inert_block
from qualcode.domain.matrix import Cell, CellKind, Matrix
from qualcode.i18n import _
from qualcode.reporting.cells import Value, cell_value, total_kind, value_text
from qualcode.reporting.heading import Heading, facts, reading_notes, stamp
from qualcode.reporting.quote import Quotes

Book = Any
Sheet = Any
"""xlsxwriter's types are half written: its methods take and give unknowns."""

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date in the file, so that equal studies give equal bytes
_LONGEST = 32_767
"""Characters in one cell; Excel repairs a file with longer ones by throwing them away."""


def matrix_xlsx(
    matrix: Matrix, kind: CellKind, heading: Heading, quotes: Quotes | None = None, *, totals: bool = True
) -> bytes:
    """Three sheets: the matrix, one row per coding of each cell, the facts and notes."""
    from xlsxwriter.workbook import Workbook

    paper = io.BytesIO()
    book: Book = Workbook(
        paper,
        {
            "in_memory": True,
            "constant_memory": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": _text(heading.title), "comments": _text(stamp(heading)), "created": _MADE})
    _write_matrix(book, matrix, kind, quotes or {}, totals=totals)
    _write_quotes(book, matrix, quotes or {})
    _write_about(book, matrix, kind, heading)
    book.close()
    return paper.getvalue()


def _write_matrix(book: Book, matrix: Matrix, kind: CellKind, quotes: Quotes, *, totals: bool) -> None:
    sheet = book.add_worksheet(_("Matrix"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": kind is CellKind.QUOTES})
    signed = book.add_format({"valign": "top", "num_format": "+0.00;-0.00;0.00"})
    of_totals = total_kind(kind)

    def write_row(at: int, label: str, cells: Iterable[Cell], of: CellKind, total: Cell) -> None:
        _write(sheet, at, 0, label, bold)
        values = [cell_value(cell, of, quotes) for cell in cells]
        if totals:
            values.append(cell_value(total, of_totals, quotes))
        for column, value in enumerate(values, start=1):
            _write(sheet, at, column, value, signed if isinstance(value, Fraction) else plain)

    titles = ["", *(column.label for column in matrix.columns), *([_("Total")] if totals else [])]
    for column, title in enumerate(titles):
        _write(sheet, 0, column, title, bold)
    for at, row in enumerate(matrix.rows, start=1):
        write_row(at, row.label, matrix.cells[at - 1], kind, matrix.row_totals[at - 1])
    if totals:
        write_row(len(matrix.rows) + 1, _("Total"), matrix.column_totals, of_totals, matrix.total)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(titles) - 1, 48 if kind is CellKind.QUOTES else 14)


def _write_quotes(book: Book, matrix: Matrix, quotes: Quotes) -> None:
    """Every coding of every cell, and those of no row, so that each number can be filtered down to its quotes."""
    sheet = book.add_worksheet(_("Quotes"))
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    titles = [
        *(_("Row"), _("Column"), _("Quote"), _("Document"), _("Turn"), _("Speaker"), _("Informant")),
        *(_("Case"), _("Code"), _("Valence"), _("Coder"), _("Coding")),
    ]
    _write_line(sheet, 0, titles, bold)
    at = 1
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns, cells, strict=True):
            for values in _quote_rows(cell, quotes):
                _write_line(sheet, at, [row.label, column.label, *values], wrapped)
                at += 1
    for values in _quote_rows(matrix.without_row, quotes):
        _write_line(sheet, at, [_("(outside the table)"), None, *values], wrapped)
        at += 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(at - 1, 1), len(titles) - 1)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 2, 80)
    sheet.set_column(3, len(titles) - 1, 16)


def _quote_rows(cell: Cell, quotes: Quotes) -> Iterable[list[Value]]:
    for segment in cell.codings:
        coding = segment.coding
        quote = quotes.get(coding.uid)
        yield [
            _("(words held back)") if quote is None else quote.text,
            coding.document,
            segment.turn,
            segment.speaker,
            segment.informant,
            segment.case,
            coding.code if quote is None else " › ".join(quote.code_path),
            segment.valence,
            coding.coder,
            coding.uid,
        ]


def _write_about(book: Book, matrix: Matrix, kind: CellKind, heading: Heading) -> None:
    sheet = book.add_worksheet(_("About"))
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _write(sheet, 0, 0, heading.title, bold)
    _write(sheet, 1, 0, stamp(heading), bold)
    at = 3
    for fact in facts(matrix, kind, heading):
        _write(sheet, at, 0, fact.label, bold)
        _write(sheet, at, 1, fact.text, wrapped)
        at += 1
    for note in reading_notes():
        at += 1
        _write(sheet, at, 1, note, wrapped)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)


def _write_line(sheet: Sheet, at: int, values: Sequence[Value], style: Any) -> None:
    for column, value in enumerate(values):
        if value is not None:
            _write(sheet, at, column, value, style)


def _write(sheet: Sheet, row: int, column: int, value: Value, style: Any) -> None:
    match value:
        case int() | Fraction():
            sheet.write_number(row, column, float(value), style)
        case None | float():
            sheet.write_string(row, column, value_text(value), style)
        case str():
            sheet.write_string(row, column, _text(value), style)


def _text(text: str) -> str:
    shown = inert(text) if "\n" not in text else inert_block(text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
