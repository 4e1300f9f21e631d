"""Spans: half-open ranges of code points in one version's text, and the quotes that anchor them.

Offsets count Unicode code points everywhere inside qualcode; bytes, UTF-16 units and lines are converted where
a format is read or written, never here. A span carries a quote anchor (prefix, exact, suffix), so that a coding
can be verified against its text and found again in a corrected version.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import N_, BadInput

ANCHOR_CONTEXT = 32
"""Code points kept on each side of a quote: enough to tell repeated short answers ("Ja.") apart."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in code points. Never empty, never negative.

    Raises BadInput for anything else: a span without text cannot be shown, quoted or verified.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadInput(
                N_("The span {start}-{end} is empty or negative."),
                hint=N_("Give a start of 0 or more and an end beyond it."),
                start=self.start,
                end=self.end,
            )

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one code point; [0, 5) and [5, 8) do not."""
        return self.start < other.end and other.start < self.end

    def encloses(self, other: Span) -> bool:
        """True where every code point of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> int:
        """The number of code points in both."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The quote under a span and what stands right before and after it."""

    prefix: str
    exact: str
    suffix: str


def quote(text: str, span: Span) -> str:
    """The words of `text` under `span`. Raises BadInput where the span ends outside the text."""
    if span.end > len(text):
        raise BadInput(
            N_("The span {start}-{end} ends outside the text, which has {length} characters."),
            hint=N_("Offsets count code points from 0; the end is exclusive."),
            start=span.start,
            end=span.end,
            length=len(text),
        )
    return text[span.start : span.end]


def anchor_of(text: str, span: Span) -> Anchor:
    """The anchor of `span` in `text`."""
    return Anchor(
        prefix=text[max(0, span.start - ANCHOR_CONTEXT) : span.start],
        exact=quote(text, span),
        suffix=text[span.end : span.end + ANCHOR_CONTEXT],
    )


def occurrences(text: str, words: str, within: Span | None = None) -> list[Span]:
    """Every place of `words` in `text`, in order, overlapping ones too; only inside `within` where given."""
    if not words:
        return []
    low, high = (within.start, within.end) if within else (0, len(text))
    found: list[Span] = []
    at = text.find(words, low, high)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1, high)
    return found
