"""The study's own tables: a row for each cell, for programs; a line for each row, for readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from qualcode.domain.coding import CodedSegment
from qualcode.domain.evidence import Level, Strength
from qualcode.domain.matrix import Cell as CodingCell
from qualcode.domain.table_asked import AskedOf
from qualcode.domain.table_axes import TOTAL
from qualcode.domain.table_counting import RelationCell, StudyTable, TableColumn
from qualcode.domain.table_definition import AxisKind, Measure
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import N_
from qualcode.i18n import _
from qualcode.reporting.cells import NOT_MENTIONED, signed
from qualcode.reporting.graph_view import CONTRADICTED

GAP, SHARED = "gap", "shared"
"""Stand as the axis of what is no cell: a difference between two, and whether a result is shared."""
TOGETHER = "~"
"""Before the number of informants in whose turns two codes stand together."""

_MEASURES = (
    *("informants", "cases", "segments", "valence", "asked", "against_informants", "against_cases"),
    *("strength", "contested", "together", "informant_ids", "case_ids", "against_informant_ids", "codes", "uids"),
)
_Values = Mapping[str, Cell]
_LEVELS = {
    Level.ANECDOTAL: N_("single statement"),
    Level.WEAK: N_("weak"),
    Level.MODERATE: N_("moderate"),
    Level.STRONG: N_("strong"),
}


@dataclass(frozen=True)
class Beside:
    """What stands in cells besides their counts, by number of row and column; empty where a table has no use for
    it."""

    asked: AskedOf = field(default_factory=dict[tuple[int, int], int | None])
    strength: Mapping[tuple[int, int], Strength] = field(default_factory=dict[tuple[int, int], Strength])
    together: Mapping[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    """In how many informants' turns the codes stand together."""


def study_table(table: StudyTable, beside: Beside) -> Table:
    """A row for each cell, empty ones too. `row.<name>` and `label.<name>` say which line, for each of its axes.

    `uids` are codings, or relations where `types` says which. Nothing stands where nothing is coded or noted, NaN
    for a mean that is undefined. After the cells come the gaps (axis `gap`) and what is shared (axis `shared`, in
    `holds`).
    """
    names = [axis.axis.name for axis in table.row_axes]
    headers = (
        *(f"row.{name}" for name in names),
        *(f"label.{name}" for name in names),
        *("axis", "types", "column", "column_label", "split"),
        *_MEASURES,
        "holds",
    )
    return Table(
        headers,
        [[values.get(header) for header in headers] for values in _lines(table, beside)],
        free_text=frozenset({*(f"label.{name}" for name in names), "column_label"}),
    )


def _lines(table: StudyTable, beside: Beside) -> Iterator[_Values]:
    with_codes = Measure.CODES in table.definition.cells
    for r, cells in enumerate(table.cells):
        for c, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            own = {"asked": beside.asked.get((r, c)), "together": beside.together.get((r, c))}
            own |= {**_strength(beside.strength.get((r, c)))}
            yield {**_row(table, r), **_column(table, column), **_measures(cell, with_codes=with_codes), **own}
        if table.definition.gap is not None:
            gap = table.gap(r)
            between = "-".join(table.definition.gap)
            yield {**_row(table, r), "axis": GAP, "column": between, "valence": _number(gap)}
    shared = table.definition.shared
    for place, holds in table.shared.items() if shared else ():
        yield {"axis": SHARED, "column": place, "holds": holds}


def _row(table: StudyTable, r: int) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for axis, place in zip(table.row_axes, table.rows[r], strict=True):
        found |= {f"row.{axis.axis.name}": place.id, f"label.{axis.axis.name}": place.label}
    return found


def _column(table: StudyTable, column: TableColumn) -> dict[str, Cell]:
    axis = table.column_axes[column.axis].axis
    return {
        "axis": axis.name,
        "types": axis.types,
        "column": column.place.id,
        "column_label": column.place.label,
        "split": column.split.id if column.split else "",
    }


def _measures(cell: CodingCell | RelationCell, *, with_codes: bool) -> dict[str, Cell]:
    if cell.empty:
        return {}
    if isinstance(cell, RelationCell):
        return {
            "informants": len(cell.stated.informants),
            "cases": len(cell.stated.cases),
            "against_informants": len(cell.denied.informants),
            "against_cases": len(cell.denied.cases),
            "informant_ids": cell.stated.informants,
            "case_ids": cell.stated.cases,
            "against_informant_ids": cell.denied.informants,
            "uids": tuple(item.relation.uid for item in cell.relations),
        }
    return {
        "informants": cell.counts.informants,
        "cases": cell.counts.cases,
        "segments": cell.counts.segments,
        "valence": _number(cell.valence.mean),
        "informant_ids": tuple(sorted({item.informant for item in cell.codings if item.informant})),
        "case_ids": tuple(sorted({item.case for item in cell.codings if item.case})),
        "codes": tuple(main_codes(cell.codings)) if with_codes else (),
        "uids": cell.uids,
    }


