"""Import: from a folder to documents of the study, with what the files do not say said on the way."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from qualcode.domain.people import SpeakerRole
from qualcode.services import documents
from qualcode.services.study import Study, create_study
from qualcode.tui.app import Desk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.files import FilesScreen
from qualcode.tui.screens.importing import ImportScreen
from tests.tui.studies import desk, on_screen, said, until

TALK = "I: Hva skjedde?\n\n{name}: Vi skrev kontrakten om.\n\nI: Og så?\n\n{name}: Så var vi enige.\n"
FRONT = "---\nid: fra-filen\ncases: [tunnel]\nspeakers: {Per: per, I: none}\n---\n"


def empty_study(folder: Path) -> Study:
    return create_study(folder / "study", coder="kari", title="Bruer")


def files_in(folder: Path) -> Path:
    """A folder with two interviews, one that says all of itself, one that is broken, and one below."""
    place = folder / "inn"
    (place / "runde 2").mkdir(parents=True)
    (place / "a.txt").write_text(TALK.format(name="Kari"), encoding="utf-8")
    (place / "b.txt").write_text(FRONT + TALK.format(name="Per"), encoding="utf-8")
    (place / "c.docx").write_bytes(b"no archive")
    (place / "runde 2" / "d.txt").write_text(TALK.format(name="Kari") + "Kari: Ja.\n", encoding="utf-8")
    return place


async def go_to_folder(pilot: Pilot[None], app: Desk, folder: Path) -> FilesScreen:
    await pilot.press("g", "a")
    screen = app.screen
    assert isinstance(screen, FilesScreen)
    await pilot.press("o")
    screen.line.query_one(Input).value = str(folder)
    await pilot.press("enter")
    assert screen.folder == folder
    return screen


async def read(pilot: Pilot[None], app: Desk, *keys: str) -> ImportScreen:
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "read." in said(app))
    assert isinstance(app.screen, ImportScreen)
    return app.screen


def stand_on(screen: ImportScreen, row: str) -> None:
    screen.table.show(screen.columns(), screen.rows(), row)


def who(study: Study, document: str) -> dict[str, tuple[SpeakerRole, str | None]]:
    return {
        label: (speaker.role, speaker.informant) for label, speaker in documents.speakers(study, document).items()
    }


async def test_marked_files_come_in_with_case_and_speakers_and_a_bad_one_stops_none(tmp_path: Path) -> None:
    folder = files_in(tmp_path)
    with empty_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            assert "g a" in on_screen(app)
            await go_to_folder(pilot, app, folder)
            # The row above, the folder, a, b, c; and in the folder its file again.
            screen = await read(pilot, app, "home", "j", *["space"] * 4, "home", "j", "enter", "j", "space", "r")
            assert "4 files   1 file refused" in on_screen(app)
            await pilot.press("C", "n", *"bru", "enter")
            stand_on(screen, "0.1")
            await pilot.press("S", "n", "enter")
            assert on_screen(app).count("interviewer") == 2
            assert on_screen(app).count("kari") > 1
            await pilot.press("enter")
            await until(pilot, lambda: "imported" in said(app))
            assert said(app) == "3 documents imported, 1 file refused."
            listed = {item.id: item.cases for item in documents.listing(study)}
            assert listed == {"a": ("bru",), "fra-filen": ("tunnel",), "d": ("bru",)}
            interviewer, kari = (SpeakerRole.INTERVIEWER, None), (SpeakerRole.INFORMANT, "kari")
            assert who(study, "a") == who(study, "d") == {"I": interviewer, "Kari": kari}
            assert who(study, "fra-filen") == {"I": (SpeakerRole.NONE, None), "Per": (SpeakerRole.INFORMANT, "per")}
            stand_on(screen, "3")
            await pilot.pause()
            assert "c.docx  REFUSED" in on_screen(app)
            stand_on(screen, "1")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
            assert isinstance(app.screen, CodingScreen)
            assert app.screen.opened.id == "a"
            await pilot.press("backspace")
            await pilot.press("u", "u", "u")
            assert documents.listing(study) == []
            assert on_screen(app).count("taken back") == 3


async def test_what_a_file_says_of_itself_is_not_changed(tmp_path: Path) -> None:
    folder = files_in(tmp_path)
    with empty_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            files = await go_to_folder(pilot, app, folder)
            files.table.show(files.columns(), files.rows(), str(folder / "b.txt"))
            screen = await read(pilot, app, "enter")
            for row, key in (("0", "c"), ("0.0", "s"), ("0.1", "s")):
                stand_on(screen, row)
                await pilot.press(key)
                assert said(app).startswith("The file itself says this")
                assert screen.table.has_focus


async def test_a_file_left_out_does_not_come_in_and_one_known_already_changes_nothing(tmp_path: Path) -> None:
    folder = files_in(tmp_path)
    with empty_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            await go_to_folder(pilot, app, folder)
            screen = await read(pilot, app, "home", "j", "j", "space", "space", "r")
            await pilot.press("space")
            assert "left out" in on_screen(app)
            await pilot.press("enter")
            await until(pilot, lambda: "imported" in said(app))
            assert [item.id for item in documents.listing(study)] == ["fra-filen"]
            await pilot.press("r")
            await until(pilot, lambda: "read." in said(app))
            assert "known already" in on_screen(app)
            await pilot.press("enter")
            await until(pilot, lambda: "imported" in said(app))
            assert said(app) == "1 document imported, 1 known already."
            assert sorted(item.id for item in documents.listing(study)) == ["a", "fra-filen"]
            assert screen.table.has_focus


async def test_what_cannot_be_found_or_read_is_told_and_the_folder_stays(tmp_path: Path) -> None:
    folder = files_in(tmp_path)
    (folder / "x\x1b[31m[red]y").mkdir()
    with empty_study(tmp_path) as study:
        async with desk(study, None) as (pilot, app):
            screen = await go_to_folder(pilot, app, folder)
            assert "\x1b" not in on_screen(app)
            assert "[red]y/" in on_screen(app)
            await pilot.press("o", *"nei", "enter")
            assert said(app).startswith("There is no file or folder")
            assert screen.folder == folder
            await pilot.press("o", "escape", "minus")
            assert screen.folder == tmp_path
            assert screen.table.chosen == str(folder)
