"""The metadata, the column types and the columns that recur.

One schema serves SQLite and PostgreSQL. Every table whose rows are work carries `uid` (for merging copies of a
study), `coder_id`, `created_at` and `updated_at`. Tables with `info={"history": False}` are derived or immutable
and are not written to the history; everything else is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class JsonOrJsonb(TypeDecorator[Any]):
    """JSON; on PostgreSQL JSONB. `JSON.with_variant` would load the whole dialect, also where SQLite is meant."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return super().load_dialect_impl(dialect)
        from sqlalchemy.dialects.postgresql import JSONB  # 45 ms, a ninth of a short command

        return dialect.type_descriptor(JSONB(none_as_null=True))


Json = JsonOrJsonb(none_as_null=True)

UNRECORDED: dict[str, Any] = {"history": False}
"""`info` of a table that stays out of the history: suggestions, preferences, version texts and turns."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC. SQLite would give it back naive; a naive one is refused when written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone would be stored as if it were UTC")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """On SQLite in one step, which takes a tenth off reading ten thousand codings."""
        return _from_sqlite if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _from_sqlite(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(f"{stored}+00:00")


def define(name: str, *parts: Any, recorded: bool = True) -> Table:
    """A table with an integer key that is never used twice.

    SQLite reuses the key of a deleted last row unless AUTOINCREMENT is set; undoing that deletion would then
    meet another row under its key.
    """
    info = {} if recorded else dict(UNRECORDED)
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        *parts,
        info=info,
        sqlite_autoincrement=True,
    )


def uid() -> Column[str]:
    return Column("uid", String(36), nullable=False, unique=True)


def work() -> list[Column[Any]]:
    """uid, coder and times of a row of work."""
    return [
        uid(),
        reference("coder", optional=True),
        Column("created_at", UtcDateTime, nullable=False),
        Column("updated_at", UtcDateTime, nullable=False),
    ]


def reference(table: str, *, name: str = "", optional: bool = False, index: bool = False) -> Column[int]:
    """A foreign key `<table>_id`. No ON DELETE CASCADE anywhere: the history would not see it."""
    return cast(
        "Column[int]",
        Column(name or f"{table}_id", ForeignKey(f"{table}.id"), nullable=optional, index=index),
    )


def one_of(name: str, column: str, values: type) -> CheckConstraint:
    """A check that `column` holds one of the members of the StrEnum `values`."""
    members = ", ".join(f"'{member}'" for member in cast("Any", values))
    return CheckConstraint(f"{column} IN ({members})", name=name)


def exactly_one(name: str, *columns: str) -> CheckConstraint:
    """A check that exactly one of the columns is set."""
    total = " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return CheckConstraint(f"{total} = 1", name=name)
