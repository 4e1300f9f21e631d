from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.cli.conftest import FIRST
from tests.conftest import Cli

Process = Callable[..., CompletedProcess[str]]


def rows(cli: Cli, *arguments: str | Path) -> list[dict[str, Any]]:
    return json.loads(cli(*arguments, "--format", "json").stdout)


def write(folder: Path, name: str, text: str = FIRST) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_imported_and_each_file_reported(home: Path, cli: Cli) -> None:
    write(home, "in/first.txt")
    write(home, "in/more/first.txt", FIRST.replace("Kari", "Per"))
    write(home, "in/README.md", "About these files.")
    done = cli("import", "in", "--case", "north")
    assert done.exit_code == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[2:] == [
        ["first.txt", "imported", "first", "23", "4", "Kari"],
        ["more/first.txt", "imported", "more-first", "23", "4", "Per"],
    ]
    assert done.stderr.splitlines() == [
        "Not read, no transcripts by their names: README.md",
        "New in the study: north",
        "Unmapped labels count no informant: `qualcode speakers map DOC LABEL INFORMANT`.",
        "2 documents imported.",
    ]
    assert [row["cases"] for row in rows(cli, "documents")] == [["north"], ["north"]]


def bad_files(folder: Path) -> None:
    write(folder, "empty.txt", "")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    with zipfile.ZipFile(folder / "whole.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>" * 200)
    (folder / "cut.docx").write_bytes((folder / "whole.docx").read_bytes()[:60])
    (folder / "whole.docx").unlink()
    write(folder, "good.txt")
    write(folder, "front.md", "---\nid: front\nattributes: {doc-type: sermon}\n---\nKari: Ja.\n")
    write(folder, "x.pdf", "%PDF")


def test_bad_files_are_named_with_the_reason_and_the_good_one_comes_in(home: Path, cli: Cli) -> None:
    (home / "in").mkdir()
    bad_files(home / "in")
    done = cli("import", "in", "--format", "json")
    assert done.exit_code == 1
    outcomes = {Path(row["file"]).name: (row["outcome"], row["reason"]) for row in json.loads(done.stdout)}
    assert outcomes["good.txt"] == ("imported", "")
    assert outcomes["x.pdf"] == ("skipped", "no transcript by its name")
    assert outcomes["empty.txt"] == ("refused", "empty.txt: the file is empty. Leave it out or export it again.")
    assert outcomes["binary.txt"][0] == outcomes["cut.docx"][0] == outcomes["front.md"][0] == "refused"
    assert outcomes["binary.txt"][1].startswith("binary.txt: this is no text: ")
    assert outcomes["cut.docx"][1].startswith("cut.docx: not a zip file, or cut off")
    assert outcomes["front.md"][1].startswith("'sermon' is no value of doc-type. One of ")
    assert done.stderr.count("Refused: ") == 4
    assert done.stderr.endswith("1 document imported, 4 files refused.\n")
    assert [row["id"] for row in rows(cli, "documents")] == ["good"]


def test_a_named_file_without_a_reader_is_refused(home: Path, cli: Cli) -> None:
    write(home, "x.pdf", "%PDF")
    refused = cli("import", "x.pdf")
    assert refused.exit_code == 1
    assert "Refused: x.pdf: no reader for the ending '.pdf'." in refused.stderr


def test_a_missing_path_beside_others_is_refused_and_the_others_are_imported(interviews: Path, cli: Cli) -> None:
    (interviews / "third.txt").write_text("I: Hva?\n\nInformant: Ja.\n", encoding="utf-8")
    done = cli("import", "gone.txt", "third.txt")
    assert done.exit_code == 1
    assert "Refused: There is no file gone.txt. Check the name and the folder." in done.stderr.splitlines()
    assert done.stderr.splitlines()[-1] == "1 document imported, 1 file refused."
    assert cli("documents", "show", "third").exit_code == 0


def test_files_of_one_stem_clash_and_are_named_with_their_paths(interviews: Path, cli: Cli) -> None:
    for name, words in (("a/talk.txt", "I: Hei"), ("a/talk.md", "I: Hallo"), ("b/talk.txt", "I: God dag")):
        (interviews / name).parent.mkdir(exist_ok=True)
        (interviews / name).write_text(words, encoding="utf-8")
    done = cli("import", "a", "b/talk.txt")
    refused = [line for line in done.stderr.splitlines() if line.startswith("Refused")]
    hint = "Give one of them another id (`--id`, or `id:` in its front matter)."
    assert refused == [
        f"Refused: The id talk of a/talk.txt is taken by a/talk.md. {hint}",
        f"Refused: The id talk of b/talk.txt is taken by a/talk.md. {hint}",
    ]
    assert (done.exit_code, "I: Hallo" in cli("documents", "show", "talk", "--text").stdout) == (1, True)


