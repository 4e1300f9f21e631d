"""What an entry of the history changed, row by row, in the words a screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.errors import Message


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a changed row; values are the users' ids, not row numbers; empty where there was none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One row. `subject` says which, such as a code and its place; `document`, `start` and `end` lead there."""

    table: str
    uid: str | None
    kind: ChangeKind
    subject: Message
    fields: tuple[FieldChange, ...] = ()
    """What is different, of a changed row only."""
    document: str = ""
    start: int | None = None
    end: int | None = None
