"""Matrices and co-occurrences as plain tables, the one shape that screens, CSV, JSON and Markdown are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import nan

from qualcode.domain import tabular
from qualcode.domain.cooccurrence import Cooccurrence, Pair
from qualcode.domain.matrix import Cell, CellKind, Matrix
from qualcode.errors import N_
from qualcode.i18n import _
from qualcode.reporting.cells import Translate, Value, cell_value, total_kind, value_text
from qualcode.reporting.quote import Quotes

TOTAL = "total"


def matrix_table(
    matrix: Matrix,
    kind: CellKind = CellKind.INFORMANTS,
    *,
    quotes: Quotes | None = None,
    title: str = "",
    totals: bool = True,
) -> tabular.Table:
    """Headers: `row`, `label`, the column ids, `total`; a last row `total`. For scripts: plain numbers, and the
    same in every screen language.

    Nothing stands where nothing is coded, and NaN for a mean that is undefined.
    """
    return _matrix_table(matrix, kind, quotes or {}, title, totals, _plain, str)


def readable_matrix_table(
    matrix: Matrix,
    kind: CellKind = CellKind.INFORMANTS,
    *,
    quotes: Quotes | None = None,
    title: str = "",
    totals: bool = True,
) -> tabular.Table:
    """As `matrix_table`, for readers: `·` where nothing is coded, signed valences, labels without the rows' ids."""
    table = _matrix_table(matrix, kind, quotes or {}, title, totals, _readable, _)
    return replace(table, headers=table.headers[1:], labels=table.labels[1:], rows=[row[1:] for row in table.rows])


Written = str | int | float | None

_OWN_HEADERS = ("row", "label")


def _matrix_table(
    matrix: Matrix,
    kind: CellKind,
    quotes: Quotes,
    title: str,
    totals: bool,
    written: Callable[[Value], Written],
    say: Translate,
) -> tabular.Table:
    of_totals, total = total_kind(kind), say(N_("Total"))

    def line(id: str, label: str, cells: tuple[Cell, ...], of: CellKind, together: Cell) -> list[Written]:
        last = [written(cell_value(together, of_totals, quotes, say))] if totals else []
        return [id, label, *(written(cell_value(cell, of, quotes, say)) for cell in cells), *last]

    rows = [
        line(row.id, row.label, cells, kind, together)
        for row, cells, together in zip(matrix.rows, matrix.cells, matrix.row_totals, strict=True)
    ]
    if totals:
        rows.append(line(TOTAL, total, matrix.column_totals, of_totals, matrix.total))
    ids = tuple(_header(column.id) for column in matrix.columns)
    last = (TOTAL,) if totals else ()
    return tabular.Table(
        headers=(*_OWN_HEADERS, *ids, *last),
        rows=rows,
        title=title,
        labels=("", "", *(column.label for column in matrix.columns), *((total,) if totals else ())),
        free_text=frozenset({"label", *(ids if kind is CellKind.QUOTES else ())}),
        numeric=frozenset(last if kind is CellKind.QUOTES else (*ids, *last)),
    )


def _header(column: str) -> str:
    """A code may be called `total`: two equal headers would be one key in JSON."""
    return f"column.{column}" if column in (*_OWN_HEADERS, TOTAL) else column


def _plain(value: Value) -> Written:
    return round(float(value), 6) if isinstance(value, Fraction) else value


def _readable(value: Value) -> Written:
    return value_text(value) if value is None or isinstance(value, Fraction | float) else value


def cooccurrence_table(result: Cooccurrence, *, title: str = "", met_only: bool = False) -> tabular.Table:
    """One row per pair of columns, the most frequent first: counts, then the coefficients; NaN where undefined."""
    return tabular.Table(
        headers=(
            *("first", "first_label", "second", "second_label", "n1", "n2", "n12", "informants", "units"),
            *("c", "dice", "overlap", "p_second_given_first", "p_first_given_second", "lift", "pmi", "npmi", "phi"),
            "warning",
        ),
        rows=[_pair_row(pair) for pair in _by_frequency(result, met_only)],
        title=title,
        free_text=frozenset({"first_label", "second_label"}),
    )


def readable_cooccurrence_table(result: Cooccurrence, *, title: str = "", met_only: bool = False) -> tabular.Table:
    """As `cooccurrence_table`, for a screen: names instead of ids, the two coefficients most often read, `!` where
    frequencies differ more than 5-fold and overlap says more than c."""
    return tabular.Table(
        headers=("first", "second", "n1", "n2", "n12", "informants", "c", "overlap", "warning"),
        rows=[_readable_pair(pair) for pair in _by_frequency(result, met_only)],
        title=title,
        labels=(
            *(_("A"), _("B"), _("nA"), _("nB"), _("both"), _("informants")),
            *("c", _("overlap"), ""),
        ),
    )


REPEATED, SKEWED = "repeated", "skewed"
"""Warnings: places meet repeatedly and no coefficient is defined; frequencies differ more than 5-fold."""


def _by_frequency(result: Cooccurrence, met_only: bool) -> list[Pair]:
    met = [pair for pair in result.pairs if pair.joint.n12 or not met_only]
    return sorted(met, key=lambda pair: -pair.joint.n12)


def _pair_row(pair: Pair) -> list[str | int | float]:
    joint = pair.joint
    coefficients = (
        *(joint.jaccard, joint.dice, joint.overlap, joint.b_given_a, joint.a_given_b),
        *(joint.lift, joint.pmi, joint.npmi, joint.phi),
    )
    return [
        *(pair.first.id, pair.first.label, pair.second.id, pair.second.label),
        *(joint.n1, joint.n2, joint.n12, pair.informants, joint.units),
        *map(_coefficient, coefficients),
        _warning(pair),
    ]


def _readable_pair(pair: Pair) -> list[str | int | float]:
    joint = pair.joint
    return [
        *(pair.first.label, pair.second.label, joint.n1, joint.n2, joint.n12, pair.informants),
        *map(_coefficient, (joint.jaccard, joint.overlap)),
        "!" if joint.skewed else "",
    ]


def _coefficient(value: float | None) -> float:
    return nan if value is None else round(value, 6)


def _warning(pair: Pair) -> str:
    if pair.joint.repeated:
        return REPEATED
    return SKEWED if pair.joint.skewed else ""
