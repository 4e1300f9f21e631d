"""`why` from the command line, both ways."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_coding import CODE, PLACE, only
from tests.conftest import Cli


def test_a_quote_leads_to_its_cells_and_a_cell_back_to_it(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    uid = only(cli)["coding_id"]
    cli("grid", "edit", "north", "barrier", "Nobody \x1b knew.")
    found = json.loads(cli("why", uid, "--format", "json").stdout)
    assert {row["coding_id"] for row in found} == {uid}
    numbers = {row["place"]: (row["informants"], row["segments"]) for row in found if row["kind"] == "count"}
    assert numbers["case:north / barrier"] == numbers[f"informant:kari / {CODE}"] == (1, 1)
    assert [(row["place"], row["role"]) for row in found if row["kind"] == "summary"] == [
        ("case:north / barrier", "drafted")
    ]
    shown = cli("why", "visste ingenting")
    assert shown.stdout.startswith(f"{uid[:8]} first ") and "\x1b" not in shown.stdout
    assert json.loads(cli("why", "case:north / barrier", "--format", "json").stdout)[0]["coding_id"] == uid
    behind = cli("why", "north / barrier").stdout.splitlines()
    assert behind[:2] == ["case:north / barrier: 1 informant, 1 segment · drafted", "Nobody ␛ knew."]


def test_a_quote_without_a_code_says_that_nothing_rests_on_it(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, "-")
    done = cli("why", "visste ingenting")
    assert "no number rests on it" in done.stdout
    assert done.stdout.splitlines()[-1] == "Nothing rests on it."
    assert cli("why", "nobody said this").exit_code == 1
