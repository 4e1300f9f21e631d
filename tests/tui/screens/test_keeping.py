"""After undo, and after others' writes, the page shows what a page opened anew would show."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import coding, history, memos
from qualcode.services.study import open_study
from qualcode.tui.open_document import OpenDocument
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
    add_interview,
    coding_screen,
    desk,
    go_to,
    offer,
    span_of,
    study_in,
)


def assert_as_opened_anew(screen: CodingScreen) -> None:
    """What is kept and painted, counted and said is what reading everything gives."""
    study, kept, page = screen.study, screen.opened, screen.transcript.page
    anew = OpenDocument(study, kept.id)
    assert kept.segments == anew.segments
    assert kept.offered == anew.offered
    assert {placed.painted.id: placed.painted for placed in page.lanes} == anew.painted(screen.wording)
    states = anew.turn_states()
    assert page.states == [states.get(turn.number, "") for turn in kept.text.turns]
    answers = [turn for turn in kept.text.turns if turn.body and not kept.is_asking(turn)]
    assert (page.done, page.answers) == (sum(turn.number in states for turn in answers), len(answers))
    assert {code: screen.codebook_pane.total(code) for code in (AVERSION, TRUST, REGULATION)} == {
        code: coding.counts_by_code(study).get(code, 0) for code in (AVERSION, TRUST, REGULATION)
    }


async def test_after_each_undo_and_redo_the_page_is_as_one_opened_anew(tmp_path: Path) -> None:
    study = study_in(tmp_path)
    offer(study, (FEAR, AVERSION), (TEMPLATE, REGULATION), (TRUSTED, TRUST))
    before = sum(entry.operation.undoable for entry in history.listing(study))
    async with desk(study) as (pilot, app):
        screen = coding_screen(app)
        # coded as suggested, its valence, accepted, rejected, its bounds, removed
        for keys in (["c", *"risk av", "enter"], ["plus"], ["n", "a"], ["r"], ["W", "W", "E"], ["d"]):
            if keys[0] in "cW":
                await go_to(pilot, app, FEAR)
            await pilot.press(*keys)
        assert_as_opened_anew(screen)
        done = sum(entry.operation.undoable for entry in history.listing(study)) - before
        assert done == 6
        for key in "u" * done + "U" * done + "u" * done:
            await pilot.press(key)
            assert_as_opened_anew(screen)
        assert not screen.opened.segments
        assert len(screen.opened.offered) == 3


async def test_what_another_coder_writes_is_on_the_page_at_the_next_key_that_writes(tmp_path: Path) -> None:
    study = study_in(tmp_path, others=("ola",))
    add_interview(study, tmp_path, id="other", title="Annen")
    async with desk(study) as (pilot, app):
        screen = coding_screen(app)
        folder = study.folder
        assert folder is not None
        with open_study(folder, coder="ola") as theirs:
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"trust", "enter")
            made = coding.add(theirs, DOCUMENT, span_of(study, TEMPLATE), REGULATION).segment.coding
            for write in (
                lambda: coding.edit(theirs, made.uid, span=span_of(study, PROPOSALS)),
                lambda: memos.add(theirs, made.uid, "Se også Ola"),
                lambda: coding.remove(theirs, [made.uid]),
                lambda: coding.add(theirs, "other", span_of(study, FEAR, "other"), TRUST),
            ):
                write()
                await pilot.press("full_stop", "s")
                screen.catch_up()
                assert_as_opened_anew(screen)
