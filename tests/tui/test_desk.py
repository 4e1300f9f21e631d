"""What holds on every screen: language, theme, help, go, jobs, errors, sizes, and text that means harm."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from textual import events

from qualcode import i18n
from qualcode.domain.progress import Report, Step
from qualcode.errors import Message, QualcodeError
from qualcode.services import coding, documents, marking, picking, suggesting
from qualcode.services.study import Study, create_study
from qualcode.tui import app as desk_app
from qualcode.tui.keymap import goes_from
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.help import HelpScreen
from qualcode.tui.screens.home import HomeScreen
from qualcode.tui.widgets.job import JobLine
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TRUST,
    add_interview,
    coding_screen,
    desk,
    go_to,
    on_screen,
    placed,
    said,
    span_of,
    stored,
    study_in,
    until,
)


@pytest.fixture(autouse=True)
def english_again() -> Generator[None]:
    """F2 changes the language of the process."""
    yield
    i18n.set_language("en")


async def test_f2_changes_the_language_in_place_and_code_names_follow(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        async with desk(study, size=(160, 40)) as (pilot, app):
            await go_to(pilot, app, "redde")
            await pilot.press("v", "w")
            await pilot.pause()
            assert "Risk aversion" in on_screen(app)
            selection = coding_screen(app).transcript.cursor.selection
            await pilot.press("f2")
            await pilot.pause()
            assert i18n.language() == "nb"
            assert "Risikoaversjon" in on_screen(app)
            assert "Risk aversion" not in on_screen(app)
            assert coding_screen(app).transcript.cursor.selection == selection
            await pilot.press("c", *"frykt")
            await pilot.pause()
            assert "Risikoaversjon og frykt" in on_screen(app)
            await pilot.press("enter", "f2")
            await pilot.pause()
            assert placed(study)[-1] == ("redde for", AVERSION)


async def test_f3_changes_the_theme_and_the_coder_finds_it_again(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            assert app.theme == "qualcode-dark"
            await pilot.press("f3")
            assert app.theme == "qualcode-light"
        async with desk(study) as (_pilot, app):
            assert app.theme == "qualcode-light"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_help_names_the_keys_of_the_pane_and_any_way_out_closes_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=size) as (pilot, app):
            for key in ("escape", "question_mark", "f1", "enter"):
                await pilot.press("question_mark")
                await pilot.pause()
                assert isinstance(app.screen, HelpScreen)
                assert "next sentence" in on_screen(app)
                await pilot.press(key)
                await pilot.pause()
                assert isinstance(app.screen, CodingScreen)
            await pilot.press("g", "b", "question_mark")
            await pilot.pause()
            assert "give the code this digit" in on_screen(app)
            await pilot.press("u", "d", "escape")
            assert said(app) == ""


async def test_the_help_narrows_to_the_words_written_and_finds_them_on_other_screens(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(80, 24)) as (pilot, app):
            await pilot.press("question_mark", *"merge")
            await pilot.pause()
            assert "codebook with its texts" in on_screen(app)
            assert "merge into another code" in on_screen(app)
            assert "next sentence" not in on_screen(app)
            await pilot.press(*"zzz")
            await pilot.pause()
            assert "No line has these words." in on_screen(app)


async def test_what_is_hidden_is_said_above_also_on_a_narrow_screen(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        documents.edit(study, DOCUMENT, {"title": "A title that takes all of the line above, and then some more"})
        async with desk(study, size=(80, 24)) as (pilot, app):
            await pilot.press("f", "m")
            await pilot.pause()
            assert "only: with a memo" in on_screen(app).splitlines()[0]
            await pilot.press("t", "c")
            await pilot.pause()
            assert "Enter take" in on_screen(app).splitlines()[-1]


@pytest.mark.parametrize("screen", ["home", "coding"])
async def test_every_letter_after_g_leads_somewhere_on_its_screen(tmp_path: Path, screen: str) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, DOCUMENT if screen == "coding" else None) as (_pilot, app):
            for go in goes_from(screen):
                assert callable(getattr(app.shown, f"go_{go.key}", None)) or go.opens, go.label


async def test_g_and_a_letter_go_about_and_escape_forgets_the_g(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(110, 30)) as (pilot, app):
            screen = coding_screen(app)
            await pilot.press("g", "i")
            assert screen.has_class("-inspecting")
            await pilot.press("g", "b")
            await pilot.pause()
            assert screen.codebook_pane.has_focus
            await pilot.press("g", "t")
            await pilot.pause()
            assert screen.transcript.has_focus
            await pilot.press("g", "x", "escape", "g", "h")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            await pilot.press("g", "t")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen))


async def test_a_database_that_cannot_be_written_is_told_and_the_desk_lives_on(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            with sqlite3.connect(tmp_path / "study" / "study.db") as other:
                other.execute("CREATE TRIGGER full BEFORE INSERT ON coding BEGIN SELECT RAISE(ABORT, 'full'); END")
            await pilot.press("c", *"risk av", "enter")
            await pilot.pause()
            assert said(app) != ""
            assert coding_screen(app).codebook_pane.total(AVERSION) == 0
            with sqlite3.connect(tmp_path / "study" / "study.db") as other:
                other.execute("DROP TRIGGER full")
            await pilot.press("c", *"risk av", "enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION)]


async def test_a_code_made_elsewhere_can_be_put_at_the_next_action(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            picking.new_code(study, "Fear of the press", "barrier", "en")
            await pilot.press("c", *"trust", "enter", "u", "c", *"fear of the p", "enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, "fear-of-the-press")]


async def test_at_80_by_24_a_sentence_is_coded_qualified_and_undone(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(80, 24)) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av")
            await pilot.pause()
            assert "redde for å gjøre feil" in on_screen(app)
            await pilot.press("enter", "q")
            await pilot.pause()
            assert "paraphrase only" in on_screen(app)
            await pilot.press("b")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {"valence": "-1", "about_actor": "actor-buyer"}
            assert "Risk aversion and fear of failure −1 · Buyer" in on_screen(app)
            await pilot.press("u", "u")
            await pilot.pause()
            assert stored(study) == []


HOSTILE = "\x1b]0;owned\x07\u202etxet"


async def test_hostile_text_in_titles_names_labels_and_memos_reaches_the_screen_as_symbols(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        body = f"Kari: Vi var redde {HOSTILE} [bold]ja[/] for feil.\n\nKari: Nei.\n"
        add_interview(study, tmp_path, id="hostile", title="'[red]x[/] \\\\u202e'", body=body)
        picking.new_code(study, f"Fear {HOSTILE} [link=x]", "barrier", "en")
        async with desk(study, "hostile", size=(160, 40)) as (pilot, app):
            await pilot.press("c", *"fear", "enter", "m", *"[red]memo", "escape")
            await pilot.pause()
            await pilot.press("c", *"fear")
            await pilot.pause()
            screens = [on_screen(app)]
            await pilot.press("escape", "slash", *"redde", "enter", "question_mark", "escape", "g", "h")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            screens.append(on_screen(app))
            assert len(stored(study, "hostile")) == 1
            assert "[bold]ja[/]" in screens[0]
            assert "␛]0;owned␇�txet" in screens[0]
            assert not {"\x1b", "\x07", "\u202e"} & set("".join(screens))


async def test_an_empty_document_takes_every_key_and_stays_empty(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="bare", body="Kari:\n\nOla:\n")
        async with desk(study, "bare") as (pilot, app):
            keys = (
                "j",
                "w",
                "s",
                "t",
                "space",
                "v",
                "x",
                "X",
                "n",
                "a",
                "full_stop",
                "1",
                "plus",
                "q",
                "d",
                "m",
                "e",
            )
            await pilot.press(*keys, "tab", "E", "i", "escape", "enter", "backspace", "h", "u", "U")
            await pilot.pause()
            await pilot.press("escape", "c", *"trust", "enter")
            await pilot.pause()
            assert isinstance(app.screen, CodingScreen)
            assert [one.code for one in stored(study, "bare")] in ([], [TRUST])


async def test_a_study_without_a_codebook_is_read_and_says_what_is_missing(tmp_path: Path) -> None:
    with create_study(tmp_path / "study", coder="kari") as study:
        add_interview(study, tmp_path)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("i")
            await pilot.pause()
            assert said(app).startswith("The codebook is empty")
            await pilot.press("c", *"x", "enter", "escape")
            await pilot.pause()
            assert stored(study) == []


# Suggestions in the background


class Held:
    """A run of suggestions that goes on when the test says so; it works in its own thread and study."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.begun = threading.Event()
        self.asked: list[list[str] | None] = []

    def run(
        self, study: Study, documents: list[str] | None = None, *, report: Report = lambda _step: None
    ) -> suggesting.RunReport:
        self.asked.append(documents)
        report(Step(Message("Suggesting"), 0, 2))
        self.begun.set()
        assert self.go_on.wait(20)
        report(Step(Message("Suggesting"), 2, 2))
        return suggesting.RunReport("held", "1", (DOCUMENT,), {DOCUMENT: 3})


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Generator[Held]:
    job = Held()
    monkeypatch.setattr("qualcode.tui.app.suggesting.run", job.run)
    yield job
    job.go_on.set()


