"""A study's table with its cells: the codings and relations in each, and whom they come from.

Relations are laid out from the row's end: a column names the codes of the other. Case and informant of a relation
are its own (DESIGN section 4, rule 3), whatever those of its ends are; a qualifier is that of the end's coding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment
from qualcode.domain.counting import Counts, Tally
from qualcode.domain.matrix import Cell
from qualcode.domain.relation import PlacedRelation, Stance
from qualcode.domain.relation_graph import Support, support
from qualcode.domain.table_axes import Ground, Place, Places
from qualcode.domain.table_definition import Axis, AxisKind, Shared, TableDefinition

RowKey = tuple[str, ...]
ColumnKey = tuple[int, str, str]
"""Number of the axis, place, value of its split (empty: all of them together)."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`axis` is its number among the columns' axes. `split` is None where all values stand together."""

    axis: int
    place: Place
    split: Place | None = None

    @property
    def key(self) -> ColumnKey:
        return self.axis, self.place.id, self.split.id if self.split else ""


@dataclass(frozen=True, slots=True)
class RelationCell:
    """The relations of a cell, each once, and who is behind each stance."""

    relations: tuple[PlacedRelation, ...]
    stated: Support
    denied: Support

    @property
    def empty(self) -> bool:
        return not self.relations


@dataclass(frozen=True)
class StudyTable:
    """`cells[r][c]` belongs to `rows[r]` and `columns[c]`; a row has a place on each of `row_axes`."""

    definition: TableDefinition
    row_axes: tuple[Places, ...]
    column_axes: tuple[Places, ...]
    rows: tuple[tuple[Place, ...], ...]
    columns: tuple[TableColumn, ...]
    cells: tuple[tuple[Cell | RelationCell, ...], ...]
    shared: Mapping[str, bool]
    """Place of `shared.within` -> whether both groups of codes reach it there, for different actors."""
    inside: Cell
    """The codings that stand in a cell."""
    outside: Cell
    """Those that the table is about and that stand in none."""
    relations: RelationCell
    """The relations that stand in a cell."""

    @property
    def coders(self) -> tuple[str, ...]:
        """Whose work the cells show."""
        made = {segment.coding.coder for segment in self.inside.codings}
        return tuple(sorted(made | {item.relation.coder for item in self.relations.relations}))

    def of_relations(self, column: TableColumn) -> bool:
        return self.column_axes[column.axis].axis.kind.of_relations

    def gap(self, row: int) -> Fraction | None:
        """The valence at the first place of the gap less that at the second; None where one is undefined."""
        if self.definition.gap is None:
            return None
        said: dict[str, Fraction | None] = {}
        for column, cell in zip(self.columns, self.cells[row], strict=True):
            if isinstance(cell, Cell):
                said.setdefault(column.place.id, cell.valence.mean)
        first, second = (said.get(place) for place in self.definition.gap)
        return None if first is None or second is None else first - second


def tabulate(definition: TableDefinition, ground: Ground, relations: Iterable[PlacedRelation]) -> StudyTable:
    """The table of the codings of `ground` and of those `relations` that count."""
    row_axes = tuple(map(ground.places, definition.rows))
    column_axes = tuple(map(ground.places, definition.columns))
    tally = Tally(_asked_of(row_axes, column_axes, ground.segments))
    at = _codings_at(tally, row_axes, column_axes)
    counting = [item for item in relations if item.source.counts and item.target.counts]
    related = _relations_at(ground.facts.codebook, counting, row_axes, column_axes)
    lines = _rows(row_axes, {row for row, _ in (*at, *related)})
    columns = tuple(_columns(column_axes))

    def codings(indices: Sequence[int]) -> Cell:
        return Cell(tally.codings(indices), tally.count(indices)) if indices else _EMPTY

    def cell(row: RowKey, column: TableColumn) -> Cell | RelationCell:
        if column_axes[column.axis].axis.kind.of_relations:
            return relation_cell(related.get((row, column.key), {}).values())
        return codings(at.get((row, column.key), ()))

    inside = {index for indices in at.values() for index in indices}
    return StudyTable(
        definition,
        row_axes,
        column_axes,
        lines,
        columns,
        tuple(tuple(cell(_key(line), column) for column in columns) for line in lines),
        _shared(definition.shared, ground) if definition.shared else {},
        codings(sorted(inside)),
        codings([index for index in range(len(tally.segments)) if index not in inside]),
        relation_cell({uid: item for found in related.values() for uid, item in found.items()}.values()),
    )


_EMPTY = Cell((), Counts(0, 0, 0, 0, 0, 0))


def relation_cell(relations: Iterable[PlacedRelation]) -> RelationCell:
    """The relations in order of their place, and who is behind them."""
    ordered = sorted(relations, key=_order)
    stances = [[item for item in ordered if item.relation.stance is stance] for stance in Stance]
    stated, denied = map(support, stances)
    return RelationCell(tuple(ordered), stated, denied)


def _order(item: PlacedRelation) -> tuple[str, int, int, str, str]:
    made = item.relation
    return made.document, made.span.start, made.span.end, made.coder, made.uid


