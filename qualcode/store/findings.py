"""Findings, the links to their evidence, and their searches for negative cases."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from qualcode.domain.finding import FindingState, Role
from qualcode.errors import N_, NotFound
from qualcode.store import codings, lookup, relations
from qualcode.store.removal import ids_where
from qualcode.store.schema.codebook import question
from qualcode.store.schema.coding import coding, memo, relation
from qualcode.store.schema.study import change, coder, operation
from qualcode.store.schema.synthesis import evidence, finding, negative_hit, negative_search
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding without its evidence."""

    id: int
    uid: str
    claim: str
    question: str | None
    state: FindingState
    coder: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link: exactly one of the uids `coding` and `relation` is there."""

    finding_id: int
    uid: str
    role: Role
    coding: str | None
    relation: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Search:
    """A search for negative cases: its conditions, when it was run, and by whom."""

    finding_id: int
    conditions: tuple[str, ...]
    run_at: datetime
    coder: str


def add(unit: Unit, claim: str, question_key: str | None) -> str:
    """A new draft; its uid."""
    row_id = unit.insert(
        finding, claim=claim, question_id=_question_id(unit.connection, question_key), state=FindingState.DRAFT
    )
    return unit.connection.execute(select(finding.c.uid).where(finding.c.id == row_id)).scalar_one()


def edit(unit: Unit, row_id: int, claim: str, question_key: str | None) -> bool:
    """Set claim and question; another claim is a draft again. False where it said this already."""
    row = unit.connection.execute(select(finding).where(finding.c.id == row_id)).one()
    question_id = _question_id(unit.connection, question_key)
    if (row.claim, row.question_id) == (claim, question_id):
        return False
    return unit.update(finding, row_id, claim=claim, question_id=question_id, state=FindingState.DRAFT)


def _question_id(connection: Connection, key: str | None) -> int | None:
    return None if key is None else lookup.row_id(connection, question, key)


def make_ready(unit: Unit, row_id: int) -> None:
    """Set the state to ready, as of now: one that is ready already is so anew."""
    unit.update(finding, row_id, state=FindingState.READY, updated_at=unit.at)


def make_draft(unit: Unit, row_id: int) -> bool:
    """Set the state to draft; False where it is one."""
    return unit.update(finding, row_id, state=FindingState.DRAFT)


def remove(unit: Unit, row_id: int) -> None:
    """Delete a finding with its links, searches, hits and memos."""
    connection = unit.connection
    searches = ids_where(connection, negative_search.c.finding_id, [row_id])
    unit.delete(negative_hit, *ids_where(connection, negative_hit.c.negative_search_id, searches))
    unit.delete(negative_search, *searches)
    unit.delete(evidence, *ids_where(connection, evidence.c.finding_id, [row_id]))
    uid = connection.execute(select(finding.c.uid).where(finding.c.id == row_id)).scalar_one()
    unit.delete(memo, *ids_where(connection, memo.c.target_uid, [uid]))
    unit.delete(finding, row_id)


def row_of(connection: Connection, uid: str) -> Row[Any]:
    """The row of a finding, by its uid or by the unambiguous start of it. Raises NotFound."""
    return lookup.row_of(connection, finding, uid)


def listing(connection: Connection, row_id: int | None = None) -> list[FindingRow]:
    """All findings in the order they were made, or the one."""
    query = (
        select(finding, question.c.key.label("question"), coder.c.name.label("coder"))
        .outerjoin(question, question.c.id == finding.c.question_id)
        .outerjoin(coder, coder.c.id == finding.c.coder_id)
        .order_by(finding.c.id)
    )
    if row_id is not None:
        query = query.where(finding.c.id == row_id)
    return [
        FindingRow(
            row.id,
            row.uid,
            row.claim,
            row.question,
            FindingState(row.state),
            row.coder or "",
            row.created_at,
            row.updated_at,
        )
        for row in connection.execute(query)
    ]


def link(unit: Unit, finding_id: int, role: Role, uid: str) -> bool:
    """Let a coding or relation (by uid or its start) have a role in a finding, its former one there being replaced.

    False where it has that role already. Raises NotFound.
    """
    column, held_id = _held(unit.connection, uid)
    query = select(evidence.c.id).where(evidence.c.finding_id == finding_id, evidence.c[column] == held_id)
    # Several where two linked codings have become one: their codes were merged.
    known = unit.connection.execute(query).scalars().all()
    if known:
        return sum(unit.update(evidence, row_id, role=role) for row_id in known) > 0
    other = "relation_id" if column == "coding_id" else "coding_id"
    unit.insert(evidence, finding_id=finding_id, role=role, **{column: held_id, other: None})
    return True


def unlink(unit: Unit, finding_id: int, uid: str) -> bool:
    """Take a coding or relation out of a finding; False where it was not in it. Raises NotFound."""
    column, held_id = _held(unit.connection, uid)
    query = select(evidence.c.id).where(evidence.c.finding_id == finding_id, evidence.c[column] == held_id)
    return unit.delete(evidence, *unit.connection.execute(query).scalars()) > 0


def _held(connection: Connection, uid: str) -> tuple[str, int]:
    """The column of `evidence` and the row id that a uid of a coding or of a relation names."""
    for column, row_of in (("coding_id", codings.row_of), ("relation_id", relations.row_of)):
        with suppress(NotFound):
            return column, row_of(connection, uid).id
    raise NotFound(
        N_("There is no coding or relation {uid!r}, or several begin so."),
        hint=N_("`qualcode codings list` and `qualcode relations list` show them with their ids."),
        uid=uid,
    )


def links(connection: Connection, finding_id: int | None = None) -> list[LinkRow]:
    """The links of all findings, or of one, in the order they were made."""
    query = (
        select(evidence, coding.c.uid.label("coding"), relation.c.uid.label("relation"))
        .outerjoin(coding, coding.c.id == evidence.c.coding_id)
        .outerjoin(relation, relation.c.id == evidence.c.relation_id)
        .order_by(evidence.c.id)
    )
    if finding_id is not None:
        query = query.where(evidence.c.finding_id == finding_id)
    return [
        LinkRow(row.finding_id, row.uid, Role(row.role), row.coding, row.relation, row.created_at, row.updated_at)
        for row in connection.execute(query)
    ]


def unlinked_since(connection: Connection, finding_id: int, moment: datetime) -> int:
    """How many links that were there at a moment are gone: the history remembers them.

    A link that came after the moment and went again is none.
    """
    query = (
        select(change.c.row_id, change.c.before)
        .join(operation, operation.c.id == change.c.operation_id)
        .where(change.c.table == evidence.name, change.c.after.is_(None), operation.c.at > moment)
    )
    gone = {
        row_id
        for row_id, before in connection.execute(query)
        if before["finding_id"] == finding_id and datetime.fromisoformat(before["created_at"]) <= moment
    }
    return len(gone - set(ids_where(connection, evidence.c.finding_id, [finding_id])))


def add_search(unit: Unit, finding_id: int, conditions: Sequence[str]) -> None:
    """A search that was run just now; one condition on a line."""
    unit.insert(negative_search, finding_id=finding_id, query="\n".join(conditions), run_at=unit.at)


def searches(connection: Connection, finding_id: int | None = None) -> list[Search]:
    """The searches of all findings, or of one, the latest last."""
    query = (
        select(negative_search, coder.c.name.label("coder"))
        .outerjoin(coder, coder.c.id == negative_search.c.coder_id)
        .order_by(negative_search.c.id)
    )
    if finding_id is not None:
        query = query.where(negative_search.c.finding_id == finding_id)
    return [
        Search(row.finding_id, tuple(row.query.split("\n")), row.run_at, row.coder or "")
        for row in connection.execute(query)
    ]


def looked_at(connection: Connection, finding_id: int | None = None) -> dict[int, set[str]]:
    """Finding -> the uids of the codings that were looked at after one of its searches."""
    query = (
        select(negative_search.c.finding_id, coding.c.uid)
        .join(negative_hit, negative_hit.c.negative_search_id == negative_search.c.id)
        .join(coding, coding.c.id == negative_hit.c.coding_id)
        .where(negative_hit.c.looked_at.is_not(None))
    )
    if finding_id is not None:
        query = query.where(negative_search.c.finding_id == finding_id)
    found: dict[int, set[str]] = {}
    for row_id, uid in connection.execute(query):
        found.setdefault(row_id, set()).add(uid)
    return found


def look_at(unit: Unit, finding_id: int, uids: Sequence[str]) -> int:
    """Say of codings, hits of the latest search, that they were looked at now; how many were not before."""
    search_id = unit.connection.execute(
        select(negative_search.c.id)
        .where(negative_search.c.finding_id == finding_id)
        .order_by(negative_search.c.id.desc())
        .limit(1)
    ).scalar_one()
    known = looked_at(unit.connection, finding_id).get(finding_id, set())
    ids = ids_where(unit.connection, coding.c.uid, [uid for uid in uids if uid not in known])
    rows = [{"negative_search_id": search_id, "coding_id": row_id, "looked_at": unit.at} for row_id in ids]
    unit.insert_many(negative_hit, rows)
    return len(rows)
