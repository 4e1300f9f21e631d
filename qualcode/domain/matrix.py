"""Matrices: rows (cases, informants, any attribute) by columns (families, codes, themes), cells with their codings.

A cell where nothing is coded is present and empty: "not mentioned", never "absent" (DOMAIN section 5, lesson 6).
Totals are distinct over what the row, the column or the whole holds, never sums: one informant in three cells
of a row is one informant in its total.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from qualcode.domain.codebook import Code, Codebook, Theme, in_language
from qualcode.domain.coding import CodedSegment
from qualcode.domain.counting import Counts, Tally, Valence, mean_valence
from qualcode.domain.near import nearest
from qualcode.errors import N_, BadInput, NotFound


class CellKind(StrEnum):
    """What a cell shows; the written summaries belong to the framework grid."""

    INFORMANTS = "informants"
    SEGMENTS = "segments"
    CASES = "cases"
    QUOTES = "quotes"
    VALENCE = "valence"


@dataclass(frozen=True, slots=True)
class Row:
    """`id` is what `row_of` names, distinct within a matrix; `label` is the id where there is no title."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A coding is in the column if its code is in `codes` or its uid in `found` (by a theme's saved query).

    In a transposed matrix both are empty: its columns were rows."""

    id: str
    label: str
    codes: frozenset[str]
    group: str = ""
    """The name of the family, for a heading over neighbouring columns; empty for families and themes."""
    found: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cell:
    """The codings of a cell or a total in stable order, and their counts."""

    codings: tuple[CodedSegment, ...]
    counts: Counts

    @property
    def uids(self) -> tuple[str, ...]:
        return tuple(segment.coding.uid for segment in self.codings)

    @property
    def empty(self) -> bool:
        """True where nothing is coded: not mentioned."""
        return not self.codings

    @cached_property
    def valence(self) -> Valence:
        return mean_valence(self.codings)


@dataclass(frozen=True)
class Matrix:
    """`cells[r][c]` belongs to `rows[r]` and `columns[c]`; the totals stand in the same orders.

    Totals hold what lies in at least one row and one column. Beside them, over every coding in a column: those
    in no row of this matrix, those without a case and those without an informant; each with its codings, so that
    these numbers too open their quotes.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell
    without_row: Cell
    without_case: Cell
    without_informant: Cell

    @property
    def coders(self) -> tuple[str, ...]:
        """Whose work the cells show."""
        return tuple(sorted({segment.coding.coder for segment in self.total.codings}))


def column_finder(columns: Sequence[Column]) -> Callable[[CodedSegment], tuple[int, ...]]:
    """A function from a coding to the indices of the columns that hold it, in column order."""
    by_code: dict[str, list[int]] = {}
    by_uid: dict[str, list[int]] = {}
    for index, column in enumerate(columns):
        for code in column.codes:
            by_code.setdefault(code, []).append(index)
        for uid in column.found:
            by_uid.setdefault(uid, []).append(index)
    of_code = {code: tuple(indices) for code, indices in by_code.items()}

    def columns_of(segment: CodedSegment) -> tuple[int, ...]:
        indices = of_code.get(segment.coding.code or "", ())
        found = by_uid.get(segment.coding.uid)
        return tuple(sorted({*indices, *found})) if found else indices

    return columns_of


def pivot(
    segments: Iterable[CodedSegment],
    rows: Sequence[Row],
    row_of: Callable[[CodedSegment], Iterable[str]],
    columns: Sequence[Column],
) -> Matrix:
    """The matrix of the `segments` that count. `row_of` gives the ids of the rows a coding is in, none or several.

    A coding is in every column that holds its code; in no column, it is not part of this matrix at all. Ids from
    `row_of` that are not among `rows` are passed over.
    """
    tally = Tally(segments)
    columns_of = column_finder(columns)
    row_index = {row.id: index for index, row in enumerate(rows)}
    cells: list[list[list[int]]] = [[[] for _ in columns] for _ in rows]
    in_row: list[list[int]] = [[] for _ in rows]
    in_column: list[list[int]] = [[] for _ in columns]
    inside: list[int] = []
    outside: list[int] = []
    for index, segment in enumerate(tally.segments):
        at_columns = columns_of(segment)
        if not at_columns:
            continue
        at_rows = {row_index[row] for row in row_of(segment) if row in row_index}
        if not at_rows:
            outside.append(index)
            continue
        inside.append(index)
        for at_column in at_columns:
            in_column[at_column].append(index)
        for at_row in at_rows:
            in_row[at_row].append(index)
            of_row = cells[at_row]
            for at_column in at_columns:
                of_row[at_column].append(index)

    def cell(indices: list[int]) -> Cell:
        return Cell(tally.codings(indices), tally.count(indices)) if indices else _EMPTY

    everything = sorted(inside + outside)
    return Matrix(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(tuple(cell(indices) for indices in of_row) for of_row in cells),
        row_totals=tuple(cell(indices) for indices in in_row),
        column_totals=tuple(cell(indices) for indices in in_column),
        total=cell(inside),
        without_row=cell(outside),
        without_case=cell([index for index in everything if tally.cases[index] is None]),
        without_informant=cell([index for index in everything if tally.informants[index] is None]),
    )


