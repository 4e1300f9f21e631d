"""`backup`, `restore` and `doctor` as a researcher and a script meet them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import Cli


def test_programs_get_the_same_from_doctor_in_every_language(interviews: Path, cli: Cli) -> None:
    in_english = cli("doctor", "--format", "json").stdout
    assert cli("--lang", "nb", "doctor", "--format", "json").stdout == in_english
    assert cli("--lang", "nb", "doctor").stdout != cli("doctor").stdout


def test_backup_says_where_it_is_and_what_it_holds(interviews: Path, cli: Cli) -> None:
    done = cli("backup")
    (made,) = (interviews / "backups").iterdir()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{made}: 2 documents and 0 codings, checked.\n"


def test_backup_and_restore_make_a_round(interviews: Path, cli: Cli) -> None:
    assert cli("code", "first", "31", "56", "barrier-risk").exit_code == 0
    before = cli("codings", "--format", "json").stdout
    assert cli("backup", "good.db").stdout == "good.db: 2 documents and 1 codings, checked.\n"
    assert cli("undo").exit_code == 0
    assert cli("codings", "--format", "json").stdout == "[]\n"
    done = cli("restore", "good.db")
    (kept,) = (interviews / "backups").iterdir()
    assert done.exit_code == 0
    assert done.stdout.startswith("The study is as it was at 20")
    assert done.stdout.endswith("(UTC): 2 documents and 1 codings.\n")
    assert done.stderr == f"What was here before is kept: {kept}\n"
    assert cli("codings", "--format", "json").stdout == before


def test_restore_without_a_study_or_a_backup_is_one_line(interviews: Path, cli: Cli, tmp_path: Path) -> None:
    missing = cli("restore", "missing.db")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr == (f"Error: There is no backup missing.db. Backups are in {interviews / 'backups'}.\n")
    nowhere = cli("--study", tmp_path, "restore", "missing.db")
    assert (nowhere.exit_code, nowhere.stderr.count("\n")) == (1, 1)


def test_doctor_ends_well_where_nothing_is_damaged(interviews: Path, cli: Cli) -> None:
    done = cli("doctor")
    assert (done.exit_code, done.stderr) == (0, "Nothing is damaged.\n")
    assert done.stdout.splitlines()[0].split() == ["Severity", "Check", "Count", "What", "Where"]
    assert f"Nothing leaves this machine: the study is {interviews / 'study.db'}" in done.stdout


def test_doctor_ends_with_1_where_something_is_damaged(interviews: Path, cli: Cli) -> None:
    assert cli("code", "first", "31", "56", "barrier-risk").exit_code == 0
    with closing(sqlite3.connect(interviews / "study.db")) as connection, connection:
        connection.execute("UPDATE coding SET exact = 'andre ord'")
    done = cli("doctor", "--format", "csv")
    assert done.exit_code == 1
    assert done.stderr.startswith("The study is damaged. `qualcode restore FILE`")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["severity"], row["check"], row["count"]) for row in rows[:2]] == [
        ("error", "quotes", "1"),
        ("error", "history", "1"),
    ]
    assert rows[0]["places"].startswith("first: coding ")


def test_doctor_shows_a_few_places_to_people_and_all_to_programs(interviews: Path, cli: Cli) -> None:
    for start in range(31, 36):
        assert cli("code", "first", str(start), "56", "value-buyer").exit_code == 0
    shown = cli("doctor", "--format", "table").stdout
    (line,) = (line for line in shown.splitlines() if "without a qualifier" in line)
    assert line.rstrip().endswith("and 2 more")
    rows = json.loads(cli("doctor", "--format", "json").stdout)
    (row,) = (row for row in rows if "without a qualifier" in row["message"])
    assert (row["severity"], row["count"], len(row["places"])) == ("warning", 5, 5)


def test_doctor_writes_into_a_file(interviews: Path, cli: Cli) -> None:
    done = cli("doctor", "--format", "json", "-o", "funn.json")
    assert (done.exit_code, done.stdout) == (0, "")
    checks = {row["check"] for row in json.loads((interviews / "funn.json").read_text(encoding="utf-8"))}
    assert {"network", "backup"} <= checks


def test_doctor_warns_where_others_may_read_the_study(interviews: Path, cli: Cli) -> None:
    assert "chmod 600" not in cli("doctor").stdout
    (interviews / "study.db").chmod(0o644)
    assert "`chmod 600` shuts them out" in cli("doctor").stdout
