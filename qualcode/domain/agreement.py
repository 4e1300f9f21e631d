"""Agreement between coders: Krippendorff's alpha for nominal values, and for one code by turns.

Source: Krippendorff, Content Analysis, the coincidence matrix for any number of coders and missing values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from fractions import Fraction

from qualcode.domain.coding import CodedSegment

Turn = tuple[str, int | None]
"""Document and number of a turn; None for a whole document without turns."""
Seen = Mapping[Turn, Set[str]]
"""Turn -> the coders who have judged it: they have a coding there, or have passed it."""
Given = frozenset[tuple[Hashable, int]]
"""The values of one unit, each with how many coders gave it."""


def nominal_alpha(units: Iterable[Sequence[Hashable | None]]) -> Fraction | None:
    """Krippendorff's alpha of units, each the values its coders gave; None among them is a missing value.

    Units with fewer than two values drop out. None (undefined, not 1) where all values that remain are the same
    one, or none remain: there is nothing that coders could have told apart.
    """
    return _alpha(
        Counter(frozenset(Counter(value for value in unit if value is not None).items()) for unit in units)
    )


def _alpha(units: Mapping[Given, int]) -> Fraction | None:
    """Alpha of units that are alike, with how many there are of each: thousands of turns are a handful of these."""
    disagreed = Fraction()
    totals: Counter[Hashable] = Counter()
    for given, alike in units.items():
        pairable = sum(count for _, count in given)
        if pairable < 2:
            continue
        for value, count in given:
            totals[value] += count * alike
        differing = pairable**2 - sum(count**2 for _, count in given)
        disagreed += Fraction(differing * alike, pairable - 1)
    n = totals.total()
    expected = n**2 - sum(count**2 for count in totals.values())
    return 1 - disagreed * (n - 1) / expected if expected else None


def turn_of(segment: CodedSegment) -> Turn:
    """The turn that holds most of the segment."""
    return segment.coding.document, segment.turn


def alpha_by_turn(code: str, segments: Iterable[CodedSegment], seen: Seen) -> Fraction | None:
    """Alpha of one code: a unit is a turn, a value whether a coder's codings there hold the code.

    A coder who has not judged a turn has no value there. Only segments that count, of this code alone and not of
    those below it, are taken. None where alpha is undefined.
    """
    present: dict[Turn, set[str]] = {}
    for segment in segments:
        if segment.counts and segment.coding.code == code:
            present.setdefault(turn_of(segment), set()).add(segment.coding.coder)
    without = Counter(map(len, seen.values()))
    units: Counter[Given] = Counter()
    for turn, coders in present.items():
        judged = seen.get(turn, frozenset[str]())
        without[len(judged)] -= 1
        having = len(coders & judged)
        units[_given(having, len(judged) - having)] += 1
    for coders_of_turn, alike in without.items():
        units[_given(0, coders_of_turn)] += alike
    return _alpha(units)


def _given(having: int, lacking: int) -> Given:
    return frozenset((value, count) for value, count in ((True, having), (False, lacking)) if count)
