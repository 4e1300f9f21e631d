"""Which turns and sentences codings touch, numbered through each document, for co-occurrence and queries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from qualcode.domain.coding import CodedSegment
from qualcode.domain.cooccurrence import UnitKind, UnitsOf
from qualcode.domain.sentences import sentences
from qualcode.domain.span import Span
from qualcode.services.study import Study
from qualcode.store import documents
from qualcode.store.documents import VersionText


def numbered(study: Study, kind: UnitKind, segments: Iterable[CodedSegment]) -> tuple[UnitsOf | None, int | None]:
    """What `domain.cooccurrence` needs for this kind of unit: the numbering, and how many units there are.

    None where the kind needs none. Only documents that hold one of the `segments` are read and numbered.
    """
    if kind not in (UnitKind.TURN, UnitKind.NEAR, UnitKind.SENTENCE):
        return None, None
    texts = {key: study.text(key) for key in sorted({segment.coding.document for segment in segments})}
    cut = _sentences if kind is UnitKind.SENTENCE else _turns
    stretches = {key: cut(text) for key, text in texts.items()}

    def units_of(segment: CodedSegment) -> Sequence[int]:
        coding = segment.coding
        # A coding on an older version has offsets into another text.
        is_newest = coding.version == texts[coding.document].version
        return _touched(stretches[coding.document], coding.span) if is_newest else ()

    return units_of, None if kind is UnitKind.NEAR else sum(map(len, stretches.values()))


def turns_touched(study: Study) -> UnitsOf:
    """A function that gives the turns a coding touches, in any version. Turns are read at its first call."""
    read: list[Mapping[tuple[str, int], tuple[list[int], list[int]]]] = []

    def turns_of(segment: CodedSegment) -> Sequence[int]:
        if not read:
            with study.store.read() as connection:
                read.append(documents.turn_bounds(connection))
        coding = segment.coding
        bounds = read[0].get((coding.document, coding.version))
        if bounds is None:
            return ()
        starts, ends = bounds
        return range(bisect_right(ends, coding.span.start), bisect_left(starts, coding.span.end))

    return turns_of


def _turns(text: VersionText) -> tuple[Span, ...]:
    """The turns with their labels."""
    return tuple(Span(turn.start, turn.end) for turn in text.turns)


@lru_cache(maxsize=128)
def _sentences(text: VersionText) -> tuple[Span, ...]:
    """The sentences of the turns' words; of the whole text where there are no turns."""
    bodies = [(turn.body_start, turn.end) for turn in text.turns] or [(0, len(text.text))]
    return tuple(span for start, end in bodies for span in sentences(text.text, start, end, text.language))


def _touched(spans: Sequence[Span], span: Span) -> Sequence[int]:
    """The numbers, from 0, of those of `spans` (in order, apart) that share a character with `span`."""
    first = bisect_right(spans, span.start, key=lambda item: item.end)
    last = bisect_left(spans, span.end, key=lambda item: item.start)
    return range(first, last)
