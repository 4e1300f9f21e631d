"""The tables that the codebook of a study defines, counted from its codings, relations and patterns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode.domain.asked import by_informant
from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment
from qualcode.domain.query import Query
from qualcode.domain.query_matching import matcher_of_all
from qualcode.domain.relation import PlacedRelation
from qualcode.domain.table_asked import asked_of
from qualcode.domain.table_axes import Ground
from qualcode.domain.table_check import table_faults
from qualcode.domain.table_counting import RelationCell, StudyTable, tabulate
from qualcode.domain.table_definition import (
    Measure,
    TableDefinition,
    TableKind,
    definition_named,
    definitions,
)
from qualcode.errors import N_, BadInput
from qualcode.reporting.heading import Heading
from qualcode.reporting.quote import Quotes
from qualcode.reporting.study_tables import Beside
from qualcode.services import appraising, patterns, relations, synthesis
from qualcode.services.patterns import Dated
from qualcode.services.study import Study
from qualcode.services.synthesis import Synthesis
from qualcode.store import grid


@dataclass(frozen=True)
class Tabled:
    """A table with what its reports need beside it. Labels are in `language`."""

    table: StudyTable
    beside: Beside
    heading: Heading
    language: str
    synthesis: Synthesis

    @cached_property
    def quotes(self) -> Quotes:
        """By coding uid, of every coding in the table. Looked up when a report prints words."""
        return synthesis.quotes_of(self.synthesis, self.table.inside.codings)

    @cached_property
    def relation_words(self) -> Mapping[str, str]:
        """Relation uid -> its quote; without those of which an end must not be quoted."""
        found = self.table.relations.relations
        free = synthesis.quotes_of(self.synthesis, (end for item in found for end in (item.source, item.target)))
        return {
            item.relation.uid: item.relation.anchor.exact
            for item in found
            if item.source.coding.uid in free and item.target.coding.uid in free
        }


@dataclass(frozen=True)
class Patterned:
    """A table of the registered patterns, held against the codings as they are now."""

    definition: TableDefinition
    scores: tuple[Dated, ...]
    cases: Mapping[str, str]
    """Case -> its title, in the order of the study."""
    heading: Heading
    language: str


def listing(study: Study) -> list[TableDefinition]:
    """The tables that the codebook defines, in its order. Raises BadInput where one is wrong."""
    return definitions(_checked(study.codebook))


def _checked(codebook: Codebook) -> Codebook:
    """Raises BadInput with the first fault: a study may hold tables from when anything was kept there."""
    for fault in table_faults(codebook):
        raise BadInput(
            N_("The table {number} of the codebook is wrong: {problem}"),
            hint=N_("Correct it in the codebook file and bring that in with `qualcode codebook import FILE`."),
            number=fault.path[1] + 1 if isinstance(fault.path[1], int) else fault.path[1],
            problem=fault.message,
        )
    return codebook


def make(
    study: Study,
    id: str,
    *,
    where: Iterable[str] = (),
    work_of: str | None = None,
    language: str | None = None,
) -> Tabled | Patterned:
    """A table of the codebook; of the codings, and relations between them, that all queries choose.

    Raises NotFound (table, coder), BadInput (a table that is wrong, query; queries or a coder where the table is of
    patterns).
    """
    definition = definition_named(_checked(study.codebook), id)
    asked_for = list(where)
    if definition.kind is TableKind.PATTERNS:
        if asked_for or work_of:
            raise BadInput(
                N_("The table {id} holds patterns against the whole study."),
                hint=N_("Leave out --where and --coder."),
                id=definition.id,
            )
        return _patterned(study, definition, language or study.language)
    own = [] if definition.where is None else [definition.where]
    asked = synthesis.gather(study, [*own, *asked_for], work_of=work_of)
    ground = Ground(asked.facts, asked.queries, asked.segments, language or study.language)
    table = tabulate(definition, ground, _related(study, asked, asked.queries[len(own) :]))
    return Tabled(
        table,
        _beside(study, asked, table, asked_for, work_of),
        asked.heading(_title(definition, ground.language)),
        ground.language,
        asked,
    )


def _related(study: Study, asked: Synthesis, chosen_by: Iterable[Query]) -> list[PlacedRelation]:
    """The relations both ends of which the queries choose, taken for case and informant as the relation is.

    Not by the table's own query: it says which codings the table is about, and a relation leads out of them.
    """
    chosen = matcher_of_all(chosen_by, asked.among)

    def is_chosen(item: PlacedRelation, end: CodedSegment) -> bool:
        return chosen(replace(end, case=item.case, informant=item.informant))

    return [
        item for item in relations.listing(study) if is_chosen(item, item.source) and is_chosen(item, item.target)
    ]


def _beside(study: Study, asked: Synthesis, table: StudyTable, where: Iterable[str], work_of: str | None) -> Beside:
    """Read only where the table shows it: each costs more than the counts."""
    wanted, beside = table.definition.cells, Beside()
    if Measure.ASKED in wanted:
        with study.store.read() as connection:
            statements = by_informant(grid.statements(connection))
        facts = asked.facts
        beside = replace(beside, asked=asked_of(table, facts.codebook, facts.population, statements))
    if Measure.STRENGTH in wanted and not table.relations.empty:
        weigh = appraising.relation_weigher(study)
        cells = {(r, c): cell for r, line in enumerate(table.cells) for c, cell in enumerate(line)}
        filled = {at: cell for at, cell in cells.items() if isinstance(cell, RelationCell) and not cell.empty}
        beside = replace(beside, strength={at: weigh(cell.relations) for at, cell in filled.items()})
    if Measure.TOGETHER in wanted:
        beside = replace(beside, together=_together(study, table, where, work_of))
    return beside


def _together(
    study: Study, table: StudyTable, where: Iterable[str], work_of: str | None
) -> dict[tuple[int, int], int]:
    """In how many informants' turns the codes of a row and of a column of relations stand together."""
    codebook = study.codebook
    rows = [next((place.id for place in line if place.id in codebook), "") for line in table.rows]
    columns = [
        column.place.id
        if column.split is None and column.place.id in codebook and table.of_relations(column)
        else ""
        for column in table.columns
    ]
    ids = dict.fromkeys(id for id in (*rows, *columns) if id)
    if not ids:
        return {}
    met = synthesis.meetings(study, "turn", ",".join(ids), where=where, work_of=work_of).result
    heard = {frozenset((pair.first.id, pair.second.id)): pair.informants for pair in met.pairs if pair.joint.n12}
    found = {
        (r, c): heard.get(frozenset((row, column)), 0)
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
        if row and column and row != column
    }
    return {at: informants for at, informants in found.items() if informants}


def _patterned(study: Study, definition: TableDefinition, language: str) -> Patterned:
    asked = synthesis.gather(study)
    return Patterned(
        definition,
        tuple(patterns.scored(study)),
        {case.id: case.title or case.id for case in asked.facts.population.cases},
        asked.heading(_title(definition, language)),
        language,
    )


def _title(definition: TableDefinition, language: str) -> str:
    return f"{definition.id} {definition.name(language)}"
