"""What a codebook file is told: one line of the file, one sentence, error or warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from qualcode.domain.codebook_check import Severity
from qualcode.domain.inert import inert
from qualcode.errors import Message

MOST = 1000
"""Errors told of one file; a file with more is no codebook, and looking on could take minutes."""
_SHOWN = 80


class Unreadable(Exception):
    """Reading cannot go on; raised after the reason is noted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` and `column` count from 1, in characters."""

    severity: Severity
    message: Message
    line: int
    column: int


class Placed(Protocol):
    """Anything that knows its place in the file."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Place:
    line: int
    column: int


class Problems:
    """The problems of one file, as they are met. One place is told one error: the first is the cause."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._places: set[tuple[int, int]] = set()

    def error(self, at: Placed, template: str, **params: Any) -> None:
        self.add(Severity.ERROR, at, Message(template, params))

    def add(self, severity: Severity, at: Placed, message: Message) -> None:
        if severity is Severity.ERROR:
            if (at.line, at.column) in self._places:
                return
            self._places.add((at.line, at.column))
            if len(self._places) > MOST:
                raise Unreadable
        params = {name: _shown(value) for name, value in message.params.items()}
        self._found.append(Problem(severity, Message(message.template, params), at.line, at.column))

    def in_order(self) -> list[Problem]:
        """By line and column, errors first where both stand at one place."""
        return sorted(self._found, key=lambda problem: (problem.line, problem.column, problem.severity))


def _shown(value: Any) -> Any:
    """Words of the file, made harmless and short: a wrong file may hold an escape sequence or a whole book."""
    if isinstance(value, Message):
        return Message(value.template, {name: _shown(one) for name, one in value.params.items()})
    if not isinstance(value, str):
        return value
    return inert(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")
