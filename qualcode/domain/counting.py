"""Counting codings: distinct segments, informants and cases, never rows (DESIGN section 4, rules 1, 2 and 8).

Two coders on one place are one segment, one person in two interviews is one informant. Only segments with
`counts` are taken; the rest are passed over in silence, because every caller would have to filter them anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm

from qualcode.domain.coding import CodedSegment

Part = tuple[int, int]
"""Numerator and denominator, unreduced: sums of `Fraction` cost some ten times as much, by the thousand."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of some codings. `without_case` and `without_informant` are numbers of codings."""

    informants: int
    segments: int
    cases: int
    codings: int
    without_case: int
    without_informant: int


@dataclass(frozen=True, slots=True)
class Valence:
    """The mean of each informant who said a valence, -1 to 1, in order of informant id."""

    per_informant: Mapping[str, Fraction]

    @property
    def mean(self) -> Fraction | None:
        """The mean over informants; None (undefined, never 0) where no informant said one."""
        means = self.per_informant.values()
        return sum(means, Fraction()) / len(means) if means else None


def in_order(segments: Iterable[CodedSegment]) -> list[CodedSegment]:
    """The segments that count, by place, then code, coder and uid: the same order however they came."""
    return sorted((segment for segment in segments if segment.counts), key=_order)


def _order(segment: CodedSegment) -> tuple[str, int, int, int, str, str, str]:
    coding = segment.coding
    span = coding.span
    return (
        coding.document,
        coding.version,
        span.start,
        span.end,
        coding.code or "",
        coding.coder,
        coding.uid,
    )


class Tally:
    """Segments prepared once so that many overlapping subsets of them can be counted cheaply.

    A matrix counts each coding in its cell, its row, its column and the whole; comparing its place anew each time
    costs more than all the rest. Columns of plain values, read by index, are what makes it fast.
    """

    def __init__(self, segments: Iterable[CodedSegment]) -> None:
        self.segments = in_order(segments)
        self.informants = [segment.informant for segment in self.segments]
        self.cases = [segment.case for segment in self.segments]
        self._places = [number for number, (_, same) in enumerate(groupby(self.segments, _place)) for _ in same]

    def count(self, indices: Sequence[int]) -> Counts:
        """The counts of the segments at these places in `segments`."""
        informants = set(map(self.informants.__getitem__, indices))
        cases = set(map(self.cases.__getitem__, indices))
        return Counts(
            informants=len(informants) - (None in informants),
            segments=len(set(map(self._places.__getitem__, indices))),
            cases=len(cases) - (None in cases),
            codings=len(indices),
            without_case=_times_none(self.cases, indices) if None in cases else 0,
            without_informant=_times_none(self.informants, indices) if None in informants else 0,
        )

    def codings(self, indices: Sequence[int]) -> tuple[CodedSegment, ...]:
        """The segments at these places in `segments`."""
        return tuple(map(self.segments.__getitem__, indices))


def _place(segment: CodedSegment) -> tuple[str, int, int, int]:
    return segment.place


def _times_none(values: Sequence[str | None], indices: Sequence[int]) -> int:
    return sum(values[index] is None for index in indices)


def count(segments: Iterable[CodedSegment]) -> Counts:
    """The counts of all `segments` together."""
    tally = Tally(segments)
    return tally.count(range(len(tally.segments)))


def mean_valence(segments: Iterable[CodedSegment]) -> Valence:
    """The valence of each informant (METHODS_GOLDEN `dyad_score`): one talkative informant weighs as one.

    A place has the mean over its coders (of each coder's codings there, where several codes of one column meet),
    an informant the mean over places. Codings without a valence say nothing and are left out, not taken as 0;
    so are places without an informant: the mean is over informants, and nobody's words would be a further one.
    """
    said: dict[str, dict[tuple[str, int, int, int], dict[str, list[Part]]]] = {}
    for segment in segments:
        valence = segment.valence
        if valence is None or segment.informant is None or not segment.counts:
            continue
        coders = said.setdefault(segment.informant, {}).setdefault(segment.place, {})
        coders.setdefault(segment.coding.coder, []).append((valence, 1))
    return Valence({informant: Fraction(*_over_places(said[informant])) for informant in sorted(said)})


def _over_places(places: Mapping[tuple[str, int, int, int], Mapping[str, list[Part]]]) -> Part:
    return _mean([_mean([_mean(parts) for parts in coders.values()]) for coders in places.values()])


def _mean(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    common = lcm(*(denominator for _, denominator in parts))
    return sum(numerator * (common // denominator) for numerator, denominator in parts), common * len(parts)
