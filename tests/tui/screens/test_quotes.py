"""Quotes: to the place in the text and back, what they show, renderings, and what is copied."""

from __future__ import annotations

from pathlib import Path

from qualcode.domain.rendering import RenderingKind
from qualcode.services import coding, memos, quotes
from qualcode.services.study import Study
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.widgets.quotes import QuoteList, QuoteView
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TEMPLATE,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    on_screen,
    said,
    span_of,
    study_in,
    until,
)


def put(study: Study, words: str, code: str, **qualifiers: str) -> str:
    return coding.add(study, DOCUMENT, span_of(study, words), code, qualifiers=qualifiers).segment.coding.uid


async def test_the_quotes_of_the_current_code_lead_to_the_text_and_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION, valence="-1")
        second = put(study, TEMPLATE, AVERSION)
        put(study, TRUSTED, TRUST)
        memos.add(study, second, "Malen igjen.")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("g", "q")
            screen = app.screen
            assert isinstance(screen, QuotesScreen)
            await until(pilot, lambda: f"“{TEMPLATE}”" in on_screen(app))
            assert "2 codings" in on_screen(app)
            assert TRUSTED not in on_screen(app)
            assert "bru · kari · Innkjøper · turn 2" in on_screen(app)
            await pilot.press("j")
            assert screen.quotes.chosen == second
            await until(pilot, lambda: "* Malen igjen. · kari" in on_screen(app))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            assert coding_screen(app).place.current == second
            await pilot.press("d", "backspace")
            await until(pilot, lambda: app.screen is screen)
            assert "1 no longer here" in on_screen(app)
            await pilot.press("u")
            assert "2 codings" in on_screen(app)
            await pilot.press("backspace")
            assert isinstance(app.screen, CodingScreen)


async def test_a_quote_is_translated_changed_and_freed_of_it_again(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        async with desk(study, None) as (pilot, app):
            app.push_screen(QuotesScreen("Risk", [uid]))
            await until(pilot, lambda: f"“{FEAR}”" in on_screen(app))
            await pilot.press("p", "t", "o", "d", "e", "enter", *"Angst", "escape")
            (kept,) = quotes.of_coding(study, uid)
            assert (kept.kind, kept.language, kept.text) == (RenderingKind.TRANSLATION, "de", "Angst")
            await until(pilot, lambda: "↳ translation (de): Angst" in on_screen(app))
            await pilot.press("p", "s", "end", "backspace", "escape")
            assert [one.text for one in quotes.of_coding(study, uid)] == ["Angst", FEAR[:-1]]
            await pilot.press("p", "s", *["backspace"] * (len(FEAR) - 1), "escape")
            assert [one.text for one in quotes.of_coding(study, uid)] == ["Angst"]
            await pilot.press("p", "w", "o", *"?!", "enter")
            assert "'?!' is no language" in said(app)
            await pilot.press("p", "s", "escape")
            assert len(quotes.of_coding(study, uid)) == 1


async def test_a_quote_is_copied_with_its_source_and_a_warning_where_it_is_held_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid, held = put(study, FEAR, AVERSION), put(study, TRUSTED, TRUST, quotable="no")
        async with desk(study, None) as (pilot, app):
            app.push_screen(QuotesScreen("Both", [uid, held]))
            await until(pilot, lambda: f"“{FEAR}”" in on_screen(app))
            await pilot.press("y")
            assert app.clipboard == f"“{FEAR}” (gangbrua, turn 2, kari, labelled Kari, bru)"
            assert said(app) == "Copied with its source."
            await pilot.press("j", "y")
            assert TRUSTED in app.clipboard
            assert said(app) == "Copied, but these words are not to be quoted as they are."


async def test_two_thousand_quotes_are_gone_through_by_page_and_long_ones_are_cut_in_the_list_alone(
    tmp_path: Path,
) -> None:
    with study_in(tmp_path) as study:
        whole = put(study, f"{FEAR} Juristen ville følge malen. Leverandøren kom med tre forslag.", AVERSION)
        async with desk(study, None, size=(60, 24)) as (pilot, app):
            screen = QuotesScreen("All", [whole])
            app.push_screen(screen)
            await until(pilot, lambda: f"“{FEAR}" in on_screen(app))
            listed = [
                QuoteView(str(n), "Code", "#D55E00", "", "kari", f"{n} " + "words " * 60, "bru", "turn 1")
                for n in range(2000)
            ]
            shown = screen.query_one(QuoteList)
            shown.show(listed, "1000")
            assert shown.chosen == "1000"
            assert shown.virtual_size.height == 2000 * 6
            await pilot.press("pagedown")
            assert int(shown.chosen) > 1000
            await pilot.press("pageup", "end")
            assert shown.chosen == "1999"
            await pilot.pause()
            assert "1999 words" in on_screen(app)
            assert "word…" in on_screen(app)
