"""The codebook in rows: the order of all its parts is kept in `position`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Text, UniqueConstraint

from qualcode.domain.codebook import Origin, QualifierType
from qualcode.store.schema.base import Json, UtcDateTime, define, exactly_one, one_of, reference, work

codebook = define(
    "codebook",
    *work(),
    Column("key", String(100), nullable=False),
    Column("version", String(60), nullable=False),
    Column("title", Json, nullable=False),
    Column("languages", Json, nullable=False),
    # Of the file it was last imported from; empty for a codebook made here.
    Column("sha256", String(64), nullable=False),
    Column("imported_at", UtcDateTime),
    # Parts kept as they were read: header, settings as proposed, extra keys.
    Column("header", Json, nullable=False),
    Column("settings", Json, nullable=False),
    Column("extra", Json, nullable=False),
)

code = define(
    "code",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("parent_id", ForeignKey("code.id"), index=True),
    Column("position", Integer, nullable=False),
    Column("color", String(7)),
    Column("origin", String(20), nullable=False),
    Column("assignable", Boolean, nullable=False),
    Column("retired_at", UtcDateTime),
    Column("merged_into_id", ForeignKey("code.id")),
    Column("sources", Json, nullable=False),
    Column("questions", Json, nullable=False),
    one_of("origin", "origin", Origin),
)

code_text = define(
    "code_text",
    *work(),
    reference("code"),
    Column("lang", String(35), nullable=False),
    Column("name", Text),
    Column("definition", Text),
    Column("include", Text),
    Column("exclude", Text),
    Column("examples", Json),
    Column("keywords", Json),
    UniqueConstraint("code_id", "lang"),
)

qualifier = define(
    "qualifier",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("type", String(20), nullable=False),
    Column("label", Json, nullable=False),
    Column("meaning", Json, nullable=False),
    Column("entry", Text, nullable=False),
    reference("code", name="family_id", optional=True),
    # [{"id": ..., "key": ..., "label": {...}}] in order
    Column("values", Json, nullable=False),
    Column("applies_to", Json, nullable=False),
    Column("required_for", Json, nullable=False),
    Column("default", Json, nullable=False),
    Column("default_by_code", Json, nullable=False),
    Column("carry_over", Boolean, nullable=False),
    one_of("type", "type", QualifierType),
)

relation_type = define(
    "relation_type",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("names", Json, nullable=False),
    Column("definition", Json, nullable=False),
    Column("directed", Boolean, nullable=False),
    Column("domain", Json, nullable=False),
    Column("range", Json, nullable=False),
    Column("sign", Integer, nullable=False),
    Column("cues", Json, nullable=False),
    Column("note", Json, nullable=False),
    Column("questions", Json, nullable=False),
)

theme = define(
    "theme",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("questions", Json, nullable=False),
)

theme_text = define(
    "theme_text",
    *work(),
    reference("theme"),
    Column("lang", String(35), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("theme_id", "lang"),
)

theme_member = define(
    "theme_member",
    *work(),
    reference("theme"),
    reference("code", optional=True, index=True),
    Column("query", Text),
    Column("position", Integer, nullable=False),
    exactly_one("code_or_query", "code_id", "query"),
)

question = define(
    "question",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Json, nullable=False),
    Column("families", Json, nullable=False),
    Column("outputs", Json, nullable=False),
)

side = define(
    "side",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("names", Json, nullable=False),
)

code_side = define(
    "code_side",
    *work(),
    reference("code"),
    reference("side"),
    UniqueConstraint("code_id"),
)

actor_map = define(
    "actor_map",
    *work(),
    Column("actor_type", String(100), nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    reference("code", optional=True),
    reference("side", optional=True),
)

table_definition = define(
    "table_definition",
    *work(),
    Column("position", Integer, nullable=False),
    Column("definition", Json, nullable=False),
)
