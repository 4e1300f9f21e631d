"""The screen of relations: what it lists and draws, what its keys store, and the way to the text and back."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from qualcode.domain.relation import Claimant, Stance
from qualcode.services import blinding, coding, memos, people, relations
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens.relations import RelationsScreen
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
    on_screen,
    said,
    span_of,
    study_in,
)

RISK = "Risk aversion and fear of failure"


def put(study: Study, words: str, code: str, document: str = DOCUMENT) -> str:
    """Code `words`; the uid."""
    return coding.add(study, document, span_of(study, words, document), code).segment.coding.uid


def related(study: Study, folder: Path) -> list[str]:
    """Four relations in two documents; their uids."""
    fear, template, proposals = (
        put(study, words, code) for words, code in ((FEAR, AVERSION), (TEMPLATE, REGULATION), (PROPOSALS, AVERSION))
    )
    trust = put(study, TRUSTED, TRUST)
    add_interview(study, folder, id="tunnelen", title="Leverandør", cases="tunnel")
    other = put(study, FEAR, AVERSION, "tunnelen"), put(study, TRUSTED, TRUST, "tunnelen")
    made = [
        relations.relate(study, fear, "dampens", trust),
        relations.relate(study, proposals, "dampens", trust, stance=Stance.CONTRADICTS),
        relations.relate(study, template, "causes", fear, claimed_by=Claimant.ANALYST),
        relations.relate(study, other[0], "dampens", other[1]),
    ]
    return [item.relation.uid for item, _is_new in made]


def screen_of(app: Desk) -> RelationsScreen:
    assert isinstance(app.screen, RelationsScreen)
    return app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def test_from_a_text_its_own_relations_are_listed_by_type_and_f_widens_to_the_study(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        related(study, tmp_path)
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "r")
            seen = on_screen(app)
            assert "3 relations   Innkjøper" in seen
            assert seen.index("causes (1)") < seen.index("Regulation") < seen.index("dampens (2)")
            assert f"Regulation → causes → {RISK} · claimed by the analyst" in seen
            assert f"“{FEAR} {TEMPLATE}”" in seen
            await press(pilot, "f")
            assert "4 relations   the whole study" in on_screen(app)
            assert "dampens (3)" in on_screen(app)
            await press(pilot, "f", "backspace")
            assert coding_screen(app).opened.id == DOCUMENT


async def test_enter_opens_the_quote_with_the_source_current_and_backspace_comes_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        *_others, last = related(study, tmp_path)
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "r", "end", "enter")
            screen = coding_screen(app)
            item = relations.get(study, last)
            assert (screen.opened.id, screen.place.offset) == ("tunnelen", item.relation.span.start)
            assert screen.place.current == item.relation.source
            await press(pilot, "backspace")
            assert screen_of(app).table.chosen == last


async def test_the_drawing_gathers_links_and_enter_narrows_the_list_to_two_codes(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        related(study, tmp_path)
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "r", "v")
            seen = on_screen(app)
            assert "──dampens (3, 1 ↛)──▸ Trust" in seen
            assert "──causes (1)────────▸ Risk aversion" in seen
            assert "3 relations · 1 contradicts · 1 informant · 2 cases" in seen
            await press(pilot, "d")
            assert said(app) == "Enter lists what is behind this line; there it can be changed."
            assert len(relations.listing(study)) == 4
            await press(pilot, "enter")
            assert f"3 relations   the whole study   {RISK} – Trust" in on_screen(app)
            await press(pilot, "backspace", "j")
            assert "──dampens (3, 1 ↛)──▸ Trust" in on_screen(app)
            await press(pilot, "enter", "v")
            assert screen_of(app).table.chosen == f"{REGULATION}|causes|{AVERSION}"


async def test_what_is_in_hand_is_changed_noted_on_and_removed_and_undo_brings_it_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        source, target = put(study, FEAR, AVERSION), put(study, TEMPLATE, REGULATION)
        made, _is_new = relations.relate(study, source, "causes", target)
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "r", "minus", "a", "s")
            changed = relations.get(study, made.relation.uid).relation
            assert (changed.stance, changed.claimed_by) == (Stance.CONTRADICTS, Claimant.ANALYST)
            assert (changed.source, changed.target) == (target, source)
            assert said(app) == f"Regulation ↛ causes ↛ {RISK} · contradicts · claimed by the analyst"
            await press(pilot, "m", *"Tolket", "escape")
            (memo,) = memos.of_target(study, f"relation:{made.relation.uid}")
            assert memo.text == "Tolket"
            assert "* Tolket" in on_screen(app)
            await press(pilot, "d")
            assert relations.listing(study) == []
            assert said(app).startswith("Removed: Regulation")
            await press(pilot, "u")
            assert relations.get(study, made.relation.uid).relation == changed


async def test_a_type_that_does_not_fit_the_other_way_is_not_swapped(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        related(study, tmp_path)
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "r", "end", "s")
            assert (
                said(app) == "dampens does not join interaction to barrier."
                " It joins barrier, dampening to value, interaction, svc."
            )


async def test_another_coders_relation_is_left_alone(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        source, target = put(study, FEAR, AVERSION), put(study, TEMPLATE, REGULATION)
        study.act_as("ola")
        relations.relate(study, source, "causes", target)
        study.act_as("kari")
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "r", "d")
            assert said(app) == "ola made this: only they change it."
            assert len(relations.listing(study)) == 1


async def test_relations_between_codings_that_are_hidden_from_this_coder_are_not_listed(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        study.act_as("ola")
        source, target = put(study, FEAR, AVERSION), put(study, TEMPLATE, REGULATION)
        relations.relate(study, source, "causes", target)
        study.act_as("kari")
        blinding.set_blind(study, DOCUMENT, True)
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "r")
            assert "0 relations" in on_screen(app)
            assert "Nothing is related in this document; f shows the whole study." in on_screen(app)
            assert people.coders(study)[0].name == "kari"
