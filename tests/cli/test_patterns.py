from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.services.wharf import wharf

PATTERNS = (
    "pattern,text,case,expected,source\n"
    "fear,=Fear is in A,A,present,risk-fear\n"
    "fear,,B,present,risk-fear\n"
    "rival,,A,absent,risk\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    wharf(folder).close()
    return folder / "wharf"


@pytest.fixture(autouse=True)
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coded study of one's own, the current folder, with the file `patterns.csv`; anna acts."""
    shutil.copytree(made, tmp_path / "wharf")
    monkeypatch.setenv("QUALCODE_CODER", "anna")
    monkeypatch.chdir(tmp_path / "wharf")
    Path("patterns.csv").write_text(PATTERNS, encoding="utf-8")


def test_patterns_are_registered_listed_scored_removed_and_brought_back(cli: Cli) -> None:
    assert cli("patterns", "register", "patterns.csv").stdout == "2 patterns are registered: fear, rival.\n"
    listed = json.loads(cli("patterns", "list", "--format", "json").stdout)
    assert [(item["pattern"], item["case"], item["expected"], item["source"]) for item in listed] == [
        ("fear", "A", "present", "risk-fear"),
        ("fear", "B", "present", "risk-fear"),
        ("rival", "A", "absent", "risk"),
    ]
    scores = cli("patterns", "score", "--format", "csv").stdout.splitlines()
    assert scores == [
        "pattern,hits,with_data,without_data,share,registered_before_coding",
        "fear,1,1,1,1.0,false",
        "rival,0,1,0,0.0,false",
    ]
    cells = cli("patterns", "score", "--cells", "--format", "csv").stdout.splitlines()
    assert cells[1:] == [
        "fear,A,present,risk-fear,,,supported,literal",
        "fear,B,present,risk-fear,,,silent,open",
        "rival,A,absent,risk,,,supported,not-replicated",
    ]
    assert cli("patterns", "remove", "fear").stdout == "fear is removed. `qualcode undo` brings it back.\n"
    assert cli("undo").exit_code == 0
    assert len(json.loads(cli("patterns", "list", "--format", "json").stdout)) == 3


def test_a_table_of_scores_shows_no_share_where_there_is_no_data(cli: Cli) -> None:
    Path("patterns.csv").write_text("pattern,case,expected,source\np,C,present,risk\n", encoding="utf-8")
    cli("patterns", "register", "patterns.csv")
    assert cli("patterns", "score").stdout.splitlines()[-1].split() == ["p", "0", "0", "1", "–", "no"]


def test_words_that_look_like_a_formula_are_guarded(cli: Cli) -> None:
    cli("patterns", "register", "patterns.csv")
    assert "fear,'=Fear is in A,A" in cli("patterns", "list", "--format", "csv").stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("pattern,case,expected\nx,A,present\n", "Error: patterns.csv: the column source is missing."),
        (
            "pattern,case,expected,source\nx,A,present,risc\n",
            "Error: patterns.csv, line 2: There is no code 'risc'.",
        ),
    ],
)
def test_a_wrong_file_is_one_line_and_registers_nothing(cli: Cli, content: str, message: str) -> None:
    Path("patterns.csv").write_text(content, encoding="utf-8")
    outcome = cli("patterns", "register", "patterns.csv")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith(message)
    assert cli("patterns", "list", "--format", "json").stdout == "[]\n"
