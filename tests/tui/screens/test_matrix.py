"""The matrix: from a number to its quotes, the text and back; what it compares; writing it."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import coding
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.matrix import MatrixScreen
from qualcode.tui.screens.quotes import QuotesScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TEMPLATE,
    TRUST,
    TRUSTED,
    add_interview,
    desk,
    on_screen,
    said,
    span_of,
    study_in,
    until,
)


def coded_study(folder: Path) -> Study:
    """Two cases with a document each, and a third document that is in no case."""
    study = study_in(folder)
    add_interview(study, folder, id="tunnelen", cases="tunnel")
    add_interview(study, folder, id="ingen", cases="")
    for document, words, code, valence in (
        (DOCUMENT, FEAR, AVERSION, "-1"),
        (DOCUMENT, TEMPLATE, AVERSION, "0"),
        ("tunnelen", TRUSTED, TRUST, "1"),
        ("ingen", TRUSTED, TRUST, "1"),
    ):
        coding.add(study, document, span_of(study, words, document), code, qualifiers={"valence": valence})
    return study


def matrix_screen(app: Desk) -> MatrixScreen:
    assert isinstance(app.screen, MatrixScreen)
    return app.screen


def shown_cells(app: Desk) -> list[list[str]]:
    return [list(row) for row in matrix_screen(app).grid.view.cells]


async def test_a_cell_leads_to_its_quotes_to_the_text_and_back_to_the_same_cell(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "m", "l")
            await until(pilot, lambda: "bru × Barrier" in on_screen(app))
            screen = matrix_screen(app)
            assert "1 informant, 2 segments" in on_screen(app)
            assert "1 coding is outside the table: n lists it" in on_screen(app)
            await pilot.press("enter")
            quotes = app.screen
            assert isinstance(quotes, QuotesScreen)
            await until(pilot, lambda: f"“{TEMPLATE}”" in on_screen(app))
            await pilot.press("j", "enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            await pilot.press("backspace")
            assert app.screen is quotes
            assert quotes.in_hand is not None
            assert quotes.in_hand.segment.coding.anchor.exact == TEMPLATE
            await pilot.press("backspace")
            assert app.screen is screen
            assert screen.grid.at == (0, 1)
            await pilot.press("n")
            await until(pilot, lambda: "no case · kari" in on_screen(app))


async def test_cells_rows_columns_and_totals_are_changed_by_one_key_each(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "m")
            assert [row[1] for row in shown_cells(app)] == ["1", "·", "1"]
            await pilot.press("v")
            assert [row[1] for row in shown_cells(app)] == ["2", "·", "2"]
            await pilot.press("v")
            assert shown_cells(app)[0][1] == f"(2) {FEAR}"
            await pilot.press("v", "t")
            assert [row[1] for row in shown_cells(app)] == ["−0.50", "·"]
            await pilot.press("c", "i", *f"{TRUST},{AVERSION}", "enter")
            assert shown_cells(app) == [["·", "−0.50"], ["+1.00", "·"]]
            await pilot.press("l", "o")
            assert shown_cells(app) == [["·", "+1.00"], ["−0.50", "·"]]
            assert matrix_screen(app).grid.at == (1, 0)
            await pilot.press("o", "r", "K", "d")
            assert "Family × chosen codes and themes" in on_screen(app)


async def test_a_filter_that_cannot_be_understood_is_said_and_can_be_put_right(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "m", "f", *"case=brua", "enter")
            assert "case has no value 'brua'" in said(app)
            assert len(shown_cells(app)) == 3
            await pilot.press("backspace", *" and valence=0", "enter")
            assert "case=bru and valence=0" in on_screen(app)
            await pilot.press("v")
            assert [row[1] for row in shown_cells(app)] == ["1", "1"]
            await pilot.press("f", *["backspace"] * 30, "enter")
            assert len(shown_cells(app)) == 3


async def test_what_is_shown_is_written_and_undone_codings_leave_their_cells(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None, size=(80, 24)) as (pilot, app):
            await pilot.press("g", "m", "v", "t", "w", "c")
            written = (study.exports / "matrix.csv").read_text(encoding="utf-8").splitlines()
            assert "total" not in written[0]
            assert written[1].startswith("bru,bru,,2,")
            assert "matrix.csv is written" in said(app)
            await pilot.press("u", "u", "u")
            assert [row[1] for row in shown_cells(app)] == ["1", "·"]
            await pilot.press("l", "l", "enter")
            assert said(app) == "Nothing is coded here."


async def test_a_wide_matrix_is_gone_through_by_whole_columns_with_its_heads_in_sight(tmp_path: Path) -> None:
    with coded_study(tmp_path) as study:
        async with desk(study, None, size=(80, 24)) as (pilot, app):
            await pilot.press("g", "m", "c", "c", "end")
            columns = len(matrix_screen(app).grid.view.columns)
            await until(pilot, lambda: f"{columns} / {columns}" in on_screen(app))
            heads, *rest = on_screen(app).split("bru ", 1)
            assert rest
            assert "Total" in heads
            await pilot.press("home")
            await until(pilot, lambda: " 1–" in on_screen(app))
