"""Putting codes on the text: each way of choosing a code stores one coding on the selection or the sentence."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import coding, history, marking
from tests.tui.studies import (
    AVERSION,
    FEAR,
    REGULATION,
    TEMPLATE,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    placed,
    said,
    span_of,
    stored,
    study_in,
)


async def test_a_few_letters_and_enter_code_the_sentence_under_the_cursor(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION)]
            assert stored(study)[0].qualifiers == {"valence": "-1"}
            screen = coding_screen(app)
            assert screen.transcript.has_focus
            assert screen.place.current == stored(study)[0].uid
            assert screen.codebook_pane.total(AVERSION) == 1
            assert "1 coding" in str(screen.top.content)


async def test_marked_words_are_coded_instead_of_the_sentence(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, "redde")
            await pilot.press("v", "w", "w", "c", *"risk av", "enter")
            await pilot.pause()
            assert placed(study) == [("redde for å", AVERSION)]


async def test_a_second_code_goes_on_the_same_words_and_a_move_ends_the_marking(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, "redde")
            await pilot.press("v", "w", "c", *"risk av", "enter", "c", *"regul", "enter", "w")
            await pilot.pause()
            assert placed(study) == [("redde for", AVERSION), ("redde for", REGULATION)]
            assert coding_screen(app).transcript.cursor.selection is None


async def test_words_marked_with_the_mouse_are_coded(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            view = coding_screen(app).transcript
            first, last = span_of(study, "Juristen"), span_of(study, "malen")
            wrap, gutter = view.page.wrap, view.geometry.gutter
            places = [(gutter + wrap.column_of(at), wrap.row_of(at)) for at in (first.start + 2, last.start + 2)]
            await pilot.mouse_down(view, offset=places[0])
            await pilot.hover(view, offset=places[1])
            await pilot.mouse_up(view, offset=places[1])
            await pilot.press("c", *"regul", "enter")
            await pilot.pause()
            assert placed(study) == [("Juristen ville følge malen", REGULATION)]


async def test_a_digit_in_the_picker_takes_that_row(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk")
            await pilot.pause()
            second = coding_screen(app).picker._found[1].id  # pyright: ignore[reportPrivateUsage] - the second row
            await pilot.press("2")
            await pilot.pause()
            assert placed(study) == [(FEAR, second)]


async def test_escape_leaves_the_picker_and_nothing_is_stored(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("c", *"risk", "escape")
            await pilot.pause()
            assert stored(study) == []
            assert coding_screen(app).transcript.has_focus


async def test_the_last_code_is_repeated_also_after_a_restart(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, "gangbrua", span_of(study, FEAR), REGULATION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("full_stop")
            await pilot.pause()
            assert placed(study) == [(FEAR, REGULATION), (TEMPLATE, REGULATION)]


async def test_without_a_code_to_repeat_the_key_says_what_to_do(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("full_stop")
            await pilot.pause()
            assert said(app) == "Nothing to repeat yet: c chooses a code."


async def test_a_digit_in_the_codebook_makes_a_favourite_that_codes_with_one_key(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("4")
            await pilot.pause()
            assert said(app) == "4 has no code yet: g b, then 4 on a code gives it one."
            await pilot.press("g", "b")
            await pilot.pause()
            codes = [view.id for view in screen.wording.listed]
            screen.codebook_pane.stand_on(codes.index(REGULATION))
            await pilot.press("4", "escape", "4")
            await pilot.pause()
            assert marking.favourites(study) == {"4": REGULATION}
            assert placed(study) == [(TEMPLATE, REGULATION)]


async def test_enter_in_the_codebook_codes_and_coding_keys_do_nothing_there(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, FEAR)
            await pilot.press("g", "b")
            await pilot.pause()
            screen.codebook_pane.stand_on([view.id for view in screen.wording.listed].index(TRUST))
            await pilot.press("full_stop", "d", "tab", "c")
            assert stored(study) == []
            assert screen.codebook_pane.has_focus
            await pilot.press("enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, TRUST)]
            assert screen.transcript.has_focus


async def test_a_click_on_a_code_puts_it(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, FEAR)
            row = [view.id for view in screen.wording.listed].index(AVERSION)
            await pilot.click(screen.codebook_pane, offset=(8, row), times=2)
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION)]


async def test_the_same_code_twice_is_no_error_and_is_said(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter", "full_stop")
            await pilot.pause()
            assert len(stored(study)) == 1
            assert said(app).startswith("That is coded so already: Risk aversion")
            assert coding_screen(app).codebook_pane.total(AVERSION) == 1


async def test_what_carries_over_in_a_turn_is_proposed_with_the_next_coding(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter", "q", "2")
            await go_to(pilot, app, TEMPLATE)
            await pilot.press("c", *"regul", "enter")
            await pilot.pause()
            assert stored(study)[1].qualifiers == {"valence": "-1", "phase": "need"}
            assert "Phase: need" in coding_screen(app).inspector.text().plain


async def test_words_that_are_no_code_become_one_under_the_family_chosen(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"Fear of the press", "tab", "2")
            await pilot.pause()
            assert placed(study) == [(FEAR, "fear-of-the-press")]
            made = study.codebook["fear-of-the-press"]
            assert (made.parent, made.names, made.origin.value) == (
                "barrier",
                {"en": "Fear of the press"},
                "inductive",
            )
            assert "fear-of-the-press" in [view.id for view in coding_screen(app).wording.listed]
            history.undo(study)
            history.undo(study)
            assert "fear-of-the-press" not in study.codebook


async def test_the_words_themselves_become_a_code(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, "stolte vi på hverandre")
            await pilot.press("v", "w", "w", "w", "i", "4")
            await pilot.pause()
            assert placed(study) == [("stolte vi på hverandre", "stolte-vi-på-hverandre")]


async def test_a_new_code_that_nearly_exists_is_said_first(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            await pilot.press("c", *"trusts", "tab")
            await pilot.pause()
            assert "nearly such a code: Trust" in said(app)
            await pilot.press("escape")
            await pilot.pause()
            assert stored(study) == []
            assert coding_screen(app).transcript.has_focus


async def test_the_picker_finds_norwegian_names_on_an_english_screen(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            await pilot.press("c", *"tillit", "enter")
            await pilot.pause()
            assert placed(study) == [(TRUSTED, TRUST)]
