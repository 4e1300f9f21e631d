"""Codings: adding one or many, editing, deleting, and reading them with their derived places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from qualcode.domain.coding import CodedSegment, Coding, CodingOrigin, CodingStatus
from qualcode.domain.people import Speaker
from qualcode.domain.placing import placed_segment
from qualcode.domain.span import Anchor, Span
from qualcode.store import belonging, documents, lookup, removal
from qualcode.store.rows import chunks
from qualcode.store.schema.codebook import code
from qualcode.store.schema.coding import coding
from qualcode.store.schema.documents import document, document_version
from qualcode.store.schema.people import case
from qualcode.store.schema.study import coder
from qualcode.store.schema.synthesis import evidence
from qualcode.store.unit import Unit

_ORIGINS = {origin.value: origin for origin in CodingOrigin}
_STATUSES = {status.value: status for status in CodingStatus}
_HELD = 2000
"""Codings read at a time: their turns are asked for once, and a hundred thousand codings still fit anywhere."""

Identity = tuple[int, int, int, int | None, int, int, int | None]
"""version, start, end, code, coder, round, own case: unique among placed codings."""


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding to store, in row ids; `uid` only where the caller knows it already."""

    version_id: int
    span: Span
    anchor: Anchor
    code_id: int | None
    coder_id: int
    case_id: int | None = None
    round: int = 1
    qualifiers: Mapping[str, str] = field(default_factory=dict[str, str])
    origin: CodingOrigin = CodingOrigin.MANUAL
    confidence: float | None = None
    status: CodingStatus = CodingStatus.ACCEPTED
    placed: bool = True
    uid: str | None = None

    @property
    def identity(self) -> Identity:
        span = self.span
        return (self.version_id, span.start, span.end, self.code_id, self.coder_id, self.round, self.case_id)


_SAME = select(coding.c.uid).where(
    coding.c.document_version_id == bindparam("version_id"),
    coding.c.start == bindparam("start"),
    coding.c.end == bindparam("end"),
    func.coalesce(coding.c.code_id, 0) == bindparam("code_id"),
    coding.c.coder_id == bindparam("coder_id"),
    coding.c.round == bindparam("round"),
    func.coalesce(coding.c.case_id, 0) == bindparam("case_id"),
    coding.c.placed,
)
"""Made once: it is asked at every coding, and making it takes as long as asking."""


def find(connection: Connection, identity: Identity) -> str | None:
    """The uid of the placed coding that is the same in all that makes it unique."""
    names = ("version_id", "start", "end", "code_id", "coder_id", "round", "case_id")
    values = {name: value or 0 for name, value in zip(names, identity, strict=True)}
    return connection.execute(_SAME, values).scalar_one_or_none()


def identities(connection: Connection, version_ids: Iterable[int]) -> dict[Identity, str]:
    """Identity -> uid of the placed codings on these versions, for imports that check thousands at once."""
    return dict(_identified(connection, version_ids, coding.c.placed))


def unplaced_identities(connection: Connection, version_ids: Iterable[int]) -> Counter[Identity]:
    """How many unplaced codings there are of each identity, which need not be unique among them."""
    return Counter(identity for identity, _uid in _identified(connection, version_ids, ~coding.c.placed))


def _identified(
    connection: Connection, version_ids: Iterable[int], which: ColumnElement[bool]
) -> Iterator[tuple[Identity, str]]:
    columns = (
        coding.c.document_version_id,
        coding.c.start,
        coding.c.end,
        coding.c.code_id,
        coding.c.coder_id,
        coding.c.round,
        coding.c.case_id,
    )
    for some in chunks(sorted(set(version_ids))):
        query = select(*columns, coding.c.uid).where(coding.c.document_version_id.in_(some), which)
        for *identity, uid in connection.execute(query):
            yield tuple(identity), uid  # pyright: ignore[reportReturnType] - seven columns, as Identity says


def uids(connection: Connection) -> set[str]:
    """The uids of all codings."""
    return set(connection.execute(select(coding.c.uid)).scalars())


def add(unit: Unit, new: NewCoding) -> int:
    """Store one coding; its row id."""
    return unit.insert(coding, **_values(new))


