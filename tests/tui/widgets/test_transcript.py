"""The transcript in a running app: keys, mouse, scrolling, and that only what changed is painted anew."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from qualcode.domain.sentences import sentences
from qualcode.domain.span import Span
from qualcode.tui.messages import CursorMoved
from qualcode.tui.text import units
from qualcode.tui.view import DocumentView, Painted
from qualcode.tui.widgets.palette import Palette
from qualcode.tui.widgets.transcript import TranscriptView
from tests.tui.samples import LayoutApp, document, interview


class Listening(LayoutApp):
    """Keeps what the transcript says."""

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self.moves: list[tuple[int, Span | None]] = []

    def on_cursor_moved(self, message: CursorMoved) -> None:
        self.moves.append((message.offset, message.selection))


@asynccontextmanager
async def desk(view: DocumentView | None = None, size: tuple[int, int] = (120, 40)) -> AsyncGenerator[Pilot[None]]:
    app = Listening(view or interview(600, painted=20))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.fill()
        await pilot.pause()
        yield pilot


def transcript(pilot: Pilot[None]) -> TranscriptView:
    assert isinstance(pilot.app, LayoutApp)
    return pilot.app.desk.transcript


def word(pilot: Pilot[None]) -> str:
    view = transcript(pilot)
    span = view.page.units.word_at(view.cursor.offset)
    assert span is not None
    return view.page.document.text[span.start : span.end]


def screen_rows(view: TranscriptView) -> list[str]:
    return [strip.text for strip in view.render_lines(view.size.region)]


async def test_keys_move_and_mark_and_the_screen_is_told() -> None:
    async with desk() as pilot:
        view = transcript(pilot)
        turn = view.page.document.turns[1].turn
        await pilot.press("t")
        assert view.cursor.offset == turn.body_start
        await pilot.press("w", "W")
        assert view.cursor.selection is not None
        await pilot.press("escape", "x", "x")
        assert view.cursor.selection == view.page.units.sentence_at(view.cursor.offset)
        assert isinstance(pilot.app, Listening)
        assert pilot.app.moves[-1] == (view.cursor.offset, view.cursor.selection)


@pytest.mark.parametrize(("letter", "other"), [
    ("j", "down"), ("w", "right"), ("s", "right_parenthesis"), ("t", "right_curly_bracket"), ("space", "pagedown"),
    ("J", "shift+down"), ("W", "shift+right"),
])  # fmt: skip
async def test_a_letter_and_its_other_key_do_the_same(letter: str, other: str) -> None:
    found: list[object] = []
    for key in (letter, other):
        async with desk() as pilot:
            await pilot.press(key)
            found.append(transcript(pilot).cursor)
    assert found[0] == found[1]
    assert found[0] != TranscriptView().cursor


async def test_dragging_selects_whole_words() -> None:
    async with desk() as pilot:
        view = transcript(pilot)
        x = view.geometry.gutter
        await pilot.mouse_down(view, offset=(x + 1, 2))
        await pilot.hover(view, offset=(x + 14, 2))
        await pilot.mouse_up(view, offset=(x + 14, 2))
        selection = view.cursor.selection
        assert selection is not None
        words = view.page.document.text[selection.start : selection.end]
        row = view.page.wrap.row(2)
        text = view.page.document.text[row.start : row.end]
        assert text.startswith(words)
        assert text[len(words) : len(words) + 1] in " ,."
        assert len(words) >= 10


async def test_a_click_stands_two_take_the_sentence_three_the_turn() -> None:
    async with desk() as pilot:
        view = transcript(pilot)
        place = (view.geometry.gutter + 3, 2)
        await pilot.click(view, offset=place)
        assert view.cursor.selection is None
        await pilot.click(view, offset=place, times=2)
        assert view.cursor.selection == view.page.units.sentence_at(view.cursor.offset)
        await pilot.click(view, offset=place, times=3)
        assert view.cursor.selection == view.page.units.turn_at(view.cursor.offset)


async def test_a_key_paints_only_the_rows_it_touches(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    original = TranscriptView.paint_row

    def counted(self: TranscriptView, number: int, palette: Palette) -> Strip:
        painted.append(number)
        return original(self, number, palette)

    async with desk() as pilot:
        await pilot.pause()
        monkeypatch.setattr(TranscriptView, "paint_row", counted)
        await pilot.press("w")
        await pilot.pause()
        assert set(painted) == {0}
        painted.clear()
        await pilot.press("j")
        await pilot.pause()
        assert set(painted) == {0, 2}


async def test_a_new_coding_appears_and_a_removed_one_goes() -> None:
    async with desk(interview(600)) as pilot:
        view = transcript(pilot)
        await pilot.press("t")
        target = view.target
        assert target is not None
        view.add(Painted("new", target, "trust", sign="+1"))
        await pilot.pause()
        assert any("Tillit +1" in row for row in screen_rows(view))
        view.add(Painted("new", target, "buyer"))
        assert any("Innkjøper" in row for row in screen_rows(view))
        assert not any("Tillit" in row for row in screen_rows(view))
        view.remove("new")
        assert not any("Innkjøper" in row for row in screen_rows(view))


async def test_a_narrower_screen_keeps_the_first_visible_words() -> None:
    async with desk() as pilot:
        view = transcript(pilot)
        await pilot.press("space", "space")
        first = view.page.wrap.row(int(view.scroll_offset.y)).start
        await pilot.resize_terminal(90, 40)
        await pilot.pause()
        shown = [view.page.wrap.row(int(view.scroll_offset.y) + at) for at in range(4)]
        assert any(row.reach_start <= first < row.reach_end or row.start == first for row in shown)


async def test_the_cursor_stays_in_sight_when_a_pane_opens_below() -> None:
    async with desk(size=(80, 24)) as pilot:
        assert isinstance(pilot.app, LayoutApp)
        view = transcript(pilot)
        for _ in range(9):
            await pilot.press("j")
        pilot.app.desk.open_aside("picker")
        await pilot.pause()
        row = view.page.wrap.row_of(view.cursor.offset) - int(view.scroll_offset.y)
        assert 0 <= row < view.size.height
        assert view.region.bottom <= pilot.app.desk.picker.region.y


async def test_the_terminals_own_cursor_is_on_the_cursor_word() -> None:
    async with desk() as pilot:
        view = transcript(pilot)
        await pilot.press("t", "w")
        position = pilot.app.cursor_position
        row = screen_rows(view)[position.y - view.region.y]
        assert row[position.x - view.region.x :].startswith(word(pilot))


async def test_an_empty_document_bears_every_key() -> None:
    async with desk(document("")) as pilot:
        for key in "jkwbsStTvxXJKWB":
            await pilot.press(key)
        await pilot.press("space", "pageup", "home", "end", "escape", "tab")
        await pilot.click(transcript(pilot), offset=(12, 3))
        assert transcript(pilot).cursor.selection is None
        assert transcript(pilot).target is None


async def test_hostile_text_reaches_the_screen_as_symbols() -> None:
    async with desk(document("Hei \x1b]0;owned\x07 [bold]x[/] \u202eolleh\nny\tlinje")) as pilot:
        shown = "\n".join(screen_rows(transcript(pilot)))
        assert "\x1b" not in shown
        assert "␛]0;owned␇ [bold]x[/] �olleh" in shown
        assert [row for row in screen_rows(transcript(pilot)) if "ny  linje" in row]


async def test_sentences_of_a_huge_paragraph_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(text: str, start: int, end: int, language: str) -> list[Span]:
        calls.append(start)
        return sentences(text, start, end, language)

    monkeypatch.setattr(units, "sentences", counted)
    async with desk(document("Dette er en setning til. " * 400)) as pilot:
        for _ in range(6):
            await pilot.press("s")
        assert len(calls) == 1
