"""Codings and relations made up for tests of evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from qualcode.domain.coding import CodedSegment, Coding, CodingStatus
from qualcode.domain.finding import Evidence, Role
from qualcode.domain.relation import Claimant, PlacedRelation, Relation, Stance
from qualcode.domain.span import Anchor, Span

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
_numbers = count()


def segment(
    code: str = "fear",
    *,
    turn: int = 1,
    coder: str = "ada",
    informant: str | None = "kari",
    case: str | None = "north",
    status: CodingStatus = CodingStatus.ACCEPTED,
    **qualifiers: str,
) -> CodedSegment:
    coding = Coding(
        uid=f"c{next(_numbers)}",
        document="d",
        version=1,
        span=Span(0, 4),
        anchor=Anchor("", "word", ""),
        code=code,
        coder=coder,
        created_at=WHEN,
        updated_at=WHEN,
        qualifiers=qualifiers,
        status=status,
    )
    return CodedSegment(coding, case, informant, informant or "", turn)


def relation(source: CodedSegment, target: CodedSegment, *, turn: int = 1) -> PlacedRelation:
    held = Relation(
        uid=f"r{next(_numbers)}",
        type="leads-to",
        source=source.coding.uid,
        target=target.coding.uid,
        document="d",
        version=1,
        span=Span(0, 4),
        anchor=Anchor("", "word", ""),
        stance=Stance.STATES,
        claimed_by=Claimant.INFORMANT,
        coder="ada",
        created_at=WHEN,
        updated_at=WHEN,
    )
    return PlacedRelation(held, source, target, source.case, source.informant, source.speaker, turn)


def evidence(held: CodedSegment | PlacedRelation, role: Role = Role.SUPPORTS) -> Evidence:
    coding, related = (held, None) if isinstance(held, CodedSegment) else (None, held)
    return Evidence(f"e{next(_numbers)}", role, coding, related, WHEN, WHEN)
