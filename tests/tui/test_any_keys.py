"""Whatever keys are pressed: the desk lives, the study is sound, and undo leads back to where they began."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual import events

from qualcode.services import suggesting
from tests.tui.any_keys import hold, prepare
from tests.tui.pressing import press, settle
from tests.tui.studies import PROPOSALS, coding_screen, desk, go_to, placed, study_in, until


def test_any_keys_leave_a_living_desk_a_sound_study_and_what_undo_takes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path / "template")
    hold(tmp_path / "template" / "study", tmp_path, examples=8, always_the_same=True)


async def test_a_strip_in_a_window_too_small_for_it_comes_to_rest(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(40, 10)) as (pilot, app):
            await press(pilot, app, "g", "h")
            assert app.shown.CONTEXT == "home"


async def test_suggestions_that_come_while_a_list_is_looked_at_are_in_the_text_afterwards(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await press(pilot, app, "g", "s", "g", "B")
            await until(pilot, lambda: not app.job_runs)
            await press(pilot, app, "escape")
            offered = {item.id for item in coding_screen(app).opened.offered.values()}
            assert offered == {item.id for item in suggesting.open_suggestions(study)} != set()


async def test_keys_typed_while_the_desk_was_busy_act_as_if_it_had_kept_up(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, PROPOSALS)
            late = time.monotonic() - 1
            for number, key in enumerate("ctr1"):
                event = events.Key(key, key)
                event.time = late + number / 10
                app.post_message(event)
            await settle(pilot, app)
            assert placed(study) == [(PROPOSALS, "interaction-trust")]
