"""Going about: turns done, back, searching, and the place that is remembered."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import coding, history, marking
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TEMPLATE,
    TRUSTED,
    add_interview,
    coding_screen,
    desk,
    go_to,
    on_screen,
    said,
    span_of,
    study_in,
    until,
)


async def test_enter_passes_the_turn_and_goes_to_the_next_informants_turn(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("enter")
            await pilot.pause()
            assert marking.passed_turns(study, DOCUMENT) == {2}
            assert screen.place.offset == span_of(study, TRUSTED).start
            assert screen.transcript.page.states == ["", "passed", "", "", ""]
            await pilot.press("enter", "enter")
            await pilot.pause()
            assert marking.passed_turns(study, DOCUMENT) == {2, 4, 5}
            assert said(app) == "Every turn of this document is done."


async def test_a_coded_turn_is_done_without_being_passed(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        before = history.revision(study)
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("enter")
            await pilot.pause()
            assert history.revision(study) == before
            assert screen.place.offset == span_of(study, TRUSTED).start
            assert "1 of 3 turns done" in str(screen.top.content)


async def test_a_pass_is_taken_back_with_undo(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("enter", "u")
            await pilot.pause()
            assert marking.passed_turns(study, DOCUMENT) == set()
            assert coding_screen(app).transcript.page.states == [""] * 5


async def test_backspace_goes_back_to_where_a_jump_began(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("enter", "backspace")
            await pilot.pause()
            assert coding_screen(app).place.offset == span_of(study, TEMPLATE).start
            await pilot.press("backspace")
            await pilot.pause()
            assert said(app) == "There is nowhere to go back to."


async def test_searching_shows_hits_while_typing_and_enter_stays_on_one(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, FEAR)
            await pilot.press("slash", *"VI ")
            await pilot.pause()
            hits = [hit.start for hit in screen.transcript.page.hits]
            assert len(hits) == 3
            assert said(app) == "hit 1 of 3"
            await pilot.press("enter", "h")
            await pilot.pause()
            assert screen.place.offset == hits[1]
            await pilot.press("h", "h")
            assert screen.place.offset == hits[0]
            await pilot.press("H")
            await pilot.pause()
            assert screen.place.offset == hits[2]
            assert screen.transcript.has_focus


async def test_escape_in_a_search_goes_back_and_forgets_it(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, FEAR)
            await pilot.press("slash", *"~v.rkst", "escape")
            await pilot.pause()
            assert screen.place.offset == span_of(study, FEAR).start
            assert screen.transcript.page.hits == []
            await pilot.press("h")
            await pilot.pause()
            assert said(app) == "Nothing is searched for: / searches."


async def test_an_expression_that_is_not_finished_finds_nothing_and_harms_nothing(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("slash", *"~(ve")
            await pilot.pause()
            assert said(app) == "no hit"
            await pilot.press(*"rk)")
            await pilot.pause()
            assert said(app) == "hit 1 of 1"


async def test_the_place_is_remembered_for_each_document_when_the_desk_is_left(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("Q")
        async with desk(study, "tunnelen") as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            await pilot.press("Q")
        assert marking.last_document(study) == "tunnelen"
        async with desk(study) as (_pilot, app):
            assert coding_screen(app).transcript.cursor.offset == span_of(study, TEMPLATE).start


async def test_the_place_is_kept_soon_after_the_last_move_for_a_terminal_that_is_killed(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            at = span_of(study, TRUSTED).start
            await until(pilot, lambda: marking.place(study, DOCUMENT) == at)


async def test_the_place_belongs_to_the_coder(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        marking.remember_place(study, DOCUMENT, 77)
        study.act_as("ola")
        assert marking.place(study, DOCUMENT) == 0
        assert marking.last_document(study) is None


async def test_a_document_opened_for_the_first_time_says_at_once_what_a_key_acts_on(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, "Kan du fortelle"), AVERSION)
        marking.remember_place(study, DOCUMENT, span_of(study, "Kan").start)
        async with desk(study) as (_pilot, app):
            assert "sentence" in on_screen(app)
            assert coding_screen(app).place.current is not None
        add_interview(study, tmp_path, id="bare", body="Vi skrev om alt.\n")
        async with desk(study, "bare") as (_pilot, app):
            assert "sentence  4 words" in on_screen(app)
