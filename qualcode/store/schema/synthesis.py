"""Findings and their evidence, the framework grid, patterns, saved queries and reconciliations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, String, Text, UniqueConstraint

from qualcode.store.schema.base import Json, UtcDateTime, define, exactly_one, reference, work

finding = define(
    "finding",
    *work(),
    Column("claim", Text, nullable=False),
    reference("question", optional=True),
    Column("state", String(10), nullable=False),
    CheckConstraint("state IN ('draft', 'ready')", name="state"),
)

evidence = define(
    "evidence",
    *work(),
    reference("finding", index=True),
    reference("coding", optional=True, index=True),
    reference("relation", optional=True, index=True),
    Column("role", String(20), nullable=False),
    exactly_one("coding_or_relation", "coding_id", "relation_id"),
    CheckConstraint("role IN ('supports', 'contradicts', 'nuances')", name="role"),
)

negative_search = define(
    "negative_search",
    *work(),
    reference("finding", index=True),
    Column("query", Text, nullable=False),
    Column("run_at", UtcDateTime, nullable=False),
)

negative_hit = define(
    "negative_hit",
    *work(),
    reference("negative_search", index=True),
    reference("coding", index=True),
    Column("looked_at", UtcDateTime),
    UniqueConstraint("negative_search_id", "coding_id"),
)

framework_cell = define(
    "framework_cell",
    *work(),
    reference("case", optional=True),
    reference("informant", optional=True),
    reference("code", optional=True),
    reference("theme", optional=True),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    reference("coder", name="checked_by_id", optional=True),
    Column("checked_at", UtcDateTime),
    # What the cell rested on when its text was last saved: staleness is derived from it.
    Column("coding_uids", Json, nullable=False),
    exactly_one("row", "case_id", "informant_id"),
    exactly_one("column", "code_id", "theme_id"),
    CheckConstraint("state IN ('unsummarised', 'drafted', 'checked')", name="state"),
)

asked = define(
    "asked",
    *work(),
    reference("informant"),
    reference("code", optional=True),
    reference("theme", optional=True),
    Column("state", String(20), nullable=False),
    exactly_one("what", "code_id", "theme_id"),
    CheckConstraint("state IN ('asked', 'not-asked')", name="state"),
)

pattern = define(
    "pattern",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("text", Json, nullable=False),
    Column("position", Integer, nullable=False),
)

prediction = define(
    "prediction",
    *work(),
    reference("pattern", index=True),
    reference("case"),
    reference("code", name="source_id"),
    reference("relation_type", optional=True),
    reference("code", name="target_id", optional=True),
    Column("expected", String(10), nullable=False),
    CheckConstraint("expected IN ('present', 'absent', 'more', 'less')", name="expected"),
)

saved_query = define(
    "saved_query",
    *work(),
    Column("name", String(100), nullable=False, unique=True),
    Column("query", Text, nullable=False),
)

reconciliation = define(
    "reconciliation",
    *work(),
    reference("document_version"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    # The codings as they stood, and the uids that came out of the decision.
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
)
