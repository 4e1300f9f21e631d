"""Where codings stand to each other: for one coding, whether any of many others overlaps, follows or encloses it.

The others are sorted once per text, with the furthest end or start reached so far beside each. One coding is then
answered by bisection, however many others there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from qualcode.domain.coding import CodedSegment
from qualcode.domain.cooccurrence import UnitsOf
from qualcode.domain.query import Position, PositionKind

Stands = Callable[[CodedSegment], bool | None]
"""Whether a coding stands so to another; None where that cannot be said: no certain place, or no turns."""


_NOWHERE = float("-inf")
"""Before the beginning by more than any number of turns."""


class _Stretch(NamedTuple):
    """`[start, end)` in characters or in turns; the other unit beside it where both are needed.

    A tuple: by the hundred thousand a frozen dataclass takes twice the time.
    """

    start: int
    end: int
    uid: str
    first_turn: int = 0
    last_turn: int = 0


_Text = tuple[str, int]
"""Document and version."""
_Answer = Callable[[_Stretch], bool]
_StretchOf = Callable[[CodedSegment], _Stretch | None]


def standing(position: Position, partners: Iterable[CodedSegment], turns_of: UnitsOf) -> Stands:
    """A function that says whether a coding stands so to one of `partners`, itself apart.

    `turns_of` gives the numbers of the turns that a coding touches.
    """
    stretch_of, answer_for = _asked(position, turns_of)
    by_text: dict[_Text, list[_Stretch]] = {}
    for segment in partners:
        stretch = stretch_of(segment)
        if stretch is not None:
            by_text.setdefault(_text_of(segment), []).append(stretch)
    answers = {text: answer_for(stretches) for text, stretches in by_text.items()}

    def stands(segment: CodedSegment) -> bool | None:
        stretch = stretch_of(segment)
        if stretch is None:
            return None
        answer = answers.get(_text_of(segment))
        return answer is not None and answer(stretch)

    return stands


def _text_of(segment: CodedSegment) -> _Text:
    return segment.coding.document, segment.coding.version


def _asked(position: Position, turns_of: UnitsOf) -> tuple[_StretchOf, Callable[[list[_Stretch]], _Answer]]:
    """How a coding is measured, and what answers for the partners in one text."""
    by_turns = _by_turns(turns_of)
    apart = position.turns
    match position.kind:
        case PositionKind.WITH:
            return by_turns, lambda found: _meets(found, 0)
        case PositionKind.NEAR:
            return by_turns, lambda found: _meets(found, apart or 0)
        case PositionKind.OVERLAPS:
            return _by_characters, lambda found: _meets(found, 0)
        case PositionKind.ENCLOSES:
            return _by_characters, _encloses
        case PositionKind.INSIDE:
            return _by_characters, _inside
        case PositionKind.AFTER if apart is None:
            return _by_characters, _after
        case PositionKind.BEFORE if apart is None:
            return _by_characters, _before
        case PositionKind.AFTER:
            return _by_both(by_turns), lambda found: _within_after(found, apart or 0)
        case PositionKind.BEFORE:
            return _by_both(by_turns), lambda found: _within_before(found, apart or 0)


def _by_characters(segment: CodedSegment) -> _Stretch | None:
    coding = segment.coding
    return _Stretch(coding.span.start, coding.span.end, coding.uid) if coding.placed else None


def _by_turns(turns_of: UnitsOf) -> _StretchOf:
    def stretch_of(segment: CodedSegment) -> _Stretch | None:
        turns = turns_of(segment) if segment.coding.placed else ()
        return _Stretch(turns[0], turns[-1] + 1, segment.coding.uid) if turns else None

    return stretch_of


def _by_both(by_turns: _StretchOf) -> _StretchOf:
    def stretch_of(segment: CodedSegment) -> _Stretch | None:
        turns, coding = by_turns(segment), segment.coding
        if turns is None:
            return None
        return _Stretch(coding.span.start, coding.span.end, coding.uid, turns.start, turns.end - 1)

    return stretch_of


def _by_start(stretches: Iterable[_Stretch]) -> tuple[list[_Stretch], list[int]]:
    ordered = sorted(stretches, key=lambda item: item.start)
    return ordered, [item.start for item in ordered]


def _meets(partners: list[_Stretch], apart: int) -> _Answer:
    """Sharing a unit, or so many `apart` at most. The second furthest is kept too: the furthest may be oneself."""
    ordered, starts = _by_start(partners)
    furthest: list[tuple[float, str, float]] = []
    best, whose, second = _NOWHERE, "", _NOWHERE
    for item in ordered:
        if item.end > best:
            best, whose, second = item.end, item.uid, best
        else:
            second = max(second, item.end)
        furthest.append((best, whose, second))

    def answer(one: _Stretch) -> bool:
        at = bisect_left(starts, one.end + apart) - 1
        if at < 0:
            return False
        reach, uid, next_reach = furthest[at]
        return (next_reach if uid == one.uid else reach) > one.start - apart

    return answer


def _encloses(partners: list[_Stretch]) -> _Answer:
    """Nearest ends from each start on. What has the same place is not smaller, so oneself is never found."""
    ordered, starts = _by_start(partners)
    nearest = list(accumulate((item.end for item in reversed(ordered)), min))[::-1]

    def found(at: int, end: int) -> bool:
        return at < len(nearest) and nearest[at] <= end

    return lambda one: (
        found(bisect_left(starts, one.start), one.end - 1) or found(bisect_right(starts, one.start), one.end)
    )


def _inside(partners: list[_Stretch]) -> _Answer:
    ordered, starts = _by_start(partners)
    furthest = list(accumulate((item.end for item in ordered), max))

    def found(count: int, end: int) -> bool:
        return count > 0 and furthest[count - 1] >= end

    return lambda one: (
        found(bisect_right(starts, one.start), one.end + 1) or found(bisect_left(starts, one.start), one.end)
    )


def _after(partners: list[_Stretch]) -> _Answer:
    first_end = min(item.end for item in partners)
    return lambda one: first_end <= one.start


def _before(partners: list[_Stretch]) -> _Answer:
    last_start = max(item.start for item in partners)
    return lambda one: last_start >= one.end


def _within_after(partners: list[_Stretch], apart: int) -> _Answer:
    """The partner that ends last before it is the nearest in turns too."""
    ordered: Sequence[_Stretch] = sorted(partners, key=lambda item: item.end)
    ends = [item.end for item in ordered]

    def answer(one: _Stretch) -> bool:
        count = bisect_right(ends, one.start)
        return count > 0 and one.first_turn - ordered[count - 1].last_turn <= apart

    return answer


def _within_before(partners: list[_Stretch], apart: int) -> _Answer:
    ordered, starts = _by_start(partners)

    def answer(one: _Stretch) -> bool:
        at = bisect_left(starts, one.end)
        return at < len(ordered) and ordered[at].first_turn - one.last_turn <= apart

    return answer
