from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.transcript import Turn
from qualcode.tui.text.blocks import blocks_of
from qualcode.tui.text.cursor import Cursor, Walk
from qualcode.tui.text.units import Units
from qualcode.tui.text.wrap import Wrap

TEXT = "Kari: Vi skrev den om. Så ble det stille. Alle ventet.\n\nOla: Ja. Det var rart."
TURNS = (Turn(1, 0, 6, 54, "Kari"), Turn(2, 56, 61, len(TEXT), "Ola"))


def walk(text: str = TEXT, turns: tuple[Turn, ...] = TURNS, width: int = 20) -> Walk:
    blocks = blocks_of(text, turns)
    return Walk(Units(text, blocks, "nb"), Wrap(text, blocks, width))


def at(words: str) -> Cursor:
    return Cursor(TEXT.index(words))


def selected(cursor: Cursor) -> str:
    span = cursor.selection
    return TEXT[span.start : span.end] if span else ""


def test_a_coding_key_acts_on_the_sentence_until_something_is_selected() -> None:
    steps = walk()
    target = steps.target(at("ble"))
    assert target is not None
    assert TEXT[target.start : target.end] == "Så ble det stille."
    grown = steps.grow(at("ble"))
    assert steps.target(grown) == grown.selection
    assert selected(grown) == "ble"


def test_growing_goes_from_word_to_sentence_to_turn_and_shrinking_back() -> None:
    steps = walk()
    cursor = at("ble")
    seen: list[str] = []
    for _ in range(4):
        cursor = steps.grow(cursor)
        seen.append(selected(cursor))
    assert seen == ["ble", "Så ble det stille.", TEXT[6:54], TEXT[6:54]]
    back = [selected(cursor := steps.shrink(cursor)) for _ in range(4)]
    assert back == ["Så ble det stille.", "ble", "", ""]


def test_extending_by_words_goes_both_ways_and_keeps_the_first_word() -> None:
    steps = walk()
    cursor = steps.words(at("ble"), 1, extend=True)
    assert selected(cursor) == "ble det"
    cursor = steps.words(steps.words(cursor, -1, extend=True), -1, extend=True)
    assert selected(cursor) == "Så ble"


def test_extending_by_sentences_takes_whole_sentences_with_their_stop() -> None:
    steps = walk()
    cursor = steps.sentences(at("ble"), 1, extend=True)
    assert selected(cursor) == "ble det stille."
    cursor = steps.sentences(cursor, 1, extend=True)
    assert selected(cursor) == "ble det stille. Alle ventet."


def test_after_v_plain_moves_extend_until_v_or_a_clearing() -> None:
    steps = walk()
    cursor = steps.words(steps.mark(at("skrev")), 1)
    assert selected(cursor) == "skrev den"
    kept = steps.mark(cursor)
    assert (selected(kept), kept.marking) == ("skrev den", False)
    assert selected(steps.words(kept, 1)) == ""
    assert steps.clear(cursor) == Cursor(cursor.offset)


def test_moving_by_rows_comes_back_to_its_column_and_skips_empty_rows() -> None:
    steps = walk()
    start = at("stille")
    column = steps.wrap.column_of(start.offset)
    last = steps.rows(steps.rows(start, 1), 1)
    assert TEXT[last.offset :].startswith(TEXT[61:][min(column, 19) :][:1])
    assert steps.rows(steps.rows(last, -1), -1).offset == start.offset


def test_an_extension_may_run_over_two_turns() -> None:
    steps = walk()
    cursor = steps.turns(at("ventet"), 1, extend=True)
    assert selected(cursor) == "ventet.\n\nOla: Ja"


@pytest.mark.parametrize("text", ["", "\n"])
def test_nothing_moves_and_nothing_fails_in_an_empty_document(text: str) -> None:
    steps = walk(text, ())
    for move in (steps.rows, steps.words, steps.sentences, steps.turns):
        for amount in (1, -1):
            assert move(Cursor(), amount, extend=True).selection is None
            assert move(Cursor(), amount).offset == 0
    assert steps.grow(steps.mark(Cursor())).selection is None
    assert steps.target(Cursor()) is None


MOVES = st.lists(st.tuples(st.sampled_from("rwstmxXc"), st.sampled_from((1, -1)), st.booleans()), max_size=25)


@given(st.text(st.sampled_from("ab. ,\n!\t한e\u0301"), max_size=80), MOVES)
def test_no_sequence_of_keys_leaves_the_text(text: str, keys: list[tuple[str, int, bool]]) -> None:
    steps = walk(text, (), width=10)
    cursor = Cursor()
    for key, amount, extend in keys:
        match key:
            case "r":
                cursor = steps.rows(cursor, amount, extend=extend)
            case "w":
                cursor = steps.words(cursor, amount, extend=extend)
            case "s":
                cursor = steps.sentences(cursor, amount, extend=extend)
            case "t":
                cursor = steps.turns(cursor, amount, extend=extend)
            case "m":
                cursor = steps.mark(cursor)
            case "x":
                cursor = steps.grow(cursor)
            case "X":
                cursor = steps.shrink(cursor)
            case _:
                cursor = steps.clear(cursor)
        assert 0 <= cursor.offset <= max(0, len(text) - 1)
        assert cursor.selection is None or cursor.selection.end <= len(text)
