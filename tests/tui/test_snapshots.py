"""A few whole screens, compared with what was looked at and found good. `QUALCODE_SNAPSHOTS=write` renews them.

Compared is what is drawn: Textual numbers the styles and names the drawing anew in every process, so those are
taken out first.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from qualcode.services import coding
from qualcode.services.study import Study
from qualcode.tui.widgets.inspector import Inspector
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    TEMPLATE,
    TRUST,
    TRUSTED,
    add_interview,
    desk,
    offer,
    span_of,
    study_in,
    until,
)

SNAPSHOTS = Path(__file__).parent / "snapshots"
_NUMBERED = re.compile(r"terminal-\d+-")
_FONTS = re.compile(r"@font-face\s*{.*?}\s*", re.DOTALL)

SCREENS = {
    "home-120x40": (None, (120, 40), ()),
    "home-80x24": (None, (80, 24), ()),
    "coding-80x24": (DOCUMENT, (80, 24), ("t", "s")),
    "coding-120x40": (DOCUMENT, (120, 40), ("t", "s")),
    "picker-80x24": (DOCUMENT, (80, 24), ("t", "c", *"risk")),
    "qualifiers-80x24": (DOCUMENT, (80, 24), ("t", "q")),
    "suggestion-160x40": (DOCUMENT, (160, 40), ("n",)),
    "help-120x40": (DOCUMENT, (120, 40), ("question_mark",)),
}
"""Name -> document, columns and rows, keys."""


def filled(folder: Path) -> Study:
    """Two interviews with a coding, one that lacks a qualifier, and a suggestion."""
    study = study_in(folder)
    add_interview(study, folder, id="tunnelen", title="Leverandør", cases="tunnel")
    coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION, qualifiers={"valence": "-1"}, memo="Se Ola.")
    coding.add(study, DOCUMENT, span_of(study, TRUSTED), TRUST)
    offer(study, (TEMPLATE, "barrier-other-regulation"))
    return study


def stripped(svg: str) -> str:
    """The drawing without what differs from process to process and without web fonts."""
    return _FONTS.sub("", _NUMBERED.sub("terminal-", svg))


@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_looks_as_it_did(tmp_path: Path, name: str) -> None:
    document, size, keys = SCREENS[name]
    with filled(tmp_path) as study:
        async with desk(study, document, size=size) as (pilot, app):
            await pilot.press(*keys)
            # The inspector waits for keys to end, the entry's cursor blinks: both are brought to rest.
            for entry in app.screen.query("Input"):
                entry.cursor_blink = False  # type: ignore[attr-defined]
            for inspector in app.shown.query(Inspector):
                await until(pilot, lambda one=inspector: one.is_at_rest)
            await pilot.pause()
            drawn = stripped(app.export_screenshot(simplify=True))
    kept = SNAPSHOTS / f"{name}.svg"
    if os.environ.get("QUALCODE_SNAPSHOTS") == "write":
        SNAPSHOTS.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")
