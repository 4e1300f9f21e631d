"""Queries saved under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from qualcode.store import lookup
from qualcode.store.schema.study import coder
from qualcode.store.schema.synthesis import saved_query
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """`text` is the query as it was written; `coder` saved it first."""

    name: str
    text: str
    coder: str
    updated_at: datetime


def listing(connection: Connection) -> list[SavedQuery]:
    """All saved queries, by name."""
    query = select(saved_query.c.name, saved_query.c.query, coder.c.name, saved_query.c.updated_at).outerjoin(
        coder, coder.c.id == saved_query.c.coder_id
    )
    found = [SavedQuery(name, text, who or "", when) for name, text, who, when in connection.execute(query)]
    # Not by the database: each sorts capitals and hyphens in its own way.
    return sorted(found, key=lambda item: item.name)


def texts(connection: Connection) -> dict[str, str]:
    """Name -> text of all saved queries."""
    return dict(connection.execute(select(saved_query.c.name, saved_query.c.query)).all())


def put(unit: Unit, name: str, text: str) -> bool:
    """Save a query under a name, in the place of the one that has it; False where nothing differs."""
    query = select(saved_query.c.id).where(saved_query.c.name == name)
    found = unit.connection.execute(query).scalar_one_or_none()
    if found is not None:
        return unit.update(saved_query, found, query=text)
    unit.insert(saved_query, name=name, query=text)
    return True


def remove(unit: Unit, name: str) -> None:
    """Delete a saved query. Raises NotFound."""
    unit.delete(saved_query, lookup.row_id(unit.connection, lookup.SAVED_QUERY, name))
