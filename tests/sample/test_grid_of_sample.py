"""The sample's grid, and what rests on its quotes, equal what is counted from the reference files alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qualcode.domain.asked import Asked
from qualcode.domain.grid import RowKind
from qualcode.services import asking, coding, grid, why
from qualcode.services.study import Study
from tests.sample import plain_matrices
from tests.sample.study import CODEBOOK, TRANSCRIPTS, build

Counted = dict[tuple[str, str], str]
"""Row and column id -> the number as printed; nothing where there is none."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with build(tmp_path_factory.mktemp("sample") / "study") as made:
        yield made


def counted(columns: str, kind: str) -> Counted:
    """By case, from the reference codings."""
    codings = plain_matrices.rows_of(str(TRANSCRIPTS / "reference_codings.csv"))
    header, *rows = plain_matrices.matrix(str(TRANSCRIPTS), str(CODEBOOK), codings, "case", columns, kind)
    return {(row[0], column): cell for row in rows for column, cell in zip(header[1:], row[1:], strict=True)}


def in_grid(study: Study, columns: str) -> Counted:
    cells = [cell for of_row in grid.grid(study, RowKind.CASE, columns).grid.cells for cell in of_row]
    return {(cell.key.row, cell.key.column): str(cell.evidence.counts.segments or "") for cell in cells}


@pytest.mark.parametrize("columns", ["family", "code", "theme"])
def test_the_cells_of_the_grid_hold_what_the_plain_count_finds(study: Study, columns: str) -> None:
    found, expected = in_grid(study, columns), counted(columns, "segments")
    assert len(found) >= 21
    assert found == {key: expected[key] for key in found}


@pytest.mark.parametrize("kind", RowKind)
@pytest.mark.parametrize("columns", ["family", "theme"])
def test_a_cell_read_alone_is_the_cell_of_the_grid(study: Study, kind: RowKind, columns: str) -> None:
    asking.note(study, "torgrim", ["barrier", "theme-risk"], Asked.ASKED)
    for of_row in grid.grid(study, kind, columns).grid.cells:
        assert [grid.cell(study, cell.key) for cell in of_row] == list(of_row)


@pytest.mark.parametrize("columns", ["family", "code", "theme"])
def test_each_number_that_rests_on_a_quote_is_the_plain_count(study: Study, columns: str) -> None:
    informants, segments = counted(columns, "informants"), counted(columns, "segments")
    looked_at = 0
    for segment in [item for item in coding.everything(study) if item.counts][::30]:
        for item in why.why(study, segment).resting:
            row, _, column = item.place.partition(" / ")
            key = (row.removeprefix("case:"), column)
            if item.counts is not None and row.startswith("case:") and key in segments:
                counts = (str(item.counts.informants), str(item.counts.segments))
                assert counts == (informants[key], segments[key])
                looked_at += 1
    assert looked_at > 10
