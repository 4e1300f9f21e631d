"""Deleting codings and relations with all that rests on them, in one operation: undo brings everything back.

No table deletes by ON DELETE CASCADE: the history would not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from qualcode.store.rows import chunks
from qualcode.store.schema.coding import coding, memo, quote_rendering, relation
from qualcode.store.schema.synthesis import evidence, negative_hit
from qualcode.store.unit import Unit


def delete_codings(unit: Unit, row_ids: Sequence[int]) -> None:
    """Delete codings with their relations, evidence links, renderings, hits and memos."""
    delete_relations(unit, relations_of(unit.connection, row_ids))
    for table in (evidence, quote_rendering, negative_hit):
        unit.delete(table, *ids_where(unit.connection, table.c.coding_id, row_ids))
    _delete_memos(unit, coding, row_ids)
    unit.delete(coding, *row_ids)


def delete_relations(unit: Unit, row_ids: Sequence[int]) -> None:
    """Delete relations with their evidence links and memos."""
    unit.delete(evidence, *ids_where(unit.connection, evidence.c.relation_id, row_ids))
    _delete_memos(unit, relation, row_ids)
    unit.delete(relation, *row_ids)


def relations_of(connection: Connection, coding_ids: Sequence[int]) -> list[int]:
    """The row ids of the relations that begin or end in these codings."""
    ends = (relation.c.source_id, relation.c.target_id)
    return list(dict.fromkeys(found for end in ends for found in ids_where(connection, end, coding_ids)))


def ids_where(connection: Connection, column: Column[Any], values: Sequence[Any]) -> list[int]:
    """The row ids of a column's table where it holds one of the values, however many they are."""
    return [
        row_id
        for some in chunks(values)
        for row_id in connection.execute(select(column.table.c.id).where(column.in_(some))).scalars()
    ]


def _delete_memos(unit: Unit, table: Table, row_ids: Sequence[int]) -> None:
    uids = [
        uid
        for some in chunks(row_ids)
        for uid in unit.connection.execute(select(table.c.uid).where(table.c.id.in_(some))).scalars()
    ]
    unit.delete(memo, *ids_where(unit.connection, memo.c.target_uid, uids))
