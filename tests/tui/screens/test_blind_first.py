"""Reading blind first: nothing of a turn is seen before this coder is done with it, and then it stays seen."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import blinding, coding, marking
from qualcode.services.study import open_study
from qualcode.tui.app import Desk
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TRUST,
    TRUSTED,
    coding_screen,
    desk,
    go_to,
    offer,
    on_screen,
    placed,
    said,
    span_of,
    study_in,
)


def shown(app: Desk) -> list[str | None]:
    return [one.painted.code for one in coding_screen(app).transcript.page.lanes]


async def test_a_turn_shows_what_was_hidden_when_it_is_passed_and_goes_on_at_the_second_enter(
    tmp_path: Path,
) -> None:
    with study_in(tmp_path) as study:
        offer(study, (FEAR, AVERSION), (TRUSTED, TRUST))
        async with desk(study) as (pilot, app):
            assert shown(app) == [AVERSION, TRUST]
            await pilot.press("y")
            await pilot.pause()
            assert shown(app) == []
            assert "blind first: 5 turns hidden" in on_screen(app)
            await go_to(pilot, app, FEAR)
            await pilot.press("enter")
            await pilot.pause()
            assert shown(app) == [AVERSION]
            assert said(app) == "Passed: 1 suggestion was hidden here. Enter goes on."
            assert marking.passed_turns(study, DOCUMENT) == {2}
            await pilot.press("enter")
            await pilot.pause()
            assert coding_screen(app).place.offset == span_of(study, TRUSTED).start
            await pilot.press("y")
            await pilot.pause()
            assert shown(app) == [AVERSION, TRUST]


async def test_ones_own_coding_opens_its_turn_for_good(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        with open_study(study.folder or "", coder="ola") as other:
            coding.add(other, DOCUMENT, span_of(study, FEAR), TRUST)
        blinding.set_blind(study, DOCUMENT, True)
        async with desk(study) as (pilot, app):
            assert shown(app) == []
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter")
            await pilot.pause()
            assert sorted(map(str, shown(app))) == sorted([AVERSION, TRUST])
            await pilot.press("u")
            await pilot.pause()
            assert shown(app) == [TRUST]
            assert placed(study) == [(FEAR, TRUST)]
