"""Documents with their versions and turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, select

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Document, Speaker
from qualcode.domain.transcript import Turn
from qualcode.errors import N_, Conflict
from qualcode.store import attributes, belonging
from qualcode.store.lookup import keys, row_id, unknown
from qualcode.store.schema.documents import document, document_version, turn
from qualcode.store.unit import Unit

# A document that was never imported: the state that undo of an import returns to.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What an import stores. `sha256` is that of the file's bytes; `text` is final."""

    id: str
    title: str
    date: str
    language: str
    text: str
    turns: Sequence[Turn]
    words: int
    source_name: str
    sha256: str
    encoding: str
    newline: str


def add(unit: Unit, new: NewDocument) -> int:
    """Store a document with its first version and turns; its row id. Undoing it marks the document removed."""
    document_id = unit.insert_unrecorded(
        document, key=new.id, title=new.title, date=new.date, language=new.language, removed_at=None
    )
    version_id = unit.insert(
        document_version,
        document_id=document_id,
        number=1,
        text=new.text,
        words=new.words,
        source_name=new.source_name,
        source_sha256=new.sha256,
        encoding=new.encoding,
        newline=new.newline,
    )
    unit.insert_many(
        turn,
        [
            {
                "document_version_id": version_id,
                "number": item.number,
                "start": item.start,
                "body_start": item.body_start,
                "end": item.end,
                "speaker": item.speaker,
                "start_ms": item.start_ms,
                "end_ms": item.end_ms,
            }
            for item in new.turns
        ],
    )
    unit.record_restored(document, document_id, "removed_at", _NEVER)
    return document_id


def listing(connection: Connection, *, removed: bool = False) -> list[Document]:
    """All documents in order of import, without their texts; with `removed` those that were removed instead.

    One whose import was undone is neither.
    """
    newest = (
        select(document_version.c.document_id, func.max(document_version.c.number).label("number"))
        .group_by(document_version.c.document_id)
        .subquery()
    )
    turns = (
        select(turn.c.document_version_id, func.count().label("turns"))
        .group_by(turn.c.document_version_id)
        .subquery()
    )
    query = (
        select(document, document_version.c.number, document_version.c.words, turns.c.turns)
        .join(newest, newest.c.document_id == document.c.id)
        .join(
            document_version,
            (document_version.c.document_id == document.c.id) & (document_version.c.number == newest.c.number),
        )
        .outerjoin(turns, turns.c.document_version_id == document_version.c.id)
        .where(
            document.c.removed_at.is_not(None) & (document.c.removed_at != _NEVER)
            if removed
            else document.c.removed_at.is_(None)
        )
        .order_by(document.c.id)
    )
    cases = belonging.cases_by_document(connection)
    values = attributes.values_of(connection, Entity.DOCUMENT)
    return [
        Document(
            id=row.key,
            title=row.title,
            date=row.date,
            language=row.language,
            cases=cases.get(row.id, ()),
            version=row.number,
            words=row.words,
            turns=row.turns or 0,
            removed=removed,
            attributes=values.get(row.id, {}),
        )
        for row in connection.execute(query)
    ]


def keys_by_id(connection: Connection) -> dict[int, str]:
    """Row id -> id of the documents that are not removed, in order of import."""
    query = select(document.c.id, document.c.key).where(document.c.removed_at.is_(None)).order_by(document.c.id)
    return dict(connection.execute(query).all())


# Asked at every coding or of every document, and making a query takes as long as asking it.
_NEWEST = (
    select(document_version.c.id)
    .join(document, document.c.id == document_version.c.document_id)
    .where(document.c.key == bindparam("key"), document.c.removed_at.is_(None))
    .order_by(document_version.c.number.desc())
    .limit(1)
)
_TEXT = (
    select(
        document_version.c.document_id,
        document_version.c.number,
        document_version.c.text,
        document.c.language,
    )
    .join(document, document.c.id == document_version.c.document_id)
    .where(document_version.c.id == bindparam("version_id"))
)
_TURNS = select(
    turn.c.document_version_id,
    turn.c.number,
    turn.c.start,
    turn.c.body_start,
    turn.c.end,
    turn.c.speaker,
    turn.c.start_ms,
    turn.c.end_ms,
).order_by(turn.c.document_version_id, turn.c.number)


@dataclass(frozen=True, slots=True)
class VersionText:
    """The newest version of a document: what offsets count in."""

    document: str
    document_id: int
    version_id: int
    version: int
    language: str
    text: str
    turns: tuple[Turn, ...]


def newest_version_id(connection: Connection, key: str) -> int:
    """The row id of the newest version of a document. Raises NotFound."""
    found = connection.execute(_NEWEST, {"key": key}).scalar_one_or_none()
    if found is None:
        raise unknown("document", key, keys(connection, document))
    return found


def text_of(connection: Connection, key: str) -> VersionText:
    """The newest text of a document and its turns. Raises NotFound; a removed document is not found."""
    version_id = newest_version_id(connection, key)
    row = connection.execute(_TEXT, {"version_id": version_id}).one()
    turns = turns_of_versions(connection, [version_id]).get(version_id, ())
    return VersionText(key, row.document_id, version_id, row.number, row.language, row.text, tuple(turns))


