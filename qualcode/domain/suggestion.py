"""Suggestions: a proposed span and code with a score and a reason, and what a coder decided about it.

Any suggester is an object with an id, a version and a `suggest` method; it is found through a registry
(`qualcode.nlp.suggesters`) and never decides anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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


def _nobody_waits() -> None: ...


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
    still_reading: Callable[[], None] = field(default=_nobody_waits, repr=False, compare=False)
    """To be called now and then in a long text: whoever waits may cancel there, which raises."""


def ranks(offered: Iterable[Suggestion]) -> dict[int, int]:
    """Suggestion id -> its rank at its place, from 1, by score among those of its suggester that overlap it.

    What is shown instead of the score, which compares only what one suggester says of the same words.
    """
    by_text: dict[tuple[str, int, str], list[Suggestion]] = {}
    for item in offered:
        by_text.setdefault((item.document, item.version, item.suggester), []).append(item)
    found: dict[int, int] = {}
    for items in by_text.values():
        items.sort(key=lambda item: item.span.start)
        found.update((item.id, 1) for item in items)
        for place, item in enumerate(items):
            for other in items[place + 1 :]:
                if other.span.start >= item.span.end:
                    break
                lower = other if item.score >= other.score else item
                found[lower.id] += item.score != other.score
    return found


class Suggester(Protocol):
    """`learn` takes all texts of the study, of which `suggest` may get only some, and what was coded and decided.

    Both read their texts once, one by one, so that whoever waits sees how far they are. `suggest` yields proposals
    in any order.
    """

    id: str
    version: str

    def learn(
        self, texts: Iterable[SourceText], codings: Sequence[Coding], decisions: Sequence[Decision]
    ) -> None: ...

    def suggest(self, codebook: Codebook, texts: Iterable[SourceText]) -> Iterator[Proposal]: ...
