"""What can be wrong in a study's database, looked for row by row. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.store import belonging, documents
from qualcode.store.rows import agree, as_state
from qualcode.store.schema import metadata
from qualcode.store.schema.coding import coding, memo, relation
from qualcode.store.schema.documents import document, document_version, speaker_map, turn
from qualcode.store.schema.people import case, informant, organisation
from qualcode.store.schema.study import change, coder, operation


@dataclass(frozen=True, slots=True)
class Spot:
    """A row that something is wrong with."""

    table: str
    uid: str
    document: str


def damaged_pages(connection: Connection) -> list[str]:
    """What SQLite says of pages and indexes that do not fit together; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [line for line in found if line != "ok"]


def broken_keys(connection: Connection) -> list[str]:
    """The tables with rows that refer to rows which are not there, one entry a row."""
    if connection.dialect.name != "sqlite":
        return []
    return [row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


def misplaced(connection: Connection) -> list[Spot]:
    """Placed codings and relations whose quote, or what stands around it, is not in the text at their span."""
    texts = dict(connection.execute(select(document_version.c.id, document_version.c.text)).all())
    keys = _keys_by_version(connection)
    return [
        Spot(table.name, row.uid, keys.get(row.document_version_id, ""))
        for table in (coding, relation)
        for row in connection.execute(_anchors(table))
        if not _stands(texts.get(row.document_version_id, ""), row)
    ]


def _anchors(table: Table) -> Any:
    names = ("uid", "document_version_id", "start", "end", "prefix", "exact", "suffix")
    return select(*(table.c[name] for name in names)).where(table.c.placed)


def _stands(text: str, row: Row[Any]) -> bool:
    return (
        0 <= row.start < row.end <= len(text)
        and text[row.start : row.end] == row.exact
        and text[max(0, row.start - len(row.prefix)) : row.start] == row.prefix
        and text.startswith(row.suffix, row.end)
    )


def turns_astray(connection: Connection) -> list[str]:
    """The documents with a turn that ends outside its text, lies over the one before, or is inside out."""
    lengths = dict(connection.execute(select(document_version.c.id, func.length(document_version.c.text))).all())
    keys = _keys_by_version(connection)
    wrong: dict[str, None] = {}
    for version_id, turns in documents.turns_of_versions(connection).items():
        reached = 0
        for item in turns:
            if not reached <= item.start <= item.body_start <= item.end <= lengths.get(version_id, 0):
                wrong[keys.get(version_id, "")] = None
            reached = item.end
    return list(wrong)


def twins(connection: Connection) -> list[tuple[Spot, Spot]]:
    """Placed codings that are there twice: the same but for an own case that the document has anyway."""
    only = {
        document_id: cases[0]
        for document_id, cases in belonging.cases_by_document(connection).items()
        if len(cases) == 1
    }
    at = ("document_version_id", "start", "end", "code_id", "coder_id", "round")
    query = (
        select(
            *(coding.c[name] for name in at),
            coding.c.uid,
            document.c.id.label("document_id"),
            document.c.key.label("document"),
            case.c.key.label("own_case"),
        )
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .outerjoin(case, case.c.id == coding.c.case_id)
        .where(coding.c.placed)
    )
    known: dict[tuple[Any, ...], Spot] = {}
    found: list[tuple[Spot, Spot]] = []
    for row in connection.execute(query):
        identity = (*row[: len(at)], row.own_case or only.get(row.document_id))
        spot = Spot(coding.name, row.uid, row.document)
        if identity in known:
            found.append((known[identity], spot))
        known[identity] = spot
    return found


def unlike_history(connection: Connection) -> list[tuple[str, int]]:
    """Table and id of each row that is not as the history last left it, is missing, or has no history."""
    newest = select(func.max(change.c.id)).group_by(change.c.table, change.c.row_id)
    query = select(change.c.table, change.c.row_id, change.c.after).where(change.c.id.in_(newest))
    left: dict[str, dict[int, Mapping[str, Any] | None]] = {}
    for row in connection.execute(query):
        left.setdefault(row.table, {})[row.row_id] = row.after
    return [found for table in recorded_tables() for found in _unlike(connection, table, left.get(table.name, {}))]


def recorded_tables() -> Iterator[Table]:
    """The tables whose every change is in the history."""
    return (table for table in metadata.sorted_tables if table.info.get("history", True))


def _unlike(
    connection: Connection, table: Table, left: Mapping[int, Mapping[str, Any] | None]
) -> Iterator[tuple[str, int]]:
    present = set[int]()
    for row in map(dict[str, Any], connection.execute(select(table)).mappings()):
        present.add(row["id"])
        if not agree(left.get(row["id"]), as_state(table, row)):
            yield table.name, row["id"]
    yield from ((table.name, row_id) for row_id, after in left.items() if after and row_id not in present)


def orphan_memos(connection: Connection) -> list[str]:
    """The uids of memos on something that is not there any more."""
    found: list[str] = []
    targets: dict[str, set[str]] = {}
    for row in connection.execute(select(memo.c.uid, memo.c.target_table, memo.c.target_uid)):
        if row.target_table not in targets:
            targets[row.target_table] = _uids(connection, row.target_table)
        if row.target_uid not in targets[row.target_table]:
            found.append(row.uid)
    return found


def _uids(connection: Connection, table: str) -> set[str]:
    if table not in metadata.tables:
        return set()
    return set(connection.execute(select(metadata.tables[table].c.uid)).scalars())


def removed(connection: Connection) -> dict[str, list[str]]:
    """Kind -> ids of the documents, cases, informants and organisations that are removed, and of coders at rest."""
    found = {"document": [item.id for item in documents.listing(connection, removed=True)]}
    for table in (case, informant, organisation):
        query = select(table.c.key).where(table.c.removed_at.is_not(None)).order_by(table.c.key)
        found[table.name] = list(connection.execute(query).scalars())
    resting = select(coder.c.name).where(coder.c.active.is_(False)).order_by(coder.c.name)
    return found | {"coder": list(connection.execute(resting).scalars())}


def unmapped(connection: Connection) -> list[tuple[str, str]]:
    """Document and label of each voice that is mapped to nobody; the label of a whole document is empty."""
    newest = _newest_versions(connection)
    said = select(turn.c.document_version_id, turn.c.speaker).distinct().order_by(turn.c.speaker)
    labels: dict[int, list[str]] = {}
    for row in connection.execute(said):
        labels.setdefault(row.document_version_id, []).append(row.speaker)
    mapped = {tuple(row) for row in connection.execute(select(speaker_map.c.document_id, speaker_map.c.label))}
    present = select(document.c.id, document.c.key).where(document.c.removed_at.is_(None)).order_by(document.c.id)
    return [
        (row.key, label)
        for row in connection.execute(present)
        for label in labels.get(newest[row.id], [WHOLE_DOCUMENT])
        if (row.id, label) not in mapped
    ]


def last_done(connection: Connection, verb: str) -> datetime | None:
    """When an operation of this kind was last done."""
    return connection.execute(select(func.max(operation.c.at)).where(operation.c.verb == verb)).scalar_one()


def _keys_by_version(connection: Connection) -> dict[int, str]:
    query = select(document_version.c.id, document.c.key).join(document)
    return dict(connection.execute(query).all())


def _newest_versions(connection: Connection) -> dict[int, int]:
    query = select(document_version.c.document_id, document_version.c.id).order_by(document_version.c.number)
    return dict(connection.execute(query).all())
