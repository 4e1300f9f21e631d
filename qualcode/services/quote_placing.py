"""Finding a quote in a text again: to the letter, but for white space, or nearly (rapidfuzz ratio at least 90)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.span import Span, occurrences

NEARLY = 90.0
"""The rapidfuzz ratio from which a place counts as the quote's."""


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a quote, all equally good, and their ratio: 100 for a literal one. None at all: not found."""

    spans: tuple[Span, ...]
    ratio: float = 100.0

    @property
    def span(self) -> Span | None:
        """The place, where there is exactly one."""
        return self.spans[0] if len(self.spans) == 1 else None


def place_quote(text: str, words: str, *, at: Span | None = None, within: Span | None = None) -> Found:
    """Where `words` stand in `text`.

    `at` (the span the quote had) and `within` (its turn) choose among repeated quotes; where the words are not
    there, the whole text is searched.
    """
    if at is not None and text[at.start : at.end] == words:
        return Found((at,))
    if within is not None:
        inside = _places(text, words, within)
        if inside.spans:
            return inside
    everywhere = _places(text, words, Span(0, len(text)))
    if at is not None and at in everywhere.spans:
        return Found((at,), everywhere.ratio)
    return everywhere


def _places(text: str, words: str, within: Span) -> Found:
    literal = occurrences(text, words, within) or _but_for_space(text, words, within)
    return Found(tuple(literal)) if literal else _nearly(text, words, within)


def _but_for_space(text: str, words: str, within: Span) -> Sequence[Span]:
    """Line breaks and no-break spaces differ between a transcript and a quote copied from it."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    return [Span(*match.span()) for match in pattern.finditer(text, within.start, within.end)]


def _nearly(text: str, words: str, within: Span) -> Found:
    best = _best(text, words, within)
    if best is None:
        return Found(())
    span, ratio = best
    twins = [span]
    for low, high in ((within.start, span.start), (span.end, within.end)):
        other = _best(text, words, Span(low, high)) if low < high else None
        if other is not None and other[1] >= ratio:
            twins.append(other[0])
    return Found(tuple(sorted(twins)), ratio)


def _best(text: str, words: str, within: Span) -> tuple[Span, float] | None:
    from rapidfuzz import fuzz  # 17 ms, and most quotes are literal

    aligned = fuzz.partial_ratio_alignment(words, text[within.start : within.end], score_cutoff=NEARLY)
    if aligned is None or aligned.dest_start >= aligned.dest_end:
        return None
    window = Span(within.start + aligned.dest_start, within.start + aligned.dest_end)
    rated = [
        (fuzz.ratio(words, text[span.start : span.end]), span) for span in (window, _whole_words(text, window))
    ]
    ratio, span = max(rated, key=lambda item: item[0])
    return (span, ratio) if ratio >= NEARLY else None


def _whole_words(text: str, span: Span) -> Span:
    """The window of an alignment is as long as the quote, and so may cut the first and last word."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)
