from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(cli(*arguments, "--format", "json").stdout)


def test_a_case_is_added_described_renamed_removed_and_brought_back(home: Path, cli: Cli) -> None:
    assert cli("cases", "add", "north", "title=Nord", "sector=health-care").stdout == "north is added.\n"
    cli("cases", "set", "north", "sector=transport", "contract-value-nok=1 850 000,50")
    assert cli("cases", "rename", "north", "nord").stdout == "north is now nord.\n"
    shown = rows(cli, "cases", "show", "nord")[0]
    assert (shown["title"], shown["sector"], shown["contract-value-nok"]) == ("Nord", ["transport"], ["1850000.50"])
    assert cli("cases", "remove", "nord").exit_code == 0
    assert rows(cli, "cases") == []
    assert cli("undo").stdout == "Taken back: Case nord removed\n"
    assert rows(cli, "cases", "show", "nord")[0] == shown


def test_informants_belong_to_organisations_and_say_where_they_speak(interviews: Path, cli: Cli) -> None:
    cli("organisations", "add", "kommunen", "title=Kommunen", "org-kind=municipality")
    done = cli(
        "informants", "set", "kari", "organisation=kommunen", "actor-type=buyer", "phases-involved=idea|plan"
    )
    assert (done.exit_code, done.stdout) == (0, "kari is described.\n")
    shown = rows(cli, "informants", "show", "kari")[0]
    assert (shown["organisation"], shown["phases-involved"], shown["documents"]) == (
        "kommunen",
        ["idea", "plan"],
        ["first"],
    )
    assert rows(cli, "organisations", "show", "kommunen")[0]["informants"] == ["kari"]
    lines = [line.split() for line in cli("informants").stdout.splitlines()[2:]]
    assert lines == [["kari", "person", "kommunen", "first"], ["ola", "person", "second"]]
    cli("informants", "set", "kari", "organisation=-", "phases-involved=-")
    shown = rows(cli, "informants", "show", "kari")[0]
    assert (shown["organisation"], shown["phases-involved"], shown["actor-type"]) == (None, [], ["buyer"])


@pytest.mark.parametrize(
    ("arguments", "exit_code", "line"),
    [
        (["cases", "add", "north"], 1, "'north' is there already. Describe it with `set`."),
        (["cases", "set", "nort", "title=x"], 1, "There is no case 'nort'. Did you mean north?"),
        (["cases", "show", "nort"], 1, "There is no case 'nort'. Did you mean north?"),
        (["cases", "remove", "nort"], 1, "There is no case 'nort'. Did you mean north?"),
        (["cases", "rename", "north", "south"], 1, "'south' is taken already. Choose another id."),
        (
            ["cases", "add", "a b"],
            1,
            "'a b' cannot be an id. Use letters, digits, `-`, `_` and `.`, at most 100, without spaces.",
        ),
        (
            ["cases", "set", "north", "outcome=good"],
            1,
            "'good' is no value of outcome. One of as-intended, reduced, none, too-early.",
        ),
        (
            ["cases", "set", "north", "period-start=i fjor"],
            1,
            "'i fjor' is no value of period-start. A date such as 2024-03-01.",
        ),
        (
            ["cases", "set", "north", "contract-value-nok=mye"],
            1,
            "'mye' is no value of contract-value-nok. A number.",
        ),
        (
            ["cases", "set", "north", "joint-procurement=kanskje"],
            1,
            "'kanskje' is no value of joint-procurement. true or false.",
        ),
        (["cases", "set", "north"], 2, "Missing argument 'KEY=VALUE...'."),
        (
            ["informants", "set", "kari", "organisation=kommunen"],
            1,
            "There is no organisation 'kommunen'. `qualcode organisations list` shows the organisations.",
        ),
        (["informants", "set", "kari", "kind=robot"], 1, "'robot' is no kind of informant. person or document."),
        (
            ["organisations", "set", "x", "title=X"],
            1,
            "There is no organisation 'x'. `qualcode organisations list` shows the organisations.",
        ),
        (["coders", "add", " "], 1, "The name is empty. Give the coder a name."),
        (["coders", "rename", "Ana", "Bo"], 1, "There is no coder 'Ana'. Did you mean Anna?"),
        (["coders", "remove", "Anna"], 1, "Anna is who acts now. Let another coder do it: `--coder NAME`."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    arguments: list[str], exit_code: int, line: str, interviews: Path, cli: Cli
) -> None:
    before = rows(cli, "history")
    refused = cli(*arguments)
    assert (refused.exit_code, refused.stdout) == (exit_code, "")
    assert refused.stderr.splitlines()[-1] == f"Error: {line}"
    assert rows(cli, "history") == before


def test_an_unknown_attribute_names_fields_and_attributes_but_no_derived_one(interviews: Path, cli: Cli) -> None:
    refused = cli("informants", "set", "kari", "side=demand")
    assert refused.exit_code == 1
    known = refused.stderr.split("It has: ")[1].rstrip(".\n").split(", ")
    assert known[:4] == ["title", "kind", "organisation", "actor-type"]
    assert "side" not in known


@pytest.mark.parametrize("kind", ["cases", "informants", "organisations"])
def test_what_list_writes_as_csv_is_what_import_takes(kind: str, interviews: Path, cli: Cli) -> None:
    cli("organisations", "add", "kommunen", "title==Kommunen", "size=small")
    cli("cases", "set", "north", "title='Nord", "sector=transport", "joint-procurement=ja")
    cli("informants", "set", "kari", "organisation=kommunen", "phases-involved=idea|plan", "title=+47")
    before = rows(cli, kind)
    cli(kind, "list", "--format", "csv", "-o", "table.csv")
    operations = len(rows(cli, "history"))
    done = cli(kind, "import", "table.csv")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"table.csv: {len(before)} described, 0 of them new.\n"
    assert (rows(cli, kind), len(rows(cli, "history"))) == (before, operations)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("id,tittel\nnorth,Nord\n", "t.csv: unknown column 'tittel'. Columns may be title, "),
        ("id,sector\neast,transport\nwest,space\n", "t.csv, line 3: 'space' is no value of sector. One of "),
        ("id,title\neast,Øst\n,Vest\n", "t.csv, line 3: '' cannot be an id. "),
    ],
)
def test_a_table_of_cases_is_taken_whole_or_not_at_all(table: str, line: str, interviews: Path, cli: Cli) -> None:
    before = rows(cli, "cases")
    (interviews / "t.csv").write_text(table, encoding="utf-8")
    refused = cli("cases", "import", "t.csv")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Error: {line}")
    assert rows(cli, "cases") == before


