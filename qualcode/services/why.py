"""From a quote to every number, summary, relation and finding that rests on it; from a cell back to its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.coding import CodedSegment, CodingStatus
from qualcode.domain.counting import Counts, count
from qualcode.domain.grid import CellKey, GridCell, RowKind
from qualcode.domain.matrix import Column
from qualcode.errors import N_, BadInput, Message, NotFound
from qualcode.services import blinding, coding, grid, relations, synthesis
from qualcode.services.quoting import Quoted, quoted
from qualcode.services.study import Study
from qualcode.store import codings, findings
from qualcode.store import grid as store

_UID = re.compile(r"[0-9a-f]{8}[0-9a-f-]*")
_LISTED = 5
"""Quotes that an error lists where several hold the words."""


class Kind(StrEnum):
    """What can rest on a quote."""

    COUNT = "count"
    SUMMARY = "summary"
    RELATION = "relation"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on a quote.

    `place` is the cell of a count or summary (which `meant` understands), the document of a relation, the question
    of a finding. `role` is which end of a relation it is, what it does to a finding, the state of a summary.
    """

    kind: Kind
    place: str
    role: str
    text: str
    uid: str = ""
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A quote with what rests on it; `remarks` say why fewer numbers do than one might look for."""

    segment: CodedSegment
    remarks: tuple[Message, ...]
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A cell with its quotes, as the coder who acts may see them."""

    cell: GridCell
    quotes: tuple[Quoted, ...]


def meant(study: Study, text: str) -> CellKey | list[CodedSegment]:
    """What `text` names: a cell (`case:ID / COLUMN`), a coding by its uid, or the codings on words that are quoted.

    Raises NotFound, BadInput where several quotes hold the words.
    """
    row, slash, column = text.rpartition("/")
    if slash and row.strip().startswith(tuple(f"{kind}:" for kind in RowKind)):
        return grid.key_of(study, row, column)
    if slash:
        with suppress(NotFound):
            return grid.key_of(study, row, column)
    if _UID.fullmatch(text.strip()):
        return [coding.get(study, text.strip())]
    return _with_words(study, text)


def _with_words(study: Study, text: str) -> list[CodedSegment]:
    wanted = _plain(text)
    hidden = {segment.coding.uid for segment in blinding.hidden_codings(study)}
    with study.store.read() as connection:
        found = [
            segment
            for segment in codings.each_segment(connection)
            if wanted in _plain(segment.coding.anchor.exact) and segment.coding.uid not in hidden
        ]
    if not wanted or not found:
        raise NotFound(
            N_("No quote holds the words {words!r}."),
            hint=N_("Give words of a coding, its id, or a cell as in case:ID / CODE."),
            words=text,
        )
    places = {segment.place: segment.coding.uid[:8] for segment in found}
    if len(places) > 1:
        raise BadInput(
            N_("{count} quotes hold the words {words!r}."),
            hint=N_("Give more of the words, or one of the ids {ids}."),
            count=len(places),
            words=text,
            ids=", ".join(list(places.values())[:_LISTED]),
        )
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def behind(study: Study, key: CellKey) -> Behind:
    """The quotes behind a cell, in order of document and place. Raises NotFound, BadInput as `grid.cell`."""
    cell = grid.cell(study, key)
    return Behind(cell, tuple(quoted(study, cell.evidence.uids)))


def why(study: Study, segment: CodedSegment) -> Why:
    """All that rests on a coding: cells by case and informant, summaries, relations, findings."""
    cells = list(_cells(study, segment)) if segment.counts else []
    related = list(_relations(study, segment))
    linked = {segment.coding.uid, *(item.uid for item in related)}
    resting = (*cells, *_summaries(study, segment, cells), *related, *_findings(study, linked))
    return Why(segment, tuple(_remarks(segment)), resting)


def _remarks(segment: CodedSegment) -> Iterator[Message]:
    made = segment.coding
    if made.code is None:
        yield Message(N_("It is a quotation without a code, so no number rests on it."))
    elif not made.placed:
        yield Message(N_("Its place is not certain, so no number rests on it."))
    elif made.status is CodingStatus.DISPUTED:
        yield Message(N_("It is disputed, so no number rests on it."))
    elif not segment.counts:
        yield Message(N_("It is of a second reading, so no number but agreement rests on it."))
    elif segment.case is None:
        yield Message(N_("It has no case, so it is in no row of a case."))
    elif segment.informant is None:
        yield Message(N_("It is in nobody's words, so it counts as a segment and never as an informant."))


def _cells(study: Study, segment: CodedSegment) -> Iterator[Resting]:
    """The cells that hold the coding: its case and its informant, by each code above it and each theme."""
    codebook = study.codebook
    path = [code.id for code in codebook.path(segment.coding.code or "")]
    columns = ",".join([*path, *(theme.id for theme in codebook.themes if theme.id not in codebook)])
    asked = synthesis.gather(study)
    found = synthesis.found_by_themes(asked, columns)
    held = [
        column
        for column in synthesis.columns_of(codebook, columns, study.language, found=found)
        if _is_in(column, segment)
    ]
    for kind in RowKind:
        own = _row(kind, segment)
        if own is None:
            continue
        label = asked.facts.field(kind.value).value_label(own, study.language)
        same = [item for item in asked.segments if _row(kind, item) == own]
        for column in held:
            counts = count(item for item in same if _is_in(column, item))
            key = CellKey(kind, own, column.id)
            yield Resting(Kind.COUNT, str(key), "", f"{label} × {column.label}", counts=counts)


def _row(kind: RowKind, segment: CodedSegment) -> str | None:
    return segment.case if kind is RowKind.CASE else segment.informant


def _is_in(column: Column, segment: CodedSegment) -> bool:
    return segment.coding.code in column.codes or segment.coding.uid in column.found


def _summaries(study: Study, segment: CodedSegment, cells: Iterable[Resting]) -> Iterator[Resting]:
    """Summaries of cells the coding is in, and those that were written on it before it left their cell."""
    held = {cell.place for cell in cells}
    with study.store.read() as connection:
        written = store.summaries(connection)
    keys = [item.key for item in written if str(item.key) in held or segment.coding.uid in item.rests_on]
    for key in keys:
        cell = grid.cell(study, key)
        role = f"{cell.state}, stale" if cell.stale else cell.state.value
        yield Resting(Kind.SUMMARY, str(key), role, cell.text)


def _relations(study: Study, segment: CodedSegment) -> Iterator[Resting]:
    uid = segment.coding.uid
    for item in relations.of_document(study, segment.coding.document):
        made = item.relation
        if uid in (made.source, made.target):
            ends = [end.coding.code or "" for end in (item.source, item.target)]
            role = "source" if uid == made.source else "target"
            yield Resting(Kind.RELATION, made.document, role, f"{ends[0]} {made.type} {ends[1]}", made.uid)


def _findings(study: Study, linked: set[str]) -> Iterator[Resting]:
    """Findings whose evidence is the coding or one of its relations."""
    with study.store.read() as connection:
        by_id = {finding.id: finding for finding in findings.listing(connection)}
        links = findings.links(connection)
    for link in links:
        if (link.coding or link.relation) in linked:
            finding = by_id[link.finding_id]
            yield Resting(Kind.FINDING, finding.question or "", link.role, finding.claim, finding.uid)
