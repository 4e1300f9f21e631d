"""What a filter shows, that it says so, and that what it hides is neither edited nor counted out."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import coding, memos
from qualcode.services.study import Study, open_study
from qualcode.tui.app import Desk
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    PROPOSALS,
    TEMPLATE,
    TRUST,
    TRUSTED,
    add_interview,
    coding_screen,
    desk,
    go_to,
    on_screen,
    said,
    span_of,
    stored,
    study_in,
)


def put(study: Study, words: str, code: str, **values: str) -> str:
    return coding.add(study, DOCUMENT, span_of(study, words), code, qualifiers=values).segment.coding.uid


def shown(app: Desk) -> list[str | None]:
    """The codes that are painted, in text order."""
    return [placed.painted.code for placed in coding_screen(app).transcript.page.lanes]


async def test_only_the_codings_of_one_code_are_shown_until_ff_shows_all(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        put(study, TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("f", "c")
            await pilot.pause()
            assert shown(app) == [AVERSION]
            assert "only: Risk aversion" in on_screen(app)
            assert said(app) == "1 of 2 codings are shown."
            await go_to(pilot, app, TRUSTED)
            await pilot.press("d")
            await pilot.pause()
            assert len(stored(study)) == 2
            await pilot.press("f", "f")
            await pilot.pause()
            assert shown(app) == [AVERSION, TRUST]
            assert "only:" not in on_screen(app)


async def test_a_filter_narrows_by_code_from_the_list_by_value_and_by_memo(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION, valence="-1")
        noted = put(study, TEMPLATE, AVERSION, valence="1")
        put(study, TRUSTED, TRUST)
        memos.add(study, noted, "Sjekk dette.")
        async with desk(study) as (pilot, app):
            await pilot.press("f", "o", *"risk av", "enter")
            await pilot.pause()
            assert shown(app) == [AVERSION, AVERSION]
            await go_to(pilot, app, FEAR)
            await pilot.press("f", "q", "+")
            await pilot.pause()
            assert [one.uid for one in stored(study) if one.uid in coding_screen(app).opened.shown] == [noted]
            await pilot.press("f", "f", "f", "m")
            await pilot.pause()
            assert list(coding_screen(app).opened.shown) == [noted]
            assert "with a memo" in on_screen(app)


async def test_turns_stay_done_and_the_filter_goes_along_to_the_next_document(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        put(study, PROPOSALS, TRUST)
        add_interview(study, tmp_path, id="kaia", title="Kaia", body="I: Og?\n\nKari: Vi var redde.\n")
        coding.add(study, "kaia", span_of(study, "Vi var redde.", "kaia"), AVERSION)
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await go_to(pilot, app, PROPOSALS)
            done = screen.transcript.page.done
            await pilot.press("f", "c")
            await go_to(pilot, app, FEAR)
            await pilot.press("full_stop", "u")
            await pilot.pause()
            assert screen.transcript.page.done == done
            app.open_document("kaia")
            await pilot.pause()
            assert shown(app) == []
            assert "only:" in on_screen(app)


async def test_o_goes_to_the_next_coding_of_anybody_and_makes_ones_own_current(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        own = put(study, TEMPLATE, AVERSION)
        with open_study(study.folder or "", coder="ola") as other:
            put(other, TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            screen = coding_screen(app)
            await pilot.press("o")
            await pilot.pause()
            assert screen.place.current == own
            await pilot.press("o")
            await pilot.pause()
            assert (screen.place.offset, screen.place.current) == (span_of(study, TRUSTED).start, None)
            await pilot.press("o")
            assert said(app) == "No more codings this way."
            await pilot.press("O")
            await pilot.pause()
            assert screen.place.current == own
