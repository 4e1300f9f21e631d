"""The sweep against the definition: every pair of places compared with every other."""

from __future__ import annotations

from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.coding import CodedSegment
from qualcode.domain.cooccurrence import Unit, UnitKind, codings_met, cooccurrence
from qualcode.domain.matrix import Column
from tests.reporting.samples import segment

COLUMNS = (
    Column("x", "X", frozenset("x")),
    Column("y", "Y", frozenset("y")),
    Column("group", "Group", frozenset("xz")),
)


def turns_of_seven(segment: CodedSegment) -> range:
    span = segment.coding.span
    return range(span.start // 7, (span.end - 1) // 7 + 1)


@st.composite
def codings(draw: st.DrawFn) -> list[CodedSegment]:
    numbers = range(draw(st.integers(0, 14)))
    segments: list[CodedSegment] = []
    for number in numbers:
        start = draw(st.integers(0, 40))
        segments.append(
            segment(
                f"u{number}",
                code=draw(st.sampled_from("xyz")),
                document=draw(st.sampled_from(["d1", "d2"])),
                start=start,
                end=start + draw(st.integers(1, 20)),
                coder=draw(st.sampled_from(["anna", "bjorn"])),
                informant=draw(st.sampled_from(["I1", "I2", None])),
            )
        )
    return segments


def meet(first: CodedSegment, second: CodedSegment, unit: Unit) -> bool:
    if first.place[:2] != second.place[:2]:
        return False
    if unit.kind is UnitKind.OVERLAP:
        return first.coding.span.overlaps(second.coding.span)
    return any(abs(a - b) <= unit.within for a in turns_of_seven(first) for b in turns_of_seven(second))


def by_definition(segments: list[CodedSegment], unit: Unit, a: Column, b: Column) -> int:
    places: dict[tuple[str, int, int, int], list[CodedSegment]] = {}
    for one in segments:
        places.setdefault(one.place, []).append(one)

    def joined(left: list[CodedSegment], right: list[CodedSegment]) -> bool:
        return any(
            s.coding.code in a.codes and t.coding.code in b.codes and s.coding.code != t.coding.code
            for s in left
            for t in right
        )

    return sum(
        meet(left[0], right[0], unit) and (joined(left, right) or joined(right, left))
        for left, right in combinations_with_replacement(list(places.values()), 2)
    )


UNITS = st.sampled_from([Unit(UnitKind.OVERLAP), Unit(UnitKind.NEAR, 0), Unit(UnitKind.NEAR, 2)])


@given(codings(), UNITS)
def test_the_sweep_finds_each_pair_of_places_once(segments: list[CodedSegment], unit: Unit) -> None:
    for pair in cooccurrence(segments, unit, COLUMNS, units_of=turns_of_seven).pairs:
        assert pair.joint.n12 == by_definition(segments, unit, pair.first, pair.second)


@given(codings(), st.sampled_from(UnitKind))
def test_counts_hold_together(segments: list[CodedSegment], kind: UnitKind) -> None:
    unit = Unit(kind)
    result = cooccurrence(segments, unit, COLUMNS, units_of=turns_of_seven)
    for pair in result.pairs:
        assert max(pair.joint.n1, pair.joint.n2) <= pair.joint.units
        if kind not in {UnitKind.OVERLAP, UnitKind.NEAR}:
            assert pair.joint.n12 <= min(pair.joint.n1, pair.joint.n2)
        assert pair.informants <= len({one.informant for one in segments} - {None})
        opened = codings_met(segments, unit, pair.first, pair.second, units_of=turns_of_seven)
        assert bool(opened) == bool(pair.joint.n12)


@given(codings().flatmap(lambda segments: st.tuples(st.just(segments), st.permutations(segments))), UNITS)
def test_the_order_of_the_input_does_not_matter(
    both: tuple[list[CodedSegment], list[CodedSegment]], unit: Unit
) -> None:
    given_order, permuted = (cooccurrence(s, unit, COLUMNS, units_of=turns_of_seven) for s in both)
    assert given_order == permuted
