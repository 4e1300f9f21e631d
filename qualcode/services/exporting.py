"""Tables of the study's codings and relations: their columns are a contract that scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.domain.codebook import Attribute, Codebook, Entity
from qualcode.domain.coding import CodedSegment
from qualcode.domain.people import Values
from qualcode.domain.relation import PlacedRelation
from qualcode.domain.tabular import Cell, Table
from qualcode.services import coding, people, relations
from qualcode.services.coding_import import OWN_QUALIFIER
from qualcode.services.study import Study
from qualcode.store import memos
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
_FREE_TEXT = frozenset({"text", "memo", "speaker", "code", "code_path"})
_PATH = " > "


def segments_table(study: Study, segments: Sequence[CodedSegment]) -> Table:
    """Every coding as a row, quotations too; names in the study's language, ids stable."""
    codebook = study.codebook
    own = [qualifier.id for qualifier in codebook.qualifiers if qualifier.id not in FIXED_QUALIFIERS]
    described = _Described(study)
    names = _CodeNames(codebook, study.language)
    with study.store.read() as connection:
        written = memos.texts_by_target(connection, coding_table)
    rows = [
        (
            *_segment_cells(segment, names, written.get(segment.coding.uid, ())),
            *(segment.coding.qualifiers.get(qualifier) for qualifier in own),
            *described.cells(segment),
        )
        for segment in segments
    ]
    headers = (*SEGMENT_COLUMNS, *(OWN_QUALIFIER + qualifier for qualifier in own), *described.headers)
    return Table(headers, rows, free_text=_FREE_TEXT | described.free_text)


def relations_table(study: Study, found: Sequence[PlacedRelation] | None = None) -> Table:
    """Every placed relation as a row, with where its two ends lie."""
    listed = relations.listing(study) if found is None else found
    with study.store.read() as connection:
        written = memos.texts_by_target(connection, relation_table)
    rows = [_relation_cells(item, written.get(item.relation.uid, ())) for item in listed]
    return Table(RELATION_COLUMNS, rows, free_text=frozenset({"text", "memo", "speaker"}))


def unplaced(study: Study) -> list[CodedSegment]:
    """The codings that a segments table leaves out because their place is not certain."""
    return coding.everything(study, placed=False)


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
        *(item.qualifiers.get(qualifier) for qualifier in FIXED_QUALIFIERS),
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


class _Described:
    """The attribute columns: of the coding's case, its informant, and the informant's organisation."""

    def __init__(self, study: Study) -> None:
        codebook = study.codebook
        self._kinds = {
            "case.": codebook.attributes_of(Entity.CASE),
            "informant.": codebook.attributes_of(Entity.INFORMANT),
            "informant.organisation.": codebook.attributes_of(Entity.ORGANISATION),
        }
        self._codebook = codebook
        self._cases = {case.id: case.attributes for case in people.cases(study)}
        informants = people.informants(study)
        self._informants = {informant.id: informant.attributes for informant in informants}
        organisations = {item.id: item.attributes for item in people.organisations(study)}
        self._organisations = {
            informant.id: organisations.get(informant.organisation or "", {}) for informant in informants
        }

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(prefix + item.id for prefix, attributes in self._kinds.items() for item in attributes)

    @property
    def free_text(self) -> frozenset[str]:
        return frozenset(
            prefix + item.id
            for prefix, attributes in self._kinds.items()
            for item in attributes
            if item.type == "text"
        )

    def cells(self, segment: CodedSegment) -> tuple[Cell, ...]:
        owners = (
            self._cases.get(segment.case or "", {}),
            self._informants.get(segment.informant or "", {}),
            self._organisations.get(segment.informant or "", {}),
        )
        return tuple(
            self._cell(attribute, values)
            for values, attributes in zip(owners, self._kinds.values(), strict=True)
            for attribute in attributes
        )

    def _cell(self, attribute: Attribute, values: Values) -> Cell:
        return self._codebook.attribute_values(attribute, values) or None