def test_a_label_that_stands_once_counts_where_the_user_names_it(interviews: Path, cli: Cli) -> None:
    write(interviews, "third.txt", "I: Hei.\n\nOle: Hallo.\n\nOg så videre.\n\nSted: kaia\n")
    done = cli("import", "third.txt", "--speaker", "ole=kari")
    assert "Warning: third.txt: Read as words of the speaker above, since they stand once: Sted." in done.stderr
    labels = {row["label"]: (row["informant"], row["turns"]) for row in rows(cli, "speakers", "list", "third")}
    assert labels == {"I": ("", 1), "Ole": ("kari", 1)}


def test_a_missing_path_alone_is_one_line(interviews: Path, cli: Cli) -> None:
    refused = cli("import", "nowhere")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Error: There is no file or folder nowhere. Check the name and the folder.\n"
    assert [row["id"] for row in rows(cli, "documents")] == ["first", "second"]


def test_the_same_file_twice_changes_nothing(interviews: Path, cli: Cli) -> None:
    operations = rows(cli, "history")
    again = cli("import", "transcripts/first.txt", "--id", "other")
    assert again.exit_code == 0
    assert again.stderr == "0 documents imported, 1 known already.\n"
    assert again.stdout.splitlines()[2].split() == ["first.txt", "known", "already", "first"]
    assert rows(cli, "history") == operations


def test_a_changed_file_is_refused_and_the_old_text_stays(interviews: Path, cli: Cli) -> None:
    write(interviews, "transcripts/first.txt", FIRST.replace("Ingen", "Alle"))
    refused = cli("import", "transcripts/first.txt")
    assert refused.exit_code == 1
    assert (
        "Refused: first.txt has changed since it was imported as first; its codings stay on the text of then. "
        "Import it under another id (`--id`), or put the old file back.\n"
    ) in refused.stderr
    assert cli("documents", "show", "first", "--text").stdout == FIRST


def test_two_paths_with_one_id_are_both_named(home: Path, cli: Cli) -> None:
    write(home, "in/a/b.txt")
    write(home, "in/a-b.txt", FIRST + "I: Takk.\n")
    refused = cli("import", "in")
    assert refused.exit_code == 1
    assert "Refused: The id a-b of in/a-b.txt is taken by in/a/b.txt." in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["a.txt", "b.txt", "--id", "x"], "Error: One id cannot name 2 files. Import them one by one."),
        (["a.txt", "--language", "n b"], "Error: 'n b' is no language. Give its tag, such as nb, nn, en or en-GB."),
        (["a.txt", "--attributes", "no.csv"], "Error: There is no file no.csv. Check the name and the folder."),
        (["a.txt", "--attributes", "t.csv"], "Error: t.csv: unknown column 'tone'. Columns may be "),
    ],
)
def test_wrong_choices_are_refused_before_anything_is_imported(
    arguments: list[str], line: str, home: Path, cli: Cli
) -> None:
    write(home, "a.txt")
    write(home, "b.txt", FIRST + "I: Takk.\n")
    write(home, "t.csv", "id,tone\na,low\n")
    refused = cli("import", *arguments)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(line)
    assert rows(cli, "documents") == []


def test_an_option_without_its_equals_sign_is_wrong_usage(home: Path, cli: Cli) -> None:
    refused = cli("import", "a.txt", "--speaker", "Kari")
    assert (refused.exit_code, refused.stderr.splitlines()[-1]) == (
        2,
        "Error: 'Kari' is not of the form key=value.",
    )


def test_speakers_and_attributes_come_with_the_import(home: Path, cli: Cli) -> None:
    write(home, "a.txt")
    write(home, "about.csv", "id,title,doc-type,interview-mode\na,Møte med Kari,interview-transcript,phone\n")
    done = cli("import", "a.txt", "--speaker", "Kari=kari", "--speaker", "Olla=ola", "--attributes", "about.csv")
    assert done.exit_code == 0
    assert "Warning: no file has the label Olla.\n" in done.stderr
    assert "1 document described by about.csv.\n" in done.stderr
    document = rows(cli, "documents", "show", "a")[0]
    assert (document["title"], document["informants"], document["interview-mode"]) == (
        "Møte med Kari",
        ["kari"],
        ["phone"],
    )
    assert document["interviewers"] == ["I"]


def test_a_preview_stores_nothing_and_needs_no_study(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "in/a.txt")
    write(tmp_path, "in/empty.txt", "")
    seen = cli("import", "in", "--preview", "--format", "json")
    assert seen.exit_code == 1
    assert json.loads(seen.stdout) == [
        {
            "file": "a.txt",
            "document": "a",
            "title": "",
            "cases": [],
            "words": 23,
            "turns": 4,
            "speakers": ["I", "Kari"],
        }
    ]
    assert seen.stderr.splitlines() == [
        "Refused: empty.txt: the file is empty. Leave it out or export it again.",
        "Nothing is stored.",
    ]


def test_what_is_said_of_many_files_is_said_once(home: Path, cli: Cli) -> None:
    for number in range(7):
        write(home, f"in/{number}.srt", f"1\n00:00:01,000 --> 00:00:02,000\nOrd nummer {number}.\n")
    said = cli("import", "in").stderr
    assert said.count("No speakers are named") == 1
    assert "Warning: 0.srt, 1.srt, 2.srt, 3.srt, 4.srt and 2 more: No speakers are named" in said


