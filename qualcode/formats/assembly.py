"""Text for formats that have none of their own: one paragraph per turn, `Label: words`, a blank line between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.domain.transcript import Turn


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be. Without a `speaker` it belongs to no turn. Times are milliseconds."""

    words: str
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Turn, ...]]:
    """The text of the blocks and its turns. Every block is kept but those with neither words nor speaker."""
    parts: list[str] = []
    turns: list[Turn] = []
    offset = 0
    for block in blocks:
        speaker = _one_line(block.speaker)
        words = _with_lf(block.words).strip()
        paragraph = f"{speaker}: {words}".rstrip() if speaker else words
        if not paragraph:
            continue
        if speaker:
            end = offset + len(paragraph)
            body_start = end - len(words)
            turns.append(Turn(len(turns) + 1, offset, body_start, end, speaker, block.start_ms, block.end_ms))
        parts.append(paragraph)
        offset += len(paragraph) + 2
    return "\n\n".join(parts) + "\n" * bool(parts), tuple(turns)


def _one_line(label: str) -> str:
    return " ".join(label.split())


def _with_lf(words: str) -> str:
    # XML and cue text can spell CR as a character reference, past the newlines of the file itself.
    return words.replace("\r\n", "\n").replace("\r", "\n")
