"""The coder's own keys: what is refused and why, and that those taken act, are hinted at and stand in the help."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from qualcode.settings import user_file
from qualcode.tui import keymap
from qualcode.tui.keys import ACTIONS
from qualcode.tui.keys.own import checked
from tests.tui.studies import FEAR, TEMPLATE, coding_screen, desk, go_to, said, study_in


@pytest.fixture(autouse=True)
def own_keys_end_with_the_test() -> Generator[None]:
    yield
    keymap.use({})


def write_keys(lines: str) -> None:
    path = user_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[keys]\n{lines}\n", encoding="utf-8")


def problems(wanted: dict[str, tuple[str, ...]]) -> list[str]:
    return [problem.render() for problem in checked(wanted)[1]]


def test_keys_are_taken_by_the_character_that_is_typed() -> None:
    assert checked({"coding.pick": ("§",), "app.undo": ("ctrl+z", ",")}) == (
        {"coding.pick": ("section_sign",), "app.undo": ("ctrl+z", "comma")},
        [],
    )


def test_a_key_that_another_action_has_beside_it_is_refused_and_named() -> None:
    assert problems({"coding.pick": ("j",)}) == ["coding.pick: j is taken by transcript.row(1)."]
    assert problems({"coding.pick": ("Y",), "coding.delete": ("Y",)}) == [
        "coding.delete: Y is taken by coding.pick."
    ]
    assert problems({"picker.take": ("j",)}) == []


def test_two_actions_may_change_places() -> None:
    own, wrong = checked({"coding.accept": ("r",), "coding.reject": ("a",)})
    assert (own, wrong) == ({"coding.accept": ("r",), "coding.reject": ("a",)}, [])


def test_what_is_no_action_or_leaves_none_is_refused() -> None:
    assert problems({"coding.fly": ("y",)}) == ["No action is called 'coding.fly'."]
    assert problems({"coding.pick": ("",)}) == ["coding.pick has no key left."]


def test_the_keys_that_the_program_comes_with_pass_their_own_check() -> None:
    as_they_are = {action.id: action.keys for action in ACTIONS}
    assert checked(as_they_are) == (as_they_are, [])


async def test_an_own_key_acts_and_is_hinted_at_and_the_old_one_does_nothing(tmp_path: Path) -> None:
    write_keys('"transcript.sentence(1)" = "y"\n"coding.pick" = ["ctrl+k", "ø"]')
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("s")
            await pilot.press("y")
            target = coding_screen(app).transcript.target
            assert target is not None
            assert coding_screen(app).opened.words(target) == TEMPLATE
            assert ("ctrl+k", "code") in keymap.hints("coding")
            await pilot.press("ø")
            await pilot.pause()
            assert coding_screen(app).context == "picker"


async def test_a_key_that_cannot_be_used_is_said_on_opening_and_the_others_stay(tmp_path: Path) -> None:
    write_keys('"coding.pick" = "j"')
    with study_in(tmp_path) as study:
        async with desk(study, None) as (_pilot, app):
            assert said(app) == "coding.pick: j is taken by transcript.row(1)."
            assert ("c", "code") in keymap.hints("coding")
