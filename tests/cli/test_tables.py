from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import FIRST, SECOND
from tests.conftest import Cli

TEXTS = {"first": FIRST, "second": SECOND}
HOSTILE = "<script>alert(1)</script>"


def coded(cli: Cli, document: str, words: str, code: str, *options: str) -> str:
    start = TEXTS[document].index(words)
    done = cli("code", document, str(start), str(start + len(words)), code, *options)
    assert done.exit_code == 0, done.stderr
    return done.stdout[:8]


@pytest.fixture
def related(interviews: Path, cli: Cli) -> None:
    """Kari (north): no competence causes fear. Ola (south) denies it."""
    lack = coded(cli, "first", "Innkjøp visste ingenting.", "barrier-competence-procurement")
    fear = coded(cli, "first", "Så turte vi ikke mer", "barrier-risk-aversion")
    learnt = coded(cli, "second", "Vi lærte av dem", "barrier-competence-procurement", "--valence", "1")
    bold = coded(cli, "second", "Vi spurte dem.", "barrier-risk-aversion")
    assert cli("relate", lack, "causes", fear).exit_code == 0
    assert cli("relate", learnt, "causes", bold, "--contradicts").exit_code == 0


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def line_of(stdout: str, start: str) -> str:
    return " ".join(next(line for line in stdout.splitlines() if line.startswith(start)).split())


def test_the_tables_of_the_codebook_are_listed(home: Path, cli: Cli) -> None:
    rows = json.loads(cli("table", "list", "--format", "json").stdout)
    assert [row["id"] for row in rows] == [f"T{number}" for number in range(1, 14)]
    assert rows[0] == {"id": "T1", "name": "Barriereprofil", "kind": "counts", "questions": ["P1", "D1"]}


def test_a_study_without_codings_has_every_line_and_nothing_in_it(home: Path, cli: Cli) -> None:
    outcome = cli("table", "T9")
    assert outcome.exit_code == 0
    assert line_of(outcome.stdout, "Lokal klynge").endswith("· · · · · ·")
    assert "Relations: 0, of 0 informants" in outcome.stdout
    for number in range(1, 14):
        for format in ("table", "csv", "json", "md", "html"):
            assert cli("table", f"T{number}", "--format", format).exit_code == 0


def test_cells_say_who_was_asked_and_how_it_was_meant(related: None, cli: Cli) -> None:
    unknown = line_of(cli("table", "T1").stdout, "Innkjøps- og metodekompetanse")
    assert unknown == "Innkjøps- og metodekompetanse 1 of ? -1.00 1 of ? +1.00 2 of ? 0.00 ·"
    assert cli("asked", "set", "kari", "barrier", "asked").exit_code == 0
    assert cli("asked", "set", "ola", "barrier", "asked").exit_code == 0
    stdout = cli("table", "t1").stdout
    assert line_of(stdout, "Innkjøps- og metodekompetanse").startswith(
        "Innkjøps- og metodekompetanse 1 of 1 -1.00 1 of 1 +1.00 2 of 2 0.00"
    )
    assert line_of(stdout, "Regelverk").startswith("Regelverk 0 of 1 0 of 1 0 of 2")


def test_relations_say_who_states_and_who_contradicts_them(related: None, cli: Cli) -> None:
    outcome = cli("table", "T3", "--format", "csv")
    (row,) = (
        row
        for row in rows_of(outcome.stdout)
        if (row["row.code"], row["column"]) == ("barrier-competence-procurement", "barrier-risk-aversion")
    )
    assert (row["axis"], row["types"], row["informants"], row["cases"]) == ("target", "causes|reinforces", "1", "1")
    assert (row["informant_ids"], row["against_informant_ids"], row["strength"]) == ("kari", "ola", "anecdotal")
    assert row["contested"] == "true"
    assert "1/1 ✗1 single statement (contested)" in cli("table", "T3").stdout


