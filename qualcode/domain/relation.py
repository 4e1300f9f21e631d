"""Relations: two codings joined by a type of the codebook, with the quote in which the link is stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.domain.coding import CodedSegment
from qualcode.domain.span import Anchor, Span


class Stance(StrEnum):
    STATES = "states"
    CONTRADICTS = "contradicts"


class Claimant(StrEnum):
    INFORMANT = "informant"
    ANALYST = "analyst"
    """Nobody says it in the text; the researcher reads it there."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`source` and `target` are coding uids; the ends of an undirected type are in uid order.

    The quote (`document`, `version`, `span`) is one stretch in one document; the ends may lie in two.
    """

    uid: str
    type: str
    source: str
    target: str
    document: str
    version: int
    span: Span
    anchor: Anchor
    stance: Stance
    claimed_by: Claimant
    coder: str
    created_at: datetime
    updated_at: datetime
    case: str | None = None
    placed: bool = True


@dataclass(frozen=True, slots=True)
class PlacedRelation:
    """A relation with its ends and the place that counting needs (DESIGN section 4, rule 3)."""

    relation: Relation
    source: CodedSegment
    target: CodedSegment
    case: str | None
    informant: str | None
    speaker: str
    turn: int | None
