from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.inert import control_characters, inert, inert_block

ANY = st.text(st.characters())


@given(ANY)
def test_the_length_stays_so_that_offsets_stay_true(text: str) -> None:
    assert len(inert(text)) == len(inert_block(text)) == len(text)


@given(ANY)
def test_no_control_character_survives_in_one_line(text: str) -> None:
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in inert(text))


@given(ANY)
def test_a_block_keeps_newlines_and_tabs_alone(text: str) -> None:
    kept = {character for character in inert_block(text) if unicodedata.category(character) == "Cc"}
    assert kept <= {"\n", "\t"}


@given(ANY)
def test_filtering_twice_changes_nothing(text: str) -> None:
    assert inert(inert(text)) == inert(text)
    assert inert_block(inert_block(text)) == inert_block(text)


def test_escape_bell_and_bidi_become_visible_symbols() -> None:
    assert inert("\x1b[31mrød\a\u202e") == "␛[31mrød␇\ufffd"
    assert inert("a\nb\tc") == "a␊b␉c"
    assert inert_block("a\nb\tc\x7f") == "a\nb\tc␡"


def test_ordinary_letters_and_marks_pass() -> None:
    words = "Åse sa «nei» – e\u0301t 👩\u200d👧 ord\u00a0her\u00ad"
    assert inert(words) == words


def test_control_characters_are_counted_but_for_layout() -> None:
    assert control_characters("a\tb\nc\x1b\x00") == 2
