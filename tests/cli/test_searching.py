from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cli, Outcome
from tests.services.wharf import DOCUMENTS, wharf

Ask = Callable[..., Outcome]
TEXT = DOCUMENTS["d1"].split("---\n")[2]
"""Of d1, as offsets count in it."""


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For reading only."""
    folder = tmp_path_factory.mktemp("shared")
    wharf(folder).close()
    return folder / "wharf"


@pytest.fixture
def ask(cli: Cli, coded: Path) -> Ask:
    def call(*arguments: str | Path) -> Outcome:
        return cli("--study", coded, "search", *arguments)

    return call


def test_hits_stand_below_each_other_in_their_context_with_their_codes(ask: Ask) -> None:
    outcome = ask("året", "--context", "12")
    at = TEXT.index("Året")
    assert outcome.stdout == f"d1\n  4  Kari  {at}  verandøren. [Året] etter gikk\n"
    assert outcome.stderr == "1 hit in 1 document\n"
    risk = ask("risikoen", "--context", "8")
    assert risk.stdout == (
        "d2\n"
        "  2  Per  43  ok hele [risikoen] i A. I\n"
        "                       risk, learning\n"
    )  # fmt: skip


def test_json_and_csv_say_where_each_hit_is(ask: Ask) -> None:
    (hit,) = json.loads(ask("dyr", "--format", "json", "--context", "5").stdout)
    assert hit == {
        "document": "d1",
        "turn": 2,
        "speaker": "Kari",
        "informant": "kari",
        "start": TEXT.index("dyr"),
        "end": TEXT.index("dyr") + 3,
        "before": " den ",
        "text": "dyr",
        "after": ". =SU",
        "codes": ["risk"],
        "score": None,
    }
    (row,) = csv.DictReader(io.StringIO(ask("=sum(", "--format", "csv").stdout, newline=""))
    assert (row["text"], row["codes"]) == ("'=SUM(", "risk")


def test_a_file_gets_the_hits(ask: Ask, tmp_path: Path) -> None:
    outcome = ask("vi", "-o", tmp_path / "treff.txt")
    assert outcome.stdout == ""
    assert outcome.stderr.splitlines()[-1] == "5 hits in 3 documents"
    assert (tmp_path / "treff.txt").read_text(encoding="utf-8").count("[") == 5


def test_nothing_found_is_no_failure(ask: Ask) -> None:
    outcome = ask("hval")
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (0, "", "Nothing found.\n")
    assert ask("hval", "--format", "json").stdout == "[]\n"


def test_fuzzy_and_regex_find_their_ways(ask: Ask) -> None:
    assert "[leverandøren]" in ask("--fuzzy", "leverandorene").stdout
    assert "[delte vi   den med]" in ask("--regex", r"delte.*\n\w+").stdout
    assert ask("--fuzzy", "leverandorene", "--least", "95").stderr == "Nothing found.\n"


def test_control_characters_of_a_transcript_are_shown_as_symbols(cli: Cli, coded: Path, tmp_path: Path) -> None:
    wharf(tmp_path).close()
    (tmp_path / "bell.txt").write_text("Et brev med \x1b[2J i.\n", encoding="utf-8")
    assert cli("--study", tmp_path / "wharf", "--coder", "anna", "import", tmp_path / "bell.txt").exit_code == 0
    assert "med ␛[2J i." in cli("--study", tmp_path / "wharf", "search", "brev").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["a", "--regex", "--fuzzy"], 2, "--regex and --fuzzy exclude each other."),
        (["(", "--regex"], 1, "The expression «(» is wrong at character 1"),
        (["vi", "--speaker", "Nils"], 1, "Nobody called 'Nils' speaks there."),
        (["vi", "--case", "Q"], 1, "There is no case 'Q'."),
        (["  "], 1, "Nothing to search for. Give a word or a phrase."),
    ],
)
def test_what_cannot_be_searched_is_said_in_one_line(ask: Ask, arguments: list[str], code: int, said: str) -> None:
    outcome = ask(*arguments)
    assert (outcome.exit_code, outcome.stdout) == (code, "")
    assert f"Error: {said}" in outcome.stderr
