from __future__ import annotations

import pytest

from qualcode.domain.coding import CodedSegment
from qualcode.domain.matrix import (
    Column,
    Row,
    chosen_columns,
    code_columns,
    family_columns,
    pivot,
    theme_columns,
    transposed,
)
from qualcode.errors import BadInput, NotFound
from tests.reporting.samples import segment, small_codebook

ROWS = [Row("A", "Ferry"), Row("B", "Sensors")]


def of_case(segment: CodedSegment) -> tuple[str, ...]:
    return () if segment.case is None else (segment.case,)


def test_totals_are_distinct_not_sums() -> None:
    """One informant speaks of both codes in both cases: 1 everywhere, where sums would say 2 and 4."""
    segments = [
        segment(f"{case}{code}", code=code, document=case, case=case) for case in ("A", "B") for code in ("x", "y")
    ]
    columns = [Column("x", "X", frozenset("x")), Column("y", "Y", frozenset("y"))]
    matrix = pivot(segments, ROWS, of_case, columns)
    assert [[cell.counts.informants for cell in cells] for cells in matrix.cells] == [[1, 1], [1, 1]]
    assert [total.counts.informants for total in (*matrix.row_totals, *matrix.column_totals)] == [1, 1, 1, 1]
    assert (matrix.total.counts.informants, matrix.total.counts.segments, matrix.total.counts.codings) == (1, 2, 4)


def test_a_cell_without_codings_is_there_and_empty() -> None:
    matrix = pivot([segment("a")], ROWS, of_case, [Column("x", "X", frozenset("x"))])
    assert matrix.cells[1][0].empty
    assert matrix.cells[1][0].uids == ()
    assert matrix.cells[1][0].valence.mean is None
    assert not matrix.cells[0][0].empty


def test_codings_in_no_row_are_kept_apart_and_left_out_of_totals() -> None:
    segments = [segment("a"), segment("b", start=20, case=None), segment("c", start=40, case="C", informant=None)]
    matrix = pivot(segments, ROWS, of_case, [Column("x", "X", frozenset("x"))])
    assert matrix.total.uids == ("a",)
    assert matrix.without_row.uids == ("b", "c")
    assert matrix.without_case.uids == ("b",)
    assert matrix.without_informant.uids == ("c",)


def test_a_coding_outside_all_columns_is_no_part_of_the_matrix() -> None:
    matrix = pivot([segment("a", code="z", case=None)], ROWS, of_case, [Column("x", "X", frozenset("x"))])
    assert matrix.total.empty
    assert matrix.without_row.empty
    assert matrix.coders == ()


def test_a_coding_in_several_columns_and_rows_is_in_each_once() -> None:
    columns = [Column("x", "X", frozenset("x")), Column("all", "All", frozenset({"x", "y"}))]
    matrix = pivot([segment("a")], ROWS, lambda _: ("A", "B", "A"), columns)
    assert [[cell.uids for cell in cells] for cells in matrix.cells] == [[("a",), ("a",)], [("a",), ("a",)]]
    assert matrix.total.counts.codings == 1


def test_rows_keep_their_given_order() -> None:
    matrix = pivot([segment("a")], list(reversed(ROWS)), of_case, [Column("x", "X", frozenset("x"))])
    assert [row.id for row in matrix.rows] == ["B", "A"]
    assert [total.empty for total in matrix.row_totals] == [True, False]


def test_a_saved_query_finds_codings_whatever_their_code() -> None:
    column = Column("asked", "Asked", frozenset(), found=frozenset({"b"}))
    matrix = pivot([segment("a"), segment("b", code="z", start=20)], ROWS, of_case, [column])
    assert matrix.cells[0][0].uids == ("b",)


def test_the_matrix_says_whose_work_it_shows() -> None:
    segments = [segment("a", coder="bjorn"), segment("b", coder="anna"), segment("c", coder="cilla", case=None)]
    assert pivot(segments, ROWS, of_case, [Column("x", "X", frozenset("x"))]).coders == ("anna", "bjorn")


