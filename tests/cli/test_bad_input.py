"""Whatever is wrong, one line says what and what to do, and what was stored is unharmed."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from qualcode.domain.span import Span
from qualcode.services import codebooks, coding, importing
from qualcode.services.study import create_study
from tests.conftest import Cli, Outcome
from tests.formats.word import document, paragraph, run

Process = Callable[..., CompletedProcess[str]]

INTERVIEW = "I: Hvordan gikk det?\n\nKari: Ingen turte å spørre.\n\nI: Og så?\n\nKari: Da ble det stille.\n"
GOOD = "I: Var du med?\n\nOla: Ja, hele veien.\n\nI: Til slutt?\n\nOla: Til slutt.\n"
FEAR = "barrier-risk-aversion"
NOBODY_DARED = Span(INTERVIEW.index("Ingen"), INTERVIEW.index("Ingen") + len("Ingen turte å spørre."))
SIZE = len(INTERVIEW)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with one coded interview, made once; every test works on a copy."""
    folder = tmp_path_factory.mktemp("made") / "study"
    codebook, sha256 = codebooks.read_file(codebooks.find("ioa-svc"))
    with create_study(folder, coder="Anna", codebook=codebook, codebook_sha256=sha256) as study:
        interview = folder / "transcripts" / "first.txt"
        interview.write_text(INTERVIEW, encoding="utf-8")
        importing.import_files(study, [interview])
        coding.add(study, "first", NOBODY_DARED, FEAR)
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("QUALCODE_CODER", "Anna")
    return folder


@contextmanager
def nothing_changed(cli: Cli) -> Generator[None]:
    """Whatever happens inside, the study holds the same codings, documents, codebook and history after it."""
    before = content(cli)
    assert ",first," in before[0]
    yield
    assert content(cli) == before


def content(cli: Cli) -> list[str]:
    asked = (
        ("export", "segments", "-o", "-"),
        ("documents", "--format", "csv"),
        ("codebook", "export", "-o", "-"),
        ("history", "--format", "csv"),
    )
    answers = [cli(*arguments) for arguments in asked]
    assert [answer.exit_code for answer in answers] == [0, 0, 0, 0]
    return [answer.stdout for answer in answers]


def refusal(done: Outcome | CompletedProcess[str]) -> str:
    """The one line that says why, of a command that could not do all it was asked to."""
    exit_code = done.exit_code if isinstance(done, Outcome) else done.returncode
    assert exit_code == 1, done
    assert "Traceback" not in done.stdout + done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith(("Error: ", "Refused: "))]
    return line


