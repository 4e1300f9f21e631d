from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FIRST
from tests.conftest import REPOSITORY, Cli


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(cli(*arguments, "--format", "json").stdout)


def test_documents_are_listed_with_their_codings_in_order_of_import(interviews: Path, cli: Cli) -> None:
    cli("code", "second", "19", "30", "interaction-learning")
    assert rows(cli, "documents") == [
        {
            "id": "first",
            "title": "first",
            "date": "",
            "language": "nb",
            "cases": ["north"],
            "words": 23,
            "turns": 4,
            "codings": 0,
            "suggestions": 0,
        },
        {
            "id": "second",
            "title": "second",
            "date": "",
            "language": "nb",
            "cases": ["south"],
            "words": 18,
            "turns": 4,
            "codings": 1,
            "suggestions": 0,
        },
    ]
    assert cli("documents").stdout == cli("documents", "list").stdout


def test_a_list_needs_nobody_who_acts(interviews: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_CODER", "Nobody")
    assert [(row["id"], row["suggestions"]) for row in rows(cli, "documents")] == [
        ("first", None),
        ("second", None),
    ]


def test_the_text_is_printed_byte_for_byte(interviews: Path, cli: Cli) -> None:
    hostile = "I: Ja?\n\nKari: \x1b[2J\u202eja\x07\n\nI: Så?\n\nKari: Nei.\n"
    (interviews / "x.txt").write_bytes(b"\xef\xbb\xbf" + hostile.replace("\n", "\r\n").encode())
    cli("import", "x.txt")
    assert cli("documents", "show", "x", "--text").stdout == hostile
    cli("documents", "show", "x", "--text", "-o", "out.txt")
    assert (interviews / "out.txt").read_bytes() == hostile.encode()


def test_on_a_terminal_the_text_is_harmless(interviews: Path, cli: Cli) -> None:
    (interviews / "x.txt").write_text("I: Ja?\n\nKari: \x1b[2Jja\n\nI: Så?\n\nKari: Nei.\n", encoding="utf-8")
    cli("import", "x.txt")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "qualcode", "documents", "show", "x", "--text"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(follower)
    seen = os.read(leader, 10_000).decode().replace("\r\n", "\n")
    os.close(leader)
    assert done.returncode == 0
    assert seen == "I: Ja?\n\nKari: ␛[2Jja\n\nI: Så?\n\nKari: Nei.\n"


def test_a_document_is_described_field_by_field_and_cleared(interviews: Path, cli: Cli) -> None:
    done = cli(
        "documents",
        "set",
        "first",
        "title=Møte",
        "date=2024-02-13",
        "language=nn",
        "cases=north|south",
        "doc-type=email",
    )
    assert (done.exit_code, done.stdout) == (0, "first is described.\n")
    shown = rows(cli, "documents", "show", "first")[0]
    assert (shown["title"], shown["date"], shown["language"]) == ("Møte", "2024-02-13", "nn")
    assert (shown["cases"], shown["doc-type"], shown["informants"]) == (["north", "south"], ["email"], ["kari"])
    cli("documents", "set", "first", "title=-", "date=-", "cases=-", "doc-type=-")
    shown = rows(cli, "documents", "show", "first")[0]
    assert (shown["title"], shown["date"], shown["cases"], shown["doc-type"]) == ("", "", [], [])
    assert "doc-type" not in cli("documents", "show", "first").stdout


@pytest.mark.parametrize(
    ("arguments", "exit_code", "line"),
    [
        (["set", "first", "date=2024-13-01"], 1, "'2024-13-01' is no value of date. A date such as 2024-03-01."),
        (["set", "first", "language=-"], 1, "'-' is no language. Give its tag, such as nb, nn, en or en-GB."),
        (["set", "first", "cases=nort"], 1, "There is no case 'nort'. Did you mean north?"),
        (["set", "frist", "title=x"], 1, "There is no document 'frist'. Did you mean first?"),
        (["set", "first", "title"], 2, "'title' is not of the form key=value."),
        (["rename", "first", "second"], 1, "'second' is taken already. Choose another id."),
        (["show", "frist", "--text"], 1, "There is no document 'frist'. Did you mean first?"),
        (["import", "lost.csv"], 1, "There is no file lost.csv. Check the name and the folder."),
    ],
)
def test_what_cannot_be_done_to_a_document_is_one_line_and_changes_nothing(
    arguments: list[str], exit_code: int, line: str, interviews: Path, cli: Cli
) -> None:
    before = rows(cli, "history")
    refused = cli("documents", *arguments)
    assert (refused.exit_code, refused.stdout) == (exit_code, "")
    assert refused.stderr.splitlines()[-1] == f"Error: {line}"
    assert rows(cli, "history") == before


def test_an_unknown_attribute_names_the_known_ones(interviews: Path, cli: Cli) -> None:
    refused = cli("documents", "set", "first", "doctype=email")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(
        "Error: document has no attribute 'doctype' that can be set. It has: cases, title, date, language, doc-type"
    )


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("id,doctype\nfirst,email\n", "t.csv: unknown column 'doctype'. Columns may be "),
        ("doc-type,id\nemail,first\n", "t.csv: the first column must be `id`. Put the ids first."),
        ("id,doc-type\nsecond,email\nfirst,sermon\n", "t.csv, line 3: 'sermon' is no value of doc-type. One of "),
        (
            "id,doc-type\nsecond,email\nfrist,email\n",
            "t.csv, line 3: There is no document 'frist'. Did you mean first?",
        ),
        ("id,date\nsecond,2024-02-30\n", "t.csv, line 2: '2024-02-30' is no value of date. "),
        ("id,title\nsecond,a,b\n", "t.csv, line 2: 3 cells where the header has 2. "),
        ("", "t.csv: the file is empty. "),
    ],
)
def test_a_table_that_does_not_fit_is_refused_whole(table: str, line: str, interviews: Path, cli: Cli) -> None:
    before = rows(cli, "documents")
    (interviews / "t.csv").write_text(table, encoding="utf-8")
    refused = cli("documents", "import", "t.csv")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Error: {line}")
    assert rows(cli, "documents") == before


