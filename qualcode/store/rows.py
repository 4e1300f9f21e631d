"""Rows as the history keeps them: plain JSON, times as ISO text; and fresh keys for many rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select, text

from qualcode.store.schema.base import UtcDateTime

T = TypeVar("T")

CHUNK = 500
"""Rows per `IN (...)`: well under the limit of 999 parameters of older SQLite builds."""


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Slices of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


@cache
def _times(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, UtcDateTime))


def as_state(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as JSON: all columns, None where a value is missing."""
    state: dict[str, Any] = {column.name: row.get(column.name) for column in table.columns}
    for name in _times(table):
        if state[name] is not None:
            state[name] = state[name].isoformat()
    return state


def from_state(table: Table, state: Mapping[str, Any]) -> dict[str, Any]:
    """The values to write so that the row is as `state` says; columns that are gone since are left out."""
    values = {name: value for name, value in state.items() if name in table.c}
    for name in _times(table):
        if values.get(name) is not None:
            values[name] = datetime.fromisoformat(values[name])
    return values


def agree(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """True where two states of a row are the same in all columns that both have, or both are absent.

    A migration may add and drop columns; states recorded before it stay valid.
    """
    if one is None or other is None:
        return one is other
    return one == other or all(one[name] == other[name] for name in one.keys() & other.keys())


def fetch_states(connection: Connection, table: Table, row_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Row id -> state of those of `row_ids` that exist."""
    found: dict[int, dict[str, Any]] = {}
    for some in chunks(row_ids):
        rows = connection.execute(select(table).where(table.c.id.in_(some))).mappings()
        for row in map(dict[str, Any], rows):
            found[row["id"]] = as_state(table, row)
    return found


def reserve_ids(connection: Connection, table: Table, count: int) -> range | list[int]:
    """`count` keys that no row of `table` has or ever had. The caller holds the write lock.

    SQLite's own counter is read, not max(id): a deleted last row must not give its key away, since undo puts
    that row back.
    """
    if connection.dialect.name == "sqlite":
        used = connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        ).scalar_one_or_none()
        return range((used or 0) + 1, (used or 0) + count + 1)
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
    numbers = connection.execute(select(func.nextval(sequence)).select_from(func.generate_series(1, count)))
    return list(numbers.scalars())