async def test_suggestions_run_beside_the_coding_with_their_progress_shown(tmp_path: Path, held: Held) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("g", "s")
            await until(pilot, lambda: app.shown.query_one(JobLine).has_class("-running"))
            assert "0/2" in on_screen(app)
            await pilot.press("c", *"risk av", "enter")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION)]
            held.go_on.set()
            await until(pilot, lambda: not app.job_runs)
            await pilot.pause()
            assert said(app) == "3 suggestions made"
            assert held.asked == [[DOCUMENT]]
            assert not app.shown.query_one(JobLine).has_class("-running")


async def test_g_x_stops_the_run_and_the_suggestions_stay_as_they_were(tmp_path: Path, held: Held) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("g", "s")
            await until(pilot, held.begun.is_set)
            await pilot.press("g", "x")
            held.go_on.set()
            await until(pilot, lambda: not app.job_runs)
            await pilot.pause()
            assert said(app) == "Stopped; the suggestions are as they were."


async def test_a_run_that_fails_is_told_and_another_can_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise QualcodeError("No words to weigh.")

    monkeypatch.setattr("qualcode.tui.app.suggesting.run", fail)
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await pilot.press("g", "s")
            await until(pilot, lambda: said(app) == "No words to weigh.")
            assert not app.job_runs


