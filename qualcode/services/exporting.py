"""Tables of the study's codings and relations: their columns are a contract that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qualcode.domain.codebook import Codebook, Entity
from qualcode.domain.coding import CodedSegment
from qualcode.domain.facts import Facts, Field
from qualcode.domain.query import Query
from qualcode.domain.query_matching import matcher_of_all
from qualcode.domain.relation import PlacedRelation
from qualcode.domain.tabular import Cell, Streamed, Table
from qualcode.services import queries, relations
from qualcode.services.coding_import import OWN_QUALIFIER
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.store import codings, memos
from qualcode.store.schema.coding import coding as coding_table
from qualcode.store.schema.coding import relation as relation_table

FIXED_QUALIFIERS = ("valence", "about_actor", "about_pair", "phase", "realisation", "certainty", "quotable")
"""These have their column in every study, filled or not; a codebook's other qualifiers follow the fixed columns."""

SEGMENT_COLUMNS = (
    *("coding_id", "document", "case", "informant", "speaker", "turn", "start", "end", "text"),
    *("code_id", "code", "code_path", "family"),
    *FIXED_QUALIFIERS,
    *("status", "memo", "coder", "origin", "confidence", "created_at", "updated_at"),
)
RELATION_COLUMNS = (
    *("relation_id", "type", "stance", "claimed_by", "document", "case", "informant", "speaker", "turn"),
    *("start", "end", "text"),
    *("source_id", "source_document", "source_start", "source_end", "source_code_id", "source_case"),
    *("target_id", "target_document", "target_start", "target_end", "target_code_id", "target_case"),
    *("coder", "memo", "created_at", "updated_at"),
)
_FREE_TEXT = frozenset({"text", "memo", "speaker", "code", "code_path", "coder"})
_PATH = " > "


def segments_table(study: Study, where: Iterable[str] = (), *, placed: bool = True) -> Streamed:
    """Every coding that all queries choose as a row, whatever its status, quotations too.

    Names in the study's language, ids stable. Not `placed`: those whose place is not certain instead.

    Raises BadQuery for a query that cannot be understood.
    """
    codebook = study.codebook
    own = [qualifier.id for qualifier in codebook.qualifiers if qualifier.id not in FIXED_QUALIFIERS]
    facts = facts_of(study)
    described = _attribute_fields(facts)
    asked = queries.read(study, facts, where)
    return Streamed(
        (*SEGMENT_COLUMNS, *(OWN_QUALIFIER + qualifier for qualifier in own), *(field.id for field in described)),
        _segment_rows(study, asked, own, described, placed=placed),
        free_text=_FREE_TEXT | _free_attributes(codebook),
    )


def _segment_rows(
    study: Study, asked: Sequence[Query], own: Sequence[str], described: Sequence[Field], *, placed: bool
) -> Iterator[Sequence[Cell]]:
    names = _CodeNames(study.codebook, study.language)
    meets = matcher_of_all(asked, queries.among(study, lambda: _each(study, placed=placed)))
    with study.store.read() as connection:
        written = memos.texts_by_target(connection, coding_table)
        for segment in codings.each_segment(connection, placed=placed):
            if meets(segment):
                yield (
                    *_segment_cells(segment, names, written.get(segment.coding.uid, ())),
                    *map(segment.coding.qualifiers.get, own),
                    *(field.read(segment) for field in described),
                )


def _each(study: Study, *, placed: bool) -> Iterator[CodedSegment]:
    with study.store.read() as connection:
        yield from codings.each_segment(connection, placed=placed)


def relations_table(study: Study, found: Sequence[PlacedRelation] | None = None) -> Table:
    """Every placed relation as a row, with where its two ends lie."""
    listed = relations.listing(study) if found is None else found
    with study.store.read() as connection:
        written = memos.texts_by_target(connection, relation_table)
    rows = [_relation_cells(item, written.get(item.relation.uid, ())) for item in listed]
    return Table(RELATION_COLUMNS, rows, free_text=frozenset({"text", "memo", "speaker", "coder"}))


def unplaced_count(study: Study) -> int:
    """How many codings a segments table leaves out because their place is not certain."""
    with study.store.read() as connection:
        return codings.unplaced_count(connection)


def default_file(study: Study, name: str) -> Path:
    """Where an export goes that is given no file."""
    study.exports.mkdir(parents=True, exist_ok=True)
    return study.exports / name


def _segment_cells(segment: CodedSegment, names: _CodeNames, written: Sequence[str]) -> tuple[Cell, ...]:
    item = segment.coding
    return (
        item.uid,
        item.document,
        segment.case,
        segment.informant,
        segment.speaker,
        segment.turn,
        item.span.start,
        item.span.end,
        item.anchor.exact,
        item.code,
        *names[item.code],
        *map(item.qualifiers.get, FIXED_QUALIFIERS),
        item.status.value,
        "\n\n".join(written),
        item.coder,
        item.origin.value,
        item.confidence,
        item.created_at,
        item.updated_at,
    )


def _relation_cells(item: PlacedRelation, written: Sequence[str]) -> tuple[Cell, ...]:
    relation = item.relation
    return (
        relation.uid,
        relation.type,
        relation.stance.value,
        relation.claimed_by.value,
        relation.document,
        item.case,
        item.informant,
        item.speaker,
        item.turn,
        relation.span.start,
        relation.span.end,
        relation.anchor.exact,
        *_end_cells(item.source),
        *_end_cells(item.target),
        relation.coder,
        "\n\n".join(written),
        relation.created_at,
        relation.updated_at,
    )


def _end_cells(segment: CodedSegment) -> tuple[Cell, ...]:
    item = segment.coding
    return (item.uid, item.document, item.span.start, item.span.end, item.code, segment.case)


class _CodeNames:
    """Name, path and family of each code, worked out once and not per row."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        self._known: dict[str, tuple[str, str, str]] = {}
        for code in codebook.codes:
            path = codebook.path(code.id)
            joined = _PATH.join(step.name(language) for step in path)
            self._known[code.id] = (code.name(language), joined, path[0].id)

    def __getitem__(self, code: str | None) -> tuple[str | None, str | None, str | None]:
        return (None, None, None) if code is None else self._known[code]


_OWNERS = {Entity.CASE: "case.", Entity.INFORMANT: "informant.", Entity.ORGANISATION: "informant.organisation."}


def _attribute_fields(facts: Facts) -> list[Field]:
    """Of the coding's case, its informant, and the informant's organisation, in codebook order."""
    return [
        facts.field(prefix + attribute.id)
        for entity, prefix in _OWNERS.items()
        for attribute in facts.codebook.attributes_of(entity)
    ]


def _free_attributes(codebook: Codebook) -> frozenset[str]:
    return frozenset(
        prefix + attribute.id
        for entity, prefix in _OWNERS.items()
        for attribute in codebook.attributes_of(entity)
        if attribute.type == "text"
    )
