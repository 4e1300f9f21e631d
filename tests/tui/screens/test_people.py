"""Cases and people: what each key stores, what is said before a removal, and who a speaker is."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from qualcode.domain.codebook import Entity
from qualcode.services import coding, documents, people
from qualcode.services.study import Study
from qualcode.tui.app import Desk
from qualcode.tui.screens.people import PeopleScreen
from tests.tui.studies import AVERSION, FEAR, add_interview, desk, on_screen, said, span_of, study_in, until


async def people_screen(pilot: Pilot[None], app: Desk, view: int = 0) -> PeopleScreen:
    """The list, after pressing `v` as often as `view`."""
    await pilot.press("g", "p")
    await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and app.screen.table.has_focus)
    await pilot.press(*"v" * view)
    await pilot.pause()
    assert isinstance(app.screen, PeopleScreen)
    return app.screen


def informant(study: Study, key: str) -> dict[str, tuple[str, ...]]:
    return dict(next(one for one in people.informants(study) if one.id == key).attributes)


async def test_the_card_tells_where_a_case_occurs_and_what_it_lacks(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await people_screen(pilot, app)
            shown = on_screen(app)
            assert "1 case" in shown
            assert "2 informants" in shown
            assert "Documents  gangbrua" in shown
            assert "Informants  kari, ola" in shown
            assert "Sector  ? (required)" in shown


async def test_attributes_are_chosen_by_a_key_and_undone(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        first = study.codebook.attributes_of(Entity.INFORMANT)[0]
        async with desk(study, None) as (pilot, app):
            await people_screen(pilot, app, view=1)
            # After kind and organisation comes the first attribute of the codebook.
            await pilot.press("e", "3", "2")
            await pilot.pause()
            assert informant(study, "kari") == {first.id: (first.values[1].id,)}
            await pilot.press("e", "3", "n")
            await pilot.pause()
            assert informant(study, "kari") == {}
            await pilot.press("u")
            await pilot.pause()
            assert informant(study, "kari") == {first.id: (first.values[1].id,)}


async def test_an_attribute_with_several_values_keeps_its_strip_until_escape(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        several = next(one for one in study.codebook.attributes_of(Entity.INFORMANT) if one.multiple and one.values)
        async with desk(study, None) as (pilot, app):
            screen = await people_screen(pilot, app, view=1)
            await pilot.press("e")
            screen.chosen_attribute("", several.id)
            await pilot.press("1", "3", "2", "3", "escape")
            await pilot.pause()
            assert informant(study, "kari") == {several.id: tuple(value.id for value in several.values[:2])}
            assert screen.table.has_focus


async def test_titles_ids_and_written_values_go_through_the_prompt(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        written = [one for one in study.codebook.attributes_of(Entity.CASE) if not one.derived]
        at = next(place for place, one in enumerate(written, start=1) if one.type == "date")
        async with desk(study, None) as (pilot, app):
            screen = await people_screen(pilot, app)
            await pilot.press("t", *"Brua", "enter", "r", "ctrl+u", *"b1", "enter", "e", str(at), *"i går", "enter")
            await pilot.pause()
            assert "is no value of" in said(app)
            await pilot.press("e", str(at), *"2024-03-01", "enter")
            await pilot.pause()
            (case,) = people.cases(study)
            assert (case.id, case.title, dict(case.attributes)) == (
                "b1",
                "Brua",
                {written[at - 1].id: ("2024-03-01",)},
            )
            assert screen.table.chosen == "b1"
            await pilot.press("n", *"tunnel", "enter")
            await pilot.pause()
            assert screen.table.chosen == "tunnel"
            await pilot.press("d")
            await pilot.pause()
            assert [case.id for case in people.cases(study)] == ["b1"]


async def test_what_goes_with_an_informant_is_said_before(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, "gangbrua", span_of(study, FEAR), AVERSION)
        async with desk(study, None) as (pilot, app):
            await people_screen(pilot, app, view=1)
            await pilot.press("d")
            await pilot.pause()
            assert said(app) == "1 document, 1 coding would lose it. Esc leaves it."
            await pilot.press("escape")
            await pilot.pause()
            assert [one.id for one in people.informants(study)] == ["kari", "ola"]
            await pilot.press("d", "d")
            await pilot.pause()
            assert [one.id for one in people.informants(study)] == ["ola"]


async def test_a_speaker_becomes_somebody_known_new_or_the_interviewer(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        add_interview(
            study, tmp_path, id="note", cases="", body="\n\n".join(("Per: Ja.", "Ole: Nei.", "Ann: Jo.") * 2)
        )
        async with desk(study, None, size=(80, 24)) as (pilot, app):
            await people_screen(pilot, app, view=3)
            await pilot.press("s", "+", "enter", "s", "i", "s", "2")
            await pilot.pause()
            mapped = documents.speakers(study, "note")
            assert (mapped["Per"].informant, mapped["Ole"].role, mapped["Ann"].informant) == (
                "per",
                "interviewer",
                "ola",
            )
            assert "Every speaker is somebody." in on_screen(app)
            await pilot.press("s", "e", "t", "r", "d", "n", "enter", "u", "u", "u")
            await pilot.pause()
            assert [one.id for one in people.informants(study)] == ["kari", "ola"]