async def test_the_real_suggester_reads_the_document_and_offers_on_the_screen(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("g", "s")
            await until(pilot, lambda: said(app).endswith("made"))
            offered = [item.code for item in suggesting.open_suggestions(study)]
            assert offered
            assert [item.code for item in coding_screen(app).opened.offered.values()] == offered


# Opening


def test_an_unknown_document_or_nobody_acting_is_refused_before_the_screen_is_taken(tmp_path: Path) -> None:
    with study_in(tmp_path) as study, pytest.raises(QualcodeError, match="no document"):
        desk_app.run(study, "nowhere")
    nobody = Study(study.store, folder=None, file=study.file, coder=None)
    with nobody, pytest.raises(QualcodeError, match="Nobody is named"):
        desk_app.run(nobody)


async def test_ctrl_c_closes_nothing(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await pilot.press("ctrl+c")
            await pilot.pause()
            assert app.is_running
            assert said(app) == "Q quits; everything is stored."


async def test_leaving_keeps_favourites_and_place(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("Q")
            await until(pilot, lambda: not app.is_running or app.return_code is not None)
        assert marking.place(study, DOCUMENT) == span_of(study, FEAR).start


async def test_keys_that_come_in_one_burst_reach_what_the_first_one_opened(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            for key in ("c", "r", "i", "s", "k", "space", "a", "v"):
                app.post_message(events.Key(key, " " if key == "space" else key))
            app.post_message(events.Key("enter", None))
            await until(pilot, lambda: placed(study) == [(FEAR, AVERSION)])
            app.post_message(events.Key("g", "g"))
            app.post_message(events.Key("h", "h"))
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            assert said(app) == ""


async def test_keys_that_come_while_a_document_opens_are_for_the_document(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            app.post_message(events.Key("enter", None))
            await asyncio.sleep(0.1)
            app.post_message(events.Key("slash", "/"))
            await asyncio.sleep(0.1)
            for letter in "juristen":
                app.post_message(events.Key(letter, letter))
            await until(pilot, lambda: said(app) == "hit 1 of 1")
            assert coding_screen(app).search.value == "juristen"


async def test_a_job_stopped_in_the_breath_it_began_in_ends(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            for _ in range(5):
                app.suggest(None)
                app.stop_job()
                await until(pilot, lambda: not app.job_runs)
            assert said(app) == "Stopped; the suggestions are as they were."
