"""What one coder has done so far: turns passed, places coded, codes used; read in bulk, without the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from qualcode.domain.span import Span
from qualcode.store.schema.codebook import code
from qualcode.store.schema.coding import coding
from qualcode.store.schema.documents import TurnState, document, document_version, turn, turn_mark
from qualcode.store.unit import Unit


def passed_turns(connection: Connection, coder_id: int, version_id: int | None = None) -> dict[int, set[int]]:
    """Row id of a version -> the numbers of the turns this coder has passed; of one version where given."""
    query = (
        select(turn.c.document_version_id, turn.c.number)
        .join(turn_mark, turn_mark.c.turn_id == turn.c.id)
        .where(turn_mark.c.coder_id == coder_id, turn_mark.c.state == TurnState.PASSED)
    )
    if version_id is not None:
        query = query.where(turn.c.document_version_id == version_id)
    found: dict[int, set[int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.document_version_id, set()).add(row.number)
    return found


def pass_turn(unit: Unit, coder_id: int, version_id: int, number: int) -> None:
    """Mark a turn as read and left without a code."""
    turn_id = unit.connection.execute(
        select(turn.c.id).where(turn.c.document_version_id == version_id, turn.c.number == number)
    ).scalar_one()
    mark = unit.connection.execute(
        select(turn_mark.c.id).where(turn_mark.c.turn_id == turn_id, turn_mark.c.coder_id == coder_id)
    ).scalar_one_or_none()
    if mark is None:
        unit.insert(turn_mark, turn_id=turn_id, coder_id=coder_id, state=TurnState.PASSED)
    else:
        unit.update(turn_mark, mark, state=TurnState.PASSED)


def newest_versions(connection: Connection) -> dict[int, int]:
    """Row id of a document -> row id of its newest version, of documents that are not removed."""
    query = (
        select(document_version.c.document_id, document_version.c.id)
        .join(document, document.c.id == document_version.c.document_id)
        .where(document.c.removed_at.is_(None))
        .order_by(document_version.c.number)
    )
    return dict(connection.execute(query).all())


@dataclass(frozen=True, slots=True)
class Put:
    """A placed coding without its words: `code` is None for a quotation, `has_case` true with an own case."""

    span: Span
    code: str | None
    own: bool
    has_case: bool
    qualifiers: Mapping[str, str]


def put_by_version(connection: Connection, coder_id: int) -> dict[int, list[Put]]:
    """Row id of a version -> all coders' placed codings on it; `own` are those of `coder_id`."""
    query = (
        select(
            coding.c.document_version_id,
            coding.c.start,
            coding.c.end,
            code.c.key,
            coding.c.coder_id,
            coding.c.case_id,
            coding.c.qualifiers,
        )
        .outerjoin(code, code.c.id == coding.c.code_id)
        .where(coding.c.placed)
    )
    found: dict[int, list[Put]] = {}
    for version_id, start, end, key, by, case_id, qualifiers in connection.execute(query):
        put = Put(Span(start, end), key, by == coder_id, case_id is not None, qualifiers)
        found.setdefault(version_id, []).append(put)
    return found


def codes_by_last_use(connection: Connection, coder_id: int) -> list[str]:
    """The codes this coder has put, the one put last first."""
    query = (
        select(code.c.key)
        .join(coding, coding.c.code_id == code.c.id)
        .where(coding.c.coder_id == coder_id)
        .group_by(code.c.key)
        .order_by(func.max(coding.c.id).desc())
    )
    return list(connection.execute(query).scalars())