def add_many(unit: Unit, codings: Sequence[NewCoding]) -> Sequence[int]:
    """Store codings in bulk; their row ids in order."""
    return unit.insert_many(coding, [_values(new) for new in codings])


def row_of(connection: Connection, uid: str) -> Row[Any]:
    """The row of a coding, by its uid or by the unambiguous start of it (8 characters or more)."""
    return lookup.row_of(connection, coding, uid)


def edit(unit: Unit, row_id: int, **values: Any) -> bool:
    """Change columns of a coding; False where nothing differs."""
    return unit.update(coding, row_id, **values)


@dataclass(frozen=True, slots=True)
class Dependents:
    """What goes with a coding when it is deleted."""

    relations: int
    evidence: int


def dependents(connection: Connection, row_ids: Sequence[int]) -> Dependents:
    """How many relations and evidence links rest on these codings."""
    relations = removal.relations_of(connection, row_ids)
    links = {
        *removal.ids_where(connection, evidence.c.coding_id, row_ids),
        *removal.ids_where(connection, evidence.c.relation_id, relations),
    }
    return Dependents(len(relations), len(links))


def remove(unit: Unit, row_ids: Sequence[int]) -> None:
    """Delete codings with all that rests on them, in this operation."""
    removal.delete_codings(unit, row_ids)


def coding_of(connection: Connection, uid: str) -> Coding:
    """One coding by its whole uid, without its place; placed or not, of a removed document too."""
    return _coding(connection.execute(_select().where(coding.c.uid == uid)).one())


def segments(
    connection: Connection,
    *,
    document_key: str | None = None,
    coder_name: str | None = None,
    placed: bool = True,
) -> list[CodedSegment]:
    """As `each_segment`, all of them."""
    return list(each_segment(connection, document_key=document_key, coder_name=coder_name, placed=placed))


def each_segment(
    connection: Connection,
    *,
    document_key: str | None = None,
    coder_name: str | None = None,
    placed: bool = True,
) -> Iterator[CodedSegment]:
    """Codings of documents that are not removed, with their places, ordered by document, place, code and coder.

    Only placed ones unless `placed` is False, which gives only the unplaced. Some thousands are held at a time.
    """
    query = _select().where(coding.c.placed.is_(placed), document.c.removed_at.is_(None))
    if document_key is not None:
        query = query.where(document.c.key == document_key)
    if coder_name is not None:
        query = query.where(coder.c.name == coder_name)
    return _segments(connection, query)


def segments_by_uid(connection: Connection, uids: Sequence[str]) -> dict[str, CodedSegment]:
    """The codings with these uids, placed or not; none that is gone, or of a removed document."""
    query = _select().where(document.c.removed_at.is_(None))
    found = (_segments(connection, query.where(coding.c.uid.in_(some))) for some in chunks(uids))
    return {segment.coding.uid: segment for part in found for segment in part}


def uids_with_codes(connection: Connection, code_ids: Sequence[int]) -> list[str]:
    """The placed codings that carry one of these codes, in the order of `each_segment`."""
    placed = _select().where(coding.c.placed, document.c.removed_at.is_(None), coding.c.code_id.in_(code_ids))
    query = placed.with_only_columns(coding.c.uid, maintain_column_froms=True)
    return list(connection.execute(query).scalars())


