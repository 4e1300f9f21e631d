from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.span import ANCHOR_CONTEXT, Span, anchor_of, occurrences, quote
from qualcode.errors import BadInput

TEXTS = st.text(alphabet="aåÅe\u0301😀\u200d👩 \n\ufeff\u202e", min_size=1, max_size=80)


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (0, 0)])
def test_an_empty_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(BadInput, match=f"{start}-{end}"):
        Span(start, end)


def test_a_span_beyond_the_text_is_refused_with_the_length() -> None:
    with pytest.raises(BadInput, match="3 characters"):
        quote("abc", Span(2, 4))


def test_spans_that_touch_do_not_overlap() -> None:
    assert not Span(0, 5).overlaps(Span(5, 8))
    assert Span(0, 6).overlaps(Span(5, 8))
    assert Span(0, 6).shared(Span(5, 8)) == 1
    assert Span(0, 5).shared(Span(5, 8)) == 0


@given(placed())
def test_prefix_quote_and_suffix_join_to_the_text_around(case: tuple[str, Span]) -> None:
    text, span = case
    anchor = anchor_of(text, span)
    low, high = max(0, span.start - ANCHOR_CONTEXT), span.end + ANCHOR_CONTEXT
    assert anchor.prefix + anchor.exact + anchor.suffix == text[low:high]
    assert anchor.exact == quote(text, span)
    assert len(anchor.exact) == len(span)


@given(placed())
def test_a_quote_is_found_again_at_its_own_place(case: tuple[str, Span]) -> None:
    text, span = case
    found = occurrences(text, quote(text, span))
    assert span in found
    assert found == sorted(found)
    assert all(quote(text, place) == quote(text, span) for place in found)


@given(st.integers(0, 20), st.integers(1, 20), st.integers(0, 20), st.integers(1, 20))
def test_shared_is_positive_exactly_where_spans_overlap(a: int, la: int, b: int, lb: int) -> None:
    one, two = Span(a, a + la), Span(b, b + lb)
    assert (one.shared(two) > 0) == one.overlaps(two) == two.overlaps(one)
    assert one.shared(two) == two.shared(one)
    assert one.encloses(two) == (one.shared(two) == len(two))


def test_overlapping_places_and_bounds_of_a_search() -> None:
    assert occurrences("aaa", "aa") == [Span(0, 2), Span(1, 3)]
    assert occurrences("aaa", "aa", within=Span(1, 3)) == [Span(1, 3)]
    assert occurrences("aaa", "") == []
