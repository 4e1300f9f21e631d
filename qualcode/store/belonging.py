"""Whom a document belongs to: its cases, and the informants behind its speaker labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select

from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.store import own_cases
from qualcode.store.lookup import row_id
from qualcode.store.schema.documents import document, document_case, speaker_map
from qualcode.store.schema.people import case, informant
from qualcode.store.unit import Unit

# Asked at every coding, and making a query takes as long as asking it.
_CASES_OF = (
    select(case.c.key)
    .join(document_case, document_case.c.case_id == case.c.id)
    .where(document_case.c.document_id == bindparam("document_id"))
    .order_by(document_case.c.position)
)


def cases_of(connection: Connection, document_id: int) -> tuple[str, ...]:
    """The cases of one document in order."""
    return tuple(connection.execute(_CASES_OF, {"document_id": document_id}).scalars())


def cases_by_document(connection: Connection) -> dict[int, tuple[str, ...]]:
    """Row id of a document -> its cases in order."""
    query = (
        select(document_case.c.document_id, case.c.key)
        .join(case, case.c.id == document_case.c.case_id)
        .order_by(document_case.c.document_id, document_case.c.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(query):
        found[row.document_id] = (*found.get(row.document_id, ()), row.key)
    return found


def set_cases(unit: Unit, key: str, cases: Sequence[str]) -> None:
    """The cases of a document, in this order. Raises NotFound for an unknown case."""
    document_id = row_id(unit.connection, document, key)
    wanted = {row_id(unit.connection, case, name): position for position, name in enumerate(cases)}
    query = select(document_case).where(document_case.c.document_id == document_id)
    present = {row.case_id: row.id for row in unit.connection.execute(query)}
    unit.delete(document_case, *(present[case_id] for case_id in present if case_id not in wanted))
    for case_id, position in wanted.items():
        if case_id in present:
            unit.update(document_case, present[case_id], position=position)
        else:
            unit.insert(document_case, document_id=document_id, case_id=case_id, position=position)
    own_cases.settle(unit, document_id)


def speakers_of(connection: Connection, key: str) -> list[Speaker]:
    """How the labels of a document are mapped; labels that are not mapped are not listed."""
    document_id = row_id(connection, document, key)
    return speakers_by_document(connection, document_id).get(document_id, [])


def speakers_by_document(connection: Connection, document_id: int | None = None) -> dict[int, list[Speaker]]:
    """Row id of a document -> its mapped labels; of one document only where given."""
    query = (
        select(speaker_map.c.document_id, speaker_map.c.label, speaker_map.c.role, informant.c.key)
        .outerjoin(informant, informant.c.id == speaker_map.c.informant_id)
        .order_by(speaker_map.c.document_id, speaker_map.c.id)
    )
    if document_id is not None:
        query = query.where(speaker_map.c.document_id == document_id)
    found: dict[int, list[Speaker]] = {}
    for row in connection.execute(query):
        found.setdefault(row.document_id, []).append(Speaker(row.label, SpeakerRole(row.role), row.key))
    return found


def map_speakers(unit: Unit, key: str, speakers: Mapping[str, Speaker]) -> None:
    """Map labels of a document; others are left as they are. Raises NotFound for an unknown informant."""
    document_id = row_id(unit.connection, document, key)
    query = select(speaker_map.c.id, speaker_map.c.label).where(speaker_map.c.document_id == document_id)
    present = {row.label: row.id for row in unit.connection.execute(query)}
    for label, speaker in speakers.items():
        informant_id = row_id(unit.connection, informant, speaker.informant) if speaker.informant else None
        if label in present:
            unit.update(speaker_map, present[label], role=speaker.role, informant_id=informant_id)
        else:
            unit.insert(
                speaker_map, document_id=document_id, label=label, role=speaker.role, informant_id=informant_id
            )