def turns_of_versions(connection: Connection, version_ids: Iterable[int] | None = None) -> dict[int, list[Turn]]:
    """Row id of a version -> its turns in order; of all versions where none are named."""
    query = _TURNS
    if version_ids is not None:
        query = query.where(turn.c.document_version_id.in_(list(version_ids)))
    found: dict[int, list[Turn]] = {}
    for version_id, *facts in connection.execute(query):
        found.setdefault(version_id, []).append(Turn(*facts))
    return found


def turn_bounds(connection: Connection) -> dict[tuple[str, int], tuple[list[int], list[int]]]:
    """(document id, version) -> the starts and the ends of its turns with their labels, each in order.

    Plain numbers: who asks of thousands of codings which turns they touch has no use for a Turn of each.
    """
    query = (
        select(document.c.key, document_version.c.number, turn.c.start, turn.c.end)
        .join(document_version, document_version.c.id == turn.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .order_by(turn.c.document_version_id, turn.c.number)
    )
    found: dict[tuple[str, int], tuple[list[int], list[int]]] = {}
    for key, number, start, end in connection.execute(query):
        starts, ends = found.setdefault((key, number), ([], []))
        starts.append(start)
        ends.append(end)
    return found


def turns_of(connection: Connection, key: str, version: int) -> list[Turn]:
    """The turns of one version of a document."""
    query = (
        select(document_version.c.id)
        .join(document, document.c.id == document_version.c.document_id)
        .where(document.c.key == key, document_version.c.number == version)
    )
    version_id = connection.execute(query).scalar_one()
    return turns_of_versions(connection, [version_id]).get(version_id, [])


@dataclass(frozen=True, slots=True)
class Place:
    """What tells the case, informant and turn of a span in a document; turns by version number."""

    cases: tuple[str, ...]
    speakers: dict[str, Speaker]
    turns: dict[int, Sequence[Turn]]


def places(connection: Connection, wanted: Iterable[str]) -> dict[str, Place]:
    """Document id -> its place facts, of these documents and all their versions."""
    query = (
        select(document.c.id, document.c.key, document_version.c.id.label("version_id"), document_version.c.number)
        .join(document_version, document_version.c.document_id == document.c.id)
        .where(document.c.key.in_(list(wanted)))
    )
    versions = connection.execute(query).all()
    turns = turns_of_versions(connection, [row.version_id for row in versions])
    cases, speakers = belonging.cases_by_document(connection), belonging.speakers_by_document(connection)
    found: dict[str, Place] = {}
    for row in versions:
        labels = {speaker.label: speaker for speaker in speakers.get(row.id, ())}
        place = found.setdefault(row.key, Place(cases.get(row.id, ()), labels, {}))
        place.turns[row.number] = turns.get(row.version_id, [])
    return found


def by_sha256(connection: Connection, sha256: str) -> tuple[str, bool] | None:
    """The document that a file with these bytes was imported as, and whether it is removed now."""
    query = (
        select(document.c.key, document.c.removed_at)
        .join(document_version, document_version.c.document_id == document.c.id)
        .where(document_version.c.source_sha256 == sha256)
        .order_by(document.c.removed_at.is_not(None), document.c.id)
    )
    row = connection.execute(query).first()
    return None if row is None else (row.key, row.removed_at is not None)


def state_of(connection: Connection, key: str) -> str | None:
    """«present», «removed», or None for an id that was never used."""
    row = connection.execute(select(document.c.removed_at).where(document.c.key == key)).one_or_none()
    return None if row is None else ("removed" if row.removed_at else "present")


def source_of(connection: Connection, key: str) -> str:
    """The name of the file a document was imported from."""
    query = (
        select(document_version.c.source_name)
        .join(document, document.c.id == document_version.c.document_id)
        .where(document.c.key == key)
        .order_by(document_version.c.number.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one()


def remove(unit: Unit, key: str) -> None:
    """Mark a document removed; its codings stay and count nowhere (rule 9)."""
    unit.update(document, row_id(unit.connection, document, key), removed_at=unit.at)


def bring_back(unit: Unit, key: str) -> None:
    """Undo a removal, as when the same file is imported again."""
    found = unit.connection.execute(select(document.c.id).where(document.c.key == key)).scalar_one()
    unit.update(document, found, removed_at=None)


def undone_text(connection: Connection, key: str) -> str | None:
    """The text of a document whose import was undone; None for any other id."""
    query = (
        select(document_version.c.text)
        .join(document, document.c.id == document_version.c.document_id)
        .where(document.c.key == key, document.c.removed_at == _NEVER)
        .order_by(document_version.c.number.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def free_id(unit: Unit, key: str) -> None:
    """Take the id from a document whose import was undone: the file may be imported again otherwise read."""
    found = unit.connection.execute(select(document).where(document.c.key == key)).one()
    unit.update(document, found.id, key=f"{key}~{found.uid[:8]}")


def edit(unit: Unit, key: str, **values: str) -> None:
    """Set title, date or language."""
    unit.update(document, row_id(unit.connection, document, key), **values)


def rename(unit: Unit, key: str, to: str) -> None:
    if state_of(unit.connection, to) is not None:
        raise Conflict(N_("{key!r} is taken already."), hint=N_("Choose another id."), key=to)
    unit.update(document, row_id(unit.connection, document, key), key=to)
