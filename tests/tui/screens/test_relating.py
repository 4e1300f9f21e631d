"""Relating two codings by keys: what is stored, with which quote, and what is shown meanwhile."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from qualcode.domain.relation import Claimant, PlacedRelation, Stance
from qualcode.services import coding, relations
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
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
    study_in,
)

RISK, TRUSTING = "Risk aversion and fear of failure", "Trust"


def put(study: Study, words: str, code: str | None, document: str = DOCUMENT) -> str:
    """Code `words`; the uid."""
    return coding.add(study, document, span_of(study, words, document), code).segment.coding.uid


def joined(study: Study) -> list[tuple[str, str | None, str, str | None]]:
    """Type, codes of the ends and quote of each relation stored."""
    return [
        (item.relation.type, item.source.coding.code, item.relation.anchor.exact, item.target.coding.code)
        for item in relations.listing(study)
    ]


def the_one(study: Study) -> PlacedRelation:
    (item,) = relations.listing(study)
    return item


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def inspected(app: Desk) -> str:
    return coding_screen(app).inspector.text().plain


async def test_l_on_two_codings_and_a_digit_relate_them_and_undo_takes_it_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        put(study, TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "l")
            assert said(app).startswith(f"From {RISK}: go to the other coding")
            await go_to(pilot, app, TRUSTED)
            assert f"{RISK[:22]}… → ▸ {TRUSTING}" in on_screen(app)
            assert "→ Risk avers" in on_screen(app)
            await press(pilot, "l")
            offered = "1 causes  2 reinforces  3 dampens  4 precedes  - contradicts"
            assert f"{RISK} → {TRUSTING}  {offered}" in on_screen(app)
            await press(pilot, "3")
            assert joined(study) == [("dampens", AVERSION, TRUSTED, TRUST)]
            assert said(app) == f"Related: {RISK} → dampens → {TRUSTING}"
            assert f"← dampens {RISK}" in inspected(app)
            assert app.relating_from is None
            await go_to(pilot, app, FEAR)
            assert f"→ dampens {TRUSTING}" in inspected(app)
            await press(pilot, "u")
            assert joined(study) == []
            assert "dampens" not in inspected(app)


async def test_in_the_strip_the_claim_can_be_turned_and_is_stored_so(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        put(study, TEMPLATE, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TEMPLATE)
            await press(pilot, "l")
            await go_to(pilot, app, FEAR)
            await press(pilot, "l", "minus", "a", "s")
            assert f"{RISK} ↛ {RISK} (analyst)" in on_screen(app)
            await press(pilot, "1")
            made = the_one(study)
            text = study.text(DOCUMENT).text
            ends = [text[end.coding.span.start : end.coding.span.end] for end in (made.source, made.target)]
            assert ends == [FEAR, TEMPLATE]
            assert (made.relation.stance, made.relation.claimed_by) == (Stance.CONTRADICTS, Claimant.ANALYST)
            assert made.relation.anchor.exact == f"{FEAR} {TEMPLATE}"


async def test_the_source_survives_a_change_of_document_and_the_selection_is_the_quote(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen")
        put(study, FEAR, AVERSION)
        put(study, TRUSTED, TRUST, "tunnelen")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "l")
            app.open_document("tunnelen", span_of(study, TRUSTED, "tunnelen").start)
            await pilot.pause()
            await press(pilot, "v", "w", "l", "3")
            assert joined(study) == [("dampens", AVERSION, "Etter verkstedet", TRUST)]
            assert f"← dampens {RISK} · {DOCUMENT}" in inspected(app)


async def test_escape_gives_up_the_source(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "l", "l")
            assert said(app) == "This is the source itself: go to the other coding; Esc gives it up."
            await press(pilot, "v", "w", "escape")
            assert app.relating_from is not None, "the first Esc clears the selection"
            await press(pilot, "escape")
            assert app.relating_from is None
            assert "→ ▸" not in on_screen(app)


async def test_a_source_that_is_gone_is_said_and_given_up(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        source = put(study, FEAR, AVERSION)
        put(study, TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "l")
            coding.remove(study, [source])
            await go_to(pilot, app, TRUSTED)
            await press(pilot, "l")
            assert said(app).startswith("There is no coding")
            assert app.relating_from is None
            assert coding_screen(app).transcript.has_focus


async def test_a_quotation_and_ends_without_a_type_are_refused_kindly(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, None)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "l")
            assert said(app) == "A quotation takes no relations: e gives it a code first."
            await press(pilot, "L")
            assert said(app) == "It takes two codings of yours in this turn."


async def test_capital_l_relates_the_two_latest_codings_of_the_turn(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, TRUSTED, TRUST)
        put(study, TEMPLATE, TRUST)
        put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "L")
            assert f"{TRUSTING} → {RISK}" in on_screen(app)
            await press(pilot, "1")
            assert joined(study) == [("causes", TRUST, f"{FEAR} {TEMPLATE}", AVERSION)]


async def test_with_a_coding_its_relations_leave_the_inspector_too(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        source, target = put(study, FEAR, AVERSION), put(study, TRUSTED, TRUST)
        relations.relate(study, source, "dampens", target)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "d", "d")
            await go_to(pilot, app, TRUSTED)
            assert TRUSTING in inspected(app)
            assert "dampens" not in inspected(app)
