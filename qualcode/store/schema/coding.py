"""Codings and relations, the suggestions behind them, and memos."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.event import listens_for

from qualcode.domain.coding import CodingOrigin, CodingStatus
from qualcode.domain.relation import Claimant, Stance
from qualcode.domain.suggestion import Verdict
from qualcode.store.schema.base import Json, UtcDateTime, define, one_of, reference, work


def _quoted_span() -> list[Column[Any]]:
    """Version, span and quote anchor."""
    return [
        reference("document_version"),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("prefix", Text, nullable=False),
        Column("exact", Text, nullable=False),
        Column("suffix", Text, nullable=False),
    ]


def _proposed() -> list[Column[Any]]:
    """A suggestion's own facts; showings and decisions copy them, so that they outlive the suggestion."""
    return [
        reference("document_version"),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        reference("code"),
        Column("suggester", String(60), nullable=False),
        Column("suggester_version", String(40), nullable=False),
        Column("score", Float, nullable=False),
        Column("confidence", Float),
        Column("reason", Json, nullable=False),
    ]


coding = define(
    "coding",
    *work(),
    *_quoted_span(),
    reference("code", optional=True, index=True),
    Column("round", Integer, nullable=False),
    Column("qualifiers", Json, nullable=False),
    reference("case", optional=True),
    Column("origin", String(20), nullable=False),
    Column("confidence", Float),
    Column("status", String(20), nullable=False),
    Column("placed", Boolean, nullable=False),
    CheckConstraint('start >= 0 AND start < "end"', name="span"),
    one_of("origin", "origin", CodingOrigin),
    one_of("status", "status", CodingStatus),
    # Overlap of codings is a range scan on this index (ENGINEERING 1.3).
    Index("ix_coding_place", "document_version_id", "start", "end", "code_id"),
)
_placed_once = Index(
    "uq_coding_placed",
    coding.c.document_version_id,
    coding.c.start,
    coding.c.end,
    text("coalesce(code_id, 0)"),
    coding.c.coder_id,
    coding.c.round,
    text("coalesce(case_id, 0)"),
    unique=True,
    sqlite_where=text("placed"),
)


@listens_for(coding, "before_create")
def _also_on_postgresql(_table: object, connection: Connection, **_options: object) -> None:
    """To say `postgresql_where` above would load that dialect before every command: 30 ms."""
    if connection.dialect.name == "postgresql":
        _placed_once.kwargs["postgresql_where"] = text("placed")


quote_rendering = define(
    "quote_rendering",
    *work(),
    reference("coding", index=True),
    Column("kind", String(20), nullable=False),
    Column("language", String(35), nullable=False),
    Column("text", Text, nullable=False),
    CheckConstraint("kind IN ('translation', 'paraphrase', 'trimmed')", name="kind"),
)

relation = define(
    "relation",
    *work(),
    *_quoted_span(),
    reference("relation_type"),
    reference("coding", name="source_id", index=True),
    reference("coding", name="target_id", index=True),
    Column("stance", String(20), nullable=False),
    Column("claimed_by", String(20), nullable=False),
    reference("case", optional=True),
    Column("placed", Boolean, nullable=False),
    UniqueConstraint(
        "relation_type_id",
        "source_id",
        "target_id",
        "document_version_id",
        "start",
        "end",
        "stance",
        "claimed_by",
        "coder_id",
        name="uq_relation_claim",
    ),
    one_of("stance", "stance", Stance),
    one_of("claimed_by", "claimed_by", Claimant),
)

suggestion = define(
    "suggestion",
    *_proposed(),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_suggestion_place", "document_version_id", "start"),
    recorded=False,
)

showing = define("showing", *work(), *_proposed())

decision = define(
    "decision",
    *work(),
    *_proposed(),
    Column("verdict", String(20), nullable=False),
    # The uid of the coding it led to; no key, since the coding may be deleted later.
    Column("coding_uid", String(36)),
    one_of("verdict", "verdict", Verdict),
    Index("ix_decision_place", "document_version_id", "start"),
)

# A memo can be on any row of work, on another memo too: its target is named by table and uid.
memo = define(
    "memo",
    *work(),
    Column("target_table", String(40), nullable=False),
    Column("target_uid", String(36), nullable=False, index=True),
    Column("text", Text, nullable=False),
)
