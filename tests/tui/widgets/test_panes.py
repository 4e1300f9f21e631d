"""Codebook, picker, strip, status and the other panes: what they show and what they say."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Static

from qualcode.domain.span import Span
from qualcode.tui.messages import (
    Closed,
    CodePicked,
    KeyChosen,
    KeyRefused,
    MemoKept,
    NewCodeAsked,
    PickerChanged,
    SearchChanged,
)
from qualcode.tui.screens.layout import CodingLayout
from qualcode.tui.view import CardLine, Choice, DocumentRow, Painted, Passage
from qualcode.tui.widgets.documents import bar
from qualcode.tui.widgets.status import Standing
from qualcode.tui.widgets.strip import laid_out
from tests.tui.samples import CODES, CODES_BY_ID, LayoutApp, interview

HEARD = (Closed, CodePicked, KeyChosen, KeyRefused, MemoKept, NewCodeAsked, PickerChanged, SearchChanged)


class Listening(LayoutApp):
    """Keeps what the panes say."""

    def __init__(self) -> None:
        super().__init__(interview(400, painted=12))
        self.heard: list[Message] = []

    async def on_event_heard(self, message: Message) -> None:
        self.heard.append(message)

    def last(self, kind: type[Message]) -> Message:
        return next(message for message in reversed(self.heard) if isinstance(message, kind))


for _kind in HEARD:
    setattr(Listening, _kind.handler_name, Listening.on_event_heard)


@asynccontextmanager
async def panes(size: tuple[int, int] = (120, 40)) -> AsyncGenerator[tuple[Pilot[None], Listening, CodingLayout]]:
    app = Listening()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.fill()
        await pilot.pause()
        yield pilot, app, app.desk


def plain(desk: CodingLayout, selector: str) -> str:
    return str(desk.query_one(selector, Static).content)


async def test_the_codebook_counts_subtrees_and_follows_each_coding() -> None:
    async with panes() as (pilot, _, desk):
        pane = desk.codebook_pane
        pane.show(CODES, {"risk": 2, "risk-buyer": 1})
        assert [pane.total(code) for code in ("barrier", "risk", "risk-buyer", "trust")] == [3, 3, 1, 0]
        pane.count("risk-buyer", 1)
        assert [pane.total(code) for code in ("barrier", "risk", "risk-buyer")] == [4, 4, 2]
        pane.count("risk-buyer", -1)
        await pilot.pause()
        row = pane.render_line(1).text
        assert "Risikoatferd" in row
        assert row.rstrip().endswith("3")


async def test_a_code_is_taken_from_the_codebook_and_a_family_folds() -> None:
    async with panes() as (pilot, app, desk):
        desk.go_to_codebook()
        await pilot.press("enter")
        assert desk.codebook_pane.length() == len(CODES) - 3
        await pilot.press("l", "j", "enter")
        await pilot.pause()
        message = app.last(CodePicked)
        assert isinstance(message, CodePicked)
        assert message.code == "risk"
        await pilot.press("h", "h")
        assert desk.codebook_pane.at == 0


async def test_the_picker_tells_its_words_and_takes_by_enter_digit_or_arrow() -> None:
    async with panes() as (pilot, app, desk):
        for keys, code in (("enter", "risk"), ("2", "risk-buyer"), ("down down up enter", "risk")):
            desk.open_aside("picker")
            desk.picker.ask()
            await pilot.press("r", "i")
            await pilot.pause()
            changed = app.last(PickerChanged)
            assert isinstance(changed, PickerChanged)
            assert changed.words == "ri"
            desk.picker.show([CODES_BY_ID["risk"], CODES_BY_ID["risk-buyer"]])
            await pilot.press(*keys.split())
            await pilot.pause()
            picked = app.last(CodePicked)
            assert isinstance(picked, CodePicked)
            assert picked.code == code
            app.heard.clear()


async def test_the_picker_makes_a_new_code_and_closes() -> None:
    async with panes() as (pilot, app, desk):
        desk.open_aside("picker")
        desk.picker.ask("stillhet")
        desk.picker.show([])
        await pilot.press("tab")
        await pilot.press("escape")
        await pilot.pause()
        asked, closed = app.last(NewCodeAsked), app.last(Closed)
        assert isinstance(asked, NewCodeAsked)
        assert isinstance(closed, Closed)
        assert (asked.name, closed.name) == ("stillhet", "picker")
        assert "Tab" in plain(desk, "#found")


async def test_the_picker_shows_the_definition_of_the_code_in_hand() -> None:
    async with panes() as (pilot, _, desk):
        desk.open_aside("picker")
        desk.picker.ask()
        desk.picker.show([CODES_BY_ID["trust"], CODES_BY_ID["risk"]])
        await pilot.press("down")
        assert plain(desk, "#definition") == "Frykt for feil styrer valg."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
async def test_no_aside_ever_covers_the_transcript(size: tuple[int, int]) -> None:
    async with panes(size) as (pilot, _, desk):
        for pane in ("picker", "memo", "inspector"):
            desk.open_aside(pane)
            await pilot.pause()
            aside = desk.query_one("#aside")
            assert not aside.display or not desk.transcript.region.overlaps(aside.region)
            assert desk.transcript.size.height >= 10


async def test_all_panes_are_open_at_120_by_40_and_the_text_alone_at_80_by_24() -> None:
    async with panes((120, 40)) as (_, _, desk):
        assert all(desk.query_one(name).region.area for name in ("#codebook", "#transcript", "#inspector"))
    async with panes((80, 24)) as (pilot, _, desk):
        assert not desk.query_one("#codebook").region.area
        assert not desk.query_one("#inspector").region.area
        assert desk.transcript.size.width == 79
        desk.toggle_inspector()
        desk.go_to_codebook()
        await pilot.pause()
        assert desk.query_one("#codebook").region.area
        assert desk.query_one("#inspector").region.area


async def test_the_strip_takes_one_key_and_tells_apart_what_it_does_not_offer() -> None:
    async with panes() as (pilot, app, desk):
        desk.strip.ask(
            "qualify", [Choice("1", "idé", "phase=idea"), Choice("b", "innkjøper", "actor=buyer")], stays=True
        )
        await pilot.press("b", "B", "escape")
        await pilot.pause()
        chosen, refused, closed = app.last(KeyChosen), app.last(KeyRefused), app.last(Closed)
        assert isinstance(chosen, KeyChosen)
        assert isinstance(refused, KeyRefused)
        assert isinstance(closed, Closed)
        assert (chosen.key, chosen.value) == ("b", "actor=buyer")
        assert (refused.name, refused.key) == ("qualify", "B")
        assert closed.name == "qualify"
        assert not [message for message in app.heard if isinstance(message, CodePicked)]


def test_the_strip_never_parts_a_key_from_its_words() -> None:
    choices = [Choice(str(number), f"word {number} here", "", "Phase") for number in range(9)]
    for width in (20, 33, 47, 80):
        lines = laid_out(choices, width).plain.split("\n")
        assert all(len(line.rstrip()) <= width for line in lines)
        assert [line.count("word") for line in lines] == [line.count("here") for line in lines]


async def test_hints_are_dropped_whole_and_the_current_coding_stays() -> None:
    async with panes((80, 24)) as (pilot, _, desk):
        hints = [("?", "help"), ("c", "code"), (".", "repeat"), ("n", "suggestion"), ("q", "qualify")]
        desk.status.hint(hints)
        for width in range(74, 130, 7):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            line = plain(desk, "#status")
            assert "▸ Risikoatferd" in line
            shown = [f"{key} {words}" in line for key, words in hints]
            assert shown == sorted(shown, reverse=True)
            assert len(line) <= width
            for (_key, words), whole in zip(hints, shown, strict=True):
                assert whole or words not in line


async def test_what_was_said_stands_until_something_else_is_shown() -> None:
    async with panes() as (_, _, desk):
        desk.status.say("Undid: coding added")
        assert "Undid: coding added" in plain(desk, "#status")
        desk.status.show(Standing("selection", True, "12"))
        assert "Undid" not in plain(desk, "#status")
        assert "selection" in plain(desk, "#status")


async def test_the_inspector_shows_what_keys_act_on_and_merges_updates() -> None:
    async with panes() as (pilot, _, desk):
        coding = Painted("c", Span(0, 4), "risk", sign="−1", memo=True)
        suggestion = Painted("s", Span(0, 4), "trust", suggestion=True)
        lines = (CardLine(coding, "about buyer", "Ola"), CardLine(suggestion, "word: turte", certainty="82 %"))
        desk.inspector.show(Passage("Kari · turn 2", "gammelt"))
        desk.inspector.show(Passage("Kari · turn 2", "Vi turte\x1b ikke.", lines, current="c", visited="s"))
        await pilot.pause(0.1)
        text = "\n".join(desk.inspector.render_line(y).text for y in range(desk.inspector.size.height))
        assert "gammelt" not in text
        assert "“Vi turte␛ ikke.”" in text
        assert "▸ ▌ Risikoatferd −1 *" in text
        assert "▸ ◌ Tillit 82 %" in text
        assert "word: turte" in text


async def test_a_memo_is_kept_by_esc() -> None:
    async with panes() as (pilot, app, desk):
        desk.open_aside("memo")
        desk.memo.ask("Risikoatferd", "Se også ")
        await pilot.press("t", "u", "r", "n", "space", "4", "escape")
        await pilot.pause()
        kept = app.last(MemoKept)
        assert isinstance(kept, MemoKept)
        assert kept.text == "Se også turn 4"


async def test_the_search_line_tells_words_and_expressions_apart() -> None:
    async with panes() as (pilot, app, desk):
        desk.search.ask()
        for keys, words, regex in ((("t", "i"), "ti", False), (("home", "~"), "ti", True)):
            await pilot.press(*keys)
            await pilot.pause()
            changed = app.last(SearchChanged)
            assert isinstance(changed, SearchChanged)
            assert (changed.words, changed.regex) == (words, regex)


@pytest.mark.parametrize(("done", "total", "shown"), [
    (0, 0, "────────"), (0, 9, "────────"), (9, 9, "━━━━━━━━"), (1, 2, "━━━━────"), (1, 16, "╸───────"),
])  # fmt: skip
def test_progress_is_drawn_in_halves_of_a_cell(done: int, total: int, shown: str) -> None:
    assert bar(done, total) == shown


def test_a_document_row_needs_only_a_name() -> None:
    assert DocumentRow("a", "A").suggestions == 0


async def test_a_window_that_is_too_small_says_what_is_needed_and_comes_back() -> None:
    async with panes((50, 12)) as (pilot, _, desk):
        assert "60 by 16" in plain(desk, "#too-small")
        assert not desk.transcript.region.area
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not desk.query_one("#too-small").region.area
        assert desk.transcript.region.area
