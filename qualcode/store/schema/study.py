"""The study itself, its settings and coders, and the history of operations."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from qualcode.store.schema.base import Json, UtcDateTime, define, reference, uid, work

study = define(
    "study",
    uid(),
    Column("title", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # The operation this copy was taken at: the common ancestor when two copies are merged.
    Column("copied_at_operation", String(36)),
)

setting = define(
    "setting",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("value", Json),
)

coder = define(
    "coder",
    uid(),
    Column("name", String(100), nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

coder_preference = define(
    "coder_preference",
    reference("coder"),
    Column("key", String(100), nullable=False),
    Column("value", Json),
    UniqueConstraint("coder_id", "key"),
    recorded=False,
)

operation = define(
    "operation",
    uid(),
    Column("at", UtcDateTime, nullable=False),
    reference("coder", optional=True),
    Column("verb", String(40), nullable=False),
    # A template and its parameters, so that the history reads in either language.
    Column("summary", Json, nullable=False),
    Column("undoes", ForeignKey("operation.id")),
    Column("undoable", Boolean, nullable=False),
    Index("ix_operation_coder", "coder_id", "id"),
    recorded=False,
)

change = define(
    "change",
    reference("operation", index=True),
    Column("table", String(40), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("row_uid", String(36)),
    Column("before", Json),
    Column("after", Json),
    Index("ix_change_row", "table", "row_id"),
    recorded=False,
)
