"""What can be wrong with a study's file: one clear line, exit code 1, and the file as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.store import engine
from tests.conftest import REPOSITORY, Cli, Outcome


def _bare(folder: Path, *arguments: str) -> Outcome:
    """Run a command as somebody whom file permissions bind: root is above them until its capabilities go."""
    above = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*above, sys.executable, "-m", "qualcode", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_a_study_another_program_is_writing_is_told_after_a_while(
    interviews: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_TIMEOUT_MS", 50)
    hold = f"import sqlite3; c = sqlite3.connect({str(interviews / 'study.db')!r}, isolation_level=None)"
    hold += "; c.execute('BEGIN IMMEDIATE'); c.execute('DELETE FROM turn'); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        refused = cli("memo", "add", "study", "En tanke")
        read = cli("documents", "list", "--format", "csv")
        other.kill()
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Error: The study {interviews / 'study.db'} is being written by another program. "
        "Nothing was changed; wait for it to finish and try again.\n"
    )
    assert (read.exit_code, read.stdout.count("\n")) == (0, 3)
    assert cli("memo", "add", "study", "En tanke").exit_code == 0
    assert cli("doctor").exit_code == 0


def test_a_read_only_file_is_read_and_not_written(interviews: Path) -> None:
    database = interviews / "study.db"
    before = database.read_bytes()
    database.chmod(0o400)
    assert _bare(interviews, "documents", "list").exit_code == 0
    refused = _bare(interviews, "memo", "add", "study", "En tanke")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Error: The study {database} cannot be written: the file, its folder or the disk is read-only. "
        "Nothing was changed; copy the study to a folder you may write to.\n"
    )
    assert database.read_bytes() == before


def test_a_file_one_may_not_read_is_told_as_such(interviews: Path) -> None:
    (interviews / "study.db").chmod(0)
    refused = _bare(interviews, "documents", "list")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Error: The study {interviews / 'study.db'} cannot be opened. "
        "Check that the place exists and that you may read and write there.\n"
    )


def test_a_folder_one_may_not_write_in_gives_one_line(interviews: Path) -> None:
    interviews.chmod(0o500)
    refused = _bare(interviews, "memo", "add", "study", "En tanke")
    interviews.chmod(0o700)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert refused.stderr.startswith(f"Error: The study {interviews / 'study.db'} cannot be ")


def test_a_folder_one_may_not_write_in_takes_no_new_study(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o500)
    refused = _bare(tmp_path, "--coder", "Anna", "init", "theirs/study")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("content", [b"", b"Dette er ingen database.\n" * 400, b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_database_is_left_as_it_is(interviews: Path, cli: Cli, content: bytes) -> None:
    (interviews / "study.db").write_bytes(content)
    for command in (["documents", "list"], ["memo", "add", "study", "En tanke"], ["doctor"], ["backup"]):
        refused = cli(*command)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
        assert str(interviews / "study.db") in refused.stderr
    assert (interviews / "study.db").read_bytes() == content


def test_another_programs_database_is_left_as_it_is(interviews: Path, cli: Cli) -> None:
    database = interviews / "study.db"
    database.unlink()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE study (uid)")
    before = database.read_bytes()
    refused = cli("documents", "list")
    assert refused.stderr == f"Error: {database} is no qualcode study. It was left as it is.\n"
    assert database.read_bytes() == before
    assert not list(interviews.glob("study.db-*"))


def test_a_study_of_a_newer_program_is_left_as_it_is(interviews: Path, cli: Cli) -> None:
    with closing(sqlite3.connect(interviews / "study.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused = cli("documents", "list")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "was made by a newer qualcode (schema 9999, this program knows 0001)" in refused.stderr


def test_a_missing_database_is_told_with_what_makes_one(interviews: Path, cli: Cli) -> None:
    (interviews / "study.db").unlink()
    refused = cli("documents", "list")
    assert refused.stderr == (
        f"Error: There is no study database {interviews / 'study.db'}. `qualcode init DIR` makes a study.\n"
    )
    assert (refused.exit_code, (interviews / "study.db").exists()) == (1, False)


def test_damage_in_the_middle_of_the_file_is_found_and_a_backup_brought_back(interviews: Path, cli: Cli) -> None:
    database = interviews / "study.db"
    assert cli("code", "first", "31", "56", "barrier-risk").exit_code == 0
    assert cli("backup", "good.db").exit_code == 0
    content = bytearray(database.read_bytes())
    content[4096 * 40 : -4096] = b"\xa5" * len(content[4096 * 40 : -4096])
    database.write_bytes(content)
    found = cli("doctor")
    assert found.exit_code == 1
    assert "damaged" in found.stderr
    brought = cli("restore", "good.db")
    assert brought.exit_code == 0
    assert brought.stdout.endswith("2 documents and 1 codings.\n")
    (kept,) = (interviews / "backups").glob("before-restore-*.db")
    assert kept.read_bytes() == content
    assert cli("doctor").exit_code == 0
    assert "barrier-risk" in cli("codings", "--format", "csv").stdout


def test_a_study_lies_in_a_folder_of_any_name(interviews: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = interviews.with_name("100 %20 æ? #1 ;'\"")
    shutil.move(interviews, odd)
    monkeypatch.chdir(odd)
    assert cli("memo", "add", "study", "En tanke").exit_code == 0
    assert cli("backup").exit_code == 0
    assert cli("doctor").exit_code == 0
