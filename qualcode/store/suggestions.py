"""Suggestions as a suggester left them, and which of them are still open for a coder."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, or_, select, true

from qualcode.domain.people import SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.span import Span
from qualcode.domain.suggestion import Proposal, Suggestion, Verdict
from qualcode.errors import N_, NotFound
from qualcode.store.rows import chunks
from qualcode.store.schema.codebook import code
from qualcode.store.schema.coding import coding, decision, suggestion
from qualcode.store.schema.documents import document, document_version, speaker_map, turn
from qualcode.store.unit import Unit, message_from, message_state


def replace(
    unit: Unit,
    *,
    suggester: str,
    version: str,
    version_ids: Mapping[str, int],
    code_ids: Mapping[str, int],
    proposals: Sequence[Proposal],
) -> None:
    """Rewrite this suggester's suggestions on the documents it read.

    `version_ids` maps each document that was read to its version's row id, also those without proposals. What was
    suggested on older versions of them goes too: nobody is ever offered it again.
    """
    read, other = document_version.alias("read"), document_version.alias("other")
    for some in chunks(list(version_ids.values())):
        versions = (
            select(other.c.id).join(read, read.c.document_id == other.c.document_id).where(read.c.id.in_(some))
        )
        stale = suggestion.delete().where(
            suggestion.c.suggester == suggester, suggestion.c.document_version_id.in_(versions)
        )
        unit.connection.execute(stale)
    # Some at a time: the rows of half a million proposals take twice the room of the proposals.
    for some in chunks(proposals):
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
            for item in some
        ]
        unit.insert_many(suggestion, rows)


def open_for(
    connection: Connection, coder_id: int, document_key: str | None = None, *, within: Span | None = None
) -> list[Suggestion]:
    """The suggestions this coder has neither decided (skipped ones come again) nor coded, in text order.

    Only of codes that can be put now, on the newest version of documents that are not removed, and never on words
    of the interviewer, also where a speaker was mapped after the run. Of several suggesters' equal proposals the
    best scored comes first. `within`: only those that touch this stretch of a document.
    """
    query = (
        with_place(suggestion, suggestion)
        .where(_offered(), ~_decided(coder_id), ~_coded(coder_id))
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
    if within is not None:
        query = query.where(suggestion.c.start < within.end, suggestion.c.end > within.start)
    rows = connection.execute(query).all()
    reach = (
        Span(min(row.start for row in rows), max(row.end for row in rows)) if rows and within is not None else None
    )
    asked = _interviewer_words(connection, {row.document_version_id for row in rows}, reach)
    return [_suggestion(row) for row in rows if not _touches(asked.get(row.document_version_id, ()), row)]


def get(connection: Connection, suggestion_id: int) -> Suggestion:
    """Raises NotFound, as for one of an earlier run."""
    query = with_place(suggestion, suggestion).where(suggestion.c.id == suggestion_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(
            N_("There is no suggestion {id}; a new run gives new numbers."),
            hint=N_("`qualcode suggest list` shows the open ones."),
            id=suggestion_id,
        )
    return _suggestion(row)


def same_place(other: Any) -> Any:
    """True where the row of `other` has the version, span and code of the suggestion."""
    return and_(
        other.c.document_version_id == suggestion.c.document_version_id,
        other.c.start == suggestion.c.start,
        other.c.end == suggestion.c.end,
        other.c.code_id == suggestion.c.code_id,
    )


def with_place(table: Any, *columns: Any) -> Any:
    """`columns` of suggestions or decisions, with `document`, `version` and `code` as users know them."""
    return (
        select(
            *columns,
            document.c.key.label("document"),
            document_version.c.number.label("version"),
            code.c.key.label("code"),
        )
        .join(document_version, document_version.c.id == table.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .join(code, code.c.id == table.c.code_id)
    )


def _offered() -> Any:
    newer = document_version.alias("newer")
    return and_(
        document.c.removed_at.is_(None),
        code.c.retired_at.is_(None),
        code.c.assignable,
        ~exists().where(
            newer.c.document_id == document_version.c.document_id, newer.c.number > document_version.c.number
        ),
    )


def _decided(coder_id: int) -> Any:
    return exists().where(
        same_place(decision), decision.c.coder_id == coder_id, decision.c.verdict != Verdict.SKIPPED
    )


def _coded(coder_id: int) -> Any:
    return exists().where(same_place(coding), coding.c.coder_id == coder_id, coding.c.placed)


def _interviewer_words(
    connection: Connection, version_ids: Iterable[int], within: Span | None
) -> dict[int, list[tuple[int, float]]]:
    """Row id of a version -> where the interviewer speaks, in order; only turns that touch `within`, if given.

    Apart from the suggestions, since SQL would look at every turn of a document for each of them.
    """
    found: dict[int, list[tuple[int, float]]] = {}
    near = and_(turn.c.start < within.end, turn.c.end > within.start) if within is not None else true()
    for some in chunks(sorted(version_ids)):
        query = (
            select(document_version.c.id, turn.c.body_start, turn.c.end)
            .join(speaker_map, speaker_map.c.document_id == document_version.c.document_id)
            .outerjoin(
                turn,
                and_(
                    turn.c.document_version_id == document_version.c.id,
                    turn.c.speaker == speaker_map.c.label,
                    near,
                ),
            )
            .where(
                document_version.c.id.in_(some),
                speaker_map.c.role == SpeakerRole.INTERVIEWER,
                or_(turn.c.id.is_not(None), speaker_map.c.label == WHOLE_DOCUMENT),
            )
            .order_by(document_version.c.id, turn.c.body_start)
        )
        for version_id, start, end in connection.execute(query):
            found.setdefault(version_id, []).append((0, float("inf")) if start is None else (start, end))
    return found


def _touches(stretches: Sequence[tuple[int, float]], row: Row[Any]) -> bool:
    """True where the last of `stretches` that begins before the row's end reaches into it."""
    before = bisect_right(stretches, row.end - 1, key=lambda stretch: stretch[0])
    return before > 0 and stretches[before - 1][1] > row.start


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
