"""Co-occurrence: which codes meet in one unit, counted over places and informants, never over coder rows.

METHODS section 6. A *unit* is what two codes must share to co-occur:

    span       exactly the same place
    overlap    places with at least one character in common
    sentence   a sentence; a coding touches every sentence it has a character in
    turn       a turn, likewise
    near:K     places at most K turns apart
    document   a document
    informant  an informant, over all documents

For `overlap` and `near:K` the units are the places and n12 counts pairs of places, each once; a place with both
codes is a pair with itself. For the others n12 counts units that hold both.

Columns may nest (a group and its code): then one coding is in both, which is no meeting. A pair is counted only
where two *different codes* meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from qualcode.domain.association import Joint
from qualcode.domain.coding import CodedSegment
from qualcode.domain.counting import in_order
from qualcode.domain.matrix import Column, column_finder
from qualcode.errors import N_, BadInput


class UnitKind(StrEnum):
    SPAN = "span"
    OVERLAP = "overlap"
    SENTENCE = "sentence"
    TURN = "turn"
    NEAR = "near"
    DOCUMENT = "document"
    INFORMANT = "informant"


@dataclass(frozen=True, slots=True)
class Unit:
    kind: UnitKind
    within: int = 0
    """near:K only: how many turns apart two places may be; 0 is the same turn."""

    def __str__(self) -> str:
        return f"near:{self.within}" if self.kind is UnitKind.NEAR else self.kind.value


def unit_named(name: str) -> Unit:
    """The unit as it is written on the command line, `near:3` for within three turns. Raises BadInput."""
    kind, colon, within = name.partition(":")
    if kind == UnitKind.NEAR and within.isascii() and within.isdigit():
        return Unit(UnitKind.NEAR, int(within))
    if kind in set(UnitKind) - {UnitKind.NEAR} and not colon:
        return Unit(UnitKind(kind))
    raise BadInput(
        N_("{name!r} is not a unit of co-occurrence."),
        hint=N_("Give span, overlap, sentence, turn, near:K (K turns), document or informant."),
        name=name,
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns, A before B in column order."""

    first: Column
    second: Column
    joint: Joint
    informants: int
    """Distinct informants who themselves said both in a counted unit or pair of places."""


@dataclass(frozen=True)
class Cooccurrence:
    """Every pair of columns, also those that never meet, in column order."""

    unit: Unit
    columns: tuple[Column, ...]
    frequencies: tuple[int, ...]
    """In how many units each column is."""
    pairs: tuple[Pair, ...]
    units: int
    without_unit: int
    """Places that lie in no unit (no turn, no informant) and so count nowhere here."""
    coders: tuple[str, ...]


_OF_PLACES = {UnitKind.OVERLAP, UnitKind.NEAR}
"""The units for which pairs of places are counted."""

UnitsOf = Callable[[CodedSegment], Sequence[int]]
"""The numbers of the turns or sentences a coding touches in its version, ascending and without gaps."""


