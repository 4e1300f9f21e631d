"""Coders: whose codings transcripts show, and who acts."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import coding, people
from qualcode.services.study import Study, open_study
from qualcode.tui.app import Desk
from qualcode.tui.screens.coders import CodersScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.home import HomeScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    PROPOSALS,
    TEMPLATE,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    on_screen,
    said,
    span_of,
    stored,
    study_in,
    until,
)


def put_as(study: Study, coder: str, words: str, code: str) -> None:
    with open_study(study.folder, coder=coder) as other:
        coding.add(other, DOCUMENT, span_of(other, words), code)


def shown(app: Desk) -> list[str | None]:
    """The codes that are painted, in text order."""
    return [placed.painted.code for placed in coding_screen(app).transcript.page.lanes]


async def test_anothers_codings_leave_the_transcript_and_come_back_and_the_choice_is_kept(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        put_as(study, "ola", TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            assert shown(app) == [AVERSION, TRUST]
            await pilot.press("g", "c")
            assert isinstance(app.screen, CodersScreen)
            await pilot.press("space")
            assert said(app) == "Your own codings are always shown."
            await pilot.press("j", "space")
            assert "ola" in on_screen(app)
            assert "hidden" in on_screen(app)
            await pilot.press("backspace")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            assert shown(app) == [AVERSION]
            assert "without: ola" in on_screen(app)
            assert "2 codings" in on_screen(app)
            # What comes in from the hidden coder stays hidden; what one does oneself does not.
            put_as(study, "ola", PROPOSALS, TRUST)
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("full_stop")
            await pilot.pause()
            assert shown(app) == [AVERSION, AVERSION]
            assert len(stored(study)) == 4
        async with desk(study) as (pilot, app):
            assert shown(app) == [AVERSION, AVERSION]
            await pilot.press("g", "c", "j", "space", "backspace")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            assert shown(app) == [AVERSION, AVERSION, TRUST, TRUST]


async def test_another_coder_acts_from_home_on_with_an_undo_of_their_own(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola", "per"]) as study:
        people.add_coder(study, "liv")
        put_as(study, "per", TRUSTED, TRUST)
        people.remove_coder(study, "per")
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        async with desk(study) as (pilot, app):
            await pilot.press("g", "c")
            assert isinstance(app.screen, CodersScreen)
            table = app.screen.table
            table.show(app.screen.columns(), app.screen.rows(), "per")
            await pilot.press("enter")
            assert said(app) == "per is no longer active."
            table.show(app.screen.columns(), app.screen.rows(), "ola")
            await pilot.press("enter", "escape")
            assert study.coder == "kari"
            await pilot.press("enter", "a")
            assert isinstance(app.screen, HomeScreen)
            assert study.coder == "ola"
            await pilot.press("u")
            assert said(app) == "There is nothing to undo."
            assert len(stored(study)) == 2
