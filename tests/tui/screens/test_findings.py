"""The screen of findings: what it writes, the gate it tells of, and linking from the text and from quotes."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from qualcode.domain.finding import FindingState, Role
from qualcode.services import appraising, blinding, coding, findings
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens.findings import FindingsScreen
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
    on_screen,
    said,
    span_of,
    study_in,
)

CLAIM = "Fear makes it dear."


def put(study: Study, words: str, code: str) -> str:
    """Code `words`; the uid."""
    return coding.add(study, DOCUMENT, span_of(study, words), code).segment.coding.uid


def screen_of(app: Desk) -> FindingsScreen:
    assert isinstance(app.screen, FindingsScreen)
    return app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def roles(study: Study, uid: str) -> dict[str, Role]:
    """The role of each coding that is evidence."""
    found = appraising.appraise_one(study, uid).finding.evidence
    return {item.segments[0].coding.uid: item.role for item in found}


async def test_a_claim_is_written_under_its_question_edited_and_removed_and_undo_brings_it_back(
    tmp_path: Path,
) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "f")
            assert "No finding is written yet: n writes a claim." in on_screen(app)
            await press(pilot, "n", *"Dear", "enter", "1")
            (item,) = appraising.appraise(study)
            assert (item.finding.claim, item.finding.question) == ("Dear", "P1")
            seen = on_screen(app)
            assert "1 finding" in seen
            assert "P1  How are we to understand" in seen
            await press(pilot, "e", *"er", "enter")
            assert findings.get(study, item.finding.uid).claim == "Dearer"
            await press(pilot, "w", "0")
            assert findings.get(study, item.finding.uid).question is None
            await press(pilot, "d")
            assert appraising.appraise(study) == []
            await press(pilot, "u")
            assert "Dearer" in on_screen(app)
            assert findings.get(study, item.finding.uid).question is None


async def test_f_in_the_text_asks_which_finding_once_and_then_links_turns_and_unlinks(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        fear, trust = put(study, FEAR, AVERSION), put(study, TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await press(pilot, "F")
            assert said(app) == "No finding is written yet: g f, then n writes a claim."
            findings.add(study, "Another.")
            uid = findings.add(study, CLAIM)
            await press(pilot, "F", "1", "+")
            assert said(app) == "It supports the finding."
            assert f"F → {CLAIM}" in on_screen(app).splitlines()[0]
            await go_to(pilot, app, TRUSTED)
            await press(pilot, "F", "-")
            assert roles(study, uid) == {fear: Role.SUPPORTS, trust: Role.CONTRADICTS}
            await press(pilot, "F", "~")
            assert roles(study, uid)[trust] is Role.NUANCES
            await press(pilot, "F", "0")
            assert roles(study, uid) == {fear: Role.SUPPORTS}
            await press(pilot, "u")
            assert roles(study, uid)[trust] is Role.NUANCES
            assert coding_screen(app).opened.id == DOCUMENT


async def test_quotes_link_to_the_pinned_finding_and_one_that_is_gone_is_let_go(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        fear = put(study, FEAR, AVERSION)
        uid = findings.add(study, CLAIM)
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "f", "p", "backspace")
            assert f"F → {CLAIM}" in on_screen(app).splitlines()[0]
            await go_to(pilot, app, FEAR)
            await press(pilot, "g", "q", "F", "-")
            assert roles(study, uid) == {fear: Role.CONTRADICTS}
            assert f"F → {CLAIM}" in on_screen(app).splitlines()[0]
            findings.remove(study, uid)
            await press(pilot, "F", "+")
            assert uid in said(app)
            assert app.pinned is None


async def test_for_and_against_stand_side_by_side_on_a_wide_screen_and_against_first_on_a_narrow_one(
    tmp_path: Path,
) -> None:
    with study_in(tmp_path) as study:
        fear, template, trust = (
            put(study, words, code) for words, code in ((FEAR, AVERSION), (TEMPLATE, REGULATION), (TRUSTED, TRUST))
        )
        uid = findings.add(study, CLAIM)
        findings.link(study, uid, Role.SUPPORTS, [fear])
        findings.link(study, uid, Role.CONTRADICTS, [trust])
        findings.link(study, uid, Role.NUANCES, [template])
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "f")
            seen = on_screen(app)
            assert "+1 −1 ~1" in seen
            assert "single statement, contested" in seen
            assert "Contested: 1 of 2 informants contradict it: at most weak." in seen
            (beside,) = [line for line in seen.splitlines() if "Supports (1)" in line]
            assert "Contradicts (1)" in beside
            assert seen.index("Supports (1)") < seen.index("Nuances (1)")
        async with desk(study, size=(100, 40)) as (pilot, app):
            await press(pilot, "g", "f")
            seen = on_screen(app)
            assert seen.index(TRUSTED) < seen.index("Supports (1)") < seen.index(FEAR)


async def test_the_evidence_is_listed_by_role_changed_taken_out_and_gone_to(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        fear, trust = put(study, FEAR, AVERSION), put(study, TRUSTED, TRUST)
        uid = findings.add(study, CLAIM)
        findings.link(study, uid, Role.SUPPORTS, [fear, trust])
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "f", "enter", "end", "minus")
            assert roles(study, uid) == {fear: Role.SUPPORTS, trust: Role.CONTRADICTS}
            seen = on_screen(app)
            assert seen.index("Contradicts (1)") < seen.index("Supports (1)")
            await press(pilot, "x")
            assert roles(study, uid) == {fear: Role.SUPPORTS}
            await press(pilot, "u")
            assert roles(study, uid)[trust] is Role.CONTRADICTS
            await press(pilot, "end", "enter")
            assert coding_screen(app).place.current == fear


async def test_ready_waits_until_every_negative_case_is_looked_at_and_is_stale_when_evidence_comes(
    tmp_path: Path,
) -> None:
    with study_in(tmp_path) as study:
        uid = findings.add(study, CLAIM)
        async with desk(study) as (pilot, app):
            await press(pilot, "g", "f", "r")
            assert said(app) == "The finding has no evidence. p pins it, then F on a coding links evidence."
            fear, proposals = put(study, FEAR, AVERSION), put(study, PROPOSALS, AVERSION)
            template = put(study, TEMPLATE, AVERSION)
            findings.link(study, uid, Role.SUPPORTS, [fear])
            await press(pilot, "r")
            assert said(app) == "Nobody has looked for negative cases of the finding. c lists what to look at."
            await press(pilot, "c")
            assert "2 possible negative cases   2 not looked at" in on_screen(app)
            await press(pilot, "enter")
            assert coding_screen(app).place.current == template
            await press(pilot, "backspace")
            assert "To look at (1)" in on_screen(app)
            await press(pilot, "home", "v", "backspace", "r")
            assert said(app) == "The finding is ready: single statement."
            assert findings.get(study, uid).state is FindingState.READY
            findings.link(study, uid, Role.CONTRADICTS, [proposals])
            await press(pilot, "p")
            assert "ready, stale" in on_screen(app)
            await press(pilot, "r", "r")
            assert findings.get(study, uid).state is FindingState.DRAFT


async def test_other_conditions_are_searched_for_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        trust = put(study, TRUSTED, TRUST)
        uid = findings.add(study, CLAIM)
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "f", "c")
            assert said(app) == "p pins it, then F on a coding links evidence."
            await press(pilot, "C", *"code=nothing", "enter")
            assert said(app).endswith("C searches for something else.")
            assert findings.searches(study, uid) == []
            await press(pilot, "C", *f"code={TRUST}", "enter")
            seen = on_screen(app)
            assert TRUSTED in seen
            assert FEAR not in seen
            await press(pilot, "minus")
            assert roles(study, uid) == {trust: Role.CONTRADICTS}
            assert "Nothing is found that is not evidence already." in on_screen(app)


async def test_quotes_that_are_hidden_while_reading_blind_first_are_counted_but_not_shown(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        study.act_as("ola")
        fear = put(study, FEAR, AVERSION)
        uid = findings.add(study, CLAIM)
        findings.link(study, uid, Role.CONTRADICTS, [fear])
        study.act_as("kari")
        blinding.set_blind(study, DOCUMENT, True)
        async with desk(study, document=None) as (pilot, app):
            await press(pilot, "g", "f")
            seen = on_screen(app)
            assert "1 is hidden while you read blind first" in seen
            assert FEAR not in seen
            await press(pilot, "enter")
            assert FEAR not in on_screen(app)
