"""The desk on texts as files really hold them: each is read, marked and coded through a resize, on a real study."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.studies import add_interview, coding_screen, desk, placed, stored, study_in

ODD = {
    "a label with nothing after it": "I:\n\nKari: Ja.\n",
    "one line of 200,000 characters": f"Kari: {'ord og ' * 28_571}slutt.\n",
    "one word of 50,000 characters": f"Kari: {'x' * 50_000}\n",
    "50,000 wide characters in a line": f"Kari: {'漢字かな交じり文' * 6_250}。\n",
    "tabs and new lines inside a turn": "Kari: En\ttabulator\ther.\nNy linje.\n\tInnrykk.\n\nI: Ja.\n",
    "right to left": "Kari: שלום עולם. זה משפט שני. مرحبا بالعالم.\n\nI: Ja.\n",
    "combining marks and joined emoji": "Kari: "
    + "e\u0301" * 300
    + " 👩\u200d👩\u200d👧\u200d👦 🇳🇴 👍🏽 slutt.\n\nI: Ja.\n",
    "sixty marks on a letter": "Kari: " + ("Z" + "\u0300" * 60 + " ") * 50 + "\n",
    "no turns at all": "Bare en tekst. Her er to setninger.\n\nOg et avsnitt til.\n",
}


@pytest.mark.parametrize("name", ODD)
async def test_what_is_marked_stays_marked_through_a_resize_and_is_what_is_stored(
    tmp_path: Path, name: str
) -> None:
    study = study_in(tmp_path)
    add_interview(study, tmp_path, id="odd", title="Odd", body=ODD[name])
    async with desk(study, "odd", size=(120, 40)) as (pilot, app):
        screen = coding_screen(app)
        await pilot.press("end", "home", "pagedown", "up", "T", "W", "W", "J")
        marked = screen.transcript.cursor.selection
        for size in ((60, 16), (200, 60), (20, 5), (90, 30)):
            await pilot.resize_terminal(*size)
        assert screen.transcript.cursor.selection == marked
        target = screen.transcript.target
        assert target is not None
        await pilot.press("c", "r", "i", "s", "enter")
        assert [coding.span for coding in stored(study, "odd")] == [target]
        strips = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage] - what is painted
        assert {cell_len("".join(segment.text for segment in strip)) for strip in strips} == {90}
        await pilot.press("u")
        assert placed(study, "odd") == []
        assert screen.transcript.cursor.selection == marked
