"""The history: what was done and by whom, what it changed, and going back several steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.services import coding, history
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens import history as history_screen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.history import HistoryScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TEMPLATE,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    on_screen,
    placed,
    said,
    span_of,
    study_in,
    until,
)


def coded_study(folder: Path) -> Study:
    """Three codings by kari, one by ola before the last."""
    study = study_in(folder, others=("ola",))
    for words, code in ((FEAR, AVERSION), (TEMPLATE, AVERSION)):
        coding.add(study, DOCUMENT, span_of(study, words), code)
    study.act_as("ola")
    coding.add(study, DOCUMENT, span_of(study, TEMPLATE), TRUST)
    study.act_as("kari")
    coding.add(study, DOCUMENT, span_of(study, TRUSTED), TRUST)
    return study


def listed(app: Desk) -> list[str]:
    """Coder, words and state of each row that is listed, the newest first."""
    screen = app.screen
    assert isinstance(screen, HistoryScreen)
    return [" ".join((row.cells[-3], *row.cells[:-3])).strip() for row in screen.rows()]


async def test_entries_stand_newest_first_with_what_they_changed_and_lead_to_its_place(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "u")
            start = span_of(study, TRUSTED).start
            assert listed(app)[0].startswith(f"kari {TRUST} put on {DOCUMENT} {start}-")
            assert listed(app)[1].startswith(f"ola {TRUST} put on")
            await until(pilot, lambda: f"+ {TRUST} on {DOCUMENT} {start}-" in on_screen(app))
            await pilot.press("f")
            assert all(line.startswith("kari") for line in listed(app))
            await pilot.press("j", "enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            assert coding_screen(app).transcript.cursor.offset == span_of(study, TEMPLATE).start
            await pilot.press("backspace")
            assert isinstance(app.screen, HistoryScreen)


async def test_several_steps_are_taken_back_after_their_number_is_said(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "u", "j", "z")
            assert said(app) == "Only what is yours and not taken back yet can be taken back."
            await pilot.press("j", "z")
            await until(pilot, lambda: "take back 2 operations of yours" in on_screen(app))
            screen = app.screen
            assert isinstance(screen, HistoryScreen)
            before = screen.table.chosen
            await pilot.press("escape")
            assert len(placed(study)) == 4
            await pilot.press("z", "z")
            assert said(app) == "2 operations taken back"
            assert placed(study) == [(FEAR, AVERSION), (TEMPLATE, TRUST)]
            assert screen.table.chosen == before
            assert sum("taken back" in line for line in listed(app)) == 2
            assert sum("Taken back: " in line for line in listed(app)) == 2
            await pilot.press("U", "u", "u")
            assert placed(study) == [(TEMPLATE, TRUST)]


async def test_a_long_history_is_read_a_page_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_screen, "PAGE", 3)
    with coded_study(tmp_path) as study:
        whole = len(history.listing(study))
        assert 6 < whole <= 9
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "u")
            assert len(listed(app)) == 3
            await until(pilot, lambda: "3 operations …" in on_screen(app))
            await pilot.press("end")
            await until(pilot, lambda: len(listed(app)) == 6)
            await pilot.press("end")
            await until(pilot, lambda: f"{whole} operations " in on_screen(app))
