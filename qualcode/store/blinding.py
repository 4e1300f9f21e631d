"""Blind-first reading: which documents a coder reads so, and which turns that coder has opened, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from qualcode.domain.span import Span
from qualcode.store.schema.coding import coding
from qualcode.store.schema.documents import TurnState, assignment, document, turn, turn_mark
from qualcode.store.unit import Unit


def blind_documents(connection: Connection, coder_id: int) -> list[str]:
    """The ids of the documents that this coder reads blind first, in order of import."""
    query = (
        select(document.c.key)
        .join(assignment, assignment.c.document_id == document.c.id)
        .where(assignment.c.assignee_id == coder_id, assignment.c.blind, document.c.removed_at.is_(None))
        .order_by(document.c.id)
    )
    return list(connection.execute(query).scalars())


def set_blind(unit: Unit, document_id: int, coder_id: int, blind: bool) -> None:
    """Let a coder read a document blind first, or openly."""
    query = select(assignment.c.id).where(
        assignment.c.document_id == document_id, assignment.c.assignee_id == coder_id
    )
    found = unit.connection.execute(query).scalar_one_or_none()
    if found is not None:
        unit.update(assignment, found, blind=blind)
    elif blind:
        unit.insert(assignment, document_id=document_id, assignee_id=coder_id, blind=True, done_at=None)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a coder did with a turn, and when the turn was opened: revealed, or passed in a document read openly."""

    passed: bool
    opened_at: datetime | None


def marks(connection: Connection, coder_id: int, version_id: int) -> dict[int, Mark]:
    """Number of a turn -> this coder's mark on it."""
    query = (
        select(turn.c.number, turn_mark.c.state, turn_mark.c.revealed_at, turn_mark.c.created_at)
        .join(turn, turn.c.id == turn_mark.c.turn_id)
        .where(turn_mark.c.coder_id == coder_id, turn.c.document_version_id == version_id)
    )
    found: dict[int, Mark] = {}
    for number, state, revealed_at, created_at in connection.execute(query):
        passed = state == TurnState.PASSED
        found[number] = Mark(passed, revealed_at or (created_at if passed else None))
    return found


def reveal(unit: Unit, coder_id: int, version_id: int, number: int) -> bool:
    """Mark a turn as opened now; False where it was opened before.

    A turn passed in the open is left as it is: its mark changed here could not be taken back any more.
    """
    turn_id = unit.connection.execute(
        select(turn.c.id).where(turn.c.document_version_id == version_id, turn.c.number == number)
    ).scalar_one()
    query = select(turn_mark.c.id, turn_mark.c.state, turn_mark.c.revealed_at).where(
        turn_mark.c.turn_id == turn_id, turn_mark.c.coder_id == coder_id
    )
    mark = unit.connection.execute(query).one_or_none()
    if mark is None:
        unit.insert(turn_mark, turn_id=turn_id, coder_id=coder_id, state=TurnState.UNREAD, revealed_at=unit.at)
        return True
    if mark.revealed_at is not None or mark.state == TurnState.PASSED:
        return False
    return unit.update(turn_mark, mark.id, revealed_at=unit.at)


def own_places(connection: Connection, coder_id: int, version_id: int) -> list[tuple[str, Span, datetime]]:
    """Uid, span and time of this coder's placed codings on a version."""
    query = select(coding.c.uid, coding.c.start, coding.c.end, coding.c.created_at).where(
        coding.c.coder_id == coder_id, coding.c.document_version_id == version_id, coding.c.placed
    )
    return [(uid, Span(start, end), at) for uid, start, end, at in connection.execute(query)]