def test_an_import_that_was_undone_can_be_done_otherwise(home: Path, cli: Cli) -> None:
    path = home / "a.txt"
    path.write_bytes(FIRST.replace(" 😀", "").encode("cp1252"))
    cli("import", "a.txt", "--id", "wrong", "--encoding", "cp850", "--case", "north")
    assert "Innkjøp" not in cli("documents", "show", "wrong", "--text").stdout
    cli("undo")
    assert rows(cli, "documents") == []
    done = cli("import", "a.txt", "--id", "right", "--encoding", "cp1252", "--case", "south")
    assert done.exit_code == 0
    assert cli("documents", "show", "right", "--text").stdout == FIRST.replace(" 😀", "")
    assert [(row["id"], row["cases"]) for row in rows(cli, "documents")] == [("right", ["south"])]


def test_an_import_that_was_undone_gives_its_id_to_the_corrected_file(home: Path, cli: Cli) -> None:
    write(home, "a.txt")
    cli("import", "a.txt")
    cli("undo")
    write(home, "a.txt", FIRST.replace("Ingen", "Alle"))
    assert cli("import", "a.txt").exit_code == 0
    assert cli("documents", "show", "a", "--text").stdout == FIRST.replace("Ingen", "Alle")
    cli("undo")
    cli("redo")
    assert cli("documents", "show", "a", "--text").stdout == FIRST.replace("Ingen", "Alle")


def test_the_same_words_imported_again_after_undo_are_described_again(home: Path, cli: Cli) -> None:
    write(home, "a.txt")
    cli("import", "a.txt", "--id", "wrong", "--informant", "per")
    cli("undo")
    done = cli("import", "a.txt", "--informant", "kari", "--case", "north")
    assert done.stderr.endswith("1 document imported.\n")
    assert [(row["id"], row["cases"]) for row in rows(cli, "documents")] == [("a", ["north"])]
    assert [row["informant"] for row in rows(cli, "speakers", "list", "a")] == ["", "kari"]


def test_speakers_are_listed_and_mapped(home: Path, cli: Cli) -> None:
    write(home, "a.txt")
    cli("import", "a.txt")
    cli("informants", "add", "kari")
    assert rows(cli, "speakers", "list", "a") == [
        {"label": "I", "role": "interviewer", "informant": "", "turns": 2, "words": 5},
        {"label": "Kari", "role": "", "informant": "", "turns": 2, "words": 14},
    ]
    assert cli("speakers", "map", "a", "Kari", "kari").stdout == "Kari of a is kari.\n"
    assert cli("speakers", "map", "a", "I", "none").exit_code == 0
    assert [(row["role"], row["informant"]) for row in rows(cli, "speakers", "list", "a")] == [
        ("none", ""),
        ("informant", "kari"),
    ]
    cli("undo")
    assert rows(cli, "speakers", "list", "a")[0]["role"] == "interviewer"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["first", "Karo", "kari"], "Error: first has no speaker 'Karo'. It has: I, Kari."),
        (["first", "Kari", "karo"], "Error: There is no informant 'karo'. Did you mean kari?"),
        (["frist", "Kari", "kari"], "Error: There is no document 'frist'. Did you mean first?"),
    ],
)
def test_a_wrong_mapping_is_one_line_and_changes_nothing(
    arguments: list[str], line: str, interviews: Path, cli: Cli
) -> None:
    before = rows(cli, "speakers", "list", "first")
    refused = cli("speakers", "map", *arguments)
    assert (refused.exit_code, refused.stdout, refused.stderr) == (1, "", line + "\n")
    assert rows(cli, "speakers", "list", "first") == before


def test_a_document_without_turns_is_mapped_whole(home: Path, cli: Cli) -> None:
    write(home, "note.md", "Bare tekst, ingen sier noe.\n")
    said = cli("import", "note.md").stderr
    assert 'No speakers found in note: `qualcode speakers map DOC "" INFORMANT` maps all of it.\n' in said
    cli("informants", "add", "paper", "kind=document")
    assert cli("speakers", "map", "note", "", "paper").exit_code == 0
    assert rows(cli, "speakers", "list", "note") == [
        {"label": "", "role": "informant", "informant": "paper", "turns": 0, "words": 5}
    ]
    refused = cli("speakers", "map", "note", "Kari", "paper")
    assert refused.stderr == (
        "Error: note has no speaker 'Kari'. It has no turns: map it whole, by an empty label.\n"
    )


def test_import_in_a_process_of_its_own_leaves_data_on_stdout_alone(home: Path, run_cli: Process) -> None:
    write(home, "a.txt")
    done = run_cli("import", "a.txt", "--format", "csv", cwd=home)
    assert done.returncode == 0
    assert done.stdout == (
        "file,outcome,document,words,turns,informants,unmapped,reason\na.txt,imported,a,23,4,,Kari,\n"
    )
    assert done.stderr.endswith("1 document imported.\n")