_EMPTY = Cell((), Counts(0, 0, 0, 0, 0, 0))


def transposed(matrix: Matrix) -> Matrix:
    """The same cells with rows and columns exchanged: many codes read better downwards."""
    return replace(
        matrix,
        rows=tuple(Row(column.id, column.label) for column in matrix.columns),
        columns=tuple(Column(row.id, row.label, frozenset()) for row in matrix.rows),
        cells=tuple(zip(*matrix.cells, strict=True)) or tuple(() for _ in matrix.columns),
        row_totals=matrix.column_totals,
        column_totals=matrix.row_totals,
    )


def family_columns(codebook: Codebook, language: str, *, used: Collection[str] = ()) -> list[Column]:
    """One column per family, holding its whole subtree. `used` are the codes that codings carry."""
    return [
        _code_column(codebook, code, language) for code in codebook.children(None) if _shown(codebook, code, used)
    ]


def code_columns(
    codebook: Codebook, language: str, *, used: Collection[str] = (), exact: bool = False
) -> list[Column]:
    """One column per code and group in tree order, each with its subtree; with `exact` the code alone.

    Families are left out unless they can be assigned; a retired code is there only if it or one below is `used`.
    """
    nodes = [codebook[node] for family in codebook.children(None) for node in codebook.subtree(family.id)]
    wanted = [code for code in nodes if code.parent is not None or code.assignable]
    shown = [code for code in wanted if _shown(codebook, code, used)]
    return _told_apart(codebook, [_code_column(codebook, code, language, exact=exact) for code in shown], language)


def theme_columns(
    codebook: Codebook, language: str, *, found: Mapping[str, Collection[str]] | None = None
) -> list[Column]:
    """One column per theme: its codes with their subtrees, or the coding uids its saved query found, by theme id.

    Raises BadInput for a theme with a query that `found` does not answer: its column would look unmentioned.
    """
    return [_theme_column(codebook, theme, language, found or {}) for theme in codebook.themes]


def chosen_columns(
    codebook: Codebook,
    ids: Sequence[str],
    language: str,
    *,
    exact: bool = False,
    found: Mapping[str, Collection[str]] | None = None,
) -> list[Column]:
    """Columns for a mix of family, code and theme ids, in the given order, each once; retired codes too.

    Raises NotFound for an id that is neither; an id that is both names the code.
    """
    themes = {theme.id: theme for theme in codebook.themes}
    columns: list[Column] = []
    for wanted in dict.fromkeys(ids):
        if wanted in codebook:
            columns.append(_code_column(codebook, codebook[wanted], language, exact=exact))
        elif wanted in themes:
            columns.append(_theme_column(codebook, themes[wanted], language, found or {}))
        else:
            near = nearest(wanted, [*(code.id for code in codebook.codes), *themes], at_most=3)
            listed = N_("`qualcode codebook show` and `qualcode themes list` list them.")
            raise NotFound(
                N_("The codebook has no family, code or theme {id!r}."),
                hint=N_("Did you mean {near}?") if near else listed,
                id=wanted,
                near=", ".join(near),
            )
    return _told_apart(codebook, columns, language)


def _shown(codebook: Codebook, code: Code, used: Collection[str]) -> bool:
    return not code.retired or any(node in used for node in codebook.subtree(code.id))


def _code_column(codebook: Codebook, code: Code, language: str, *, exact: bool = False) -> Column:
    codes = frozenset([code.id] if exact else codebook.subtree(code.id))
    group = codebook[codebook.family(code.id)].name(language) if code.parent is not None else ""
    return Column(code.id, code.name(language), codes, group)


def _theme_column(codebook: Codebook, theme: Theme, language: str, found: Mapping[str, Collection[str]]) -> Column:
    if theme.query is not None and theme.id not in found:
        raise BadInput(
            N_("The theme {id!r} is a saved query that has not been run."),
            hint=N_("Name the other themes, joined by commas."),
            id=theme.id,
        )
    return Column(
        theme.id,
        in_language(theme.names, language, theme.id),
        frozenset(codebook.members(theme)),
        found=frozenset(found.get(theme.id, ())),
    )


def _told_apart(codebook: Codebook, columns: list[Column], language: str) -> list[Column]:
    """The columns with the parent's name before a label that several of them share ("Supplier" of two groups)."""
    labels = [column.label for column in columns]

    def told(column: Column) -> Column:
        parent = codebook[column.id].parent if column.id in codebook else None
        if parent is None or labels.count(column.label) == 1:
            return column
        label = f"{codebook[parent].name(language)}: {column.label}"
        return Column(column.id, label, column.codes, column.group, column.found)

    return [told(column) for column in columns]
