"""Staleness is a comparison of two sets, and a grid turned twice is as it was."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.asked import Reason
from qualcode.domain.counting import count, in_order
from qualcode.domain.grid import CellKey, GridCell, RowKind, Summary, SummaryState, grid_of, transposed
from qualcode.domain.matrix import Cell, Column, Row
from tests.reporting.samples import segment

UIDS = st.sets(st.sampled_from("abcdef"))
KEY = CellKey(RowKind.CASE, "A", "x")


def evidence(uids: set[str]) -> Cell:
    codings = in_order(segment(uid) for uid in uids)
    return Cell(tuple(codings), count(codings))


def written(rests_on: set[str], key: CellKey = KEY) -> Summary:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    return Summary(key, "Words.", SummaryState.DRAFTED, tuple(sorted(rests_on)), "anna", when)


@given(UIDS, UIDS)
def test_a_summary_is_stale_where_its_codings_are_another_set(before: set[str], now: set[str]) -> None:
    cell = GridCell(KEY, evidence(now), written(before), None)
    assert cell.stale is (before != now)
    assert set(cell.added) == now - before
    assert set(cell.removed) == before - now


@given(UIDS)
def test_a_cell_without_words_is_never_stale(now: set[str]) -> None:
    cell = GridCell(KEY, evidence(now), None, None)
    assert (cell.state, cell.text, cell.stale) == (SummaryState.UNSUMMARISED, "", False)


@given(st.integers(0, 3), st.integers(0, 3), st.data())
def test_a_grid_counts_its_cells_and_turned_twice_is_as_it_was(
    rows: int, columns: int, data: st.DataObject
) -> None:
    keys = [[CellKey(RowKind.CASE, f"r{r}", f"c{c}") for c in range(columns)] for r in range(rows)]
    flat = [key for of_row in keys for key in of_row]
    summarised = data.draw(st.sets(st.sampled_from(flat))) if flat else set[CellKey]()
    grid = grid_of(
        RowKind.CASE,
        [Row(f"r{r}", f"r{r}") for r in range(rows)],
        [Column(f"c{c}", f"c{c}", frozenset()) for c in range(columns)],
        [[evidence({"a"} if (r + c) % 2 else set()) for c in range(columns)] for r in range(rows)],
        {key: written({"a"}, key) for key in summarised},
        lambda row, column: Reason.SILENT if row.id == "r0" else Reason.UNKNOWN,
    )
    assert [[cell.key for cell in of_row] for of_row in grid.cells] == keys
    reasons = {cell.reason for of_row in grid.cells[:1] for cell in of_row if cell.evidence.empty}
    assert reasons <= {Reason.SILENT}
    assert all(cell.reason is None for of_row in grid.cells for cell in of_row if not cell.evidence.empty)
    counts = grid.counts()
    assert (counts["drafted"], counts["unsummarised"]) == (len(summarised), len(flat) - len(summarised))
    assert counts["stale"] == sum((int(key.row[1]) + int(key.column[1])) % 2 == 0 for key in summarised)
    assert transposed(transposed(grid)).cells == grid.cells or not rows
