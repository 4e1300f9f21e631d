"""The checks of a comparison as a table, and what stands below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from qualcode.domain.matrix import Matrix
from qualcode.domain.small_n import ColumnChecks, Luck
from qualcode.domain.tabular import Cell, Table
from qualcode.i18n import _, ngettext

NAN = float("nan")


def checks_table(columns: Sequence[ColumnChecks], *, title: str = "") -> Table:
    """A row for each column of the matrix, by ids; NaN where undefined.

    `rests_on` and `rests_rows` go together: the informant, and the row that has nobody else.
    """
    return Table(
        headers=(
            *("column", "label", "separates", "mentioned_in", "silent_in", "informants", "rests_on", "rests_rows"),
            *("largest_informant", "largest_share", "same_after_half", "valence", "valence_lowest_without_one"),
            *("valence_highest_without_one", "codings_without_informant"),
        ),
        rows=[_row(item) for item in columns],
        title=title,
        free_text=frozenset({"label"}),
    )


def _row(item: ColumnChecks) -> list[Cell]:
    lowest, highest = item.valence_without_one or (None, None)
    return [
        *(item.column, item.label, item.separates, item.mentioned, item.silent, item.informants),
        *resting_pairs(item.rests_on),
        item.largest.informant if item.largest else None,
        _number(item.largest.share if item.largest else None),
        *map(_number, (item.after_half, item.valence, lowest, highest)),
        item.without_informant,
    ]


def readable_checks_table(columns: Sequence[ColumnChecks], rows: int, *, title: str = "") -> Table:
    """As `checks_table`, for a screen. `rows` are those of the matrix."""
    return Table(
        headers=("column", "mentioned", "informants", "rests_on", "largest", "after_half", "valence"),
        rows=[_readable(item, rows) for item in columns],
        title=title,
        labels=(
            *("", _("Rows"), _("Informants"), _("Rests on"), _("Largest share")),
            *(_("Same after half"), _("Valence without one")),
        ),
        numeric=frozenset({"mentioned", "informants", "after_half", "valence"}),
    )


def _readable(item: ColumnChecks, rows: int) -> list[Cell]:
    mark = "≠" if item.separates else ""
    largest = f"{_percent(item.largest.share)} {item.largest.informant}" if item.largest else _("undefined")
    return [
        item.label,
        f"{mark}{len(item.mentioned)}/{rows}",
        item.informants,
        resting(item.rests_on),
        largest,
        _("undefined") if item.after_half is None else _percent(item.after_half),
        _range(item),
    ]


def resting(rests_on: Mapping[str, tuple[str, ...]]) -> str:
    """Informants with the rows that have nobody else."""
    return ", ".join(f"{informant} ({', '.join(rows)})" for informant, rows in rests_on.items())


def resting_pairs(rests_on: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The informants, one for each row that has nobody else, and these rows."""
    informants = tuple(informant for informant, rows in rests_on.items() for _row in rows)
    return informants, tuple(row for rows in rests_on.values() for row in rows)


def _range(item: ColumnChecks) -> str:
    if item.valence_without_one is None:
        return _("undefined")
    return " … ".join(f"{float(end):+.2f}" for end in item.valence_without_one)


def check_lines(matrix: Matrix, columns: Sequence[ColumnChecks], chance: Luck | None, heard: int) -> list[str]:
    """The chance of luck, and how the columns of the table are meant."""
    separating = sum(item.separates for item in columns)
    facts = _("Rows: {rows}; columns: {columns}; separating the rows (≠): {separating}; informants: {heard}")
    lines = [
        facts.format(rows=len(matrix.rows), columns=len(columns), separating=separating, heard=heard),
        _chance(len(matrix.rows), len(columns), chance),
        _("Rests on: informants without whom a row would fall silent."),
        _("Largest share: the most talkative informant's part of the segments."),
        _("Same after half: chance of the same rows had only half the informants been heard, in any order."),
        _("Valence without one: lowest and highest mean when one informant is left out."),
    ]
    if any(item.without_informant for item in columns):
        nobody = sum(item.informant is None for item in matrix.total.codings)
        words = ngettext(
            "{n} coding has no informant and bears nothing.",
            "{n} codings have no informant and bear nothing.",
            nobody,
        )
        lines.append(words.format(n=nobody))
    return lines


def _chance(rows: int, columns: int, chance: Luck | None) -> str:
    if chance is None:
        return _("Chance of luck: undefined (needs two rows and a column).")
    words = ngettext(
        "Chance that a coin-flip code matches a given outcome in {rows} rows: {exact}; or its inverse: {inverse}.",
        "Chance that one of {n} coin-flip codes matches a given outcome in {rows} rows: {exact}; "
        "or its inverse: {inverse}.",
        columns,
    )
    exact, inverse = f"{chance.exact:.3f}", f"{chance.exact_or_inverse:.3f}"
    return words.format(n=columns, rows=rows, exact=exact, inverse=inverse)


def _number(value: Fraction | None) -> float:
    return NAN if value is None else round(float(value), 6)


def _percent(share: Fraction) -> str:
    return f"{float(share):.0%}"
