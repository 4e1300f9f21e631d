"""Home: documents by case with progress, what is left to do, and going on where one stopped."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from textual.screen import Screen
from textual.signal import Signal

from qualcode.services import coding, documents, marking, picking
from qualcode.services.study import create_study
from qualcode.tui.home_view import home_view
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.home import HomeScreen
from qualcode.tui.view import DocumentRow, Left, ToDo
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TRUST,
    TRUSTED,
    add_interview,
    coding_screen,
    desk,
    offer,
    on_screen,
    said,
    span_of,
    study_in,
    until,
)


def test_documents_stand_by_case_with_their_progress(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen", cases="tunnel")
        add_interview(study, tmp_path, id="both", cases="bru, tunnel")
        add_interview(study, tmp_path, id="none", cases="")
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        marking.pass_turn(study, DOCUMENT, 4)
        offer(study, (TRUSTED, TRUST))
        view = home_view(study)
        assert [(group.title, [row.id for row in group.documents]) for group in view.groups] == [
            ("bru", [DOCUMENT]),
            ("tunnel", ["tunnelen"]),
            ("bru + tunnel", ["both"]),
            ("no case", ["none"]),
        ]
        words = len(study.text(DOCUMENT).text.split())
        row = view.groups[0].documents[0]
        assert row == DocumentRow(DOCUMENT, "Innkjøper", "kari, ola", row.words, 3, 2, 1, 1)
        assert 0 < row.words <= words


def test_what_is_left_to_do_is_counted(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        assert home_view(study).to_do == ()
        body = "Kari: Ja.\n\nPer: Nei.\n\nKari: Jo.\n\nPer: Å nei.\n"
        add_interview(study, tmp_path, id="none", cases="", body=body)
        coding.add(study, DOCUMENT, span_of(study, TRUSTED), TRUST)
        coding.add(study, "none", span_of(study, "Ja.", "none"), AVERSION)
        assert home_view(study).to_do == (
            ToDo(Left.LACKING, 1, "of your codings lacks a required qualifier"),
            ToDo(Left.WITHOUT_CASE, 1, "coding is in no case"),
            ToDo(Left.UNMAPPED, 1, "speaker label is nobody yet"),
        )


async def test_each_line_of_what_is_left_opens_its_list(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        body = "Kari: Ja.\n\nPer: Nei.\n\nKari: Jo.\n\nPer: Å nei.\n"
        add_interview(study, tmp_path, id="none", cases="", body=body)
        coding.add(study, DOCUMENT, span_of(study, TRUSTED), TRUST)
        coding.add(study, "none", span_of(study, "Ja.", "none"), AVERSION)
        picking.new_code(study, "Aftenmøter", "interaction", "nb")
        async with desk(study, None) as (pilot, app):
            for key, shown in (("1", TRUSTED), ("2", "Ja."), ("3", "Per"), ("4", "Aftenmøter")):
                await pilot.press(key)
                await until(pilot, lambda: not isinstance(app.screen, HomeScreen))
                await pilot.pause()
                assert shown in on_screen(app), key
                await pilot.press("g", "h")
                await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_enter_goes_on_where_this_coder_stopped(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen")
        marking.remember_place(study, "tunnelen", span_of(study, TRUSTED).start)
        async with desk(study, None) as (pilot, app):
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            assert coding_screen(app).opened.id == "tunnelen"
            assert coding_screen(app).transcript.cursor.offset == span_of(study, TRUSTED).start


async def test_the_cursor_goes_from_document_to_document_over_the_rows_of_cases(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen", cases="tunnel")
        async with desk(study, None) as (pilot, app):
            assert isinstance(app.screen, HomeScreen)
            table = app.screen.table
            seen = [table.chosen]
            for key in ("j", "j", "k", "up"):
                await pilot.press(key)
                seen.append(table.chosen)
            assert seen == [DOCUMENT, "tunnelen", "tunnelen", DOCUMENT, DOCUMENT]


async def test_a_double_click_opens_a_document(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen", cases="tunnel")
        async with desk(study, None) as (pilot, app):
            row = next(y for y, line in enumerate(on_screen(app).splitlines()) if "tunnel ·" in line) + 1
            await pilot.click(offset=(10, row), times=2)
            await until(pilot, lambda: isinstance(app.screen, CodingScreen))
            assert coding_screen(app).opened.id == "tunnelen"


async def test_home_counts_what_was_coded_in_the_document(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("t", "c", *"trust", "enter", "g", "h")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            await pilot.pause()
            assert "1 of 3 turns done" in on_screen(app)
            assert "1 of your codings lacks a required qualifier" in on_screen(app)
            await pilot.press("u")
            await pilot.pause()
            assert coding.of_document(study, DOCUMENT) == []
            assert "0 of 3 turns done" in on_screen(app)
            assert said(app).startswith("Taken back: interaction-trust put on gangbrua")


async def test_a_study_without_documents_says_how_they_come_in(tmp_path: Path) -> None:
    with create_study(tmp_path / "empty", coder="kari") as study:
        async with desk(study, None, size=(80, 24)) as (pilot, app):
            await pilot.press("j", "enter", "g", "t", "u")
            await pilot.pause()
            assert "There are no documents yet: g a brings transcripts in." in on_screen(app)
            assert "no codebook" in on_screen(app)
            assert said(app) == "There is nothing to undo."


async def test_a_document_removed_elsewhere_is_told_and_the_desk_lives_on(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen")
        async with desk(study, None) as (pilot, app):
            documents.remove(study, DOCUMENT)
            await pilot.press("enter")
            await pilot.pause()
            assert said(app).startswith(f"There is no document '{DOCUMENT}'.")
            await pilot.press("j", "enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen))
            assert coding_screen(app).opened.id == "tunnelen"


def layouts(screen: Screen[None]) -> list[Screen[None]]:
    """Grows by one with each layout of the screen."""
    found: list[Screen[None]] = []
    signal = cast("Signal[Screen[None]]", screen.screen_layout_refresh_signal)  # pyright: ignore[reportUnknownMemberType]
    signal.subscribe(screen, found.append)
    return found


async def test_home_under_a_document_costs_it_nothing_and_is_right_when_it_is_come_back_to(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(120, 40)) as (pilot, app):
            home = next(screen for screen in app.screen_stack if isinstance(screen, HomeScreen))
            assert not home.table.chosen
            laid_out = layouts(home)
            await pilot.resize_terminal(90, 30)
            await until(pilot, lambda: coding_screen(app).transcript.geometry.width < 90)
            assert laid_out == []
            await pilot.press("g", "h")
            await until(pilot, lambda: home.table.has_focus)
            await pilot.pause()
            assert home.table.chosen == DOCUMENT
            assert home.table.region.right == 90
            assert "Innkjøper" in on_screen(app)


async def test_a_new_size_is_laid_out_for_three_times_at_most(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(120, 40)) as (pilot, app):
            screen = coding_screen(app)
            laid_out = layouts(screen)
            await pilot.resize_terminal(112, 40)
            await until(pilot, lambda: screen.transcript.geometry.width < 112)
            await until(pilot, lambda: screen.inspector.is_at_rest)
            assert 1 <= len(laid_out) <= 3
