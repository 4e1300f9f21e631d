"""The codebook screen: what each key stores, what is said before, and that the text picks it up."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import TextArea

from qualcode.domain.codebook import Codebook
from qualcode.services import code_usage, codebooks, coding
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.splitting import SplitScreen
from tests.tui.studies import (
    AVERSION,
    FEAR,
    REGULATION,
    TEMPLATE,
    TRUST,
    coding_screen,
    desk,
    go_to,
    on_screen,
    placed,
    said,
    span_of,
    study_in,
    until,
)


def names(codebook: Codebook, parent: str | None) -> list[str]:
    return [code.name("en") for code in codebook.children(parent) if not code.retired]


async def codebook_screen(pilot: Pilot[None], app: Desk, code: str = "") -> CodebookScreen:
    """The codebook opened by its keys, with a code in hand."""
    await pilot.press("g", "B")
    await until(pilot, lambda: isinstance(app.screen, CodebookScreen) and app.screen.tree.has_focus)
    assert isinstance(app.screen, CodebookScreen)
    if code:
        app.screen.show_code(code)
        await pilot.pause()
    return app.screen


def coded(study: Study) -> None:
    coding.add(study, "gangbrua", span_of(study, FEAR), AVERSION)
    coding.add(study, "gangbrua", span_of(study, TEMPLATE), REGULATION)


async def test_the_card_has_the_texts_of_the_code_in_hand_in_both_languages(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coded(study)
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, AVERSION)
            code = study.codebook[AVERSION]
            shown = on_screen(app)
            assert all(code.names[tag] in shown for tag in ("nb", "en"))
            assert all(code.definition[tag].split(".")[0][:20] in shown for tag in ("nb", "en"))
            assert "1 coding · 1 document · 1 informant" in shown
            assert screen.used["barrier"].whole == code_usage.Usage(2, 1, 1)


async def test_the_text_shows_what_was_renamed_beside_it(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, size=(140, 40)) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("c", *"risk av", "enter")
            screen = await codebook_screen(pilot, app)
            assert screen.tree.chosen == AVERSION
            await pilot.press("r", "ctrl+u", *"Fright", "enter", "escape")
            await until(pilot, lambda: coding_screen(app).transcript.has_focus)
            assert study.codebook[AVERSION].names["en"] == "Fright"
            assert "Fright" in on_screen(app)


async def test_a_new_code_lies_under_the_one_in_hand_and_undo_takes_it_away(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, "interaction")
            before = names(study.codebook, "interaction")
            await pilot.press("n", *"Rowing", "enter")
            await pilot.pause()
            assert names(study.codebook, "interaction") == [*before, "Rowing"]
            assert screen.tree.chosen == "rowing"
            await pilot.press("u")
            await pilot.pause()
            assert names(study.codebook, "interaction") == before


async def test_nearly_the_same_name_is_told_before_a_code_is_made(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await codebook_screen(pilot, app, "interaction")
            known = study.codebook[TRUST].name("en")
            await pilot.press("n", *f"{known}s", "enter")
            await pilot.pause()
            assert said(app) == f"There is nearly such a code: {known}. Esc leaves it at that."
            count = len(study.codebook.codes)
            await pilot.press("y")
            await pilot.pause()
            assert len(study.codebook.codes) == count + 1


async def test_texts_are_written_in_either_language_and_kept_by_escape(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, TRUST)
            await pilot.press("e", "D")
            await pilot.pause()
            screen.query_one(TextArea).text = "Å stole på noen."
            await pilot.press("escape", "e", "k")
            await pilot.pause()
            screen.query_one(TextArea).text = "trust*\nfaith, blind\n"
            await pilot.press("escape")
            await pilot.pause()
            code = study.codebook[TRUST]
            assert code.definition["nb"] == "Å stole på noen."
            assert code.keywords["en"] == ("trust*", "faith, blind")
            assert screen.tree.has_focus


async def test_a_family_is_made_coloured_and_given_the_code_that_was_on_its_way(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app)
            await pilot.press("N", *"Weather", "enter", "c", "3")
            await pilot.pause()
            assert (study.codebook["weather"].parent, study.codebook["weather"].color) == (None, "#009E73")
            screen.show_code(TRUST)
            await pilot.press("o")
            screen.show_code("weather")
            await pilot.press("o")
            await pilot.pause()
            assert study.codebook[TRUST].parent == "weather"
            assert screen.tree.chosen == TRUST


async def test_escape_leaves_a_move_before_it_leaves_the_screen(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, TRUST)
            await pilot.press("o", "escape")
            await pilot.pause()
            assert app.screen is screen
            assert screen.tree.marked == ""


async def test_codes_change_places_with_those_beside_them(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            before = [code.id for code in study.codebook.children("interaction")]
            await codebook_screen(pilot, app, before[0])
            await pilot.press("K", "J")
            await pilot.pause()
            after = [code.id for code in study.codebook.children("interaction")]
            assert after == [before[1], before[0], *before[2:]]
            await pilot.press("K")
            await pilot.pause()
            assert [code.id for code in study.codebook.children("interaction")] == before


async def test_what_goes_over_is_said_before_codes_are_merged(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coded(study)
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, AVERSION)
            await pilot.press("M", *"regul", "enter")
            await pilot.pause()
            assert said(app) == "1 coding, 0 relations go over. Esc leaves it."
            assert placed(study) == [(FEAR, AVERSION), (TEMPLATE, REGULATION)]
            await pilot.press("m")
            await pilot.pause()
            assert placed(study) == [(FEAR, REGULATION), (TEMPLATE, REGULATION)]
            assert study.codebook[AVERSION].merged_into == REGULATION
            assert screen.tree.chosen == REGULATION
            await pilot.press("u")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION), (TEMPLATE, REGULATION)]


async def test_a_retired_code_is_out_of_sight_until_it_is_asked_for_and_brought_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, TRUST)
            await pilot.press("x")
            await pilot.pause()
            assert study.codebook[TRUST].retired
            assert screen.tree.chosen != TRUST
            assert "1 retired code: v shows it" in on_screen(app)
            await pilot.press("v")
            screen.show_code(TRUST)
            await pilot.press("x")
            await pilot.pause()
            assert not study.codebook[TRUST].retired


async def test_a_folded_family_hides_its_codes_and_opens_for_one_that_is_shown(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, TRUST)
            await pilot.press("f")
            await pilot.pause()
            assert screen.tree.chosen == "interaction"
            row = study.codebook[TRUST].name("en")
            tree = [screen.tree.render_line(y).text for y in range(screen.tree.size.height)]
            assert not any(row in line for line in tree)
            screen.show_code(TRUST)
            assert screen.tree.chosen == TRUST


async def test_in_a_study_without_a_codebook_the_first_family_is_made_here(tmp_path: Path) -> None:
    from qualcode.services.study import create_study

    with create_study(tmp_path / "empty", coder="kari") as study:
        async with desk(study, None, size=(80, 24)) as (pilot, app):
            await codebook_screen(pilot, app)
            await pilot.press("r", "e", "x", "c", "M", "o", "J", "f", "n", *"Trust", "enter")
            await pilot.pause()
            assert [code.id for code in codebooks.current(study).codes] == ["trust"]


async def test_marked_codings_go_to_a_new_code_in_one_operation(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, "gangbrua", span_of(study, FEAR), AVERSION)
        coding.add(study, "gangbrua", span_of(study, TEMPLATE), AVERSION)
        async with desk(study, None) as (pilot, app):
            screen = await codebook_screen(pilot, app, AVERSION)
            await pilot.press("S", *"Following rules", "enter")
            await until(pilot, lambda: isinstance(app.screen, SplitScreen) and app.screen.table.has_focus)
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            assert said(app) == "Mark the codings that go to the new code first: m."
            await pilot.press("j", "m", "enter")
            await until(pilot, lambda: app.screen is screen and screen.tree.has_focus)
            assert placed(study) == [(FEAR, AVERSION), (TEMPLATE, "following-rules")]
            assert study.codebook["following-rules"].parent == study.codebook[AVERSION].parent
            assert screen.tree.chosen == "following-rules"
            await pilot.press("u")
            await pilot.pause()
            assert placed(study) == [(FEAR, AVERSION), (TEMPLATE, AVERSION)]
            assert "following-rules" not in study.codebook


async def test_enter_lists_the_quotes_of_all_below_a_family(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coded(study)
        async with desk(study, None) as (pilot, app):
            await codebook_screen(pilot, app, "barrier")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, QuotesScreen))
            await pilot.pause()
            shown = on_screen(app)
            assert FEAR in shown
            assert TEMPLATE in shown
