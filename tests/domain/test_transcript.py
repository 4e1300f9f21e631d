from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn, main_turn, shared_body, turn_at, turns_of
from qualcode.domain.turn_finding import find_turns

TEXT = "Innledning.\n\nI: Hvordan?\n\nP: Jo, det gikk bra.\n\nI: Fint."
FIRST, SECOND, THIRD = find_turns(TEXT)


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_the_body_leaves_the_label_out() -> None:
    assert SECOND.body == span_of("Jo, det gikk bra.")


def test_a_label_alone_has_no_body() -> None:
    assert Turn(1, 0, 2, 2, "I").body is None


def test_a_span_belongs_to_the_turn_with_most_of_its_characters() -> None:
    assert main_turn(find_turns(TEXT), span_of("dan?\n\nP: Jo, det gikk")) == SECOND


def test_at_a_tie_the_first_turn_wins() -> None:
    turns = (Turn(1, 0, 3, 10, "I"), Turn(2, 10, 13, 20, "P"))
    assert main_turn(turns, Span(5, 15)) == turns[0]


def test_a_span_on_a_label_has_its_turn_and_one_between_turns_has_none() -> None:
    turns = find_turns(TEXT)
    assert main_turn(turns, Span(SECOND.start, SECOND.start + 1)) == SECOND
    assert main_turn(turns, span_of("Innledning.")) is None
    assert main_turn(turns, Span(FIRST.end, FIRST.end + 2)) is None


def test_only_words_are_shared_with_a_body() -> None:
    assert shared_body(SECOND, span_of("P: Jo,")) == len("Jo,")
    assert shared_body(SECOND, span_of("Fint.")) == 0


def test_touched_turns_come_in_order() -> None:
    assert list(turns_of(find_turns(TEXT), span_of("dan?\n\nP: Jo, det gikk bra.\n\nI"))) == [FIRST, SECOND, THIRD]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_turns_at_and_of_agree_with_a_plain_scan(start: int, length: int) -> None:
    turns = find_turns(TEXT)
    span = Span(start, min(len(TEXT), start + length))
    assert list(turns_of(turns, span)) == [t for t in turns if t.start < span.end and span.start < t.end]
    assert turn_at(turns, start) == next((t for t in turns if t.start <= start < t.end), None)
