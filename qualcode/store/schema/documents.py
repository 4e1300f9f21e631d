"""Documents, their immutable versions and turns, who speaks in them, and what each coder has done with them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Boolean, Column, Integer, String, Text, UniqueConstraint

from qualcode.domain.people import SpeakerRole
from qualcode.store.schema.base import UtcDateTime, define, one_of, reference, uid, work


class TurnState(StrEnum):
    """What this coder did with a turn; a row may also say only that the turn was revealed."""

    UNREAD = "unread"
    CODED = "coded"
    PASSED = "passed"


document = define(
    "document",
    *work(),
    Column("key", String(200), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("date", String(10), nullable=False),
    Column("language", String(35), nullable=False),
    Column("removed_at", UtcDateTime),
)

# The text of a version never changes, so it is neither copied into the history nor undone: undoing an import
# marks its document as removed.
document_version = define(
    "document_version",
    uid(),
    reference("document"),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("encoding", String(20), nullable=False),
    Column("newline", String(10), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("document_id", "number"),
    recorded=False,
)

turn = define(
    "turn",
    reference("document_version"),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("start_ms", Integer),
    Column("end_ms", Integer),
    UniqueConstraint("document_version_id", "number"),
    recorded=False,
)

speaker_map = define(
    "speaker_map",
    *work(),
    reference("document"),
    # Empty for a whole document without turns.
    Column("label", Text, nullable=False),
    Column("role", String(20), nullable=False),
    reference("informant", optional=True, index=True),
    UniqueConstraint("document_id", "label"),
    one_of("role", "role", SpeakerRole),
)

document_case = define(
    "document_case",
    *work(),
    reference("document"),
    reference("case", index=True),
    Column("position", Integer, nullable=False),
    UniqueConstraint("document_id", "case_id"),
)

assignment = define(
    "assignment",
    *work(),
    reference("document"),
    reference("coder", name="assignee_id"),
    Column("blind", Boolean, nullable=False),
    Column("done_at", UtcDateTime),
    UniqueConstraint("document_id", "assignee_id"),
)

turn_mark = define(
    "turn_mark",
    *work(),
    reference("turn"),
    Column("state", String(10), nullable=False),
    Column("revealed_at", UtcDateTime),
    UniqueConstraint("turn_id", "coder_id"),
    one_of("state", "state", TurnState),
)
