from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl import load_workbook

from qualcode.domain.matrix import CellKind, Column, Matrix, Row, pivot
from qualcode.reporting.heading import Heading
from qualcode.reporting.quote import Quote, Quotes
from qualcode.reporting.xlsx import matrix_xlsx
from tests.reporting.samples import segment


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def test_counts_are_numbers_and_what_is_not_mentioned_is_a_dot(matrix: Matrix, heading: Heading) -> None:
    assert sheets(matrix_xlsx(matrix, CellKind.INFORMANTS, heading))["Matrix"] == [
        ["", "Risk", "Trust & talk", "Total"],
        ["Ferry <b>", 2, 0, 2],
        ["=Sensors", "·", "·", "·"],
        ["Total", 2, 0, 2],
    ]


def test_a_valence_is_a_signed_number_or_undefined(matrix: Matrix, heading: Heading) -> None:
    book = load_workbook(io.BytesIO(matrix_xlsx(matrix, CellKind.VALENCE, heading)))
    cells = book["Matrix"]
    assert (cells["B2"].value, cells["B2"].number_format) == (-0.5, "+0.00;-0.00;0.00")
    assert cells["C2"].value == "undefined"


def test_no_text_becomes_a_formula_or_a_link(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    book = load_workbook(io.BytesIO(matrix_xlsx(matrix, CellKind.QUOTES, heading, quotes)))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert book["Matrix"]["A3"].value == "=Sensors"


def test_every_coding_of_every_cell_has_its_quote_row(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    rows = sheets(matrix_xlsx(matrix, CellKind.INFORMANTS, heading, quotes))["Quotes"]
    assert [(row[0], row[1], row[-1]) for row in rows[1:]] == [
        ("Ferry <b>", "Risk", "a"),
        ("Ferry <b>", "Risk", "b"),
        ("Ferry <b>", "Risk", "c"),
        ("Ferry <b>", "Trust & talk", "d"),
        ("(outside the table)", None, "e"),
    ]
    assert rows[4][2] == "(words held back)"
    assert "\x1b" not in rows[1][2]
    assert rows[1][2].endswith("\nnext line")


def test_the_last_sheet_says_what_is_left_out(matrix: Matrix, heading: Heading) -> None:
    about = sheets(matrix_xlsx(matrix, CellKind.INFORMANTS, heading))["About"]
    assert about[1][0] == "Privacy class: yellow (internal)"
    assert ["Without a case", "1 coding"] in about


def test_a_text_too_long_for_excel_is_cut_visibly_instead_of_lost(heading: Heading) -> None:
    row, column = Row("A", "A"), Column("x", "X", frozenset("x"))
    matrix = pivot([segment("a")], [row], lambda _: ("A",), [column])
    long = Quote("a", "z" * 40_000, "d1", 1, "K", "I1", "A", "anna", ("X",))
    text = sheets(matrix_xlsx(matrix, CellKind.INFORMANTS, heading, {"a": long}))["Quotes"][1][2]
    assert len(text) == 32_767
    assert text.endswith("z…")


def test_the_same_matrix_gives_the_same_bytes(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    first, second = (matrix_xlsx(matrix, CellKind.QUOTES, heading, quotes) for _ in range(2))
    assert first == second
    dates = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