def _segments(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[CodedSegment]:
    speakers = _speakers(connection)
    cases = belonging.cases_by_document(connection)
    found = connection.execute(query, execution_options={"yield_per": _HELD})
    for rows in found.partitions():
        turns = documents.turns_of_versions(connection, {row.version_id for row in rows})
        for row in rows:
            yield placed_segment(
                _coding(row),
                turns.get(row.version_id, ()),
                speakers.get(row.document_id, {}),
                cases.get(row.document_id, ()),
            )


def unplaced_count(connection: Connection) -> int:
    """How many codings of documents that are not removed have no certain place."""
    query = (
        select(func.count())
        .select_from(coding)
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .where(~coding.c.placed, document.c.removed_at.is_(None))
    )
    return connection.execute(query).scalar_one()


def counts_by_code(connection: Connection) -> dict[str, int]:
    """Code id -> its placed codings in documents that are not removed."""
    query = (
        select(code.c.key, func.count())
        .join(coding, coding.c.code_id == code.c.id)
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .where(coding.c.placed, document.c.removed_at.is_(None))
        .group_by(code.c.key)
    )
    return dict(connection.execute(query).all())


def counts_by_document(connection: Connection) -> dict[str, int]:
    """Document id -> its placed codings."""
    query = (
        select(document.c.key, func.count())
        .join(document_version, document_version.c.document_id == document.c.id)
        .join(coding, coding.c.document_version_id == document_version.c.id)
        .where(coding.c.placed)
        .group_by(document.c.key)
    )
    return dict(connection.execute(query).all())


def counts_by_coder(connection: Connection) -> dict[str, int]:
    """Name of a coder -> their placed codings in documents that are not removed."""
    query = (
        select(coder.c.name, func.count())
        .join(coding, coding.c.coder_id == coder.c.id)
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .where(coding.c.placed, document.c.removed_at.is_(None))
        .group_by(coder.c.name)
    )
    return dict(connection.execute(query).all())


def marks(connection: Connection) -> dict[int, list[tuple[Span, str]]]:
    """Row id of a version -> where which code was put, by anybody: what a hit of a search stands in."""
    query = (
        select(coding.c.document_version_id, coding.c.start, coding.c.end, code.c.key)
        .join(code, code.c.id == coding.c.code_id)
        .where(coding.c.placed)
        .order_by(coding.c.document_version_id, coding.c.start, coding.c.end, code.c.position)
    )
    found: dict[int, list[tuple[Span, str]]] = {}
    for version_id, start, end, key in connection.execute(query):
        found.setdefault(version_id, []).append((Span(start, end), key))
    return found


def _select() -> Select[*tuple[Any, ...]]:
    return (
        select(
            coding.c.uid,
            coding.c.document_version_id.label("version_id"),
            coding.c.start,
            coding.c.end,
            coding.c.prefix,
            coding.c.exact,
            coding.c.suffix,
            coding.c.round,
            coding.c.qualifiers,
            coding.c.origin,
            coding.c.confidence,
            coding.c.status,
            coding.c.placed,
            coding.c.created_at,
            coding.c.updated_at,
            document.c.id.label("document_id"),
            document.c.key.label("document"),
            document_version.c.number.label("version"),
            code.c.key.label("code"),
            case.c.key.label("case_key"),
            coder.c.name.label("coder"),
        )
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .outerjoin(code, code.c.id == coding.c.code_id)
        .outerjoin(case, case.c.id == coding.c.case_id)
        .order_by(document.c.id, coding.c.start, coding.c.end, code.c.position, coder.c.id, coding.c.id)
    )


def _coding(row: Row[Any]) -> Coding:
    """From a row of `_select`, taken apart by place: by name it costs twice as much, by the ten thousand."""
    values: tuple[Any, ...] = tuple(row)
    uid, _version_id, start, end, prefix, exact, suffix, round_, qualifiers, origin, confidence, status = values[
        :12
    ]
    placed, created_at, updated_at, _document_id, document_key, version, code_key, case_key, coder_name = values[
        12:
    ]
    return Coding(
        uid=uid,
        document=document_key,
        version=version,
        span=Span(start, end),
        anchor=Anchor(prefix, exact, suffix),
        code=code_key,
        coder=coder_name,
        created_at=created_at,
        updated_at=updated_at,
        qualifiers=qualifiers,
        case=case_key,
        round=round_,
        origin=_ORIGINS[origin],
        confidence=confidence,
        status=_STATUSES[status],
        placed=placed,
    )


def _speakers(connection: Connection) -> dict[int, dict[str, Speaker]]:
    return {
        document_id: {speaker.label: speaker for speaker in speakers}
        for document_id, speakers in belonging.speakers_by_document(connection).items()
    }


def _values(new: NewCoding) -> dict[str, Any]:
    return {
        "uid": new.uid,
        "document_version_id": new.version_id,
        "start": new.span.start,
        "end": new.span.end,
        "prefix": new.anchor.prefix,
        "exact": new.anchor.exact,
        "suffix": new.anchor.suffix,
        "code_id": new.code_id,
        "coder_id": new.coder_id,
        "round": new.round,
        "qualifiers": dict(new.qualifiers),
        "case_id": new.case_id,
        "origin": new.origin,
        "confidence": new.confidence,
        "status": new.status,
        "placed": new.placed,
    }