def cooccurrence(
    segments: Iterable[CodedSegment],
    unit: Unit,
    columns: Sequence[Column],
    *,
    units_of: UnitsOf | None = None,
    units: int | None = None,
) -> Cooccurrence:
    """All pairs of `columns` over the `segments` that count.

    `units_of` gives sentence numbers for `sentence`, turn numbers for `turn` and `near:K`; needed for these.
    `units` is N, where the study knows units without any coding (all its sentences); else the coded ones are N,
    those with codes outside `columns` included.
    """
    counted = in_order(segments)
    columns_met = _ColumnsMet(columns)
    groups = _groups(counted, unit, columns_met, units_of)
    # Few combinations of marks recur again and again: what each brings together is worked out once.
    frequencies: Counter[int] = Counter()
    for marks, count in Counter(group.marks for group in groups).items():
        for column in columns_met.of(marks):
            frequencies[column] += count
    met: Counter[tuple[Marks, Marks]] = Counter()
    said: dict[str, set[tuple[Marks, Marks]]] = {}
    for left, right in _meetings(groups, unit):
        met[left.marks, right.marks] += 1
        for informant in left.said.keys() & right.said.keys():
            said.setdefault(informant, set()).add((left.said[informant], right.said[informant]))
    together: Counter[tuple[int, int]] = Counter()
    for (left, right), count in met.items():
        for pair in columns_met.pairs(left, right):
            together[pair] += count
    informants = Counter(
        pair
        for theirs in said.values()
        for pair in {pair for marks in theirs for pair in columns_met.pairs(*marks)}
    )
    total = len(groups) if units is None else units
    return Cooccurrence(
        unit=unit,
        columns=tuple(columns),
        frequencies=tuple(frequencies[index] for index in range(len(columns))),
        pairs=tuple(
            Pair(
                columns[a],
                columns[b],
                Joint(frequencies[a], frequencies[b], together[a, b], total),
                informants[a, b],
            )
            for a, b in combinations(range(len(columns)), 2)
        ),
        units=total,
        without_unit=_places_outside(counted, groups),
        coders=tuple(sorted({segment.coding.coder for segment in counted})),
    )


def codings_met(
    segments: Iterable[CodedSegment],
    unit: Unit,
    first: Column,
    second: Column,
    *,
    units_of: UnitsOf | None = None,
) -> list[CodedSegment]:
    """The codings behind one pair's n12, in stable order: what a number of the table opens."""
    columns_met = _ColumnsMet([first, second])
    groups = _groups(in_order(segments), unit, columns_met, units_of)
    met: dict[str, CodedSegment] = {}
    for left, right in _meetings(groups, unit):
        if columns_met.pairs(left.marks, right.marks):
            for segment in (*left.codings, *right.codings):
                if columns_met.columns_of(segment):
                    met[segment.coding.uid] = segment
    return in_order(met.values())


Mark = tuple[str, tuple[int, ...]]
"""A code and the columns it is in here; all that a meeting needs to know of a coding."""
Marks = frozenset[Mark]


@dataclass(slots=True)
class _Group:
    """A unit with its codings; for `overlap` and `near:K` a place."""

    codings: list[CodedSegment]
    marks: Marks
    said: dict[str, Marks]
    """The marks of each informant."""
    start: int = 0
    reach: int = 0
    """A place's stretch in characters or turns: one that starts in `[start, reach)` of another meets it."""


