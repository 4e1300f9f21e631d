"""Memos on anything: written from the text through `M`, found again on the list of all of them."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from qualcode.services import coding, memos
from qualcode.services.study import Study
from qualcode.tui.screens.memos import MemosScreen
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    coding_screen,
    desk,
    go_to,
    on_screen,
    said,
    span_of,
    study_in,
)


def put(study: Study, words: str, code: str) -> str:
    """Code `words`; the uid."""
    return coding.add(study, DOCUMENT, span_of(study, words), code).segment.coding.uid


def written(study: Study, target: str) -> list[str]:
    return [memo.text for memo in memos.of_target(study, target)]


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def test_capital_m_writes_on_document_informant_case_code_and_diary(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "M")
            assert (
                "Memo on  d Document: Innkjøper  i Informant: kari  1 Case: bru  k Code: Risk aversion"
                in on_screen(app)
            )
            await press(pilot, "escape")
            for key in "di1ks":
                await press(pilot, "M", key, *f"on {key}", "escape")
                assert said(app) == "Kept: g k lists all memos."
                assert coding_screen(app).transcript.has_focus
            targets = (f"document:{DOCUMENT}", "informant:kari", "case:bru", f"code:{AVERSION}", "study")
            assert [written(study, target) for target in targets] == [[f"on {key}"] for key in "di1ks"]


async def test_a_memo_is_gone_on_with_but_the_diary_has_a_new_entry_each_time(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        memos.add(study, "study", "Uke 1")
        memos.add(study, f"document:{DOCUMENT}", "Kort")
        study.act_as("ola")
        memos.add(study, f"document:{DOCUMENT}", "Langt")
        study.act_as("kari")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "M", "d", *", og godt", "escape", "M", "s", *"Uke 2", "escape")
            assert written(study, f"document:{DOCUMENT}") == ["Kort, og godt", "Langt"]
            assert written(study, "study") == ["Uke 1", "Uke 2"]


async def test_all_memos_are_listed_newest_first_with_what_they_are_on_and_lead_there(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        memos.add(study, uid, "Sterkt sagt")
        memos.add(study, f"document:{DOCUMENT}", "Avbrutt")
        memos.add(study, "case:bru", "Liten kommune")
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "k")
            seen = on_screen(app)
            assert "3 memos" in seen
            places = [
                seen.index(words)
                for words in ("Case: bru", "Document: Innkjøper", "Risk aversion and fear of failure")
            ]
            assert places == sorted(places)
            await press(pilot, "enter")
            assert said(app) == "This memo is not on a place in a text."
            await press(pilot, "end", "enter")
            screen = coding_screen(app)
            assert (screen.opened.id, screen.place.offset, screen.place.current) == (
                DOCUMENT,
                span_of(study, FEAR).start,
                uid,
            )
            await press(pilot, "backspace")
            assert isinstance(app.screen, MemosScreen)


async def test_own_memos_are_edited_and_removed_another_coders_are_not(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        memos.add(study, "study", "Uke 1")
        study.act_as("ola")
        memos.add(study, "study", "Fra Ola")
        study.act_as("kari")
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "k", "e")
            assert said(app) == "ola made this: only they change it."
            await press(pilot, "d", "j", "e", *" er over", "escape")
            assert written(study, "study") == ["Uke 1 er over", "Fra Ola"]
            await press(pilot, "n", *"Uke 2", "escape")
            assert written(study, "study")[-1] == "Uke 2"
            await press(pilot, "home", "d")
            assert written(study, "study") == ["Uke 1 er over", "Fra Ola"]
            await press(pilot, "u")
            assert written(study, "study")[-1] == "Uke 2"


async def test_a_click_on_the_list_keeps_what_is_written(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "k", "n", *"Halvferdig")
            await pilot.click("#table")
            await pilot.pause()
            assert written(study, "study") == ["Halvferdig"]
            assert "Halvferdig" in on_screen(app)
