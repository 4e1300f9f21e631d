from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.span import Span
from qualcode.tui.text.blocks import blocks_of
from qualcode.tui.text.lanes import ROW, Lanes
from qualcode.tui.view import Painted

TEXT = "\n\n".join("ord " * 60 for _ in range(12))
BLOCKS = blocks_of(TEXT, ())
SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 700)).map(
        lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
    ),
    max_size=25,
)


def painted(spans: list[Span]) -> list[Painted]:
    return [Painted(f"c{index}", span, "code") for index, span in enumerate(spans)]


@given(SPANS, SPANS)
def test_two_codings_on_one_row_never_share_a_lane(first: list[Span], later: list[Span]) -> None:
    lanes = Lanes(BLOCKS, painted(first))
    for index, span in enumerate(later):
        lanes.add(Painted(f"later{index}", span, "code"))
    placed = list(lanes)
    for one in placed:
        for other in placed:
            if one is not other and one.lane == other.lane:
                assert one.end <= other.start or other.end <= one.start


@given(SPANS, st.integers(0, len(TEXT) - 1), st.integers(1, 300))
def test_what_overlaps_a_stretch_is_found_once_and_in_order(spans: list[Span], start: int, length: int) -> None:
    lanes = Lanes(BLOCKS, painted(spans))
    found = [placed.painted.id for placed in lanes.between(start, start + length)]
    stretch = Span(start, start + length)
    assert sorted(found) == sorted(one.id for one in painted(spans) if one.span.overlaps(stretch))
    assert [lanes.between(start, start + length)[i].start for i in range(len(found))] == sorted(
        placed.start for placed in lanes.between(start, start + length)
    )


def test_neighbours_on_one_row_get_two_lanes_and_those_in_two_blocks_one() -> None:
    lanes = Lanes(BLOCKS, painted([Span(0, 10), Span(12, 20), Span(BLOCKS[1].start, BLOCKS[1].start + 10)]))
    assert [lanes.between(0, len(TEXT))[index].lane for index in range(3)] == [0, 1, 0]
    assert Lanes(BLOCKS, painted([Span(0, 10), Span(10 + ROW, 10 + ROW + 5)])).count == 1


def test_a_changed_coding_keeps_its_lane_and_a_removed_one_frees_it() -> None:
    lanes = Lanes(BLOCKS, painted([Span(0, 10), Span(5, 20)]))
    assert lanes.add(Painted("c1", Span(5, 20), "other")).lane == 1
    assert len(lanes) == 2
    lanes.remove("c0")
    assert lanes.add(Painted("new", Span(0, 10), "code")).lane == 0
    assert lanes.remove("never there") is None


def test_overlapping_suggestions_are_visited_one_by_one_in_both_directions() -> None:
    lanes = Lanes(BLOCKS, painted([Span(0, 10), Span(0, 10), Span(4, 8), Span(30, 40)]))
    order: list[str] = []
    at = ""
    while following := next(iter(lanes.following(0, at)), None):
        order.append(at := following.painted.id)
    assert order == ["c0", "c1", "c2", "c3"]
    assert [placed.painted.id for placed in lanes.preceding(0, "c2")] == ["c1", "c0"]
    assert next(iter(lanes.following(9))).painted.id == "c3"
