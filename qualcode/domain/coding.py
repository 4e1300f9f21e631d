"""Codings: one code on one span by one coder; and coded segments: a coding with the place that counting needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from qualcode.domain.span import Anchor, Span


class CodingOrigin(StrEnum):
    MANUAL = "manual"
    SUGGESTION = "suggestion"
    IMPORT = "import"
    MERGE = "merge"


class CodingStatus(StrEnum):
    """Only accepted codings count; disputed is set while coders disagree."""

    ACCEPTED = "accepted"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Coding:
    """One code put on one span by one coder. Without a code it is a quotation: kept, memoable, counted nowhere.

    `case` is the coding's *own* case; empty means the document's only one (DESIGN section 4, rule 1).
    `qualifiers` maps qualifier ids to value ids.
    """

    uid: str
    document: str
    version: int
    span: Span
    anchor: Anchor
    code: str | None
    coder: str
    created_at: datetime
    updated_at: datetime
    qualifiers: Mapping[str, str] = field(default_factory=dict[str, str])
    case: str | None = None
    round: int = 1
    origin: CodingOrigin = CodingOrigin.MANUAL
    confidence: float | None = None
    status: CodingStatus = CodingStatus.ACCEPTED
    placed: bool = True
    """False: its words were not found with certainty in the newest version; it stays listed and counts nowhere."""


@dataclass(frozen=True, slots=True)
class CodedSegment:
    """A coding with its derived place: what rows of exports and counts of matrices are made from."""

    coding: Coding
    case: str | None
    """The coding's case by rule 1; None is in no case row."""
    informant: str | None
    """The informant by rule 2; None counts as a segment, never as an informant."""
    speaker: str
    """The label of the turn that holds most of the span; empty without turns."""
    turn: int | None

    @property
    def counts(self) -> bool:
        """True for an accepted, placed, first-round coding with a code (rules 1 and 8)."""
        coding = self.coding
        return (
            coding.code is not None
            and coding.placed
            and coding.round == 1
            and coding.status is CodingStatus.ACCEPTED
        )

    @property
    def place(self) -> tuple[str, int, int, int]:
        """Document, version, start, end: two coders on one place are one segment (rule 8)."""
        coding = self.coding
        return (coding.document, coding.version, coding.span.start, coding.span.end)

    @property
    def valence(self) -> int | None:
        """The valence qualifier as a number; None where it is not said."""
        value = self.coding.qualifiers.get("valence")
        return int(value) if value is not None else None
