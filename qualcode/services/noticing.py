"""What has changed in an open document since it was read, where that is little: undo must not read it all again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.domain.coding import CodedSegment
from qualcode.domain.span import Span
from qualcode.errors import NotFound
from qualcode.services import coding
from qualcode.services.study import Study
from qualcode.store import blinding, history, touched

_LITTLE = 30
"""Rows; above that, reading the document as a whole costs less."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """The study at `revision`: the codings that are not as they were, and where decisions are not."""

    revision: int
    segments: Mapping[str, CodedSegment | None]
    """By uid; None for one that is gone, or is of another document or version."""
    decided: tuple[Span, ...]


def since(study: Study, document: str, revision: int) -> Noticed | None:
    """What operations after `revision` did to a document.

    None where it has to be read as a whole: they did more than change a few codings and decisions, or it is read
    blind first, where a coding opens or hides what others put.
    """
    with study.store.read() as connection:
        rows = touched.since(connection, revision, _LITTLE + 1)
        rows = [row for row in rows if row.table != "showing"]
        placeless = any(row.table == "decision" and row.span is None for row in rows)
        others = any(row.table not in ("coding", "decision") for row in rows)
        if not rows or len(rows) > _LITTLE or others or placeless:
            return None
        if document in blinding.blind_documents(connection, study.coder_id):
            return None
        newest = history.newest(connection)
    uids = dict.fromkeys(row.uid for row in rows if row.table == "coding" and row.uid)
    version = study.text(document).version
    segments = {uid: _shown(study, uid, document, version) for uid in uids}
    return Noticed(newest, segments, tuple(row.span for row in rows if row.table == "decision" and row.span))


def _shown(study: Study, uid: str, document: str, version: int) -> CodedSegment | None:
    try:
        segment = coding.get(study, uid)
    except NotFound:
        return None
    made = segment.coding
    return segment if made.placed and (made.document, made.version) == (document, version) else None
