from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FIRST, SECOND
from tests.conftest import Cli

FEAR, LACK = "barrier-risk-aversion", "barrier-competence-procurement"
TEXTS = {"first": FIRST, "second": SECOND}


def put(cli: Cli, document: str, words: str, code: str) -> None:
    start = TEXTS[document].index(words)
    assert cli("code", document, str(start), str(start + len(words)), code).exit_code == 0


@pytest.fixture
def coded(interviews: Path, cli: Cli) -> None:
    """Kari of north speaks of both, twice of fear; Ola of south of lack alone."""
    put(cli, "first", "Så turte vi ikke mer", FEAR)
    put(cli, "first", "Ingen eide saken.", FEAR)
    put(cli, "first", "Innkjøp visste ingenting.", LACK)
    put(cli, "second", "Vi lærte av dem", LACK)


def rows(cli: Cli, *options: str) -> dict[str, dict[str, Any]]:
    found = json.loads(cli("checks", "--columns", f"{FEAR},{LACK}", *options, "--format", "json").stdout)
    return {row["column"]: row for row in found}


@pytest.mark.usefixtures("coded")
def test_each_column_says_what_it_rests_on(cli: Cli) -> None:
    found = rows(cli)
    assert [
        (row["separates"], row["mentioned_in"], row["rests_on"], row["rests_rows"]) for row in found.values()
    ] == [
        (True, ["north"], ["kari"], ["north"]),
        (False, ["north", "south"], ["kari", "ola"], ["north", "south"]),
    ]
    assert (found[FEAR]["largest_informant"], found[FEAR]["largest_share"]) == ("kari", 1.0)
    assert (found[FEAR]["same_after_half"], found[LACK]["same_after_half"]) == (0.5, 0.0)
    assert (found[FEAR]["valence_lowest_without_one"], found[LACK]["valence_lowest_without_one"]) == (None, -1.0)


@pytest.mark.usefixtures("coded")
def test_below_the_table_stands_the_chance_of_luck(cli: Cli) -> None:
    outcome = cli("checks", "--columns", f"{FEAR},{LACK}")
    assert "Rows: 2; columns: 2; separating the rows (≠): 1; informants: 2\n" in outcome.stdout
    chance = (
        "Chance that one of 2 coin-flip codes matches a given outcome in 2 rows: 0.438; or its inverse: 0.750.\n"
    )
    assert chance in outcome.stdout
    assert outcome.stderr == ""


@pytest.mark.usefixtures("coded")
def test_one_case_separates_nothing_and_its_luck_is_undefined(cli: Cli) -> None:
    outcome = cli("checks", "--columns", f"{FEAR},{LACK}", "--where", "case=north")
    assert "Chance of luck: undefined (needs two rows and a column).\n" in outcome.stdout
    assert "≠1" not in outcome.stdout
    assert [row["same_after_half"] for row in rows(cli, "--where", "case=north").values()] == [None, None]


@pytest.mark.usefixtures("coded")
def test_a_code_without_informants_bears_nothing_and_is_undefined(cli: Cli) -> None:
    assert cli("speakers", "map", "first", "Kari", "none").exit_code == 0
    found = rows(cli)[FEAR]
    assert (found["informants"], found["mentioned_in"], found["codings_without_informant"]) == (0, [], 2)
    assert (found["largest_share"], found["same_after_half"], found["valence"]) == (None, None, None)
    told = cli("checks", "--columns", FEAR).stdout
    assert "2 codings have no informant and bear nothing.\n" in told


def test_without_codings_all_is_undefined_and_nothing_is_invented(interviews: Path, cli: Cli) -> None:
    outcome = cli("checks", "--columns", FEAR)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "0/2" in outcome.stdout
    assert outcome.stdout.count("undefined") == 3
    assert "Coders: nobody has coded here\n" in outcome.stdout


def test_a_study_without_cases_is_said_to_be_undefined(home: Path, cli: Cli) -> None:
    assert "Chance of luck: undefined" in cli("checks").stdout
