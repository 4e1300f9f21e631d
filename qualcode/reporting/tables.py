"""Matrices and co-occurrences as plain tables, the one shape that screens, CSV, JSON and Markdown are made from."""

from __future__ import annotations

from fractions import Fraction

from qualcode.domain import tabular
from qualcode.domain.cooccurrence import Cooccurrence, Pair
from qualcode.domain.matrix import Cell, CellKind, Matrix
from qualcode.i18n import _
from qualcode.reporting.cells import Value, cell_value, signed, total_kind
from qualcode.reporting.quote import Quotes

TOTAL = "total"


def matrix_table(
    matrix: Matrix,
    kind: CellKind = CellKind.INFORMANTS,
    *,
    quotes: Quotes | None = None,
    title: str = "",
    unmentioned: str | None = None,
) -> tabular.Table:
    """Headers: `row`, `label`, the column ids, `total`; a last row `total`.

    `unmentioned` stands where nothing is coded: `·` for readers, nothing for scripts, whose number columns would
    otherwise be read as text.
    """

    def written(cells: tuple[Cell, ...], of: CellKind) -> list[str | int | None]:
        return [_written(cell_value(cell, of, quotes or {}), unmentioned) for cell in cells]

    totals = total_kind(kind)
    rows = [
        [row.id, row.label, *written(cells, kind), *written((total,), totals)]
        for row, cells, total in zip(matrix.rows, matrix.cells, matrix.row_totals, strict=True)
    ]
    rows.append([TOTAL, _("Total"), *written((*matrix.column_totals, matrix.total), totals)])
    ids = tuple(column.id for column in matrix.columns)
    return tabular.Table(
        headers=("row", "label", *ids, TOTAL),
        rows=rows,
        title=title,
        labels=("", "", *(column.label for column in matrix.columns), _("Total")),
        free_text=frozenset({"label", *(ids if kind is CellKind.QUOTES else ())}),
    )


def _written(value: Value, unmentioned: str | None) -> str | int | None:
    if value is None:
        return unmentioned
    return signed(value) if isinstance(value, Fraction) else value


def cooccurrence_table(result: Cooccurrence, *, title: str = "", met_only: bool = False) -> tabular.Table:
    """One row per pair of columns: counts first, then the coefficients; undefined ones say so."""
    pairs = [pair for pair in result.pairs if pair.joint.n12 or not met_only]
    return tabular.Table(
        headers=(
            *("first", "first_label", "second", "second_label", "n1", "n2", "n12", "informants", "units"),
            *("c", "dice", "overlap", "p_second_given_first", "p_first_given_second", "lift", "pmi", "npmi", "phi"),
            "warning",
        ),
        rows=[_pair_row(pair) for pair in pairs],
        title=title,
        labels=(
            *("", _("A"), "", _("B"), _("n of A"), _("n of B"), _("together"), _("informants"), _("units")),
            *("c", "Dice", _("overlap"), _("P(B|A)"), _("P(A|B)"), "lift", "PMI", "NPMI", "phi"),
            _("warning"),
        ),
        free_text=frozenset({"first_label", "second_label"}),
    )


def _pair_row(pair: Pair) -> list[str | int | float]:
    joint = pair.joint
    coefficients = (
        *(joint.jaccard, joint.dice, joint.overlap, joint.b_given_a, joint.a_given_b),
        *(joint.lift, joint.pmi, joint.npmi, joint.phi),
    )
    return [
        *(pair.first.id, pair.first.label, pair.second.id, pair.second.label),
        *(joint.n1, joint.n2, joint.n12, pair.informants, joint.units),
        *(_("undefined") if value is None else round(value, 6) for value in coefficients),
        _warning(pair),
    ]


def _warning(pair: Pair) -> str:
    if pair.joint.repeated:
        return _("places meet repeatedly: no coefficient is defined")
    if pair.joint.skewed:
        return _("frequencies differ more than 5-fold: read overlap, not c")
    return ""
