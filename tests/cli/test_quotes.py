"""`quotes`: renderings from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.test_coding import CODE, PLACE, only
from tests.conftest import Cli


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(cli("quotes", *arguments, "--format", "json").stdout)


def test_a_rendering_is_set_set_anew_listed_and_removed(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    uid = only(cli)["coding_id"]
    assert cli("quotes", "set", uid[:8], "Purchasing knew nothing.", "--language", "en").exit_code == 0
    (kept,) = rows(cli)
    assert (kept["coding_id"], kept["kind"], kept["language"], kept["coder"], kept["text"]) == (
        uid,
        "translation",
        "en",
        "Anna",
        "Purchasing knew nothing.",
    )
    done = cli("quotes", "set", uid, "Nobody there knew.", "--language", "en")
    assert done.stdout == f"Kept as {kept['rendering_id'][:8]}.\n"
    cli("quotes", "set", uid, "visste ingenting", "--language", "nb", "--kind", "trimmed")
    assert [row["text"] for row in rows(cli, "list", uid)] == ["Nobody there knew.", "visste ingenting"]
    assert rows(cli, "--document", "second") == []
    assert cli("quotes", "remove", kept["rendering_id"][:8]).exit_code == 0
    assert [row["kind"] for row in rows(cli)] == ["trimmed"]


def test_a_rendering_needs_words_and_a_coding(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    refused = cli("quotes", "set", only(cli)["coding_id"], " ", "--language", "en")
    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (
        1,
        "Error: The rendering has no words. Give its text, or remove it.",
    )
    assert cli("quotes", "set", "nosuchcoding", "x", "--language", "en").exit_code == 1
    assert cli("quotes", "set", "nosuchcoding", "x").exit_code == 2
