"""The framework grid: summaries in words over the cells of a matrix, their states, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.domain.asked import Answers, Reason, by_informant, reason_of
from qualcode.domain.codebook import Entity
from qualcode.domain.counting import count, in_order
from qualcode.domain.facts import Population
from qualcode.domain.grid import CellKey, Grid, GridCell, RowKind, Summary, SummaryState, grid_of
from qualcode.domain.matrix import Cell, Column, Row, chosen_columns
from qualcode.domain.near import nearest
from qualcode.errors import N_, BadInput, Conflict, NotFound
from qualcode.services import people, synthesis
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.services.synthesis import Compared
from qualcode.store import codings
from qualcode.store import grid as store
from qualcode.store.documents import Connection
from qualcode.store.unit import Unit

_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


@dataclass(frozen=True)
class Charted:
    """A grid, and the matrix whose codings its cells hold: for quotes and what stands over a report."""

    grid: Grid
    compared: Compared


def grid(
    study: Study, kind: RowKind = RowKind.CASE, columns_by: str = "family", *, language: str | None = None
) -> Charted:
    """The cells of all cases or informants by `family`, `code`, `theme` or ids joined by commas.

    Raises BadInput (a theme that is a query), NotFound (column).
    """
    compared = synthesis.matrix(study, kind.value, columns_by, language=language)
    matrix = compared.matrix
    with study.store.read() as connection:
        written = {summary.key: summary for summary in store.summaries(connection)}
    why = _reasons(study, kind, compared.synthesis.facts.population)
    return Charted(grid_of(kind, matrix.rows, matrix.columns, matrix.cells, written, why), compared)


def _reasons(study: Study, kind: RowKind, population: Population) -> Callable[[Row, Column], Reason]:
    """Why nothing is coded in a row and column, as far as anybody noted it."""
    with study.store.read() as connection:
        said = by_informant(store.statements(connection))
    answers = {informant: Answers(study.codebook, found) for informant, found in said.items()}
    heard = informants_by_row(kind, population)

    def why(row: Row, column: Column) -> Reason:
        of_row = (answers.get(informant) for informant in heard.get(row.id, ()))
        return reason_of(None if known is None else known.about(column.id, column.codes) for known in of_row)

    return why


def informants_by_row(kind: RowKind, population: Population) -> Mapping[str, Collection[str]]:
    """Row -> its informants: those who speak in the documents of a case, or the informant alone."""
    if kind is RowKind.INFORMANT:
        return {informant.id: (informant.id,) for informant in population.informants}
    found: dict[str, set[str]] = {}
    for document in population.documents:
        for case in document.cases:
            found.setdefault(case, set()).update(population.voices.get(document.id, ()))
    return found


def key_of(study: Study, row: str, column: str) -> CellKey:
    """The cell that `row` (`case:ID`, `informant:ID`, or an id that only one of them has) and `column` name.

    Raises NotFound, BadInput for an id that is both a case and an informant.
    """
    kind, id = _row_of(study, row.strip())
    return CellKey(kind, id, column_id(study, column))


def column_id(study: Study, column: str) -> str:
    """The id of a family, a code or a theme, checked. Raises NotFound, naming what was probably meant."""
    id, codebook = column.strip(), study.codebook
    if id not in codebook and not any(theme.id == id for theme in codebook.themes):
        chosen_columns(codebook, [id], study.language)
    return id


def _row_of(study: Study, row: str) -> tuple[RowKind, str]:
    named, colon, id = row.partition(":")
    if colon and named in tuple(RowKind):
        kind = RowKind(named)
        people.require(study, Entity(kind.value), id.strip())
        return kind, id.strip()
    ids = {
        RowKind.CASE: [case.id for case in people.cases(study)],
        RowKind.INFORMANT: [informant.id for informant in people.informants(study)],
    }
    kinds = [kind for kind, known in ids.items() if row in known]
    if len(kinds) == 1:
        return kinds[0], row
    if kinds:
        raise BadInput(
            N_("{row!r} is a case and an informant."),
            hint=N_("Write case:{row} or informant:{row}."),
            row=row,
        )
    near = nearest(row, [id for known in ids.values() for id in known])
    raise NotFound(
        N_("There is no case or informant {row!r}."),
        hint=N_("Did you mean {near}?") if near else N_("`qualcode cases` and `qualcode informants` list them."),
        row=row,
        near=", ".join(near),
    )


def cell(study: Study, key: CellKey) -> GridCell:
    """One cell with its codings, without reading those of other codes. Raises NotFound, BadInput as `grid`."""
    codebook = study.codebook
    if key.column not in codebook and any(theme.query for theme in codebook.themes if theme.id == key.column):
        charted = grid(study, key.kind, key.column)
        return next(of_row[0] for of_row in charted.grid.cells if of_row[0].key == key)
    (column,) = chosen_columns(codebook, [key.column], study.language)
    evidence = _evidence(study, key, column)
    row = Row(key.row, key.row)
    why = _reasons(study, key.kind, facts_of(study).population)
    summaries = {key: found} if (found := _stored(study, key)) is not None else {}
    return grid_of(key.kind, [row], [column], [[evidence]], summaries, why).cells[0][0]


def _evidence(study: Study, key: CellKey, column: Column) -> Cell:
    """The codings in a cell whose column is made of codes."""
    with study.store.read() as connection:
        uids = codings.uids_with_codes(connection, [study.code_id(code) or 0 for code in sorted(column.codes)])
        found = codings.segments_by_uid(connection, uids).values()
    of_row = [item for item in found if key.row == (item.case if key.kind is RowKind.CASE else item.informant)]
    counting = in_order(of_row)
    return Cell(tuple(counting), count(counting))


def _stored(study: Study, key: CellKey) -> Summary | None:
    with study.store.read() as connection:
        return _summary(connection, key)


def cells_of(study: Study, keys: Iterable[CellKey]) -> tuple[dict[CellKey, GridCell], dict[str, str]]:
    """These cells as they are now, and the labels of their rows and columns; a reading for each kind of row."""
    found: dict[CellKey, GridCell] = {}
    labels: dict[str, str] = {}
    wanted = list(keys)
    for kind in RowKind:
        columns = dict.fromkeys(key.column for key in wanted if key.kind is kind)
        if columns:
            made = grid(study, kind, ",".join(columns)).grid
            found |= {item.key: item for of_row in made.cells for item in of_row}
            labels |= {item.id: item.label for item in (*made.columns, *made.rows)}
    return {key: found[key] for key in wanted}, labels


def written(study: Study) -> tuple[list[GridCell], dict[str, str]]:
    """All cells with words, whatever their rows and columns, and the labels of these by id."""
    with study.store.read() as connection:
        keys = [summary.key for summary in store.summaries(connection)]
    cells, labels = cells_of(study, keys)
    return list(cells.values()), labels


def write(
    study: Study, key: CellKey, text: str, *, seen: Sequence[str] | None = None, instead_of: str | None = None
) -> GridCell:
    """Save the words of a cell, as a draft that rests on the codings in it now; no words take them away.

    `seen` are the codings the writer had before them, where that was a while ago; `instead_of` the words that
    stood there then. Raises Conflict where others have changed those meanwhile, BadInput for a character that
    cannot be stored.
    """
    words = storable(text)
    now = cell(study, key)
    rests_on = now.evidence.uids if seen is None else tuple(seen)
    with study.write("grid", N_("Summary of {row} / {column} written"), row=key.row, column=key.column) as unit:
        if instead_of is not None:
            _refuse_overwriting(unit, key, instead_of)
        if words:
            store.put_summary(unit, key, words, SummaryState.DRAFTED, rests_on)
        else:
            store.clear_summary(unit, key)
    return replace(now, summary=_stored(study, key))


def _refuse_overwriting(unit: Unit, key: CellKey, was: str) -> None:
    now = _summary(unit.connection, key)
    if (now.text if now is not None else "") != was:
        raise Conflict(
            N_("The summary of {cell} was changed meanwhile."),
            hint=N_("Look at it with `qualcode grid show`, and write it again."),
            cell=str(key),
        )


def _summary(connection: Connection, key: CellKey) -> Summary | None:
    return next((summary for summary in store.summaries(connection) if summary.key == key), None)


def storable(text: str) -> str:
    """The words without outer white space, lines ended by \\n.

    Raises BadInput for NUL and lone surrogates, which PostgreSQL refuses and no file can hold.
    """
    if (found := _UNSTORABLE.search(text)) is not None:
        raise BadInput(
            N_("The summary holds a character that cannot be stored, at offset {offset}."),
            hint=N_("Delete it."),
            offset=found.start(),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def set_state(study: Study, key: CellKey, state: SummaryState) -> GridCell:
    """Say that the words of a cell are a draft, or that the coder who acts has checked them.

    Raises BadInput for a cell without words, Conflict for a check of a stale one: it would vouch for words that
    were written before its codings changed.
    """
    now = cell(study, key)
    if now.summary is None:
        raise BadInput(
            N_("Nothing is written in {cell}."), hint=N_("Write it with `qualcode grid edit`."), cell=str(key)
        )
    if state is SummaryState.CHECKED and now.stale:
        raise Conflict(
            N_("The codings of {cell} changed since it was written: {added} came, {removed} went."),
            hint=N_("Look at them and save the summary again with `qualcode grid edit`."),
            cell=str(key),
            added=len(now.added),
            removed=len(now.removed),
        )
    checked = state is SummaryState.CHECKED
    summary = now.summary
    template = N_("Summary of {row} / {column} checked") if checked else N_("Summary of {row} / {column} a draft")
    with study.write("grid", template, row=key.row, column=key.column) as unit:
        _refuse_overwriting(unit, key, summary.text)
        store.put_summary(
            unit,
            key,
            summary.text,
            state,
            summary.rests_on,
            checked_by=study.coder if checked else "",
            checked_at=unit.at if checked else None,
        )
    return replace(now, summary=_stored(study, key))
