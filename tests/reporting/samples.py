"""Coded segments and a small codebook made by hand for the tests of counting and of the reports."""

from __future__ import annotations

from datetime import UTC, datetime

from qualcode.domain.codebook import Code, Codebook, Theme
from qualcode.domain.coding import CodedSegment, Coding, CodingStatus
from qualcode.domain.span import Anchor, Span

_THEN = datetime(2026, 1, 1, tzinfo=UTC)


def segment(
    uid: str,
    *,
    code: str | None = "x",
    document: str = "d1",
    version: int = 1,
    start: int = 0,
    end: int | None = None,
    coder: str = "anna",
    informant: str | None = "I1",
    case: str | None = "A",
    turn: int | None = 1,
    speaker: str = "K",
    valence: str | None = None,
    status: CodingStatus = CodingStatus.ACCEPTED,
    round: int = 1,
    placed: bool = True,
) -> CodedSegment:
    """One coding of ten characters unless told otherwise."""
    coding = Coding(
        uid,
        document,
        version,
        Span(start, start + 10 if end is None else end),
        Anchor("", "", ""),
        code,
        coder,
        _THEN,
        _THEN,
        qualifiers={} if valence is None else {"valence": valence},
        status=status,
        round=round,
        placed=placed,
    )
    return CodedSegment(coding, case, informant, speaker, turn)


def small_codebook() -> Codebook:
    """Two families; `risk` is a group; `supplier` stands under both; `old` is retired."""
    return Codebook(
        "small",
        "1",
        ("en", "nb"),
        (
            Code("barrier", None, {"en": "Barrier", "nb": "Barriere"}, assignable=False),
            Code("risk", "barrier", {"en": "Risk"}),
            Code("risk-supplier", "risk", {"en": "Supplier"}),
            Code("old", "barrier", {"en": "Old"}, retired=True),
            Code("value", None, {"en": "Value", "nb": "Verdi"}, assignable=False),
            Code("value-supplier", "value", {"en": "Supplier"}),
        ),
        themes=(
            Theme("everything", {"en": "Everything"}, codes=("risk", "value")),
            Theme("asked", {"en": "Asked"}, query="text:risk"),
        ),
    )