def test_removing_a_case_says_first_which_codings_lose_it(interviews: Path, cli: Cli) -> None:
    cli("code", "first", "31", "54", "barrier-competence-supplier")
    cli("code", "second", "19", "30", "interaction-learning", "--case", "north")
    removed = cli("cases", "remove", "north")
    assert removed.stdout == "north is removed; `qualcode undo` brings it back.\n"
    assert removed.stderr == "north goes from the documents first.\n2 codings lose their case.\n"
    assert [row["case"] for row in rows(cli, "codings")] == [None, "south"]
    cli("undo")
    assert [row["case"] for row in rows(cli, "codings")] == ["north", "north"]


def test_removing_an_informant_or_organisation_says_first_what_loses_it(interviews: Path, cli: Cli) -> None:
    cli("organisations", "add", "kommunen")
    cli("informants", "set", "kari", "organisation=kommunen")
    cli("code", "first", "31", "54", "barrier-competence-supplier")
    assert cli("organisations", "remove", "kommunen").stderr == "Without an organisation then: kari\n"
    assert cli("informants", "remove", "kari").stderr == (
        "kari goes from the documents first.\n1 coding loses its informant.\n"
    )
    assert [row["informant"] for row in rows(cli, "codings")] == [None]
    cli("undo")
    assert [row["informant"] for row in rows(cli, "codings")] == ["kari"]


def test_a_coder_with_work_is_kept_inactive_and_one_without_goes(interviews: Path, cli: Cli) -> None:
    for name in ("Bo", "Cai"):
        assert cli("coders", "add", name).stdout == f"The coder {name} is added.\n"
    cli("--coder", "Bo", "code", "first", "31", "54", "barrier-competence-supplier")
    assert cli("coders", "remove", "Bo").stdout == (
        "Bo has work in the study, which stays; the coder is inactive now.\n"
    )
    assert cli("coders", "remove", "Cai").stdout == "The coder Cai is removed.\n"
    assert rows(cli, "coders") == [{"coder": "Anna", "active": True}, {"coder": "Bo", "active": False}]
    assert [row["coder"] for row in rows(cli, "codings")] == ["Bo"]
    cli("coders", "add", "Bo")
    assert rows(cli, "coders")[1] == {"coder": "Bo", "active": True}


def test_a_coder_may_be_added_by_somebody_the_study_does_not_know(
    home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_CODER", "Bo")
    assert cli("coders", "add", "Bo").exit_code == 0
    assert cli("cases", "add", "north").exit_code == 0
    assert rows(cli, "history")[0]["coder"] == "Bo"
