"""The rows of a matrix: what the study has, with or without codings, in the order of the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from qualcode.domain.codebook import Code
from qualcode.domain.coding import CodedSegment
from qualcode.domain.facts import Facts, Field, Population, Subject
from qualcode.domain.matrix import Row
from qualcode.domain.query import Known, Query, verdict

_WITHIN = {
    Subject.CASE: (Subject.CASE,),
    Subject.DOCUMENT: (Subject.CASE, Subject.DOCUMENT),
    Subject.INFORMANT: (Subject.CASE, Subject.DOCUMENT, Subject.INFORMANT),
}
"""What the fields are about whose conditions decide whether a row belongs to a filtered table.

An informant of another case was not silent on this one: its row would say "not mentioned" of somebody who was never
there. A case in which nobody of one side was heard stays: that it is empty is what a comparison looks for.
"""

_Standing = dict[Subject, str]
"""Where a coding could be: a case, document and informant that go together, as far as they are known."""


def rows(
    facts: Facts, field: Field, queries: Sequence[Query], segments: Iterable[CodedSegment], language: str
) -> list[Row]:
    """The values of `field` as rows: those the study has and those the counting `segments` carry.

    Without rows that the queries rule out whatever is coded.
    """
    row_of = row_finder(facts, field)
    met = {value for segment in segments for value in row_of(segment)}
    of_coding = field.subject is Subject.CODING
    values = met | (_coded_values(facts, field) if of_coding else _held(facts, field, queries))
    return [
        Row(value, field.value_label(value, language))
        for value in field.in_order(values)
        if _possible(queries, lambda asked, value=value: (value,) if asked.id == field.id else None)
    ]


def _possible(queries: Sequence[Query], known: Known) -> bool:
    return all(verdict(query, known) is not False for query in queries)


def row_finder(facts: Facts, field: Field, *, exact: bool = False) -> Callable[[CodedSegment], Sequence[str]]:
    """A function from a coding to its rows. A row of a code holds its subtree as a column does, unless `exact`."""
    if field.id != "code" or exact:
        return field.read
    codebook = facts.codebook
    paths = {code.id: tuple(node.id for node in codebook.path(code.id) if _is_row(node)) for code in codebook.codes}
    return lambda segment: paths.get(segment.coding.code or "", ())


def _is_row(code: Code) -> bool:
    """Families have rows by `family`, unless they are put on spans like any code."""
    return code.parent is not None or code.assignable


def _coded_values(facts: Facts, field: Field) -> set[str]:
    if not field.complete or field.choices is None:
        return set()
    ids = {choice.id for choice in field.choices}
    if field.id == "code":
        return {code.id for code in facts.codebook.codes if _is_row(code) and not code.retired}
    return ids - {code.id for code in facts.codebook.codes if code.retired} if field.id == "family" else ids


def _held(facts: Facts, field: Field, queries: Sequence[Query]) -> set[str]:
    deciding = _WITHIN[field.subject]

    def known(standing: _Standing) -> Known:
        return lambda asked: _found(asked, standing) if asked.subject in deciding else None

    return {
        value
        for standing in _standings(facts.population)
        if field.subject in standing and _possible(queries, known(standing))
        for value in _found(field, standing)
    }


def _found(field: Field, standing: _Standing) -> tuple[str, ...]:
    return field.held.get(standing.get(field.subject, ""), ())


def _standings(population: Population) -> Iterator[_Standing]:
    """Every document with each of its cases and voices; then cases and informants by themselves."""
    for document in population.documents:
        for case in document.cases or ("",):
            for informant in population.voices.get(document.id) or ("",):
                found = {Subject.CASE: case, Subject.DOCUMENT: document.id, Subject.INFORMANT: informant}
                yield {subject: key for subject, key in found.items() if key}
    yield from ({Subject.CASE: case.id} for case in population.cases)
    yield from ({Subject.INFORMANT: informant.id} for informant in population.informants)
