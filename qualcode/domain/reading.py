"""What a transcript reader gives: the text that offsets count in, its turns, and what it could not carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from qualcode.domain.transcript import Turn
from qualcode.errors import Message


@dataclass(frozen=True)
class Imported:
    """One file as read, before it is stored.

    `text` is final: newlines are LF, front matter and byte order mark are cut, nothing else is normalised.
    `turns` lie in `text`, in order, never overlapping. `metadata` is the front matter as read (keys of DESIGN
    section 6), empty where the format has none.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])
    encoding: str = "utf-8"
    newline: str = "lf"
    """lf, crlf, cr or mixed: what the file had."""
    warnings: tuple[Message, ...] = ()
    losses: tuple[Message, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """The labels in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))


class Reader(Protocol):
    """A transcript format. Raises BadInput, naming the file and the place, where the bytes cannot be read."""

    def __call__(self, content: bytes, *, name: str, encoding: str | None = None) -> Imported: ...
