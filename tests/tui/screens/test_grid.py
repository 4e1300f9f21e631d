"""The framework grid: a summary written beside its quotes, its state, what is stale, and who was asked."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from qualcode.domain.asked import Asked
from qualcode.domain.grid import CellKey, RowKind, SummaryState
from qualcode.services import asking, blinding, coding, grid
from qualcode.services.study import Study, open_study
from qualcode.tui.app import Desk
from qualcode.tui.screens.grid import GridScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.summary import SummaryScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TEMPLATE,
    TRUST,
    TRUSTED,
    desk,
    on_screen,
    said,
    span_of,
    study_in,
    until,
)

CELL = CellKey(RowKind.CASE, "bru", AVERSION)
EMPTY = CellKey(RowKind.CASE, "bru", TRUST)


def coded_study(folder: Path) -> Study:
    """A case with two codings of one code, and none of another."""
    study = study_in(folder)
    for words in (FEAR, TEMPLATE):
        coding.add(study, DOCUMENT, span_of(study, words), AVERSION)
    return study


async def open_grid(pilot: Pilot[None], app: Desk) -> GridScreen:
    """The grid on the two codes."""
    await pilot.press("g", "w", "c", "i")
    assert isinstance(app.screen, GridScreen)
    app.screen.line.query_one(Input).value = f"{AVERSION},{TRUST}"
    await pilot.press("enter")
    return app.screen


def cells(screen: GridScreen) -> list[str]:
    return list(screen.grid.view.cells[0])


async def test_a_summary_is_written_beside_its_quotes_checked_and_undone(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await open_grid(pilot, app)
            assert cells(screen) == ["not summarised · 2 codings", "not mentioned; asked?"]
            await pilot.press("s")
            assert "Nothing is written here" in said(app)
            await pilot.press("e")
            await until(pilot, lambda: isinstance(app.screen, SummaryScreen) and f"“{FEAR}”" in on_screen(app))
            await pilot.press(*"Afraid", "tab", "j", "enter")
            reference = f"({DOCUMENT}, turn 2, kari, labelled Kari, bru)"
            assert reference in said(app)
            await pilot.press("tab", *".", "escape")
            assert app.screen is screen
            text = f"Afraid {reference}."
            stored = grid.cell(study, CELL)
            assert (stored.text, stored.state, stored.stale) == (text, SummaryState.DRAFTED, False)
            assert cells(screen)[0] == f"drafted · 2 codings\n{text}"
            await pilot.press("s")
            assert grid.cell(study, CELL).state is SummaryState.CHECKED
            assert "checked by kari" in on_screen(app)
            await pilot.press("u", "u")
            assert grid.cell(study, CELL).summary is None
            assert cells(screen)[0] == "not summarised · 2 codings"
            await pilot.press("enter")
            assert isinstance(app.screen, QuotesScreen)


async def test_a_stale_summary_is_marked_and_not_checked_until_its_words_are_said_to_hold(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        grid.write(study, CELL, "They were afraid.")
        coding.add(study, DOCUMENT, span_of(study, TRUSTED), AVERSION)
        async with desk(study, None, size=(80, 24)) as (pilot, app):
            screen = await open_grid(pilot, app)
            assert cells(screen)[0] == "drafted ≠ · 3 codings\nThey were afraid."
            await pilot.press("s")
            assert "Not checked: 1 coding came, 0 went" in said(app)
            await pilot.press("e")
            await until(pilot, lambda: "Summary · drafted ≠ · 1 coding came, 0 went" in on_screen(app))
            await pilot.press("escape", "n")
            assert app.screen is screen
            assert grid.cell(study, CELL).stale
            await pilot.press("e", "escape", "h")
            assert app.screen is screen
            await pilot.press("s")
            now = grid.cell(study, CELL)
            assert (now.text, now.state, now.stale) == ("They were afraid.", SummaryState.CHECKED, False)


async def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await open_grid(pilot, app)
            await pilot.press("e", *"Mine")
            grid.write(study, CELL, "Theirs")
            await pilot.press("escape")
            assert isinstance(app.screen, SummaryScreen)
            assert "was changed meanwhile" in said(app)
            assert app.screen.summary.text == "Mine"
            await pilot.press("escape")
            assert app.screen is screen
            assert cells(screen)[0] == "drafted · 2 codings\nTheirs"


async def test_of_an_empty_cell_it_is_noted_who_was_asked_in_one_step(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await open_grid(pilot, app)
            await pilot.press("l", "e")
            await until(pilot, lambda: "Asked about it? (2 informants)" in on_screen(app))
            await pilot.press("n")
            assert cells(screen)[1] == "not asked"
            noted = [(one.informant, one.about, one.asked) for one in asking.listing(study)]
            assert noted == [("kari", TRUST, Asked.NOT_ASKED), ("ola", TRUST, Asked.NOT_ASKED)]
            await pilot.press("v", "e", "a")
            assert [row[1] for row in screen.grid.view.cells] == ["asked, nothing said", "not asked"]
            await pilot.press("u", "u")
            assert asking.listing(study) == []
            await pilot.press("v", "e", "w", *"Never", "escape")
            assert grid.cell(study, EMPTY).text == "Never"


async def test_a_summary_does_not_rest_on_what_is_hidden_from_its_writer(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        own = coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION).segment.coding.uid
        with open_study(study.folder or "", coder="ola") as other:
            coding.add(other, DOCUMENT, span_of(study, TRUSTED), AVERSION)
        blinding.set_blind(study, DOCUMENT, True)
        async with desk(study, None) as (pilot, app):
            screen = await open_grid(pilot, app)
            assert cells(screen)[0] == "not summarised · 1 coding"
            await pilot.press("e", *"Afraid", "escape")
            written = grid.cell(study, CELL)
            assert written.summary is not None
            assert written.summary.rests_on == (own,)
            assert cells(screen)[0] == "drafted ≠ · 1 coding\nAfraid"