CUT = "Refused: bad.docx: not a zip file, or cut off (File is not a zip file). Export or copy it again."
BAD_FILES = {
    "empty": ("bad.txt", b"", "Refused: bad.txt: the file is empty. Leave it out or export it again."),
    "binary": (
        "bad.txt",
        PNG,
        "Refused: bad.txt: this is no text: 113 control characters among 1031. "
        "Export the transcript as .docx, .txt, .vtt or .srt.",
    ),
    "cut docx": ("bad.docx", document(paragraph(run("Kari: Ja.")))[:-300], CUT),
    "vtt without cues": (
        "bad.vtt",
        b"WEBVTT\n\nNOTE nobody spoke\n",
        "Refused: bad.vtt: there are no cues with times in this WebVTT file. "
        "Export it again, or import the words as .txt.",
    ),
    "nul": (
        "bad.txt",
        b"I: Hva?\n\nKari: En\0to.\n",
        "Refused: bad.txt: NUL at character 17, line 3. No database can keep it. "
        "Remove it, or name the right encoding with --encoding.",
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_in_one_line_and_the_good_one_beside_it_comes_in(
    kind: str, study: Path, cli: Cli
) -> None:
    name, data, line = BAD_FILES[kind]
    (study / "new").mkdir()
    (study / "new" / name).write_bytes(data)
    (study / "new" / "good.txt").write_text(GOOD, encoding="utf-8")
    segments, documents, *_ = content(cli)
    done = cli("import", "new")
    assert refusal(done) == line
    assert done.stderr.endswith("1 document imported, 1 file refused.\n")
    after_segments, after_documents, *_ = content(cli)
    assert after_segments == segments
    assert after_documents.startswith(documents)
    assert [row.split(",")[0] for row in after_documents[len(documents) :].splitlines()] == ["good"]


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_alone_changes_nothing(kind: str, study: Path, cli: Cli) -> None:
    name, data, line = BAD_FILES[kind]
    (study / name).write_bytes(data)
    with nothing_changed(cli):
        assert refusal(cli("import", name)) == line


def test_an_escape_sequence_is_imported_with_a_warning_and_shown_as_a_symbol(study: Path, cli: Cli) -> None:
    text = "I: Hva da?\n\nOla: Et \x1b[31mrødt\x1b[0m hus.\n\nI: Og?\n\nOla: Et blått.\n"
    (study / "red.txt").write_text(text, encoding="utf-8")
    done = cli("import", "red.txt")
    assert done.exit_code == 0
    assert (
        "Warning: red.txt: Control characters: 2, the first (U+001B) on line 3; kept, and shown as symbols.\n"
        in done.stderr
    )
    start = text.index("Et ")
    coded = cli("code", "red", str(start), str(start + 17), FEAR)
    for shown in (coded, cli("codings", "--document", "red"), cli("search", "Et"), cli("documents", "show", "red")):
        assert shown.exit_code == 0
        assert "\x1b" not in shown.stdout + shown.stderr
    assert "␛[31mrødt␛[0m" in coded.stdout
    assert cli("documents", "show", "red", "--text").stdout == text


def test_a_line_of_fifty_megabytes_is_imported_and_can_be_coded_at_its_end(study: Path, run_cli: Process) -> None:
    line = "Kari: " + "ord og mer ord " * 3_495_253 + "slutt"
    size = len(line)
    assert size > 50 * 1024 * 1024
    (study / "long.txt").write_text(line, encoding="utf-8")
    coder = {"QUALCODE_CODER": "Anna"}
    done = run_cli("import", "long.txt", cwd=study, env=coder)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "1 document imported.")
    coded = run_cli("code", "long", str(size - 5), str(size), FEAR, cwd=study, env=coder)
    assert (coded.returncode, f"on long {size - 5}-{size}: «slutt»" in coded.stdout) == (0, True)
    exported = run_cli("export", "segments", "-o", "-", cwd=study, env=coder)
    assert [row.split(",")[1] for row in exported.stdout.splitlines()] == ["document", "first", "long"]
    assert len(exported.stdout) < 5_000


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["import", "lost/"],
            "Error: There is no file or folder lost. Check the name and the folder.",
        ),
        (
            ["--study", "lost", "documents"],
            "Error: {study}/lost is not a study: it has no study.toml. Make one with `qualcode init`.",
        ),
        (
            ["export", "segments", "-o", "lost/segments.csv"],
            "Error: {study}/lost/segments.csv cannot be written: No such file or directory. "
            "Choose another place, or make the folder first.",
        ),
        (
            ["code", "first", "28", "46", "barrier-risk-aversoin"],
            "Error: There is no code 'barrier-risk-aversoin'. Did you mean barrier-risk-aversion?",
        ),
        (
            ["code", "first", "28", "46", "barrier"],
            "Error: barrier is a family and cannot be put on a span. Choose one of its codes: barrier-competence, "
            "barrier-risk, barrier-anchoring-org, barrier-anchoring-interorg, barrier-other.",
        ),
        (
            ["code", "frist", "28", "46", FEAR],
            "Error: There is no document 'frist'. Did you mean first?",
        ),
        (
            ["code", "first", str(SIZE - 4), str(SIZE + 1), FEAR],
            f"Error: The span {SIZE - 4}-{SIZE + 1} ends outside the text, which has {SIZE} characters. "
            "Offsets count code points from 0; the end is exclusive.",
        ),
        (
            ["code", "first", "46", "28", FEAR],
            "Error: The span 46-28 is empty or negative. Give a start of 0 or more and an end beyond it.",
        ),
        (
            ["code", "first", "28", "46", FEAR, "--valence", "9"],
            "Error: valence has no value '9'. One of -1, 0, 1.",
        ),
    ],
)
def test_what_is_not_there_is_named_with_what_to_do(arguments: list[str], line: str, study: Path, cli: Cli) -> None:
    with nothing_changed(cli):
        assert refusal(cli(*arguments)) == line.format(study=study)


