from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.tui.text.cells import TAB, graphemes, is_narrow, painted

ANY_TEXT = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("\t\n\x1b\x07\u202e\u200d\u0301한🙂\u00ad"))
)


@given(ANY_TEXT)
def test_what_is_painted_keeps_the_length_and_holds_no_control_character(text: str) -> None:
    shown = painted(text)
    assert len(shown) == len(text)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
    assert "\u202e" not in shown


@given(ANY_TEXT)
def test_graphemes_cover_every_character_once_and_know_their_width(text: str) -> None:
    found = list(graphemes(text, 0, len(text)))
    assert [first for first, *_ in found] == [0, *(last for _, last, _, _ in found[:-1])][: len(found)]
    assert sum(last - first for first, last, _, _ in found) == len(text)
    assert all(cell_len(glyph) == cells for _, _, cells, glyph in found)


@given(st.text())
def test_text_on_the_fast_path_takes_one_cell_a_character(text: str) -> None:
    if is_narrow(text, 0, len(text)) and "\n" not in text:
        assert cell_len(text) == len(text)


def test_a_tab_runs_to_the_next_stop() -> None:
    widths = [cells for _, _, cells, _ in graphemes("ab\tc\t\td", 0, 7)]
    assert widths == [1, 1, TAB - 2, 1, TAB - 1, TAB, 1]


def test_norwegian_text_takes_the_fast_path_and_wide_text_does_not() -> None:
    text = "Så «øl» – på ærlig vis… 3 × 4 €"
    assert is_narrow(text, 0, len(text))
    for slow in ("한국어", "e\u0301", "a\tb", "\x1b[2J", "🙂", "bin\u00addestrek"):
        assert not is_narrow(slow, 0, len(slow))
