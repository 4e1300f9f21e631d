"""Suggestions: keys act on the visited one, each decision is stored with its coding, and moves on."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.suggestion import Verdict
from qualcode.services import coding, suggesting
from qualcode.services.study import Study
from qualcode.tui.screens.coding import CodingScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    PROPOSALS,
    REGULATION,
    TEMPLATE,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    offer,
    placed,
    said,
    span_of,
    stored,
    study_in,
)


def verdicts(study: Study) -> list[tuple[Verdict, str]]:
    return [(item.verdict, item.code) for item in suggesting.decisions(study)]


def still_open(study: Study) -> list[str]:
    return [item.code for item in suggesting.open_suggestions(study)]


def heat(screen: CodingScreen) -> list[int]:
    """How coded each part of the document is, as the density map has counted."""
    return list(screen.density._heat)  # pyright: ignore[reportPrivateUsage] - what is painted is shades of it


async def test_n_goes_to_each_suggestion_also_where_they_overlap_and_begins_anew(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), ("redde", REGULATION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            seen: list[str] = []
            for key in ("n", "n", "n", "n", "N"):
                await pilot.press(key)
                await pilot.pause()
                seen.append(screen.opened.offered[screen.place.visited or ""].code)
            assert seen == [AVERSION, REGULATION, TRUST, AVERSION, TRUST]
            assert "Word: Etter" in screen.inspector.text().plain


async def test_a_accepts_the_visited_one_and_goes_to_the_next(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), ("redde", REGULATION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            await pilot.press("n", "n", "a")
            await pilot.pause()
            assert placed(study) == [("redde", REGULATION)]
            assert stored(study)[0].origin == "suggestion"
            assert stored(study)[0].qualifiers == {"valence": "-1"}
            assert verdicts(study) == [(Verdict.ACCEPTED, REGULATION)]
            screen = coding_screen(app)
            assert screen.opened.offered[screen.place.visited or ""].code == TRUST
            assert said(app) == "Accepted: Regulation"


async def test_what_was_just_accepted_takes_the_next_editing_key(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, _app):
            await pilot.press("n", "a", "plus")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {"valence": "1"}


async def test_accept_undo_redo_undo_leaves_codings_suggestions_and_counts_right(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await pilot.press("n")
            done, taken_back = (1, [TRUST]), (0, [AVERSION, TRUST])
            for key, (codings, offered) in zip("auUu", (done, taken_back, done, taken_back), strict=True):
                await pilot.press(key)
                await pilot.pause()
                assert len(stored(study)) == codings
                assert still_open(study) == offered
                assert screen.codebook_pane.total(AVERSION) == codings
                assert screen.codebook_pane.total("barrier") == codings
                assert sorted(item.code for item in screen.opened.offered.values()) == offered
                painted = [one.painted for one in screen.transcript.page.lanes]
                assert sum(not one.suggestion for one in painted) == codings
                assert sum(one.suggestion for one in painted) == len(offered)
                counted = heat(screen)
                screen.density.recount()
                assert counted == heat(screen)


async def test_what_undo_opens_again_is_visited(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, _app):
            await pilot.press("n", "r", "u", "a")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION)]


async def test_r_rejects_and_what_is_rejected_is_not_offered_again(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            await pilot.press("n", "r")
            await pilot.pause()
            assert verdicts(study) == [(Verdict.REJECTED, AVERSION)]
            assert stored(study) == []
            assert [item.code for item in coding_screen(app).opened.offered.values()] == [TRUST]


async def test_z_leaves_the_suggestion_open_and_moves_on(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            await pilot.press("n", "z")
            await pilot.pause()
            screen = coding_screen(app)
            assert verdicts(study) == [(Verdict.SKIPPED, AVERSION)]
            assert still_open(study) == [AVERSION, TRUST]
            assert screen.opened.offered[screen.place.visited or ""].code == TRUST


async def test_e_corrects_the_code_of_the_visited_suggestion(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION))
        async with desk(study) as (pilot, app):
            await pilot.press("n", "e", *"regul", "enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, REGULATION)]
            assert verdicts(study) == [(Verdict.CORRECTED, AVERSION)]
            assert said(app) == "Corrected: Regulation"


async def test_a_selection_corrects_the_words_of_the_visited_suggestion(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION))
        async with desk(study) as (pilot, _app):
            await pilot.press("n", "w", "w", "v", "w", "w", "E")
            await pilot.pause()
            assert placed(study) == [("redde for å", AVERSION)]
            assert verdicts(study) == [(Verdict.CORRECTED, AVERSION)]


async def test_correcting_a_suggestion_with_itself_is_refused_in_words(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION))
        async with desk(study) as (pilot, app):
            await pilot.press("n", "e", *"risk av", "enter")
            await pilot.pause()
            assert stored(study) == []
            assert "is not corrected by what it says itself" in said(app)
            await pilot.press("a")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION)]


@pytest.mark.parametrize("key", ["a", "r", "z"])
async def test_a_deciding_key_first_shows_what_it_would_decide(tmp_path: Path, key: str) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION))
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            await pilot.press(key)
            await pilot.pause()
            assert said(app) == "Go to a suggestion first: n."
            await go_to(pilot, app, FEAR)
            await pilot.press(key)
            await pilot.pause()
            screen = coding_screen(app)
            assert verdicts(study) == []
            assert screen.opened.offered[screen.place.visited or ""].code == AVERSION
            await pilot.press(key)
            await pilot.pause()
            assert len(verdicts(study)) == 1


async def test_a_visited_suggestion_shields_the_coding_under_it(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), REGULATION)
        offer(study, (FEAR, AVERSION))
        async with desk(study) as (pilot, app):
            await pilot.press("n", "d")
            await pilot.pause()
            assert len(stored(study)) == 1
            assert said(app).startswith("This is a suggestion")
            await pilot.press("tab", "d")
            await pilot.pause()
            assert stored(study) == []


async def test_coding_by_hand_what_was_suggested_takes_the_suggestion_away(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION))
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter")
            await pilot.pause()
            assert coding_screen(app).opened.offered == {}
            await pilot.press("d")
            await pilot.pause()
            assert [item.code for item in coding_screen(app).opened.offered.values()] == [AVERSION]


async def test_a_suggestion_decided_elsewhere_is_not_decided_twice(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            await pilot.press("n")
            suggesting.reject(study, suggesting.open_suggestions(study)[0].id)
            await pilot.press("a")
            await pilot.pause()
            assert "is decided already" in said(app)
            assert stored(study) == []
            assert [item.code for item in coding_screen(app).opened.offered.values()] == [TRUST]


async def test_only_what_was_visited_is_remembered_as_shown(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TEMPLATE, REGULATION), (PROPOSALS, REGULATION))
        async with desk(study) as (pilot, _app):
            await pilot.press("n", "n", "N")
            await pilot.pause()
            (tally,) = suggesting.summary(study)
            assert (tally.shown, tally.open) == (2, 3)


async def test_without_suggestions_the_key_says_how_to_get_some(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("n")
            await pilot.pause()
            assert said(app) == "No suggestions are open here: g s makes new ones."


async def test_a_code_that_was_suggested_and_seen_can_be_unmade_and_made_again(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("i", "1")
            await pilot.pause()
            code = stored(study)[0].code or ""
            offer(study, (TRUSTED, code))
            app.shown.reread()
            await pilot.press("n", "u", "u")
            await pilot.pause()
            assert stored(study) == []
            assert code not in study.codebook
            await pilot.press("U", "U")
            await pilot.pause()
            assert placed(study) == [(FEAR, code)]
