"""Which rows operations have touched since one of them: what a view that is open has to look at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qualcode.domain.span import Span
from qualcode.store.schema.study import change, operation


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that was added, changed or removed.

    `span` where the row has one and it is known whole: of a change only the changed columns are kept. An operation
    that recorded no row gives one with an empty `table`.
    """

    table: str
    uid: str | None
    span: Span | None


def since(connection: Connection, operation_id: int, limit: int) -> list[Touched]:
    """What came after an operation, in the order it happened; at most `limit` rows."""
    query = (
        select(change.c.table, change.c.row_uid, change.c.before, change.c.after)
        .select_from(operation)
        .outerjoin(change, change.c.operation_id == operation.c.id)
        .where(operation.c.id > operation_id)
        .order_by(operation.c.id, change.c.id)
        .limit(limit)
    )
    found: list[Touched] = []
    for table, uid, before, after in connection.execute(query):
        state: Mapping[str, Any] = after or before or {}
        whole = "start" in state and "end" in state
        found.append(Touched(table or "", uid, Span(state["start"], state["end"]) if whole else None))
    return found
