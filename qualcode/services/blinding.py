"""Blind-first reading, by coder and document: suggestions and others' codings stay hidden until a turn is done.

A turn is hidden until this coder has coded, passed or revealed it. What a coder put before that came from the text
alone: agreement between coders rests on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from qualcode.domain.coding import CodedSegment
from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn, turns_of
from qualcode.errors import N_, BadInput, NotFound
from qualcode.services.study import Study
from qualcode.store import blinding, codings, lookup
from qualcode.store.documents import Connection, VersionText


def is_blind(study: Study, document: str) -> bool:
    """True where the coder who acts reads the document blind first. Raises NotFound."""
    with study.store.read() as connection:
        lookup.row_id(connection, lookup.DOCUMENT, document)
        return document in blinding.blind_documents(connection, study.coder_id)


def set_blind(study: Study, document: str, blind: bool, *, coder: str | None = None) -> None:
    """Let a coder (None: who acts) read a document blind first, or openly. Undoable.

    Raises NotFound, BadInput for a document without turns, in which nothing could be hidden.
    """
    text = study.text(document)
    if blind and not text.turns:
        raise BadInput(
            N_("{document} has no turns, so nothing can stay hidden in it."),
            hint=N_("Only documents with turns are read blind first."),
            document=document,
        )
    name = study.coder if coder is None else coder
    template = N_("{document} read blind first by {coder}") if blind else N_("{document} read openly by {coder}")
    with study.write("assign", template, document=document, coder=name) as unit:
        coder_id = lookup.row_id(unit.connection, lookup.CODER, name)
        blinding.set_blind(unit, text.document_id, coder_id, blind)


def reveal(study: Study, document: str, number: int) -> bool:
    """Show the coder who acts what is hidden in a turn; False where it was revealed or passed before.

    In the history, but not undoable: what was seen cannot be unseen. Raises NotFound.
    """
    text = study.text(document)
    _check_turn(text, number)
    summary = N_("Turn {turn} of {document} revealed")
    with study.write("reveal", summary, undoable=False, turn=number, document=document) as unit:
        return blinding.reveal(unit, study.coder_id, text.version_id, number)


def _check_turn(text: VersionText, number: int) -> None:
    if not 1 <= number <= len(text.turns):
        raise BadInput(
            N_("{document} has no turn {turn}."),
            hint=N_("It has {count} turns."),
            document=text.document,
            turn=number,
            count=len(text.turns),
        )


def revealed_turns(study: Study, document: str) -> dict[int, datetime]:
    """Number of a turn -> when the coder who acts opened it, by revealing or by passing it. Raises NotFound."""
    version_id = study.text(document).version_id
    with study.store.read() as connection:
        marks = blinding.marks(connection, study.coder_id, version_id)
    return {number: mark.opened_at for number, mark in marks.items() if mark.opened_at is not None}


def hidden_turns(study: Study, document: str) -> set[int]:
    """The numbers of the turns whose suggestions and others' codings the coder who acts must not see yet.

    Empty for a document that is not read blind first. Raises NotFound.
    """
    with study.store.read() as connection:
        lookup.row_id(connection, lookup.DOCUMENT, document)
        if document not in blinding.blind_documents(connection, study.coder_id):
            return set()
        return _hidden_turns(study, connection, document)


def _hidden_turns(study: Study, connection: Connection, document: str) -> set[int]:
    text = study.text(document)
    marks = blinding.marks(connection, study.coder_id, text.version_id)
    opened = {number for number, mark in marks.items() if mark.opened_at is not None}
    for _uid, span, _at in blinding.own_places(connection, study.coder_id, text.version_id):
        opened.update(turn.number for turn in turns_of(text.turns, span) if turn.body_start < span.end)
    return {turn.number for turn in text.turns} - opened


def touches(turns: Sequence[Turn], span: Span, hidden: Collection[int]) -> bool:
    """True where `span` reaches into one of the turns whose numbers are `hidden`."""
    return bool(hidden) and any(turn.number in hidden for turn in turns_of(turns, span))


def shown(study: Study, document: str, segments: Iterable[CodedSegment]) -> list[CodedSegment]:
    """Of a document's codings those that the coder who acts may see now: own ones, others' outside hidden turns."""
    hidden = hidden_turns(study, document)
    if not hidden:
        return list(segments)
    turns = study.text(document).turns
    return [
        item
        for item in segments
        if item.coding.coder == study.coder or not touches(turns, item.coding.span, hidden)
    ]


def hidden_by_document(study: Study) -> dict[str, set[int]]:
    """Document -> its hidden turns, of the documents that the coder who acts reads blind first.

    Empty where nobody acts: whoever only looks reads nothing blind.
    """
    try:
        coder_id = study.coder_id
    except (BadInput, NotFound):
        return {}
    with study.store.read() as connection:
        return {
            document: _hidden_turns(study, connection, document)
            for document in blinding.blind_documents(connection, coder_id)
        }


def hidden_codings(study: Study) -> list[CodedSegment]:
    """Others' codings that the coder who acts must not see yet, in no count, map or search either."""
    found: list[CodedSegment] = []
    for document, hidden in hidden_by_document(study).items():
        turns = study.text(document).turns
        with study.store.read() as connection:
            segments = codings.segments(connection, document_key=document)
        found += [
            item
            for item in segments
            if item.coding.coder != study.coder and touches(turns, item.coding.span, hidden)
        ]
    return found


def made_blind(study: Study, document: str) -> set[str]:
    """The uids of the codings that the coder who acts made in a blind document before the turn was opened.

    A turn is opened when it is revealed or passed, and at the latest by its first coding. Empty for a document that
    is not read blind first. Raises NotFound.
    """
    if not is_blind(study, document):
        return set()
    text = study.text(document)
    with study.store.read() as connection:
        marks = blinding.marks(connection, study.coder_id, text.version_id)
        places = blinding.own_places(connection, study.coder_id, text.version_id)
    opened = {number: mark.opened_at for number, mark in marks.items() if mark.opened_at is not None}
    for _uid, span, at in places:
        for turn in turns_of(text.turns, span):
            opened[turn.number] = min(at, opened.get(turn.number, at))
    return {uid for uid, span, at in places if _is_before(text.turns, span, at, opened)}


def _is_before(turns: Sequence[Turn], span: Span, at: datetime, opened: Mapping[int, datetime]) -> bool:
    """True where none of the turns that `span` touches was open before."""
    return all(at <= opened[turn.number] for turn in turns_of(turns, span))
