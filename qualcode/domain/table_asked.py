"""How many of those who could speak to a cell of a table were asked about its codes."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.asked import Answers, Asked, Statements
from qualcode.domain.codebook import Codebook
from qualcode.domain.facts import Population, Subject
from qualcode.domain.table_axes import TOTAL, Place, Places
from qualcode.domain.table_counting import StudyTable

AskedOf = Mapping[tuple[int, int], int | None]
"""Number of the row and of the column -> how many were asked; None where of somebody it was not noted.

Only cells that lie between codes and cases or informants have an entry."""


def asked_of(table: StudyTable, codebook: Codebook, population: Population, statements: Statements) -> AskedOf:
    """What was noted of the informants of each column, about the codes of each row."""
    answers = {person.id: Answers(codebook, statements.get(person.id, {})) for person in population.informants}
    heard = [_informants(table.column_axes[column.axis], column.place, population) for column in table.columns]
    found: dict[tuple[int, int], int | None] = {}
    for r, line in enumerate(table.rows):
        held = [(place.id, place.codes) for place in line if place.codes]
        if len(held) != 1:
            continue
        about, codes = held[0]
        said = {person: known.about(about, codes) for person, known in answers.items()}
        for c, informants in enumerate(heard):
            if informants is not None:
                each = [said[person] for person in informants if person in said]
                found[r, c] = None if None in each or not each else each.count(Asked.ASKED)
    return found


def _informants(axis: Places, place: Place, population: Population) -> set[str] | None:
    """Who could speak in a column; None where it goes neither by case nor by informant."""
    field = axis.field
    if field is None or field.subject not in (Subject.CASE, Subject.INFORMANT):
        return None
    wanted = {other.id for other in axis.places} if place.id == TOTAL else {place.id}
    holders = {key for key, values in field.held.items() if not wanted.isdisjoint(values)}
    if field.subject is Subject.INFORMANT:
        return holders
    return {
        person
        for document in population.documents
        if not holders.isdisjoint(document.cases)
        for person in population.voices.get(document.id, ())
    }
