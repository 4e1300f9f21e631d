"""What coders were shown of the suggestions and what they decided: copies, which outlive the suggestions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from qualcode.domain.span import Span
from qualcode.domain.suggestion import Decision, Verdict
from qualcode.store.rows import chunks
from qualcode.store.schema.coding import decision, showing, suggestion
from qualcode.store.schema.documents import document
from qualcode.store.schema.study import coder
from qualcode.store.suggestions import same_place, with_place
from qualcode.store.unit import Unit

_PLACE = ("document_version_id", "start", "end", "code_id", "suggester")
"""What makes two showings to one coder the same."""
_COPIED = (*_PLACE, "suggester_version", "score", "confidence", "reason")


def decide(unit: Unit, suggestion_id: int, verdict: Verdict, coding_uid: str | None) -> Decision:
    """Record this coder's decision on a suggestion that exists, with a copy of it."""
    (copied,) = _copies(unit.connection, [suggestion_id])
    row_id = unit.insert(decision, **copied, verdict=verdict, coding_uid=coding_uid)
    return _decision(unit.connection.execute(_select().where(decision.c.id == row_id)).one())


def verdict_on(connection: Connection, suggestion_id: int, coder_id: int) -> Verdict | None:
    """What this coder decided about this code at this place, by whatever suggester; None where skipped or open."""
    query = (
        select(decision.c.verdict)
        .join(suggestion, same_place(decision))
        .where(
            suggestion.c.id == suggestion_id,
            decision.c.coder_id == coder_id,
            decision.c.verdict != Verdict.SKIPPED,
        )
        .limit(1)
    )
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else Verdict(found)


def decisions(connection: Connection, document_key: str | None = None) -> list[Decision]:
    """All coders' decisions in order of time; on one document only where given."""
    query = _select()
    if document_key is not None:
        query = query.where(document.c.key == document_key)
    return [_decision(row) for row in connection.execute(query)]


def not_shown(connection: Connection, suggestion_ids: Iterable[int], coder_id: int) -> list[dict[str, Any]]:
    """Copies of those suggestions that this coder was not shown yet: that code at that place, by that suggester."""
    copies = {tuple(copied[name] for name in _PLACE): copied for copied in _copies(connection, suggestion_ids)}
    for some in chunks(sorted({copied["document_version_id"] for copied in copies.values()})):
        query = select(*(showing.c[name] for name in _PLACE)).where(
            showing.c.coder_id == coder_id, showing.c.document_version_id.in_(some)
        )
        for row in connection.execute(query):
            copies.pop(tuple(row), None)
    return list(copies.values())


def show(unit: Unit, suggestion_ids: Iterable[int], coder_id: int) -> int:
    """Record that this coder was shown these suggestions, each place once; how many are new."""
    return len(unit.insert_many(showing, not_shown(unit.connection, suggestion_ids, coder_id)))


def shown_counts(connection: Connection, coder_id: int) -> dict[str, int]:
    """Suggester -> how many of its suggestions this coder was shown, in any run."""
    query = (
        select(showing.c.suggester, func.count())
        .where(showing.c.coder_id == coder_id)
        .group_by(showing.c.suggester)
    )
    return dict(connection.execute(query).all())


def _copies(connection: Connection, suggestion_ids: Iterable[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for some in chunks(sorted(suggestion_ids)):
        query = select(*(suggestion.c[name] for name in _COPIED)).where(suggestion.c.id.in_(some))
        found += [dict(row) for row in connection.execute(query.order_by(suggestion.c.id)).mappings()]
    return found


def _select() -> Any:
    placed = with_place(decision, decision, coder.c.name.label("coder"))
    return placed.join(coder, coder.c.id == decision.c.coder_id).order_by(decision.c.id)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        uid=row.uid,
        document=row.document,
        version=row.version,
        span=Span(row.start, row.end),
        code=row.code,
        suggester=row.suggester,
        suggester_version=row.suggester_version,
        score=row.score,
        verdict=Verdict(row.verdict),
        coder=row.coder,
        at=row.created_at,
        coding=row.coding_uid,
    )
