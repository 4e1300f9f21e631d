"""Editing the current coding: what each key stores, and which coding it acts on."""

from __future__ import annotations

from pathlib import Path

from qualcode.domain.codebook import Entity
from qualcode.services import coding, memos, people, relations
from qualcode.services.study import Study
from qualcode.tui.qualifier_choices import speaking_actor
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
    on_screen,
    placed,
    said,
    span_of,
    stored,
    study_in,
)


def put(study: Study, words: str, code: str, **qualifiers: str) -> str:
    """Code `words`; the uid."""
    added = coding.add(study, DOCUMENT, span_of(study, words), code, qualifiers=qualifiers)
    return added.segment.coding.uid


async def test_valence_keys_set_the_valence_of_the_current_coding(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION, valence="-1")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            for key, value in (("plus", "1"), ("0", "0"), ("minus", "-1"), ("equals_sign", "1")):
                await pilot.press(key)
                await pilot.pause()
                assert stored(study)[0].qualifiers["valence"] == value
            assert "Risk aversion and fear of failure +1" in on_screen(app)


async def test_where_nothing_of_ones_own_is_coded_editing_keys_say_so(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            for key in ("plus", "q", "e", "d", "m", "tab"):
                await go_to(pilot, app, FEAR)
                await pilot.press("escape", key)
                await pilot.pause()
                assert said(app) == "Nothing of yours is coded here: c chooses a code.", key
                assert coding_screen(app).transcript.has_focus
            assert stored(study) == []


async def test_a_required_qualifier_shows_a_question_mark_until_it_is_said(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            await pilot.press("c", *"trust", "enter")
            await pilot.pause()
            assert "Valence: ? · About pair: ?" in coding_screen(app).inspector.text().plain
            await pilot.press("plus", "q", "P", "s", "b")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {"valence": "1", "about_pair": "actor-supplier+actor-buyer"}
            assert "?" not in coding_screen(app).inspector.text().plain


async def test_a_capital_letter_pairs_an_actor_with_the_one_who_speaks(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        people.edit(study, Entity.INFORMANT, "kari", {"actor-type": "buyer"})
        put(study, TRUSTED, TRUST)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TRUSTED)
            await pilot.press("q")
            await pilot.pause()
            assert "About pair: Buyer / procurement function +" in on_screen(app)
            await pilot.press("S")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {"about_pair": "actor-supplier+actor-buyer"}


def test_an_informant_without_an_actor_type_has_no_actor_code(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        (kari, *_others) = people.informants(study)
        assert speaking_actor(study.codebook, kari) is None
        assert speaking_actor(study.codebook, None) is None


async def test_one_qualifier_key_says_it_and_again_takes_it_back(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("q", "b")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {"about_actor": "actor-buyer"}
            assert coding_screen(app).transcript.has_focus
            await pilot.press("q", "b")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {}


async def test_qq_keeps_the_strip_open_until_escape(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("q", "q", "b", "2", "m", "Z")
            await pilot.pause()
            assert coding_screen(app).strip.has_focus
            await pilot.press("escape")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {
                "about_actor": "actor-buyer",
                "phase": "need",
                "certainty": "probable",
            }
            assert coding_screen(app).transcript.has_focus


async def test_in_a_document_about_several_cases_the_coding_says_which(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="both", cases="bru, tunnel")
        coding.add(study, "both", span_of(study, FEAR, "both"), AVERSION)
        async with desk(study, "both") as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("q", "g")
            await pilot.pause()
            assert stored(study, "both")[0].case == "tunnel"
            await pilot.press("q", "g")
            await pilot.pause()
            assert stored(study, "both")[0].case is None


async def test_the_innermost_coding_is_current_and_tab_goes_on_to_the_next(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        outer, inner = put(study, FEAR, AVERSION), put(study, "redde", REGULATION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, "redde")
            screen = coding_screen(app)
            assert screen.place.current == inner
            await pilot.press("tab")
            assert screen.place.current == outer
            assert screen.transcript.has_focus
            await pilot.press("plus")
            await pilot.pause()
            assert {one.uid: one.qualifiers for one in stored(study)} == {outer: {"valence": "1"}, inner: {}}
            await pilot.press("tab")
            assert screen.place.current == inner


async def test_the_code_of_a_coding_is_changed_in_the_picker(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("e", *"regul", "enter")
            await pilot.pause()
            assert [(one.uid, one.code) for one in stored(study)] == [(uid, REGULATION)]
            pane = coding_screen(app).codebook_pane
            assert (pane.total(AVERSION), pane.total(REGULATION)) == (0, 1)


async def test_a_change_that_makes_two_codings_the_same_is_refused_and_the_desk_lives_on(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        put(study, FEAR, AVERSION)
        second = put(study, FEAR, REGULATION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            screen = coding_screen(app)
            while screen.place.current != second:
                await pilot.press("tab")
            await pilot.press("e", *"risk av", "enter")
            await pilot.pause()
            assert said(app).startswith("That coding exists already")
            assert {code for _, code in placed(study)} == {AVERSION, REGULATION}
            await pilot.press("plus")
            await pilot.pause()
            assert [one.qualifiers for one in stored(study) if one.uid == second] == [{"valence": "1"}]


async def test_bounds_move_to_the_selection(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, "redde")
            await pilot.press("E")
            await pilot.pause()
            assert said(app) == "Mark the new bounds first: v."
            await pilot.press("v", "w", "E")
            await pilot.pause()
            assert [(one.uid, one.anchor.exact) for one in stored(study)] == [(uid, "redde for")]


async def test_a_coding_is_removed_and_comes_back_with_undo(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("d")
            await pilot.pause()
            assert stored(study) == []
            assert said(app) == "Removed: Risk aversion and fear of failure. u brings it back."
            assert coding_screen(app).codebook_pane.total(AVERSION) == 0
            await pilot.press("u")
            await pilot.pause()
            assert [one.uid for one in stored(study)] == [uid]
            assert coding_screen(app).place.current == uid
            assert coding_screen(app).codebook_pane.total(AVERSION) == 1


async def test_what_goes_with_a_coding_is_said_before_it_is_removed(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        source, target = put(study, FEAR, AVERSION), put(study, TRUSTED, TRUST)
        relations.relate(study, source, "causes", target)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("d")
            await pilot.pause()
            assert "remove it, and 1 relation with it" in on_screen(app)
            await pilot.press("escape")
            await pilot.pause()
            assert len(stored(study)) == 2
            await pilot.press("d", "d")
            await pilot.pause()
            assert [one.uid for one in stored(study)] == [target]
            assert relations.listing(study) == []


async def test_a_memo_is_kept_by_escape_and_gone_on_with(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("m", *"Same as Ola", "escape")
            await pilot.pause()
            assert [memo.text for memo in memos.of_target(study, uid)] == ["Same as Ola"]
            assert "* Same as Ola" in coding_screen(app).inspector.text().plain
            await pilot.press("m", *"?", "escape")
            await pilot.pause()
            assert [memo.text for memo in memos.of_target(study, uid)] == ["Same as Ola?"]
            await pilot.press("u", "u")
            await pilot.pause()
            assert memos.of_target(study, uid) == []


async def test_a_click_on_the_text_keeps_the_memo(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("m", *"half")
            await pilot.click(coding_screen(app).transcript, offset=(30, 2))
            await pilot.pause()
            assert [memo.text for memo in memos.of_target(study, uid)] == ["half"]


async def test_another_coders_coding_is_shown_and_no_key_changes_it(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        study.act_as("ola")
        put(study, FEAR, AVERSION, valence="-1")
        before = stored(study)
        study.act_as("kari")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            await pilot.press("plus", "d", "e", "tab")
            await pilot.pause()
            assert stored(study) == before
            assert "ola" in coding_screen(app).inspector.text().plain


async def test_a_coding_changed_elsewhere_meanwhile_is_shown_and_not_overwritten(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION, valence="-1")
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            coding.edit(study, uid, qualifiers={"valence": "0"})
            await pilot.press("plus")
            await pilot.pause()
            assert said(app) == "That coding was changed elsewhere meanwhile; nothing was overwritten."
            assert stored(study)[0].qualifiers == {"valence": "0"}
            await pilot.press("plus")
            await pilot.pause()
            assert stored(study)[0].qualifiers == {"valence": "1"}


async def test_a_coding_removed_elsewhere_leaves_the_screen_at_the_next_key(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        uid = put(study, FEAR, AVERSION)
        put(study, PROPOSALS, REGULATION)
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, FEAR)
            coding.remove(study, [uid])
            await pilot.press("d")
            await pilot.pause()
            assert "changed elsewhere" in said(app)
            assert uid not in coding_screen(app).opened.segments
            assert placed(study) == [(PROPOSALS, REGULATION)]


async def test_a_code_put_elsewhere_is_seen_at_the_next_coding_and_the_cursor_stays(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study) as (pilot, app):
            await go_to(pilot, app, TEMPLATE)
            other = put(study, TRUSTED, TRUST)
            await pilot.press("c", *"regul", "enter")
            await pilot.pause()
            assert placed(study) == [(TEMPLATE, REGULATION), (TRUSTED, TRUST)]
            screen = coding_screen(app)
            assert screen.transcript.page.lanes.get(other) is not None
            assert screen.transcript.cursor.offset == span_of(study, TEMPLATE).start
