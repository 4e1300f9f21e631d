"""Finding in the whole study and accepting from a list: what is marked, and nothing else, is acted on."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import suggesting
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.find import FindScreen
from qualcode.tui.screens.offers import OffersScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    REGULATION,
    TEMPLATE,
    TRUST,
    TRUSTED,
    add_interview,
    coding_screen,
    desk,
    offer,
    placed,
    said,
    stored,
    study_in,
    until,
)


async def test_words_are_found_in_every_document_and_backspace_returns_to_the_same_hit(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="kaia", title="Kaia", body="I: Og?\n\nKari: Vi var redde der også.\n")
        async with desk(study, None) as (pilot, app):
            await pilot.press("slash", *"redde", "enter")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, FindScreen)
            assert len(screen.listed()) == 2
            await pilot.press("j", "enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            opened = coding_screen(app).opened
            target = coding_screen(app).transcript.target
            assert target is not None
            assert (opened.id, opened.words(target)) == ("kaia", "Vi var redde der også.")
            await pilot.press("backspace")
            await until(pilot, lambda: app.screen is screen)
            assert screen.table.chosen == "2"


async def test_a_search_in_the_text_is_widened_by_tab_and_its_marked_hits_are_coded_at_once(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("slash", "~", *"juristen|leverandøren", "tab")
            await until(pilot, lambda: isinstance(app.screen, FindScreen) and len(app.screen.listed()) == 2)
            await pilot.press("c")
            assert said(app) == "Mark the hits first: m marks one, M all."
            await pilot.press("M", "c", *"risk av", "enter")
            await until(pilot, lambda: placed(study) == [("Juristen", AVERSION), ("Leverandøren", AVERSION)])
            assert said(app) == "2 places coded"
            await pilot.press("u")
            await pilot.pause()
            assert placed(study) == []


async def test_an_expression_that_is_wrong_is_told(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("slash", "~", "(", "enter")
            await until(pilot, lambda: said(app) != "")
            assert isinstance(app.screen, FindScreen)
            assert "(" in said(app)


async def test_only_marked_suggestions_are_accepted_and_one_undo_takes_them_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST), (TEMPLATE, REGULATION))
        async with desk(study) as (pilot, app):
            await pilot.press("g", "l")
            await until(pilot, lambda: isinstance(app.screen, OffersScreen) and len(app.screen.listed()) == 3)
            await pilot.press("a")
            assert placed(study) == []
            await pilot.press("m", "m", "a")
            await until(pilot, lambda: len(stored(study)) == 2)
            assert said(app) == "2 suggestions accepted"
            assert placed(study) == [(FEAR, AVERSION), (TRUSTED, TRUST)]
            assert [item.code for item in suggesting.open_suggestions(study, DOCUMENT)] == [REGULATION]
            await pilot.press("u")
            await pilot.pause()
            assert placed(study) == []
            assert len(suggesting.open_suggestions(study, DOCUMENT)) == 3
