"""`grid`, `asked` and `matrix --cell summary` from the command line."""

from __future__ import annotations

import csv
import io
import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_coding import CODE, PLACE
from tests.conftest import Cli

HOSTILE = "<script>alert(1)</script> | **no** \x1b[2J ‮x"


def cells(cli: Cli, *arguments: str) -> dict[tuple[str, str], dict[str, Any]]:
    found = json.loads(cli("grid", "show", *arguments, "--format", "json").stdout)
    return {(item["row"], item["column"]): item for item in found}


def test_a_summary_is_written_checked_shown_and_taken_away(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    assert cli("grid", "edit", "north", "barrier", "Nobody knew.").stdout == "case:north / barrier is saved.\n"
    assert cli("grid", "state", "north", "barrier", "checked").stdout == "case:north / barrier: checked\n"
    found = cells(cli)["north", "barrier"]
    assert (found["state"], found["text"], found["segments"], found["stale"], found["checked_by"]) == (
        *("checked", "Nobody knew."),
        *(1, False, "Anna"),
    )
    shown = cli("grid", "show", "--columns", "barrier").stdout
    assert "checked" in shown and "Nobody knew." in shown
    assert "Summaries: 1 checked, 0 drafted, 1 without a summary; 0 stale" in shown
    assert cli("grid", "edit", "north", "barrier", "").stdout == "case:north / barrier has no summary.\n"
    assert cells(cli)["north", "barrier"]["state"] == "unsummarised"
    cli("undo")
    assert cells(cli)["north", "barrier"]["state"] == "checked"


def test_reasons_come_from_who_was_asked(interviews: Path, cli: Cli) -> None:
    assert cli("asked", "set", "kari", "barrier", "model", "asked").stdout == "Notes changed: 2.\n"
    assert cli("asked", "set", "ola", "barrier", "not-asked").exit_code == 0
    found = cells(cli)
    assert [found[case, "barrier"]["reason"] for case in ("north", "south")] == ["asked-and-silent", "not-asked"]
    assert found["south", "model"]["reason"] == "unknown"
    listed = json.loads(cli("asked", "list", "--informant", "kari", "--format", "json").stdout)
    assert [(row["about"], row["asked"]) for row in listed] == [("barrier", "asked"), ("model", "asked")]
    cli("asked", "set", "kari", "model", "unknown")
    assert "asked, nothing said" in cli("grid", "show", "--columns", "barrier").stdout
    Path("asked.csv").write_text("informant,about,asked\nkari,barrier,-\n", "utf-8")
    assert cli("asked", "import", "asked.csv").stdout == "Notes changed: 1.\n"
    assert cli("asked", "set", "nobody", "barrier", "asked").exit_code == 1
    assert cli("asked", "set", "kari", "barrier", "perhaps").exit_code == 2


def test_the_editor_shows_the_quotes_and_saves_what_is_written(
    interviews: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("code", *PLACE, CODE)
    program = (
        "import sys, pathlib; file = pathlib.Path(sys.argv[1]); page = file.read_text('utf-8');"
        "pathlib.Path('seen').write_text(page, 'utf-8'); file.write_text(page + 'Written.', 'utf-8')"
    )
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", program]))
    monkeypatch.delenv("VISUAL", raising=False)
    assert cli("grid", "edit", "north", "barrier").stdout == "case:north / barrier is saved.\n"
    seen = Path("seen").read_text("utf-8")
    assert "first, turn 2, kari" in seen and "# Innkjøp visste ingenting" in seen
    assert cells(cli)["north", "barrier"]["text"] == "Written."
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", ""]))
    assert "Left without saving" in cli("grid", "edit", "north", "barrier").stderr
    monkeypatch.setenv("EDITOR", "")
    assert cli("grid", "edit", "north", "barrier").exit_code == 1


def test_pages_show_hostile_summaries_as_text_and_link_to_the_quotes(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    cli("grid", "edit", "north", "barrier", HOSTILE)
    page = cli("grid", "show", "--format", "html").stdout
    assert "<script" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; | **no** ␛[2J �x" in page
    assert '<a href="#cell-0-1">1 informant, 1 segment</a>' in page and 'id="cell-0-1"' in page
    markdown = cli("grid", "show", "--format", "md").stdout
    assert r"\<script\>alert(1)\</script\> \| \*\*no\*\* ␛\[2J �x" in markdown
    assert "[1 informant, 1 segment](#cell-0-1)" in markdown and '<a id="cell-0-1"></a>' in markdown
    assert "\x1b" not in cli("grid", "show").stdout
    cli("code", *PLACE, "barrier-other-regulation")
    for format in ("html", "md"):
        assert "1 coding came, 0 went" in cli("grid", "show", "--format", format).stdout
    assert cli("why", "north / barrier").stdout.splitlines()[2] == "1 coding came, 0 went"


def test_what_is_exported_comes_in_again_as_it_was(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    cli("grid", "edit", "north", "barrier", "=1+1\nline two")
    cli("grid", "edit", "informant:ola", CODE, "Ola said nothing of it.")
    cli("grid", "state", "north", "barrier", "checked")
    assert cli("grid", "export", "-o", "grid.csv").exit_code == 0
    before = Path("grid.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(before.decode(), newline="")))
    assert [(row["row_kind"], row["row"], row["column"], row["text"]) for row in rows] == [
        ("case", "north", "barrier", "'=1+1\nline two"),
        ("informant", "ola", CODE, "Ola said nothing of it."),
    ]
    told = "Summaries written: 0, cleared: 0, as they were: 2.\n"
    assert cli("grid", "import", "grid.csv").stdout == told
    cli("grid", "edit", "north", "barrier", "")
    assert cli("grid", "import", "grid.csv").stdout == "Summaries written: 1, cleared: 0, as they were: 1.\n"
    kept = cells(cli)["north", "barrier"]
    assert (kept["text"], kept["state"], kept["checked_by"]) == ("=1+1\nline two", "checked", "Anna")
    assert kept["checked_at"] == rows[0]["checked_at"]


def test_a_matrix_of_summaries_is_the_grid_and_takes_no_filter(interviews: Path, cli: Cli) -> None:
    cli("grid", "edit", "north", "barrier", "Nobody knew.")
    summaries = ("matrix", "--cell", "summary", "--columns", "barrier")
    assert cli(*summaries).stdout == cli("grid", "show", "--columns", "barrier").stdout
    turned = cli(*summaries, "--transpose", "--format", "md").stdout
    assert "|  | north | south |" in turned and "Nobody knew." in turned
    assert cli(*summaries, "--where", "case=north").exit_code == 2
    assert cli(*summaries, "--rows", "document").exit_code == 2
    assert cli(*summaries, "-o", "x.xlsx").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("edit", "nort", "barrier", "x"), "There is no case or informant 'nort'. Did you mean north?"),
        (("edit", "north", "barier", "x"), "no family, code or theme 'barier'. Did you mean barrier"),
        (("state", "north", "barrier", "checked"), "Nothing is written in case:north / barrier."),
        (("import", "nowhere.csv"), "There is no file nowhere.csv."),
        (("show", "--columns", "x"), "no family, code or theme 'x'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    interviews: Path, cli: Cli, arguments: tuple[str, ...], said: str
) -> None:
    done = cli("grid", *arguments)
    assert done.exit_code == 1
    assert said in done.stderr.splitlines()[0]
