from __future__ import annotations

import csv
import io

from qualcode.domain.cooccurrence import cooccurrence, unit_named
from qualcode.domain.matrix import CellKind, Column, Matrix, pivot
from qualcode.i18n import set_language
from qualcode.reporting.csv_table import EXCEL_NB, table_csv
from qualcode.reporting.quote import Quotes
from qualcode.reporting.tables import (
    cooccurrence_table,
    matrix_table,
    readable_cooccurrence_table,
    readable_matrix_table,
)
from tests.reporting.samples import segment


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def test_a_matrix_is_a_table_with_distinct_totals(matrix: Matrix) -> None:
    table = matrix_table(matrix, title="Barriers")
    assert table.headers == ("row", "label", "x", "y", "total")
    assert table.labels == ("", "", "Risk", "Trust & talk", "Total")
    assert table.rows == [
        ["A", "Ferry <b>", 2, 0, 2],
        ["B", "=Sensors", None, None, None],
        ["total", "Total", 2, 0, 2],
    ]


def test_scripts_get_the_same_in_every_screen_language(matrix: Matrix, quotes: Quotes) -> None:
    def for_scripts() -> list[bytes]:
        return [table_csv(matrix_table(matrix, kind, quotes=quotes)) for kind in CellKind]

    in_english = for_scripts()
    assert b"(words held back)" in in_english[list(CellKind).index(CellKind.QUOTES)]
    set_language("nb")
    assert readable_matrix_table(matrix).rows[-1][0] == "I alt"
    assert for_scripts() == in_english


def test_readers_get_a_dot_where_nothing_is_coded(matrix: Matrix) -> None:
    table = readable_matrix_table(matrix)
    assert (table.headers, table.labels) == (("label", "x", "y", "total"), ("", "Risk", "Trust & talk", "Total"))
    assert table.rows == [["Ferry <b>", 2, 0, 2], ["=Sensors", "·", "·", "·"], ["Total", 2, 0, 2]]
    assert readable_matrix_table(matrix, CellKind.VALENCE).rows[0] == ["Ferry <b>", "-0.50", "undefined", "-0.50"]


def test_totals_may_be_left_out(matrix: Matrix) -> None:
    table = matrix_table(matrix, totals=False)
    assert (table.headers, table.rows) == (
        ("row", "label", "x", "y"),
        [["A", "Ferry <b>", 2, 0], ["B", "=Sensors", None, None]],
    )


def test_a_code_called_total_keeps_a_header_of_its_own() -> None:
    columns = [Column(name, name, frozenset(name)) for name in ("total", "row", "y")]
    table = matrix_table(pivot([], [], lambda _segment: (), columns))
    assert table.headers == ("row", "label", "column.total", "column.row", "y", "total")


def test_totals_of_quotes_count_places(matrix: Matrix, quotes: Quotes) -> None:
    table = matrix_table(matrix, CellKind.QUOTES, quotes=quotes)
    assert [row[-1] for row in table.rows] == [3, None, 3]
    assert table.rows[-1][2:] == [2, 1, 3]


def test_every_csv_row_is_as_wide_as_the_header(matrix: Matrix, quotes: Quotes) -> None:
    for kind in CellKind:
        rows = read(table_csv(matrix_table(matrix, kind, quotes=quotes)))
        assert {len(row) for row in rows} == {5}, kind
        assert len(rows) == 4


def test_csv_guards_free_text_and_leaves_numbers_alone(matrix: Matrix) -> None:
    content = table_csv(matrix_table(matrix, CellKind.VALENCE))
    assert read(content)[1:3] == [["A", "Ferry <b>", "-0.5", "NaN", "-0.5"], ["B", "'=Sensors", "", "", ""]]
    assert content.endswith(b"\r\n")
    assert read(table_csv(matrix_table(matrix), raw=True))[2][1] == "=Sensors"


def test_excel_in_norwegian_gets_semicolons_and_a_byte_order_mark(matrix: Matrix) -> None:
    content = table_csv(matrix_table(matrix), EXCEL_NB)
    assert content.startswith(b"\xef\xbb\xbfrow;label;x;y;total\r\nA;Ferry <b>;2;0;2\r\n")


def test_a_table_of_cooccurrences_counts_first_and_warns() -> None:
    segments = [segment(f"x{n}", start=n * 20) for n in range(6)]
    segments.append(segment("y", code="y"))
    columns = (Column("x", "Risk", frozenset("x")), Column("y", "Trust", frozenset("y")))
    result = cooccurrence(segments, unit_named("overlap"), columns)
    table = cooccurrence_table(result)
    row = dict(zip(table.headers, table.rows[0], strict=True))
    assert [row[name] for name in ("n1", "n2", "n12", "informants", "units")] == [6, 1, 1, 1, 6]
    assert (row["c"], row["overlap"], str(row["phi"]), row["warning"]) == (0.166667, 1.0, "nan", "skewed")
    assert "NaN,skewed" in table_csv(table).decode()
    readable = readable_cooccurrence_table(result)
    assert readable.rows[0][:6] == ["Risk", "Trust", 6, 1, 1, 1]
    assert readable.rows[0][-1] == "!"
    assert len(readable.labels) == len(readable.headers) == len(readable.rows[0])


def test_the_most_frequent_pair_comes_first() -> None:
    segments = [segment("a", code="a"), segment("b", code="b"), segment("c", code="c")]
    segments += [segment("b2", code="b", start=40), segment("c2", code="c", start=40)]
    columns = [Column(code, code, frozenset(code)) for code in "abc"]
    rows = cooccurrence_table(cooccurrence(segments, unit_named("span"), columns)).rows
    assert [(row[0], row[2], row[6]) for row in rows] == [("b", "c", 2), ("a", "b", 1), ("a", "c", 1)]


def test_pairs_that_never_meet_may_be_left_out() -> None:
    columns = (Column("x", "Risk", frozenset("x")), Column("y", "Trust", frozenset("y")))
    result = cooccurrence([segment("a")], unit_named("span"), columns)
    assert len(cooccurrence_table(result).rows) == 1
    assert cooccurrence_table(result, met_only=True).rows == []
