"""`query`, and queries wherever --where stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.services.study import open_study
from tests.cli.test_synthesis import rows_of
from tests.conftest import Cli, Outcome
from tests.services.wharf import put, wharf

BESIDE = "code=risk with code=learning"


@pytest.fixture
def kai(tmp_path: Path) -> Path:
    wharf(tmp_path).close()
    return tmp_path / "wharf"


def ask(cli: Cli, kai: Path, *arguments: str | Path) -> Outcome:
    outcome = cli("--study", kai, "--coder", "anna", *arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return outcome


def test_a_query_is_saved_listed_run_and_removed(cli: Cli, kai: Path) -> None:
    assert ask(cli, kai, "query", "save", "beside", BESIDE).stdout == "beside is saved.\n"
    assert ask(cli, kai, "query", "save", "beside", BESIDE).stdout == "beside was that already.\n"
    (listed,) = json.loads(ask(cli, kai, "query", "--format", "json").stdout)
    assert (listed["name"], listed["query"], listed["coder"]) == ("beside", BESIDE, "anna")
    by_name = ask(cli, kai, "query", "run", "beside", "--format", "json").stdout
    assert by_name == ask(cli, kai, "query", "run", BESIDE, "--format", "json").stdout
    assert [(row["document"], row["case"], row["code_id"]) for row in json.loads(by_name)] == [
        ("d2", "A", "risk"),
        ("d2", "B", "risk"),
    ]
    assert ask(cli, kai, "query", "run", "@beside and case=B").stderr == "1 coding.\n"
    assert ask(cli, kai, "query", "remove", "beside").stdout.startswith("beside is removed.")
    ask(cli, kai, "undo")
    assert len(json.loads(ask(cli, kai, "query", "list", "--format", "json").stdout)) == 1


def test_a_query_is_taken_alike_by_every_command_with_where(cli: Cli, kai: Path) -> None:
    ask(cli, kai, "query", "save", "beside", BESIDE)
    listed = json.loads(ask(cli, kai, "codings", "list", "--where", "@beside", "--format", "json").stdout)
    exported = rows_of(ask(cli, kai, "export", "segments", "--where", "@beside", "-o", "-").stdout)
    assert [row[0] for row in exported[1:]] == [row["coding_id"] for row in listed]
    matrix = ask(cli, kai, "matrix", "--where", "@beside", "--cell", "segments", "--format", "csv", "--no-totals")
    assert rows_of(matrix.stdout) == [
        ["row", "label", "barrier"],
        ["A", "Kai A", "1"],
        ["B", "'=Kai B", "1"],
        ["C", "Kai C", ""],
    ]
    assert f"Filter: @beside; @beside: {BESIDE}\n" in matrix.stderr
    met = ask(cli, kai, "cooccurrence", "--unit", "turn", "--where", "@beside or code=learning", "--format", "json")
    assert [row["n12"] for row in json.loads(met.stdout)] == [1]


def test_one_coder_s_work_is_all_that_a_position_looks_at(cli: Cli, kai: Path) -> None:
    """Learning beside risk in d2 is Bjørn's; the risks are Anna's."""
    outcome = ask(cli, kai, "matrix", "--where", BESIDE, "--work-of", "anna", "--format", "json", "--no-totals")
    assert [row["barrier"] for row in json.loads(outcome.stdout)] == [None, None, None]


def test_alternatives_and_exclusions_choose_rows_and_columns(cli: Cli, kai: Path) -> None:
    outcome = ask(
        *(cli, kai, "matrix", "--where", "case=A and not code=risk-fear or case=B", "--columns", "code"),
        *("--cell", "segments", "--format", "csv", "--no-totals"),
    )
    assert rows_of(outcome.stdout) == [
        ["row", "label", "risk", "risk-fear", "learning"],
        ["A", "Kai A", "2", "", "1"],
        ["B", "'=Kai B", "1", "", ""],
    ]
    without = ask(
        *(cli, kai, "matrix", "--where", "not (code=risk-fear or case=C)", "--columns", "code"),
        *("--cell", "segments", "--format", "csv", "--no-totals"),
    )
    assert rows_of(without.stdout) == [
        ["row", "label", "risk", "learning"],
        ["A", "Kai A", "2", "1"],
        ["B", "'=Kai B", "1", ""],
    ]


def test_a_theme_that_is_a_saved_query_is_a_column(cli: Cli, kai: Path) -> None:
    ask(cli, kai, "query", "save", "beside", BESIDE)
    ask(cli, kai, "themes", "set", "shared", "--query", "beside", "--name", "Delt")
    ask(cli, kai, "themes", "set", "dear", "--query", "text~dyr")
    columns = ("--columns", "shared,dear,both", "--cell", "segments", "--format", "csv", "--no-totals")
    assert rows_of(ask(cli, kai, "matrix", *columns).stdout) == [
        ["row", "label", "shared", "dear", "both"],
        ["A", "Kai A", "1", "1", "4"],
        ["B", "'=Kai B", "1", "", "1"],
        ["C", "Kai C", "", "", ""],
    ]
    everything = rows_of(ask(cli, kai, "matrix", "--columns", "theme", "--format", "csv").stdout)
    assert everything[0] == ["row", "label", "both", "worn", "shared", "dear", "total"]
    pairs = json.loads(
        ask(
            cli, kai, "cooccurrence", "--columns", "shared,both", "--unit", "span", "--all", "--format", "json"
        ).stdout
    )
    assert [(row["n1"], row["n12"]) for row in pairs] == [(2, 0)]
    refused = cli("--study", kai, "--coder", "anna", "query", "remove", "beside")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "Error: The query 'beside' is asked for by theme:shared. Change or remove what asks for it first.\n",
    )


def test_a_theme_has_codes_or_a_query_and_changes_from_one_to_the_other(cli: Cli, kai: Path) -> None:
    ask(cli, kai, "themes", "set", "both", "--query", "code=risk or memo~dyr")
    (shown,) = json.loads(ask(cli, kai, "themes", "show", "both", "--format", "json").stdout)
    assert (shown["codes"], shown["query"], shown["name.nb"]) == ([], "code=risk or memo~dyr", "Begge")
    ask(cli, kai, "themes", "set", "both", "risk")
    (shown,) = json.loads(ask(cli, kai, "themes", "show", "both", "--format", "json").stdout)
    assert (shown["codes"], shown["query"]) == (["risk"], None)
    assert cli("--study", kai, "themes", "set", "both", "risk", "--query", "case=A").exit_code == 2
    wrong = cli("--study", kai, "themes", "set", "both", "--query", "besdie")
    assert (wrong.exit_code, wrong.stderr.splitlines()[1:]) == (1, ["  besdie", "  ^"])


@pytest.mark.parametrize(
    "command",
    [
        ("matrix", "--where"),
        ("cooccurrence", "--where"),
        ("codings", "list", "--where"),
        ("export", "segments", "--where"),
        ("query", "run"),
        ("query", "save", "it"),
    ],
)
def test_a_wrong_query_is_shown_with_a_caret_under_the_place(cli: Cli, kai: Path, command: tuple[str, ...]) -> None:
    outcome = cli("--study", kai, "--coder", "anna", *command, "case=A adn code=risk")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr == (
        "Error: 'case=A adn code=risk', character 8: 'adn' cannot stand here. Did you mean and?\n"
        "  case=A adn code=risk\n"
        "         ^\n"
    )


def test_the_caret_stands_under_the_place_in_wide_hostile_and_long_queries(cli: Cli, kai: Path) -> None:
    wide = cli("--study", kai, "query", "run", 'speaker="会議\x1b" nad case=A').stderr.splitlines()
    assert "\x1b" not in "".join(wide)
    assert wide[2].index("^") == 2 + len('speaker="') + 4 + 1 + len('" ')
    long = cli("--study", kai, "query", "run", " or ".join(["case=A"] * 50 + ["case=Q"])).stderr.splitlines()
    assert long[1].startswith("  …")
    assert long[1][long[2].index("^") :] == "Q"


def test_a_study_that_changed_under_a_saved_query_says_what_is_gone(cli: Cli, kai: Path) -> None:
    ask(cli, kai, "query", "save", "sea", "case=C")
    ask(cli, kai, "cases", "remove", "C")
    outcome = cli("--study", kai, "--coder", "anna", "matrix", "--where", "code=risk and @sea")
    assert outcome.exit_code == 1
    assert outcome.stderr.startswith(
        "Error: 'code=risk and @sea', character 15: 'case=C', character 6: case has no value 'C'. It has A, B."
    )


def test_disputed_codings_and_quotations_are_listed_where_they_are_chosen(cli: Cli, kai: Path) -> None:
    """A table counts neither; a list and an export show all that is chosen."""
    with open_study(kai, coder="anna") as study:
        put(study, "d2", "delte vi", None)
    assert ask(cli, kai, "query", "run", "code= inside code=risk").stderr == "1 coding.\n"
    chosen = ask(cli, kai, "export", "segments", "--where", "code=risk encloses code=", "-o", "-").stdout
    assert [row[2] for row in rows_of(chosen)[1:]] == ["B"]
