"""The sample study's matrices equal those that a script importing only `csv` and `collections` counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.matrix import CellKind
from qualcode.reporting.csv_table import table_csv
from qualcode.reporting.tables import matrix_table
from qualcode.services import synthesis
from qualcode.services.study import Study
from tests.sample import plain_matrices
from tests.sample.study import CODEBOOK, TRANSCRIPTS, build

REFERENCE = TRANSCRIPTS / "reference_codings.csv"
ROWS = ("case", "side")
COLUMNS = ("family", "code", "theme")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with build(tmp_path_factory.mktemp("sample") / "study") as study:
        yield study


def counted(codings: list[dict[str, str]], rows: str, columns: str, kind: str) -> list[list[str]]:
    return plain_matrices.matrix(str(TRANSCRIPTS), str(CODEBOOK), codings, rows, columns, kind)


def reference() -> list[dict[str, str]]:
    return plain_matrices.rows_of(str(REFERENCE))


def printed(study: Study, rows: str, columns: str, kind: str) -> list[list[str]]:
    """The program's CSV without its column of labels, with one name for the corner."""
    compared = synthesis.matrix(study, rows, columns, kind=CellKind(kind))
    content = table_csv(matrix_table(compared.matrix, compared.kind)).decode()
    table = [[row[0], *row[2:]] for row in csv.reader(io.StringIO(content))]
    table[0][0] = rows
    return table


def same(found: str, expected: str) -> bool:
    """Equal cells; means agree to six decimals."""
    try:
        return abs(float(found) - float(expected)) < 1e-6
    except ValueError:
        return found == expected


@pytest.mark.parametrize("kind", plain_matrices.CELLS)
@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("rows", ROWS)
def test_every_cell_equals_the_plain_count(study: Study, rows: str, columns: str, kind: str) -> None:
    expected = counted(reference(), rows, columns, kind)
    found = printed(study, rows, columns, kind)
    assert found[0] == expected[0]
    assert [row[0] for row in found] == [row[0] for row in expected]
    different = [
        (row[0], column, cell, wanted)
        for row, wanted_row in zip(found[1:], expected[1:], strict=True)
        for column, cell, wanted in zip(found[0][1:], row[1:], wanted_row[1:], strict=True)
        if not same(cell, wanted)
    ]
    assert different == []


@pytest.mark.parametrize("kind", plain_matrices.CELLS)
def test_one_changed_reference_row_is_seen(study: Study, kind: str) -> None:
    codings = reference()
    once = next(row for row in codings if row["code_id"] == "barrier-other-regulation")
    once |= {"code_id": "model-facilitator", "valence": "-1", "informant": "somebody-else"}
    assert counted(codings, "case", "code", kind) != counted(reference(), "case", "code", kind)
    assert printed(study, "case", "code", kind) != counted(codings, "case", "code", kind)


def test_the_plain_script_imports_nothing_but_csv_and_collections() -> None:
    source = Path(plain_matrices.__file__).read_text(encoding="utf-8")
    imports = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert imports == ["import csv", "from collections import defaultdict"]
