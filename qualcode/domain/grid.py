"""The framework grid: a summary in words for each row and column, with the codings it rests on.

Two things are derived and never stored: whether a summary is stale, and why nothing is coded in a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from qualcode.domain.asked import Reason
from qualcode.domain.matrix import Cell, Column, Row


class SummaryState(StrEnum):
    """How far the words of a cell are."""

    UNSUMMARISED = "unsummarised"
    DRAFTED = "drafted"
    CHECKED = "checked"


class RowKind(StrEnum):
    """What a row of the grid is."""

    CASE = "case"
    INFORMANT = "informant"


@dataclass(frozen=True, slots=True)
class CellKey:
    """A cell by its users' ids; `column` is that of a family, a code or a theme."""

    kind: RowKind
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.row} / {self.column}"


@dataclass(frozen=True, slots=True)
class Summary:
    """What somebody wrote in a cell. `rests_on` are the uids of its codings when the text was last saved."""

    key: CellKey
    text: str
    state: SummaryState
    rests_on: tuple[str, ...]
    coder: str
    updated_at: datetime
    checked_by: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its codings as they are now; `reason` says why there are none, and is None where there are."""

    key: CellKey
    evidence: Cell
    summary: Summary | None
    reason: Reason | None

    @property
    def state(self) -> SummaryState:
        return SummaryState.UNSUMMARISED if self.summary is None else self.summary.state

    @property
    def text(self) -> str:
        return "" if self.summary is None else self.summary.text

    @property
    def added(self) -> tuple[str, ...]:
        """Codings that came into the cell since its text was saved."""
        return () if self.summary is None else _without(self.evidence.uids, self.summary.rests_on)

    @property
    def removed(self) -> tuple[str, ...]:
        """Codings that left the cell since: deleted, or given another code, case or place."""
        return () if self.summary is None else _without(self.summary.rests_on, self.evidence.uids)

    @property
    def stale(self) -> bool:
        """True where the set of codings is another than when the text was saved (METHODS section 1).

        What is said *of* a coding (a qualifier, a memo) does not count: it is the same quote in the same cell.
        """
        return bool(self.added or self.removed)


def _without(uids: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = set(others)
    return tuple(uid for uid in uids if uid not in known)


@dataclass(frozen=True)
class Grid:
    """`cells[r][c]` belongs to `rows[r]` and `columns[c]`."""

    kind: RowKind
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[GridCell, ...], ...]

    def counts(self) -> Mapping[str, int]:
        """How many cells are in each state, and how many are stale."""
        cells = [cell for row in self.cells for cell in row]
        found = {state.value: sum(cell.state is state for cell in cells) for state in SummaryState}
        return found | {"stale": sum(cell.stale for cell in cells)}


def transposed(grid: Grid) -> Grid:
    """The same cells with rows and columns exchanged; each cell keeps its key."""
    return replace(
        grid,
        rows=tuple(Row(column.id, column.label) for column in grid.columns),
        columns=tuple(Column(row.id, row.label, frozenset()) for row in grid.rows),
        cells=tuple(zip(*grid.cells, strict=True)) or tuple(() for _ in grid.columns),
    )


def grid_of(
    kind: RowKind,
    rows: Sequence[Row],
    columns: Sequence[Column],
    cells: Sequence[Sequence[Cell]],
    summaries: Mapping[CellKey, Summary],
    why: Callable[[Row, Column], Reason],
) -> Grid:
    """The grid over the cells of a matrix; `why` is asked of the cells without codings."""

    def cell(row: Row, column: Column, evidence: Cell) -> GridCell:
        key = CellKey(kind, row.id, column.id)
        reason = why(row, column) if evidence.empty else None
        return GridCell(key, evidence, summaries.get(key), reason)

    made = tuple(
        tuple(cell(row, column, evidence) for column, evidence in zip(columns, of_row, strict=True))
        for row, of_row in zip(rows, cells, strict=True)
    )
    return Grid(kind, tuple(rows), tuple(columns), made)
