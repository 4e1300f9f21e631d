from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from tests.conftest import Cli


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(cli("history", *arguments, "--format", "json").stdout)


def test_the_newest_operation_comes_first_with_who_and_what(interviews: Path, cli: Cli) -> None:
    cli("cases", "add", "east")
    newest, second = rows(cli)[:2]
    assert (newest["coder"], newest["verb"], newest["state"], newest["summary"]) == (
        "Anna",
        "people",
        "done",
        "Case east added",
    )
    assert newest["at"].endswith("Z")
    assert second["summary"] == "second.txt imported as second"


def test_limit_and_own_narrow_it_and_say_so(interviews: Path, cli: Cli) -> None:
    cli("coders", "add", "Bo")
    cli("--coder", "Bo", "cases", "add", "east")
    outcome = cli("history", "--limit", "1", "--format", "csv")
    assert outcome.stdout.splitlines()[1].endswith("Bo,people,done,Case east added")
    assert outcome.stderr == "There are older operations: `--limit N` shows more.\n"
    assert [
        row["summary"] for row in json.loads(cli("--coder", "Bo", "history", "--own", "--format", "json").stdout)
    ] == ["Case east added"]


def test_programs_get_the_history_in_english_whatever_the_screen_speaks(interviews: Path, cli: Cli) -> None:
    cli("cases", "add", "east")
    in_english = cli("history", "--format", "csv").stdout
    assert "Case east added" in in_english
    assert cli("--lang", "nb", "history", "--format", "csv").stdout == in_english
    assert "Case east added" not in cli("--lang", "nb", "history").stdout


def test_undo_and_redo_go_step_by_step_and_survive_a_restart(
    interviews: Path, run_cli: Callable[..., CompletedProcess[str]]
) -> None:
    def said(*arguments: str) -> str:
        done = run_cli(*arguments, cwd=interviews)
        return done.stdout + done.stderr

    said("cases", "add", "east")
    said("cases", "add", "west")
    assert said("undo") == "Taken back: Case west added\n"
    assert said("undo") == "Taken back: Case east added\n"
    assert said("cases", "list", "--format", "csv").count("\n") == 3
    assert said("redo") == "Done again: Case east added\n"
    assert "east" in said("cases")
    assert "west" not in said("cases")
    said("cases", "add", "north-west")
    assert said("redo") == "Error: There is nothing to redo.\n"


def test_undo_takes_back_one_s_own_and_with_any_anybody_s(interviews: Path, cli: Cli) -> None:
    cli("coders", "add", "Bo")
    cli("cases", "add", "east")
    nothing = cli("--coder", "Bo", "undo")
    assert (nothing.exit_code, nothing.stderr) == (1, "Error: There is nothing to undo.\n")
    assert cli("--coder", "Bo", "undo", "--any").stdout == "Taken back: Case east added\n"
    assert [row["state"] for row in rows(cli)[:2]] == ["fixed", "undone"]


def test_undo_refuses_where_something_changed_since(interviews: Path, cli: Cli) -> None:
    cli("coders", "add", "Bo")
    cli("cases", "add", "east")
    cli("--coder", "Bo", "cases", "set", "east", "title=Øst")
    refused = cli("undo")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Error: «Case east added» cannot be taken back or done again: what it changed has been changed since. "
        "Nothing was changed; `qualcode history` shows by whom.\n"
    )
    assert "Øst" in cli("cases").stdout
