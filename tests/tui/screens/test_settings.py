"""Settings: changing what research rests on and what one prefers, and the list of all actions."""

from __future__ import annotations

import tomllib
from collections.abc import Generator
from pathlib import Path

import pytest

from qualcode import i18n
from qualcode.services import marking, settings
from qualcode.services.study import Study
from qualcode.settings import read_user_settings
from qualcode.tui.app import Desk
from qualcode.tui.keys.own import checked
from qualcode.tui.screens.keylist import KeyListScreen
from qualcode.tui.screens.settings import SettingsScreen
from tests.tui.studies import desk, on_screen, said, study_in


@pytest.fixture(autouse=True)
def english_again() -> Generator[None]:
    yield
    i18n.set_language("en")


def value_of(study: Study, key: str) -> object:
    return next(item.value for item in settings.described(study) if item.key == key)


def stand_on(app: Desk, row: str) -> None:
    assert isinstance(app.screen, SettingsScreen)
    table = app.screen.table
    while table.chosen != row:
        before = table.at
        table.action_move(1)
        assert table.at != before, row


async def test_a_setting_is_written_chosen_or_put_together_and_undone(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "o")
            stand_on(app, settings.TITLE)
            await pilot.press("enter", *"!", "enter")
            assert study.title == "Gangbrua!"
            assert said(app) == "title is now Gangbrua!."
            stand_on(app, settings.APPROACH)
            await pilot.press("enter", "2")
            assert value_of(study, settings.APPROACH) == "codebook"
            await pilot.press("u", "u")
            assert (value_of(study, settings.APPROACH), study.title) == (None, "Gangbrua")


async def test_of_a_setting_that_holds_several_values_each_digit_puts_in_or_takes_out_one(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        assert value_of(study, settings.REQUIRED_SIDES) == ["demand", "supply"]
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "o")
            stand_on(app, settings.REQUIRED_SIDES)
            await pilot.press("enter", "2")
            assert value_of(study, settings.REQUIRED_SIDES) == ["demand"]
            await pilot.press("1")
            assert value_of(study, settings.REQUIRED_SIDES) == []
            await pilot.press("1", "2")
            assert value_of(study, settings.REQUIRED_SIDES) == ["demand", "supply"]
            await pilot.press("escape")
            assert isinstance(app.screen, SettingsScreen)
            assert app.screen.table.has_focus


async def test_a_refused_value_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "o")
            stand_on(app, settings.LANGUAGE)
            await pilot.press("enter", *" oo", "enter")
            assert "is no language" in said(app)
            assert study.language == "nb"


async def test_what_one_prefers_is_kept_where_it_is_read_again(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "o")
            stand_on(app, "own theme")
            await pilot.press("enter", "2")
            assert (app.theme, marking.preference(study, "theme")) == ("qualcode-light", "qualcode-light")
            stand_on(app, "own language")
            await pilot.press("enter", "2")
            assert i18n.language() == "nb"
            assert read_user_settings().language == "nb"
            stand_on(app, "own coder")
            await pilot.press("enter", *"ola", "enter")
            assert read_user_settings().coder == "ola"


async def test_the_line_copied_from_the_list_of_actions_is_one_that_the_configuration_takes(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "o", "K")
            assert isinstance(app.screen, KeyListScreen)
            app.screen.table.show(app.screen.columns(), app.screen.rows(), "coding.repeat")
            await pilot.pause()
            assert '"coding.repeat" = ["."]' in on_screen(app)
            await pilot.press("y")
            assert app.clipboard == '"coding.repeat" = ["."]'
            assert checked(tomllib.loads(app.clipboard)) == ({"coding.repeat": ("full_stop",)}, [])
