"""A study that cannot be written for a while: what was coded stays in sight and is stored when it can be."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, event

from qualcode.services import memos
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.home import HomeScreen
from tests.tui.studies import (
    AVERSION,
    FEAR,
    TEMPLATE,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    on_screen,
    placed,
    said,
    study_in,
    until,
)


@contextmanager
def unwritable(study: Study) -> Generator[None]:
    """SQLite refuses every write of the desk, as it does on a disk that has no room."""
    engine = study.store._engine  # pyright: ignore[reportPrivateUsage] - for what no service should be able to do

    def refuse(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    event.listen(engine, "begin", refuse)
    try:
        yield
    finally:
        event.remove(engine, "begin", refuse)
        engine.dispose()


def shown(app: Desk) -> list[tuple[str | None, str]]:
    return [(one.painted.code, one.painted.sign) for one in coding_screen(app).transcript.page.lanes]


async def test_a_coding_that_cannot_be_stored_stays_marked_and_is_stored_before_the_next(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            with unwritable(study):
                await pilot.press("c", *"risk av", "enter")
                await pilot.pause()
                assert "cannot be written" in said(app)
                assert shown(app) == [(AVERSION, "!")]
                assert placed(study) == []
                await pilot.press("s", "c", *"risk av", "enter")
                await pilot.pause()
                assert shown(app) == [(AVERSION, "!"), (AVERSION, "!")]
            await go_to(pilot, app, TRUSTED)
            await pilot.press("c", *"trust", "enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION), (TEMPLATE, AVERSION), (TRUSTED, TRUST)]
            assert "!" not in [sign for _code, sign in shown(app)]


async def test_it_is_tried_again_by_itself_and_said(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            with unwritable(study):
                await pilot.press("c", *"risk av", "enter")
                await pilot.pause()
            await until(pilot, lambda: placed(study) == [(FEAR, AVERSION)])
            await until(pilot, lambda: said(app) == "Stored now: 1 coding.")


async def test_the_desk_is_left_with_something_unsaved_only_at_the_second_key(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            with unwritable(study):
                await pilot.press("c", *"risk av", "enter")
                await pilot.pause()
                await pilot.press("g", "h")
                await pilot.pause()
                assert isinstance(app.screen, CodingScreen)
                assert said(app).startswith("1 coding is not stored; make room on the disk.")
                await pilot.press("g", "h")
                await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_memo_that_cannot_be_kept_stays_open_with_its_words(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter", "m", *"Viktig")
            with unwritable(study):
                await pilot.press("escape")
                await pilot.pause()
                assert "Viktig" in on_screen(app)
                assert memos.everything(study) == []
            await pilot.press("escape")
            await pilot.pause()
            assert [memo.text for memo in memos.everything(study)] == ["Viktig"]
