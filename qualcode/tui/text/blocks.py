"""The blocks of a transcript: what is wrapped and shown as one piece, with an empty row after it.

A turn's words are one block; text outside all turns (a heading, a scene note, a document without turns) gives one
block a paragraph. Blank lines between blocks and the labels inside turns are not shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.domain.transcript import Turn
from qualcode.tui.text.cells import is_narrow

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Block:
    """`[start, end)` is shown; `outer` is where the block's label begins (`start` without one).

    `turn` is the index of its turn, None outside turns. A turn without words has `start == end`.
    """

    start: int
    end: int
    outer: int
    turn: int | None
    narrow: bool


def blocks_of(text: str, turns: Sequence[Turn]) -> tuple[Block, ...]:
    """All blocks in text order. `turns` lie in order and do not overlap."""
    found: list[Block] = []
    at = 0
    for index, turn in enumerate(turns):
        found.extend(_paragraphs(text, at, turn.start))
        start, end = _trim(text, turn.body_start, turn.end)
        found.append(Block(start, end, turn.start, index, is_narrow(text, start, end)))
        at = turn.end
    found.extend(_paragraphs(text, at, len(text)))
    return tuple(found)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    at = start
    for gap in _BLANK_LINES.finditer(text, start, end):
        yield from _paragraph(text, at, gap.start())
        at = gap.end()
    yield from _paragraph(text, at, end)


def _paragraph(text: str, start: int, end: int) -> Iterator[Block]:
    start, end = _trim(text, start, end)
    if start < end:
        yield Block(start, end, start, None, is_narrow(text, start, end))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
