"""What one row of the transcript looks like, as text and style, without an app."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn
from qualcode.tui.text.cursor import Cursor
from qualcode.tui.view import DocumentView, Painted
from qualcode.tui.widgets.geometry import Geometry
from qualcode.tui.widgets.page import Page
from qualcode.tui.widgets.painter import paint
from qualcode.tui.widgets.palette import Palette
from tests.tui.samples import CODES_BY_ID, document

PLAIN = Style()
WIDTH = 80


def palette(*, few: bool = False) -> Palette:
    background, foreground = Color.parse("#171C23"), Color.parse("#D6DCE4")
    return Palette(
        codes=CODES_BY_ID, base=PLAIN, gutter=PLAIN, speaker=PLAIN, asker=PLAIN, asked=Style(dim=True),
        row=Style(bgcolor="#222222"), selection=Style(bgcolor="blue"), hit=Style(bgcolor="yellow"), done=PLAIN,
        background=background, foreground=foreground, few=few,
    )  # fmt: skip


def rows(view: DocumentView, cursor: Cursor | None = None, *, few: bool = False, **pointed: str) -> list[Strip]:
    page, geometry = Page(view), Geometry.fit(WIDTH, turns=9, speaker=4)
    page.fit(geometry)
    page.current, page.visited = pointed.get("current"), pointed.get("visited")
    painter = palette(few=few)
    views = [page.row_view(number, cursor or Cursor(), focused=True) for number in range(len(page.wrap))]
    return [paint(row, painter, geometry) for row in views if row]


def kari(words: str, *painted: Painted) -> DocumentView:
    text = f"Kari: {words}"
    return document(text, Turn(1, 0, 6, len(text), "Kari"), painted=painted)


def style_at(strip: Strip, words: str) -> Style:
    at = strip.text.index(words)
    for segment in strip:
        if at < len(segment.text):
            return segment.style or PLAIN
        at -= len(segment.text)
    raise AssertionError(words)


LONG = "Vi skrev kontrakten om to ganger, og ingen ble helt fornøyd med den før til slutt."


def test_every_row_is_as_wide_as_the_pane() -> None:
    strips = rows(kari(LONG + "\n\t한국어 \x1b[2J🙂 e\u0301", Painted("c", Span(6, 40), "risk")))
    assert {strip.cell_length for strip in strips} == {WIDTH}


def test_a_row_reads_number_speaker_text_bracket_name() -> None:
    first = rows(kari("Vi turte ikke.", Painted("c", Span(6, 20), "risk", sign="−1", memo=True)))[0]
    assert first.text.split() == ["1", "KAR", "▎", "Vi", "turte", "ikke.", "◖", "Risikoat…", "−1", "*"]


def test_a_long_coding_has_a_bracket_from_its_first_row_to_its_last() -> None:
    strips = rows(kari(LONG, Painted("c", Span(6, 6 + len(LONG)), "trust")))
    glyphs = [next((mark for mark in "╮│╯┊◖◌" if mark in strip.text), "") for strip in strips]
    assert glyphs == ["╮", "╯", ""]


def test_a_suggestion_is_told_apart_without_colour() -> None:
    strip = rows(kari("Vi turte ikke.", Painted("s", Span(6, 20), "trust", suggestion=True)), few=True)[0]
    style = style_at(strip, "turte")
    assert style.italic
    assert style.underline
    assert "◌" in strip.text
    assert "Tillit?" in strip.text


@pytest.mark.parametrize("few", [True, False])
def test_a_coding_and_the_selection_are_seen_with_few_colours_and_with_many(few: bool) -> None:
    view = kari("Vi turte ikke.", Painted("c", Span(6, 20), "trust"))
    strip = rows(view, Cursor(6, Span(9, 14), Span(9, 14)), few=few)[0]
    coded, selected = style_at(strip, " ikke"), style_at(strip, "turte")
    if few:
        assert coded.underline
        assert not coded.bgcolor
        assert selected.reverse
    else:
        assert coded.bgcolor
        assert selected.bgcolor == Style(bgcolor="blue").bgcolor


def test_control_characters_are_symbols_and_offsets_stay_true() -> None:
    words = "før\x1b[2J\x07\u202eetter"
    at = 6 + words.index("etter")
    strip = rows(kari(words, Painted("c", Span(at, at + 5), "trust")), few=True)[0]
    assert not any(ord(character) < 32 or character == "\u202e" for character in strip.text)
    assert "før␛[2J␇�etter" in strip.text
    assert style_at(strip, "etter").underline
    assert not style_at(strip, "␇").underline


def test_a_coding_on_a_label_alone_is_still_drawn() -> None:
    first = rows(kari("Vi turte ikke.", Painted("c", Span(0, 5), "trust")))[0]
    assert "◖" in first.text
    assert "Tillit" in first.text


def test_names_flow_down_and_what_has_no_room_is_counted() -> None:
    codings = [Painted(f"c{index}", Span(6, 9), code) for index, code in enumerate(("trust", "buyer", "supplier"))]
    strips = rows(kari("Ja.", *codings))
    assert "Tillit" in strips[0].text
    assert "Innkjøper" in strips[1].text
    assert "(+1)" in strips[1].text
    assert "Leverandør" not in strips[1].text


def test_the_current_coding_and_the_visited_suggestion_are_pointed_at() -> None:
    view = kari("Ja. Nei.", Painted("c", Span(6, 9), "trust"), Painted("s", Span(10, 14), "buyer", suggestion=True))
    assert "▸ Tillit" in rows(view, current="c")[0].text
    assert "▸ Innkjøper?" in rows(view, visited="s")[1].text
    assert not any("▸" in strip.text for strip in rows(view))


def test_an_unknown_code_and_a_quotation_have_a_name_too() -> None:
    strips = rows(kari("Ja.", Painted("c", Span(6, 9), "gone\x1b"), Painted("q", Span(6, 9), None)))
    assert "gone␛" in strips[0].text
    assert "quotation" in strips[1].text


def test_an_empty_required_qualifier_is_marked() -> None:
    strip = rows(kari("Ja.", Painted("c", Span(6, 9), "trust", lacking=True)))[0]
    assert "Tillit ?" in strip.text
