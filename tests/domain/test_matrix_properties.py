from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.coding import CodedSegment, CodingStatus
from qualcode.domain.counting import count
from qualcode.domain.matrix import Column, Row, pivot
from tests.reporting.samples import segment

COLUMNS = [
    Column("x", "X", frozenset("x")),
    Column("y", "Y", frozenset("y")),
    Column("both", "Both", frozenset("xy")),
]
ROWS = [Row("A", "A"), Row("B", "B")]


@st.composite
def codings(draw: st.DrawFn) -> list[CodedSegment]:
    """Few places, informants and coders, so that they collide often."""
    return [
        segment(
            f"u{number}",
            code=draw(st.sampled_from(["x", "y", "z", None])),
            document=draw(st.sampled_from(["d1", "d2"])),
            start=draw(st.integers(0, 3)) * 5,
            coder=draw(st.sampled_from(["anna", "bjorn"])),
            informant=draw(st.sampled_from(["I1", "I2", "I3", None])),
            case=draw(st.sampled_from(["A", "B", "C", None])),
            valence=draw(st.sampled_from(["-1", "0", "1", None])),
            status=draw(st.sampled_from(CodingStatus)),
        )
        for number in range(draw(st.integers(0, 20)))
    ]


def of_case(segment: CodedSegment) -> tuple[str, ...]:
    return () if segment.case is None else (segment.case,)


@given(codings())
def test_a_cell_holds_exactly_the_filtered_codings_and_counts_them(segments: list[CodedSegment]) -> None:
    matrix = pivot(segments, ROWS, of_case, COLUMNS)
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns, cells, strict=True):
            expected = [s for s in segments if s.counts and s.case == row.id and s.coding.code in column.codes]
            assert sorted(cell.uids) == sorted(s.coding.uid for s in expected)
            assert cell.counts.informants == len({s.informant for s in expected if s.informant})
            assert cell.counts.segments == len({s.place for s in expected})
            assert cell.counts.cases == bool(expected)


@given(codings())
def test_totals_never_exceed_sums_and_never_fall_below_any_cell(segments: list[CodedSegment]) -> None:
    matrix = pivot(segments, ROWS, of_case, COLUMNS)
    lines = [
        *zip(matrix.row_totals, matrix.cells, strict=True),
        *zip(matrix.column_totals, zip(*matrix.cells, strict=True), strict=True),
        (matrix.total, matrix.row_totals),
    ]
    for total, cells in lines:
        for counted in ("informants", "segments", "cases", "codings"):
            parts = [getattr(cell.counts, counted) for cell in cells]
            assert max(parts) <= getattr(total.counts, counted) <= sum(parts)


@given(codings())
def test_totals_count_the_union_of_their_cells(segments: list[CodedSegment]) -> None:
    matrix = pivot(segments, ROWS, of_case, COLUMNS)
    inside = {s.coding.uid: s for cells in matrix.cells for cell in cells for s in cell.codings}
    assert set(matrix.total.uids) == set(inside)
    assert matrix.total.counts == count(inside.values())


@given(codings().flatmap(lambda segments: st.tuples(st.just(segments), st.permutations(segments))))
def test_the_order_of_the_input_does_not_change_the_matrix(
    both: tuple[list[CodedSegment], list[CodedSegment]],
) -> None:
    given_order, permuted = both
    assert pivot(given_order, ROWS, of_case, COLUMNS) == pivot(permuted, ROWS, of_case, COLUMNS)


@given(codings())
def test_valence_lies_between_minus_one_and_one(segments: list[CodedSegment]) -> None:
    mean = pivot(segments, ROWS, of_case, COLUMNS).total.valence.mean
    assert mean is None or -1 <= mean <= 1


@given(codings())
def test_every_coding_in_a_column_is_in_a_row_or_said_to_be_in_none(segments: list[CodedSegment]) -> None:
    matrix = pivot(segments, ROWS, of_case, COLUMNS)
    expected = sorted(s.coding.uid for s in segments if s.counts and s.coding.code in {"x", "y"})
    assert sorted(matrix.total.uids + matrix.without_row.uids) == expected
