from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.transcript import Turn
from qualcode.tui.text.blocks import blocks_of
from qualcode.tui.text.cells import graphemes
from qualcode.tui.text.wrap import Wrap, first_rows

WORDY = st.text(st.sampled_from("abcæø .,\n\t한🙂e\u0301\x1b"), max_size=120)


def wrapped(text: str, width: int, *turns: Turn) -> Wrap:
    return Wrap(text, blocks_of(text, turns), width)


def cells_of(wrap: Wrap, number: int) -> int:
    row = wrap.row(number)
    return sum(cells for _, _, cells, _ in graphemes(wrap.text, row.start, wrap.shown_end(row)))


@given(WORDY, st.integers(4, 30))
def test_the_rows_of_a_block_join_to_its_text(text: str, width: int) -> None:
    wrap = wrapped(text, width)
    for index, block in enumerate(wrap.blocks):
        rows = [wrap.row(number) for number in wrap.rows_of_block(index)]
        assert "".join(text[row.start : row.end] for row in rows) == text[block.start : block.end]
        assert [row.spacer for row in rows] == [False] * (len(rows) - 1) + [True]


@given(WORDY, st.integers(4, 30))
def test_no_row_is_wider_than_the_column(text: str, width: int) -> None:
    wrap = wrapped(text, width)
    assert all(cells_of(wrap, number) <= width for number in range(len(wrap)))


@given(WORDY, st.integers(4, 30))
def test_every_offset_has_a_row_and_a_column_that_lead_back_to_it(text: str, width: int) -> None:
    wrap = wrapped(text, width)
    for number in range(len(wrap)):
        row = wrap.row(number)
        for first, _, cells, _ in graphemes(text, row.start, wrap.shown_end(row)):
            assert wrap.row_of(first) == number
            if cells:
                assert wrap.offset_at(number, wrap.column_of(first)) == first


@given(WORDY, st.integers(4, 30))
def test_the_reaches_of_the_rows_cover_the_text_without_a_gap(text: str, width: int) -> None:
    wrap = wrapped(text, width)
    rows = [wrap.row(number) for number in range(len(wrap))]
    at = 0
    for row in rows:
        if not row.spacer:
            assert row.reach_start == at
            at = row.reach_end
    assert not rows or at == len(text)


def test_words_are_not_broken_where_they_fit() -> None:
    wrap = wrapped("Vi skrev kontrakten om to ganger.", 12)
    shown = [wrap.text[row.start : wrap.shown_end(row)] for row in map(wrap.row, range(len(wrap)))]
    assert shown == ["Vi skrev", "kontrakten", "om to", "ganger.", ""]


def test_wide_words_wrap_by_cells_and_not_by_characters() -> None:
    wrap = wrapped("한국어 한국어 한국어", 8)
    shown = [wrap.text[row.start : wrap.shown_end(row)] for row in map(wrap.row, range(len(wrap)))]
    assert shown == ["한국어", "한국어", "한국어", ""]


def test_a_newline_inside_a_turn_begins_a_row() -> None:
    text = "Kari: først dette\nså det\n\ntil slutt"
    wrap = wrapped(text, 40, Turn(1, 0, 6, len(text), "Kari"))
    shown = [text[row.start : wrap.shown_end(row)] for row in map(wrap.row, range(len(wrap)))]
    assert shown == ["først dette", "så det", "", "til slutt", ""]


def test_labels_and_blank_lines_are_not_wrapped_but_belong_to_a_row() -> None:
    text = "Møterom 2\n\nIntervjuer: Hei.\n\nKari: Hei, hei.\n"
    turns = (Turn(1, 11, 23, 27, "Intervjuer"), Turn(2, 29, 35, 44, "Kari"))
    wrap = wrapped(text, 40, *turns)
    assert [text[block.start : block.end] for block in wrap.blocks] == ["Møterom 2", "Hei.", "Hei, hei."]
    assert wrap.row_of(text.index("Kari:")) == wrap.row_of(text.index("Hei, hei"))
    assert wrap.row(wrap.row_of(12)).reach_start == 11


def test_a_turn_without_words_has_a_row() -> None:
    text = "Kari: \n\nOla: Ja."
    wrap = wrapped(text, 20, Turn(1, 0, 6, 6, "Kari"), Turn(2, 8, 13, 16, "Ola"))
    assert wrap.row_of(0) == 0
    assert wrap.row(0).first
    assert wrap.row_of(13) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_document_has_no_rows_and_answers_all_the_same(text: str) -> None:
    wrap = wrapped(text, 20)
    assert len(wrap) == 0
    assert (wrap.row_of(0), wrap.column_of(0), wrap.offset_at(3, 4), list(wrap.rows_between(0, 1))) == (0, 0, 0, [])


def test_the_first_rows_of_a_paragraph_end_in_an_ellipsis_where_there_is_more() -> None:
    assert first_rows("one two three", 20, 2) == ["one two three"]
    assert first_rows("one two three four", 8, 3) == ["one two", "three", "four"]
    assert first_rows("one two three four", 8, 2) == ["one two", "three…"]
    assert first_rows("eins zwei12 drei", 6, 2) == ["eins", "zwei1…"]
    assert first_rows("", 8, 2) == [""]


def test_the_first_rows_are_measured_in_cells_and_harmless() -> None:
    assert first_rows("日本語日本語日本語", 8, 2) == ["日本語日", "本語日…"]
    assert first_rows("a\x1b[2Jb", 20, 1) == ["a␛[2Jb"]