class _ColumnsMet:
    """Which columns, and which pairs of them, marks bring together; remembered, for few combinations recur."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns_of = column_finder(columns)
        self._of: dict[Marks, list[int]] = {}
        self._pairs: dict[tuple[Marks, Marks], list[tuple[int, int]]] = {}

    def mark(self, segment: CodedSegment) -> Mark:
        return (segment.coding.code or "", self.columns_of(segment))

    def of(self, marks: Marks) -> list[int]:
        """The columns of `marks`, ascending."""
        if marks not in self._of:
            self._of[marks] = sorted({column for _, columns in marks for column in columns})
        return self._of[marks]

    def pairs(self, left: Marks, right: Marks) -> list[tuple[int, int]]:
        """Each pair of columns of which one is on the left and the other on the right, by two different codes."""
        if (left, right) not in self._pairs:
            self._pairs[left, right] = self._met(left, right)
        return self._pairs[left, right]

    def _met(self, left: Marks, right: Marks) -> list[tuple[int, int]]:
        if left == right:
            pairs = list(combinations(self.of(left), 2))
        else:
            crossed = ((min(a, b), max(a, b)) for a in self.of(left) for b in self.of(right) if a != b)
            pairs = list(dict.fromkeys(crossed))
        shared = {pair for _, columns in left | right for pair in combinations(columns, 2)}
        return [pair for pair in pairs if pair not in shared or _by_two_codes(pair, left, right)]


def _by_two_codes(pair: tuple[int, int], left: Marks, right: Marks) -> bool:
    """True where the pair, which one code alone would make, is made by two."""

    def codes(marks: Marks, column: int) -> set[str]:
        return {code for code, columns in marks if column in columns}

    def differ(first: set[str], second: set[str]) -> bool:
        return bool(first and second) and len(first | second) > 1

    a, b = pair
    return differ(codes(left, a), codes(right, b)) or differ(codes(left, b), codes(right, a))


def _groups(
    segments: Sequence[CodedSegment], unit: Unit, columns_met: _ColumnsMet, units_of: UnitsOf | None
) -> list[_Group]:
    """The units that hold a coding, with their codings; for pairs of places the places, with their stretches."""
    keys_of = _keys(unit, units_of)
    codings: dict[Hashable, list[CodedSegment]] = {}
    for segment in segments:
        for key in keys_of(segment):
            codings.setdefault(key, []).append(segment)
    groups = [_group(members, columns_met) for members in codings.values()]
    for group in groups if unit.kind in _OF_PLACES else ():
        group.start, group.reach = _stretch(group.codings[0], unit, units_of)
    return groups


def _keys(unit: Unit, units_of: UnitsOf | None) -> Callable[[CodedSegment], Iterable[Hashable]]:
    """A function from a coding to the units it is in."""
    match unit.kind:
        case UnitKind.DOCUMENT:
            return lambda segment: (segment.coding.document,)
        case UnitKind.INFORMANT:
            return lambda segment: () if segment.informant is None else (segment.informant,)
        case UnitKind.SPAN | UnitKind.OVERLAP:
            return lambda segment: (segment.place,)
        case UnitKind.SENTENCE | UnitKind.TURN | UnitKind.NEAR:
            numbers_of = _needed(units_of, unit)
            if unit.kind is UnitKind.NEAR:
                return lambda segment: (segment.place,) if numbers_of(segment) else ()
            return lambda segment: ((*segment.place[:2], number) for number in numbers_of(segment))


def _needed(units_of: UnitsOf | None, unit: Unit) -> UnitsOf:
    if units_of is None:
        raise ValueError(f"the unit {unit} needs units_of")
    return units_of


def _stretch(segment: CodedSegment, unit: Unit, units_of: UnitsOf | None) -> tuple[int, int]:
    if unit.kind is UnitKind.OVERLAP:
        return segment.coding.span.start, segment.coding.span.end
    numbers = _needed(units_of, unit)(segment)
    return numbers[0], numbers[-1] + unit.within + 1


def _group(codings: list[CodedSegment], columns_met: _ColumnsMet) -> _Group:
    marks: set[Mark] = set()
    said: dict[str, set[Mark]] = {}
    for segment in codings:
        mark = columns_met.mark(segment)
        marks.add(mark)
        if segment.informant is not None:
            said.setdefault(segment.informant, set()).add(mark)
    return _Group(codings, frozenset(marks), {informant: frozenset(theirs) for informant, theirs in said.items()})


def _meetings(groups: Sequence[_Group], unit: Unit) -> Iterator[tuple[_Group, _Group]]:
    """Each unit with itself; for places also each pair that meets, once, by a sweep per version.

    The sweep walks from each place over those that start within its reach: linear in places and pairs, as fast
    as the same join in SQL.
    """
    for group in groups:
        yield group, group
    if unit.kind not in _OF_PLACES:
        return
    by_version: dict[tuple[str, int], list[_Group]] = {}
    for group in groups:
        by_version.setdefault(group.codings[0].place[:2], []).append(group)
    for places in by_version.values():
        places.sort(key=lambda place: place.start)
        for at, place in enumerate(places):
            following = at + 1
            while following < len(places) and places[following].start < place.reach:
                yield place, places[following]
                following += 1


def _places_outside(segments: Iterable[CodedSegment], groups: Iterable[_Group]) -> int:
    inside = {segment.place for group in groups for segment in group.codings}
    return len({segment.place for segment in segments} - inside)