def test_a_query_narrows_a_table(related: None, cli: Cli) -> None:
    rows = rows_of(cli("table", "T3", "--where", "case=south", "--format", "csv").stdout)
    assert {row["against_informant_ids"] for row in rows if row["informants"]} == {"ola"}
    assert {row["informants"] for row in rows if row["informants"]} == {"0"}


@pytest.mark.parametrize("format", ["md", "html"])
def test_a_page_has_the_words_of_each_cell(related: None, cli: Cli, format: str, tmp_path: Path) -> None:
    file = tmp_path / f"table.{format}"
    assert cli("table", "T3", "-o", str(file)).exit_code == 0
    page = file.read_text(encoding="utf-8")
    assert "Så turte vi ikke mer" in page
    assert "✗ Innkjøps- og metodekompetanse → Risikoaversjon og frykt for feil: forårsaker, second" in page


def test_markup_in_a_name_is_text_on_a_page(related: None, cli: Cli) -> None:
    assert cli("cases", "set", "north", f"title={HOSTILE}").exit_code == 0
    page = cli("table", "T1", "--format", "html").stdout
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_words_that_must_not_be_quoted_are_held_back(interviews: Path, cli: Cli) -> None:
    coded(cli, "first", "Innkjøp visste ingenting.", "barrier-competence-procurement", "--quotable", "no")
    page = cli("table", "T1", "--format", "html").stdout
    assert "Innkjøp visste ingenting." not in page
    assert "The words are held back." in page


def test_an_unknown_table_is_answered_with_a_near_one(home: Path, cli: Cli) -> None:
    outcome = cli("table", "T33")
    assert outcome.exit_code == 1
    assert outcome.stderr == "Error: The codebook has no table 'T33'. Did you mean T3?\n"


def test_a_table_kept_from_before_tables_had_a_meaning_is_answered_in_a_line(home: Path, cli: Cli) -> None:
    from dataclasses import replace

    from qualcode.services.study import open_study
    from qualcode.store import codebooks

    with open_study(home, coder="Anna") as study, study.write("codebook", "Saved") as unit:
        codebooks.save(unit, replace(study.codebook, tables=({"rows": 3},)), sha256=None)
    for asked in ("list", "T1"):
        outcome = cli("table", asked)
        assert outcome.exit_code == 1
        assert outcome.stderr.startswith("Error: The table 1 of the codebook is wrong: The id is missing.")


def test_a_table_of_patterns_is_not_narrowed(home: Path, cli: Cli) -> None:
    outcome = cli("table", "T8", "--where", "family=barrier")
    assert outcome.exit_code == 1
    assert outcome.stderr.endswith("Leave out --where and --coder.\n")
    assert "No patterns are registered" in cli("table", "T8").stderr


def test_another_codebook_has_tables_of_its_own(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_CODER", "Anna")
    folder = tmp_path / "night"
    assert cli("--coder", "Anna", "init", str(folder), "--codebook", "night-handover").exit_code == 0
    monkeypatch.chdir(folder)
    file = folder / "transcripts" / "talk.txt"
    text = "Ann: Nobody said the drip had been changed. So I rang her at home.\n"
    file.write_text(text, encoding="utf-8")
    assert cli("import", str(file), "--case", "west", "--informant", "ann").exit_code == 0
    ids: list[str] = []
    for words, code in (
        ("Nobody said the drip had been changed.", "medicine"),
        ("So I rang her at home.", "calling-back"),
    ):
        start = text.index(words)
        done = cli("code", "talk", str(start), str(start + len(words)), code)
        ids.append(done.stdout[:8])
    assert cli("relate", ids[0], "leads-to", ids[1]).exit_code == 0
    rows = json.loads(cli("table", "list", "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["lost-by-ward", "lost-and-repaired", "harm-by-channel"]
    assert line_of(cli("table", "lost-and-repaired").stdout, "Medicine").startswith("Medicine")
    found = [
        (row["row.code"], row["column"])
        for row in rows_of(cli("table", "lost-and-repaired", "--format", "csv").stdout)
        if row["informants"]
    ]
    assert found == [("medicine", "calling-back"), ("medicine", "total")]
