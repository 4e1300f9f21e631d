"""Transcripts laid out as a table: a column of speakers, a column of words, perhaps one of times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.domain.turn_finding import counting, head_at, milliseconds
from qualcode.formats.assembly import Block
from qualcode.formats.docx_body import Table

_SPEAKER = frozenset({"speaker", "taler", "talar", "deltaker", "deltakar", "name", "navn", "namn", "person"})
_WORDS = frozenset({"content", "text", "transcript", "innhold", "innhald", "tekst", "utsagn"})
_TIME = frozenset({"timespan", "time", "start", "tid", "tidsrom", "tidspunkt", "timestamp"})
_CLOCK = re.compile(r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?")
_SHARE = 0.8
"""Of the rows of a table without headings that must begin with a label, for it to be a transcript."""


def turns_in_table(table: Table) -> list[Block]:
    """One block per row where the table names speakers, else nothing."""
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    return list(_with_headings(rows)) or list(_two_columns(rows))


def _with_headings(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """As NVivo writes it: headings over the columns, in any order."""
    headings = [cell.strip().casefold() for cell in rows[0]] if rows else []
    speaker, words, time = (_column(headings, names) for names in (_SPEAKER, _WORDS, _TIME))
    if speaker is None or words is None:
        return
    last = ""
    for row in rows[1:]:
        last = _cell(row, speaker).rstrip(":") or last
        clocks = [milliseconds(clock) for clock in _CLOCK.findall(_cell(row, time))]
        yield Block(_cell(row, words), last, clocks[0] if clocks else None, clocks[1] if len(clocks) > 1 else None)


def _two_columns(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        return
    labels = [row[0].strip().rstrip(":") for row in rows]
    heads = [head_at(f"{label}:", 0, len(label) + 1) for label in labels]
    if len(counting([head for head in heads if head])) < len(rows) * _SHARE:
        return
    for head, label, row in zip(heads, labels, rows, strict=True):
        yield Block(row[1], head.label if head else label, head.start_ms if head else None)


def _column(headings: Sequence[str], names: frozenset[str]) -> int | None:
    return next((index for index, heading in enumerate(headings) if heading in names), None)


def _cell(row: Sequence[str], index: int | None) -> str:
    return row[index].strip() if index is not None and index < len(row) else ""
