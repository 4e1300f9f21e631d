from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Cli, Outcome
from tests.services.wharf import empty_wharf, put, wharf

Ask = Callable[..., Outcome]


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For reading only."""
    folder = tmp_path_factory.mktemp("shared")
    wharf(folder).close()
    return folder / "wharf"


@pytest.fixture
def ask(cli: Cli, coded: Path) -> Ask:
    """Run a command on the coded study, and expect it to work."""

    def call(*arguments: str | Path) -> Outcome:
        outcome = cli("--study", coded, *arguments)
        assert outcome.exit_code == 0, outcome.stderr
        return outcome

    return call


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_table_has_its_numbers_and_below_it_what_they_rest_on(ask: Ask) -> None:
    outcome = ask("matrix")
    assert outcome.stdout == (
        "Case × families\n"
        "\n"
        "        Barriere  Verdi  Total\n"
        "------  --------  -----  -----\n"
        "Kai A          2      1      2\n"
        "=Kai B         1      ·      1\n"
        "Kai C          ·      ·      ·\n"
        "Total          2      1      2\n"
        "\n"
        "Coders: anna, bjørn\n"
        "Filter: none\n"
        "Each cell: distinct informants\n"
        "In all: 2 informants, 5 segments, 2 cases, 6 codings\n"
        "Outside the table: 2 codings\n"
        "Without a case: 2 codings\n"
        "Without an informant: 1 coding\n"
        "Privacy class: red\n"
        "· means not mentioned. It does not mean absent: it may never have been asked.\n"
    )
    assert outcome.stderr == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("informants", [["A", "Kai A", "2", "1", "2"], ["B", "'=Kai B", "1", "", "1"]]),
        ("segments", [["A", "Kai A", "3", "1", "4"], ["B", "'=Kai B", "1", "", "1"]]),
        ("cases", [["A", "Kai A", "1", "1", "1"], ["B", "'=Kai B", "1", "", "1"]]),
        ("valence", [["A", "Kai A", "-0.875", "1.0", "-0.583333"], ["B", "'=Kai B", "1.0", "", "1.0"]]),
    ],
)
def test_csv_is_plain_numbers_and_what_they_rest_on_is_on_stderr(
    ask: Ask, cell: str, expected: list[list[str]]
) -> None:
    outcome = ask("matrix", "--cell", cell, "--format", "csv")
    found = rows_of(outcome.stdout)
    assert found[0] == ["row", "label", "barrier", "value", "total"]
    assert found[1:3] == expected
    assert found[3] == ["C", "Kai C", "", "", ""]
    assert {len(row) for row in found} == {5}
    assert "Without a case: 2 codings\n" in outcome.stderr
    assert "Coders: anna, bjørn\n" in outcome.stderr


def test_quotes_in_csv_are_as_wide_as_the_header_and_held_back_where_asked(ask: Ask) -> None:
    found = rows_of(ask("matrix", "--cell", "quotes", "--format", "csv").stdout)
    assert {len(row) for row in found} == {5}
    assert found[1][2].split("\n")[0] == "“Vi var redde for å feile.” (d1, turn 2, kari, labelled Kari, A)"
    assert found[1][3] == "(words held back) (d1, turn 4, kari, labelled Kari, A)"


def test_json_has_numbers_null_and_no_totals_where_none_are_wanted(ask: Ask) -> None:
    outcome = ask("matrix", "--rows", "side", "--cell", "valence", "--format", "json", "--no-totals")
    assert json.loads(outcome.stdout) == [
        {"row": "demand", "label": "Demand", "barrier": -0.75, "value": 1.0},
        {"row": "supply", "label": "Supply", "barrier": 0.0, "value": None},
    ]


def test_conditions_and_one_coder_s_work_are_named_as_filter(ask: Ask) -> None:
    outcome = ask(
        *("matrix", "--where", "side=demand", "--where", "code=risk", "--work-of", "bjørn"),
        *("--columns", "risk,risk-fear", "--cell", "segments", "--format", "csv", "--no-totals"),
    )
    assert rows_of(outcome.stdout)[1] == ["A", "Kai A", "1", "1"]
    assert "Filter: informant.side=demand & code=risk & coder=bjørn\n" in outcome.stderr
    assert "Coders: bjørn\n" in outcome.stderr


def test_exact_and_transposed(ask: Ask) -> None:
    outcome = ask("matrix", "--columns", "code", "--exact", "--transpose", "--cell", "segments", "--format", "csv")
    assert rows_of(outcome.stdout) == [
        ["row", "label", "A", "B", "C", "total"],
        ["risk", "Risiko", "2", "1", "", "3"],
        ["risk-fear", "Frykt", "1", "", "", "1"],
        ["learning", "Læring", "1", "", "", "1"],
        ["total", "Total", "4", "1", "", "5"],
    ]


def test_a_page_opens_its_quotes_and_hostile_words_are_words(ask: Ask, tmp_path: Path) -> None:
    outcome = ask("matrix", "--columns", "code", "-o", tmp_path / "kai.html")
    assert (outcome.stdout, outcome.stderr) == ("", f"{tmp_path / 'kai.html'} is written.\n")
    page = (tmp_path / "kai.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Kaia &lt;script&gt;x&lt;/script&gt;" in page
    assert "Verdien så vi aldri. &lt;b&gt;Aldri&lt;/b&gt;." in page
    assert "Privacy class: red" in page
    assert "Så lærte vi av leverandøren." not in page
    assert '<a href="#cell-0-0"' in page
    assert 'id="cell-0-0"' in page


def test_a_page_without_totals_has_none(ask: Ask, tmp_path: Path) -> None:
    ask("matrix", "--no-totals", "-o", tmp_path / "kai.html")
    page = (tmp_path / "kai.html").read_text(encoding="utf-8")
    assert "<tfoot>" not in page
    assert 'class="total"' not in page


def test_a_workbook_opens_with_its_numbers(ask: Ask, tmp_path: Path) -> None:
    ask("matrix", "--cell", "segments", "-o", tmp_path / "kai.xlsx")
    book = load_workbook(tmp_path / "kai.xlsx")
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["", "Barriere", "Verdi", "Total"],
        ["Kai A", 3, 1, 4],
        ["=Kai B", 1, "·", 1],
        ["Kai C", "·", "·", "·"],
        ["Total", 4, 1, 5],
    ]
    assert sheet["A3"].data_type == "s"
    assert len(list(book.worksheets[1].iter_rows())) == 1 + 6 + 2


def test_markdown_goes_to_stdout_or_a_file(ask: Ask, tmp_path: Path) -> None:
    text = ask("matrix", "--format", "md").stdout
    assert text.startswith("# Case × families\n")
    assert "| Kai A | 2 | 1 | 2 |\n" in text
    ask("matrix", "-o", tmp_path / "kai.md")
    assert (tmp_path / "kai.md").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("format", ["html", "xlsx"])
def test_pages_that_are_no_text_need_a_file(cli: Cli, coded: Path, format: str) -> None:
    outcome = cli("--study", coded, "matrix", "--format", format)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.endswith(f"Error: A page in {format} needs a file: -o FILE.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rows", "xyzzy"], "There is no field 'xyzzy'. The fields are case, document, informant,"),
        (["--columns", "riks"], "The codebook has no family, code or theme 'riks'. Did you mean risk"),
        (["--work-of", "nils"], "There is no coder 'nils'."),
        (["--coder", "nils"], "There is no coder 'nils'."),
    ],
)
def test_what_is_not_there_is_one_line(cli: Cli, coded: Path, arguments: list[str], said: str) -> None:
    outcome = cli("--study", coded, "matrix", *arguments)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith(f"Error: {said}")
    assert outcome.stderr.count("\n") == 1


def test_a_study_with_nothing_coded_has_its_cases_and_says_that_nobody_coded(cli: Cli, tmp_path: Path) -> None:
    empty_wharf(tmp_path).close()
    outcome = cli("--study", tmp_path / "wharf", "matrix", "--format", "csv")
    assert rows_of(outcome.stdout)[1:] == [
        ["A", "Kai A", "", "", ""],
        ["B", "'=Kai B", "", "", ""],
        ["C", "Kai C", "", "", ""],
        ["total", "Total", "", "", ""],
    ]
    assert "Coders: nobody has coded here\n" in outcome.stderr
    meetings = cli("--study", tmp_path / "wharf", "cooccurrence")
    assert meetings.exit_code == 0
    assert "No two of these stand together.\n" in meetings.stdout


def test_pairs_that_meet_have_counts_coefficients_and_units(ask: Ask) -> None:
    outcome = ask("cooccurrence", "--unit", "turn", "--columns", "risk,learning", "--format", "csv")
    (pair,) = csv.DictReader(io.StringIO(outcome.stdout, newline=""))
    assert [pair[name] for name in ("first", "second", "n1", "n2", "n12", "informants", "units")] == [
        "risk", "learning", "2", "3", "1", "1", "8",
    ]  # fmt: skip
    assert (pair["c"], pair["overlap"], pair["warning"]) == ("0.25", "0.5", "")
    assert "Units: 8\n" in outcome.stderr


def test_pairs_that_never_meet_are_listed_where_all_are_wanted(ask: Ask) -> None:
    found = json.loads(ask("cooccurrence", "--all", "--format", "json").stdout)
    assert [(pair["first"], pair["second"], pair["n12"]) for pair in found] == [
        ("risk", "learning", 1),
        ("risk", "risk-fear", 0),
        ("risk-fear", "learning", 0),
    ]


def test_skewed_frequencies_are_warned_of(cli: Cli, tmp_path: Path) -> None:
    with empty_wharf(tmp_path) as study:
        for words in ("Vi var redde", "for å feile", "Derfor ble", "den dyr", "sa sjefen", "Så lærte vi"):
            put(study, "d1", words, "risk")
        put(study, "d1", "Vi var redde", "learning")
    outcome = cli("--study", tmp_path / "wharf", "cooccurrence")
    assert [line.split() for line in outcome.stdout.splitlines()][4] == [
        "Risiko", "Læring", "6", "1", "1", "1", "0.17", "1.00", "!",
    ]  # fmt: skip
    assert outcome.stderr == (
        "Warning: in 1 pair (!) one is more than five times as frequent as the other; read overlap, not c.\n"
    )


def test_an_unknown_unit_names_the_known_ones(cli: Cli, coded: Path) -> None:
    outcome = cli("--study", coded, "cooccurrence", "--unit", "near")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("Error: 'near' is not a unit of co-occurrence. Give span, overlap, sentence")