def _strength(strength: Strength | None) -> dict[str, Cell]:
    if strength is None:
        return {}
    return {"strength": strength.level, "contested": _is_contested(strength)}


def _is_contested(strength: Strength) -> bool:
    """A claim that nobody states is refuted, which is more."""
    return strength.contested and strength.level is not Level.NONE


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else round(float(value), 6)


def main_codes(codings: tuple[CodedSegment, ...]) -> dict[str, int]:
    """Code -> its informants, those of most first, equal ones by id."""
    said = {(item.coding.code or "", item.informant) for item in codings if item.informant}
    number = Counter(code for code, _informant in said)
    return dict(sorted(number.items(), key=lambda entry: (-entry[1], entry[0])))


def readable_study_table(table: StudyTable, beside: Beside, names: Mapping[str, str], *, title: str = "") -> Table:
    """A line for each row, `·` where nothing is coded. `names` are those of codes."""
    gap = table.definition.gap is not None
    rows = [
        [
            *(place.label for place in table.rows[r]),
            *(cell_words(table, r, c, beside, names) or NOT_MENTIONED for c in range(len(table.columns))),
            *([gap_words(table, r)] if gap else []),
        ]
        for r in range(len(table.rows))
    ]
    headers = tuple(f"row.{axis.axis.name}" for axis in table.row_axes)
    columns = tuple(":".join(map(str, column.key)) for column in table.columns)
    has_words = not {Measure.CODES, Measure.STRENGTH, Measure.TOGETHER}.isdisjoint(table.definition.cells)
    return Table(
        (*headers, *columns, *([GAP] if gap else [])),
        rows,
        title=title,
        labels=(
            *(upper(axis.label) for axis in table.row_axes),
            *(column_label(table, column) for column in table.columns),
            *([_("Gap")] if gap else []),
        ),
        numeric=frozenset(() if has_words else (*columns, GAP)),
    )


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def column_label(table: StudyTable, column: TableColumn) -> str:
    """The place, with its arrow where it is the end of a relation, and the value that it is split by."""
    kind = table.column_axes[column.axis].axis.kind
    arrow = {AxisKind.TARGET: "→ ", AxisKind.SOURCE: "← "}.get(kind, "")
    split = f": {column.split.label}" if column.split else ""
    return f"{arrow}{column.place.label}{split}"


def cell_words(table: StudyTable, r: int, c: int, beside: Beside, names: Mapping[str, str]) -> str:
    """What a cell shows, in the screen language; empty where nothing is coded."""
    cell = table.cells[r][c]
    if isinstance(cell, RelationCell):
        strength, together = beside.strength.get((r, c)), beside.together.get((r, c))
        hint = f"({TOGETHER}{together})" if together else ""
        return " ".join(filter(None, (_relation_words(cell), _strength_words(cell, strength), hint)))
    wanted = table.definition.cells
    of = _of_asked(beside.asked[r, c]) if (r, c) in beside.asked else ""
    if cell.empty:
        return f"0{of}" if beside.asked.get((r, c)) else ""
    counts = cell.counts
    numbers = {
        Measure.INFORMANTS: counts.informants,
        Measure.CASES: counts.cases,
        Measure.SEGMENTS: counts.segments,
    }
    parts = ["/".join(str(number) for measure, number in numbers.items() if measure in wanted) + of]
    if Measure.VALENCE in wanted and cell.valence.mean is not None:
        parts.append(signed(cell.valence.mean))
    if Measure.CODES in wanted and _has_room_for_codes(table, c):
        parts.append(", ".join(f"{names.get(code, code)} {n}" for code, n in main_codes(cell.codings).items()))
    return " ".join(filter(None, parts))


def _has_room_for_codes(table: StudyTable, c: int) -> bool:
    """Lists of codes stand in the total alone where there is one: in every column no line could be read."""
    column = table.columns[c]
    return column.place.id == TOTAL or not table.column_axes[column.axis].axis.total


def _of_asked(asked: int | None) -> str:
    return " " + _("of {asked}").format(asked="?" if asked is None else asked)


def _relation_words(cell: RelationCell) -> str:
    """Informants/cases that state it, and informants against: `6/3 ✗1`."""
    stated = f"{len(cell.stated.informants)}/{len(cell.stated.cases)}" if cell.stated.relations else ""
    denied = f"{CONTRADICTED}{len(cell.denied.informants)}" if cell.denied.relations else ""
    return " ".join(filter(None, (stated, denied)))


def _strength_words(cell: RelationCell, strength: Strength | None) -> str:
    """The level, and whether it is contested; what only contradicts a claim refutes it."""
    if strength is None:
        return ""
    if strength.level is Level.NONE:
        return _("refuted") if cell.denied.informants else ""
    contested = f" ({_('contested')})" if _is_contested(strength) else ""
    return _(_LEVELS[strength.level]) + contested


def gap_words(table: StudyTable, row: int) -> str:
    gap = table.gap(row)
    return NOT_MENTIONED if gap is None else signed(gap)
