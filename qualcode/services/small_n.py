"""How firmly a comparison of few cases stands: the checks beside a matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.domain.matrix_rows import row_finder
from qualcode.domain.small_n import ColumnChecks, Luck, check_columns, luck
from qualcode.services import synthesis
from qualcode.services.study import Study
from qualcode.services.synthesis import Compared


@dataclass(frozen=True)
class Checked:
    """A matrix with the checks of its columns, in their order."""

    compared: Compared
    columns: tuple[ColumnChecks, ...]
    luck: Luck | None
    """The chance that one of so many columns falls on the rows like a given outcome; None is undefined."""
    heard: int
    """Informants with a coding in any row, whatever its code."""


def checks(
    study: Study,
    rows_by: str = "case",
    columns_by: str = "family",
    *,
    where: Iterable[str] = (),
    exact: bool = False,
    work_of: str | None = None,
) -> Checked:
    """The checks of what `synthesis.matrix` compares with the same arguments. Raises what it raises."""
    compared = synthesis.matrix(study, rows_by, columns_by, where=where, exact=exact, work_of=work_of)
    matrix, asked = compared.matrix, compared.synthesis
    rows_of = row_finder(asked.facts, asked.facts.field(rows_by), exact=exact)
    rows = {row.id for row in matrix.rows}
    heard = {item.informant for item in asked.segments if item.informant and not rows.isdisjoint(rows_of(item))}
    return Checked(
        compared=compared,
        columns=tuple(check_columns(matrix, len(heard))),
        luck=luck(len(matrix.rows), len(matrix.columns)),
        heard=len(heard),
    )
