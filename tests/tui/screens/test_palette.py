"""The palette: found by words of either language, it does what the key would."""

from __future__ import annotations

from pathlib import Path

from qualcode import i18n
from qualcode.services import coding
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.palette import OfferRows, PaletteScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    placed,
    said,
    span_of,
    study_in,
    until,
)


async def test_an_action_is_found_by_its_words_and_done_on_what_the_cursor_stands(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("colon", *"delete", "enter")
            await until(pilot, lambda: placed(study) == [])
            assert said(app) == "Removed: Risk aversion and fear of failure. u brings it back."


async def test_words_of_the_other_language_find_it_too_and_the_key_stands_beside(tmp_path: Path) -> None:
    i18n.set_language("nb")
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("ctrl+p", *"delete it")
            await pilot.pause()
            rows = app.screen.query_one(OfferRows)
            assert rows.chosen is not None
            assert (rows.chosen.names[1], rows.chosen.key) == ("delete it", "d")
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, CodingScreen)


async def test_a_document_a_place_and_a_code_are_gone_to(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("colon", *"innkj", "enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            screen = coding_screen(app)
            await pilot.press("colon", *"risk av", "enter")
            await until(pilot, lambda: screen.codebook_pane.has_focus)
            await pilot.press("1", "escape")
            await pilot.pause()
            assert said(app) == "1 puts Risk aversion and fear of failure from now on."
            await go_to(pilot, app, TRUSTED)
            await pilot.press("colon", *"inspector", "enter")
            await pilot.pause()
            assert screen.has_class("-inspecting")


async def test_what_fits_nothing_is_an_empty_list_and_enter_closes_it(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("colon", *"qqqqzz")
            await pilot.pause()
            assert isinstance(app.screen, PaletteScreen)
            assert app.screen.rows.length() == 0
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, CodingScreen)