def _key(line: Iterable[Place]) -> RowKey:
    return tuple(place.id for place in line)


def _codings_at(
    tally: Tally, row_axes: Sequence[Places], column_axes: Sequence[Places]
) -> dict[tuple[RowKey, ColumnKey], list[int]]:
    found: dict[tuple[RowKey, ColumnKey], list[int]] = {}
    axes = [(number, axis) for number, axis in enumerate(column_axes) if not axis.axis.kind.of_relations]
    for index, segment in enumerate(tally.segments) if axes else ():
        for row in _rows_of(row_axes, segment):
            for number, axis in axes:
                for place in axis.read(segment):
                    found.setdefault((row, (number, place, "")), []).append(index)
    return found


def _relations_at(
    codebook: Codebook,
    relations: Sequence[PlacedRelation],
    row_axes: Sequence[Places],
    column_axes: Sequence[Places],
) -> dict[tuple[RowKey, ColumnKey], dict[str, PlacedRelation]]:
    found: dict[tuple[RowKey, ColumnKey], dict[str, PlacedRelation]] = {}
    undirected = {kind.id for kind in codebook.relation_types if not kind.directed}
    for number, axis in enumerate(column_axes):
        if not axis.axis.kind.of_relations:
            continue
        for item in relations:
            if item.relation.type not in axis.axis.types:
                continue
            for near, far in _ends(item, axis.axis.kind, both_ways=item.relation.type in undirected):
                values = ("", *(axis.split.read(far) if axis.split else ()))
                for row, place, value in product(_rows_of(row_axes, near), axis.read(far), values):
                    found.setdefault((row, (number, place, value)), {})[item.relation.uid] = item
    return found


def _ends(item: PlacedRelation, kind: AxisKind, *, both_ways: bool) -> Iterator[tuple[CodedSegment, CodedSegment]]:
    """The row's end and the column's; without a direction each end may be the row's."""
    source, target = (replace(end, case=item.case, informant=item.informant) for end in (item.source, item.target))
    if kind is AxisKind.TARGET or both_ways:
        yield source, target
    if kind is AxisKind.SOURCE or both_ways:
        yield target, source


def _rows_of(row_axes: Sequence[Places], segment: CodedSegment) -> Iterable[RowKey]:
    return product(*(axis.read(segment) for axis in row_axes))


def _rows(row_axes: Sequence[Places], met: Iterable[RowKey]) -> tuple[tuple[Place, ...], ...]:
    """All places of a single axis; of several those that go together in a cell, since most never do."""
    if len(row_axes) == 1:
        return tuple((place,) for place in row_axes[0].places)
    by_id = [{place.id: (number, place) for number, place in enumerate(axis.places)} for axis in row_axes]
    known = [row for row in met if all(id in places for id, places in zip(row, by_id, strict=True))]
    known.sort(key=lambda row: [places[id][0] for id, places in zip(row, by_id, strict=True)])
    return tuple(tuple(places[id][1] for id, places in zip(row, by_id, strict=True)) for row in known)


def _columns(column_axes: Sequence[Places]) -> Iterator[TableColumn]:
    for number, axis in enumerate(column_axes):
        for place in axis.places:
            yield TableColumn(number, place)
            yield from (TableColumn(number, place, value) for value in (axis.split.places if axis.split else ()))


def _asked_of(
    row_axes: Sequence[Places], column_axes: Sequence[Places], segments: Sequence[CodedSegment]
) -> Sequence[CodedSegment]:
    """The codings that the table asks of: by their codes, where it goes by codes down the side or all across."""
    across = [axis for axis in column_axes if not axis.axis.kind.of_relations]
    if not across:
        return ()
    held = [_codes(axis) for axis in row_axes if axis.axis.kind is AxisKind.CODES]
    if all(axis.axis.kind is AxisKind.CODES for axis in across):
        held.append(frozenset(code for axis in across for code in _codes(axis)))
    if not held:
        return segments
    return [segment for segment in segments if all(segment.coding.code in codes for codes in held)]


def _codes(axis: Places) -> frozenset[str]:
    return frozenset(code for place in axis.places for code in place.codes)


def _shared(shared: Shared, ground: Ground) -> dict[str, bool]:
    """Where both groups of codes have a coding with the value, for two that differ."""
    codebook, facts = ground.facts.codebook, ground.facts
    within, field, apart = (facts.field(name) for name in (shared.within, shared.field, shared.apart))
    groups = [frozenset(codebook.subtree(code)) for code in shared.groups]
    gained: dict[str, tuple[set[str], set[str]]] = {}
    for segment in ground.segments:
        if segment.counts and shared.value in field.read(segment):
            for place in within.read(segment):
                for group, actors in zip(groups, gained.setdefault(place, (set(), set())), strict=True):
                    if segment.coding.code in group:
                        actors.update(apart.read(segment))
    places = ground.places(Axis(AxisKind.FIELD, (shared.within,))).places
    return {place.id: _differ(*gained.get(place.id, (set(), set()))) for place in places}


def _differ(first: set[str], second: set[str]) -> bool:
    return any(one != other for one in first for other in second)