def test_a_table_describes_documents_in_one_operation(interviews: Path, cli: Cli) -> None:
    (interviews / "t.csv").write_text("id;cases;doc-type\nfirst;north|south;email\nsecond;-;\n", encoding="utf-8")
    done = cli("documents", "import", "t.csv")
    assert (done.exit_code, done.stdout) == (0, "2 documents described by t.csv.\n")
    assert [row["cases"] for row in rows(cli, "documents")] == [["north", "south"], []]
    cli("undo")
    assert [row["cases"] for row in rows(cli, "documents")] == [["north"], ["south"]]


def test_codings_follow_a_document_to_its_new_id(interviews: Path, cli: Cli) -> None:
    cli("code", "first", "31", "54", "barrier-competence-supplier")
    assert cli("documents", "rename", "first", "kari-1").stdout == "first is now kari-1.\n"
    assert [(row["document"], row["text"]) for row in rows(cli, "codings")] == [("kari-1", FIRST[31:54])]


def test_a_removed_document_counts_nowhere_and_comes_back_as_it_was(interviews: Path, cli: Cli) -> None:
    cli("documents", "set", "first", "title=Møte", "cases=south")
    cli("speakers", "map", "first", "I", "none")
    cli("code", "first", "31", "54", "barrier-competence-supplier")
    before = rows(cli, "documents", "show", "first")
    removed = cli("documents", "remove", "first")
    assert (removed.exit_code, removed.stderr) == (0, "1 coding counts no longer.\n")
    assert removed.stdout == "first is removed; `qualcode undo`, or the same file again, brings it back.\n"
    assert (rows(cli, "codings"), [row["id"] for row in rows(cli, "documents")]) == ([], ["second"])
    back = cli("import", "transcripts/first.txt", "--case", "north", "--informant", "per")
    assert back.exit_code == 0
    assert "first had been removed and is back as it was.\n" in back.stderr
    assert rows(cli, "documents", "show", "first") == before
    assert len(rows(cli, "codings")) == 1
