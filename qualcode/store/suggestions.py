"""Suggestions as a suggester left them, and what each coder decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, select

from qualcode.domain.span import Span
from qualcode.domain.suggestion import Decision, Proposal, Suggestion, Verdict
from qualcode.errors import N_, NotFound
from qualcode.store.rows import chunks
from qualcode.store.schema.codebook import code
from qualcode.store.schema.coding import coding, decision, suggestion
from qualcode.store.schema.documents import document, document_version
from qualcode.store.schema.study import coder
from qualcode.store.unit import Unit, message_from, message_state

_COPIED = (
    "document_version_id",
    "start",
    "end",
    "code_id",
    "suggester",
    "suggester_version",
    "score",
    "confidence",
    "reason",
)


def replace(
    unit: Unit,
    *,
    suggester: str,
    version: str,
    version_ids: Mapping[str, int],
    code_ids: Mapping[str, int],
    proposals: Sequence[Proposal],
) -> int:
    """Rewrite this suggester's suggestions on the documents it read; how many there are now.

    `version_ids` maps each document that was read to its version's row id, also those without proposals.
    """
    for some in chunks(list(version_ids.values())):
        stale = suggestion.delete().where(
            suggestion.c.suggester == suggester, suggestion.c.document_version_id.in_(some)
        )
        unit.connection.execute(stale)
    rows = [
        {
            "document_version_id": version_ids[item.document],
            "start": item.span.start,
            "end": item.span.end,
            "code_id": code_ids[item.code],
            "suggester": suggester,
            "suggester_version": version,
            "score": item.score,
            "confidence": item.confidence,
            "reason": message_state(item.reason),
        }
        for item in proposals
    ]
    return len(unit.insert_many(suggestion, rows))


def open_for(connection: Connection, coder_id: int, document_key: str | None = None) -> list[Suggestion]:
    """The suggestions this coder has neither decided (skipped ones come again) nor coded, in text order.

    Of several suggesters' equal proposals the best scored comes first.
    """
    query = (
        _select()
        .where(document.c.removed_at.is_(None), ~_decided(coder_id), ~_coded(coder_id))
        .order_by(
            document.c.id,
            suggestion.c.start,
            suggestion.c.end,
            suggestion.c.score.desc(),
            code.c.position,
            suggestion.c.id,
        )
    )
    if document_key is not None:
        query = query.where(document.c.key == document_key)
    return [_suggestion(row) for row in connection.execute(query)]


def open_counts(connection: Connection, coder_id: int) -> dict[str, int]:
    """Document id -> how many suggestions are open for this coder."""
    query = (
        select(document.c.key, func.count())
        .join(document_version, document_version.c.document_id == document.c.id)
        .join(suggestion, suggestion.c.document_version_id == document_version.c.id)
        .where(~_decided(coder_id), ~_coded(coder_id))
        .group_by(document.c.key)
    )
    return dict(connection.execute(query).tuples().all())


def get(connection: Connection, suggestion_id: int) -> Suggestion:
    """Raises NotFound, as for one of an earlier run."""
    row = connection.execute(_select().where(suggestion.c.id == suggestion_id)).one_or_none()
    if row is None:
        raise NotFound(
            N_("There is no suggestion {id}; a new run gives new numbers."),
            hint=N_("`qualcode suggest --list` shows the open ones."),
            id=suggestion_id,
        )
    return _suggestion(row)


def decide(unit: Unit, suggestion_id: int, verdict: Verdict, coding_uid: str | None) -> int:
    """Record this coder's decision with a copy of the suggestion; its row id."""
    row = unit.connection.execute(
        select(*(suggestion.c[name] for name in _COPIED)).where(suggestion.c.id == suggestion_id)
    ).one()
    copied = dict(zip(_COPIED, row, strict=True))
    return unit.insert(decision, **copied, verdict=verdict, coding_uid=coding_uid)


def decisions(connection: Connection, document_keys: Iterable[str] | None = None) -> list[Decision]:
    """All coders' decisions in order of time; on these documents only where given."""
    query = (
        select(
            decision,
            document.c.key.label("document"),
            document_version.c.number.label("version"),
            code.c.key.label("code"),
            coder.c.name.label("coder"),
        )
        .join(document_version, document_version.c.id == decision.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .join(code, code.c.id == decision.c.code_id)
        .join(coder, coder.c.id == decision.c.coder_id)
        .order_by(decision.c.id)
    )
    if document_keys is not None:
        query = query.where(document.c.key.in_(list(document_keys)))
    return [
        Decision(
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
        for row in connection.execute(query)
    ]


def _select() -> Any:
    return (
        select(
            suggestion,
            document.c.key.label("document"),
            document_version.c.number.label("version"),
            code.c.key.label("code"),
        )
        .join(document_version, document_version.c.id == suggestion.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .join(code, code.c.id == suggestion.c.code_id)
    )


def _same_place(other: Any) -> Any:
    return and_(
        other.c.document_version_id == suggestion.c.document_version_id,
        other.c.start == suggestion.c.start,
        other.c.end == suggestion.c.end,
        other.c.code_id == suggestion.c.code_id,
    )


def _decided(coder_id: int) -> Any:
    return exists().where(
        _same_place(decision), decision.c.coder_id == coder_id, decision.c.verdict != Verdict.SKIPPED
    )


def _coded(coder_id: int) -> Any:
    return exists().where(_same_place(coding), coding.c.coder_id == coder_id, coding.c.placed)


def _suggestion(row: Row[Any]) -> Suggestion:
    return Suggestion(
        id=row.id,
        document=row.document,
        version=row.version,
        span=Span(row.start, row.end),
        code=row.code,
        suggester=row.suggester,
        suggester_version=row.suggester_version,
        score=row.score,
        reason=message_from(row.reason),
        confidence=row.confidence,
    )
