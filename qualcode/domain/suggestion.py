"""Suggestions: a proposed span and code with a score and a reason, and what a coder decided about it.

Any suggester is an object with an id, a version and a `suggest` method; it is found through a registry
(`qualcode.nlp.suggesters`) and never decides anything itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn
from qualcode.errors import Message


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a suggester returns: not stored yet. `confidence` only where it is calibrated; higher `score` first."""

    document: str
    span: Span
    code: str
    score: float
    reason: Message
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A stored proposal. `id` is its number in the study; a new run of its suggester gives new ones."""

    id: int
    document: str
    version: int
    span: Span
    code: str
    suggester: str
    suggester_version: str
    score: float
    reason: Message
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What this coder did with a suggestion; a copy, so that it outlives the suggestion."""

    uid: str
    document: str
    version: int
    span: Span
    code: str
    suggester: str
    suggester_version: str
    score: float
    verdict: Verdict
    coder: str
    at: datetime
    coding: str | None = None
    """The uid of the coding it led to."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as a suggester sees it. `spoken` are the turns that may get suggestions.

    The interviewer's turns are left out of `spoken`: nothing is ever offered on the interviewer's words. A document
    without turns has `turns == ()` and is read whole.
    """

    document: str
    version: int
    text: str
    language: str
    turns: Sequence[Turn]
    spoken: Sequence[Turn]


class Suggester(Protocol):
    """`learn` may be called with what coders coded and decided; `suggest` yields proposals in any order."""

    id: str
    version: str

    def learn(
        self, texts: Sequence[SourceText], codings: Sequence[Coding], decisions: Sequence[Decision]
    ) -> None: ...

    def suggest(self, codebook: Codebook, texts: Iterable[SourceText]) -> Iterator[Proposal]: ...