BROKEN_CODEBOOKS = {
    "no YAML": ("codes: [\n", "line 2: This is not YAML: "),
    "a code twice": (
        "codebook: {id: x, version: '1', languages: [en], title: {en: X}}\n"
        "codes:\n  - {id: a, name: {en: A}}\n  - {id: a, name: {en: B}}\n",
        "line 4: The id 'a' is used twice. ",
    ),
    "a list": ("- a\n- b\n", "line 1: "),
    "empty": ("", "line 1: The file is empty. "),
}


@pytest.mark.parametrize("kind", BROKEN_CODEBOOKS)
def test_a_broken_codebook_is_refused_with_its_line_and_replaces_nothing(kind: str, study: Path, cli: Cli) -> None:
    text, start = BROKEN_CODEBOOKS[kind]
    (study / "broken.yaml").write_text(text, encoding="utf-8")
    with nothing_changed(cli):
        line = refusal(cli("codebook", "import", "broken.yaml"))
    assert line.startswith(f"Error: broken.yaml, {start}")
    assert line.endswith("`qualcode codebook check FILE` lists everything.")
    refusal(cli("init", "other", "--codebook", "broken.yaml"))
    assert not (study / "other").exists()


def stored(study: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in study.glob("study.*")}


def on_database(study: Path, statement: str) -> None:
    connection = sqlite3.connect(study / "study.db")
    with connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("arguments", [("documents",), ("cases", "add", "north"), ("export", "segments")])
def test_a_study_of_a_newer_program_is_neither_read_nor_changed(
    arguments: tuple[str, ...], study: Path, cli: Cli
) -> None:
    on_database(study, "UPDATE alembic_version SET version_num = '9999'")
    before = stored(study)
    line = refusal(cli(*arguments))
    assert line.startswith(f"Error: The study {study}/study.db was made by a newer qualcode (schema 9999, ")
    assert line.endswith("Install the newer version; the study was left as it is.")
    assert {name: data for name, data in stored(study).items() if name in before} == before


@pytest.mark.parametrize("damage", ["other content", "cut in the middle"])
def test_a_damaged_database_is_left_as_it_is(damage: str, study: Path, cli: Cli) -> None:
    database = study / "study.db"
    whole = database.read_bytes()
    database.write_bytes(b"no database\n" * 1000 if damage == "other content" else whole[: len(whole) // 3])
    before = database.read_bytes()
    line = refusal(cli("documents"))
    assert line == (
        f"Error: The file {database} is damaged or is no study database. "
        "It was left as it is; `qualcode restore` brings a backup back."
    )
    assert database.read_bytes() == before


def test_a_missing_database_is_named_and_not_made_anew(study: Path, cli: Cli) -> None:
    (study / "study.db").unlink()
    assert refusal(cli("cases", "add", "north")).startswith(f"Error: There is no study database {study}/study.db. ")
    assert not (study / "study.db").exists()


def test_a_broken_study_toml_is_named_with_its_line(study: Path, cli: Cli) -> None:
    (study / "study.toml").write_text("language = = nb\n", encoding="utf-8")
    line = refusal(cli("documents"))
    assert line.startswith(f"Error: {study}/study.toml is not TOML: ")
    assert "line 1" in line
    assert line.endswith("Correct the file in an editor.")


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("writing", flush=True)
sys.stdin.read()
connection.execute("COMMIT")
"""


def test_while_another_program_writes_one_can_read_and_is_told_why_one_cannot_write(
    study: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.store.engine._BUSY_TIMEOUT_MS", 20)
    with nothing_changed(cli):
        other = subprocess.Popen(
            [sys.executable, "-c", HOLD, "study.db"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdin and other.stdout
        assert other.stdout.readline() == "writing\n"
        try:
            with nothing_changed(cli):
                assert refusal(cli("cases", "add", "north")) == (
                    f"Error: The study {study}/study.db is being written by another program. "
                    "Nothing was changed; wait for it to finish and try again."
                )
        finally:
            other.communicate()
    assert cli("cases", "add", "north").exit_code == 0