def test_a_family_column_holds_its_whole_subtree() -> None:
    barrier, value = family_columns(small_codebook(), "nb")
    assert (barrier.id, barrier.label, barrier.codes) == (
        "barrier",
        "Barriere",
        frozenset({"barrier", "risk", "risk-supplier", "old"}),
    )
    assert value.codes == frozenset({"value", "value-supplier"})


def test_code_columns_hold_subtrees_in_tree_order_without_families_and_unused_retired_codes() -> None:
    columns = code_columns(small_codebook(), "en")
    assert [(column.id, column.codes) for column in columns] == [
        ("risk", frozenset({"risk", "risk-supplier"})),
        ("risk-supplier", frozenset({"risk-supplier"})),
        ("value-supplier", frozenset({"value-supplier"})),
    ]
    assert [column.group for column in columns] == ["Barrier", "Barrier", "Value"]


def test_exact_columns_hold_the_code_alone() -> None:
    assert code_columns(small_codebook(), "en", exact=True)[0].codes == frozenset({"risk"})
    assert chosen_columns(small_codebook(), ["risk"], "en", exact=True)[0].codes == frozenset({"risk"})


def test_a_retired_code_has_a_column_only_while_it_is_used() -> None:
    assert "old" in [column.id for column in code_columns(small_codebook(), "en", used={"old"})]
    assert "old" not in [column.id for column in code_columns(small_codebook(), "en", used={"risk"})]


def test_columns_of_one_name_are_told_apart_by_their_parents() -> None:
    assert [column.label for column in code_columns(small_codebook(), "en")] == [
        "Risk",
        "Risk: Supplier",
        "Value: Supplier",
    ]


def test_a_theme_is_the_union_of_its_subtrees_or_what_its_query_found() -> None:
    everything, asked = theme_columns(small_codebook(), "en", found={"asked": ["u1"]})
    assert everything.codes == frozenset({"risk", "risk-supplier", "value", "value-supplier"})
    assert (asked.codes, asked.found) == (frozenset(), frozenset({"u1"}))


def test_a_query_that_was_not_run_is_refused_rather_than_shown_as_not_mentioned() -> None:
    with pytest.raises(BadInput, match="'asked' is a saved query"):
        theme_columns(small_codebook(), "en")


def test_chosen_columns_mix_families_codes_and_themes_in_the_given_order_each_once() -> None:
    columns = chosen_columns(small_codebook(), ["everything", "value", "old", "value"], "en")
    assert [column.id for column in columns] == ["everything", "value", "old"]


def test_an_unknown_column_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"no family, code or theme 'rsik'\. Did you mean risk"):
        chosen_columns(small_codebook(), ["rsik"], "en")


def test_a_transposed_matrix_exchanges_rows_and_columns_and_keeps_what_is_beside() -> None:
    segments = [segment("a"), segment("b", code="y", start=20, case="B"), segment("c", start=40, case=None)]
    columns = [Column("x", "X", frozenset("x")), Column("y", "Y", frozenset("y")), Column("z", "Z", frozenset("z"))]
    matrix = pivot(segments, [Row("A", "Ferry"), Row("B", "B")], lambda s: (s.case,) if s.case else (), columns)
    turned = transposed(matrix)
    assert [row.id for row in turned.rows] == ["x", "y", "z"]
    assert [(column.id, column.label) for column in turned.columns] == [("A", "Ferry"), ("B", "B")]
    assert [[cell.uids for cell in cells] for cells in turned.cells] == [[("a",), ()], [(), ("b",)], [(), ()]]
    assert [cell.uids for cell in turned.row_totals] == [("a",), ("b",), ()]
    assert (turned.total, turned.without_row) == (matrix.total, matrix.without_row)
    assert transposed(pivot([], [], lambda _segment: (), columns)).cells == ((), (), ())
