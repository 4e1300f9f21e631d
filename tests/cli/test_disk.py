"""Commands on a full disk and on a read-only one: one line that says so, exit 1, and the study unharmed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.requires_mount_namespace

PRELUDE = """
mount -t tmpfs -o size=$2 tmpfs "$1"
cd "$1"
q() { "$PYTHON" -m qualcode --lang en "$@"; echo "exit $?"; }
"""


def on_small_disk(tmp_path: Path, script: str, *, size: str = "4m") -> list[str]:
    """What `script` prints, both streams, in a file system of its own of `size`; its folder as DISK."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", PRELUDE + script, "sh", str(disk), size],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHON": sys.executable, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout.replace(str(disk), "DISK").splitlines()


FULL = "Error: The disk that holds the study DISK/s/study.db is full. Nothing was changed; make room and try again."
READ_ONLY = (
    "Error: The study DISK/s/study.db cannot be written: the file, its folder or the disk is read-only."
    " Nothing was changed; copy the study to a folder you may write to."
)


def test_any_command_that_opens_a_study_on_a_full_disk_says_so(tmp_path: Path) -> None:
    script = """
    q init s --coder ada >/dev/null 2>&1
    cat /dev/zero > ballast 2>/dev/null
    q --study s documents
    q --study s --coder ada memo add study Hello
    rm ballast
    q --study s --coder ada memo add study Hello >/dev/null
    q --study s doctor
    """
    told = on_small_disk(tmp_path, script)
    assert told[:4] == [FULL, "exit 1", FULL, "exit 1"]
    assert "Nothing is damaged." in told[4:]


@pytest.mark.parametrize("size", ["8k", "16k", "300k", "800k", "900k", "1200k"])
def test_init_on_a_disk_too_small_leaves_nothing_behind(tmp_path: Path, size: str) -> None:
    assert on_small_disk(tmp_path, "q init s --coder ada; ls -A", size=size) == [FULL, "exit 1"]


def test_init_on_a_disk_too_small_leaves_a_folder_that_was_there_as_it_was(tmp_path: Path) -> None:
    script = "mkdir s; echo hello > s/notes; q init s --coder ada; ls -A s"
    assert on_small_disk(tmp_path, script, size="1200k") == [FULL, "exit 1", "notes"]


def test_a_study_on_a_read_only_disk_is_read_and_not_written(tmp_path: Path) -> None:
    script = """
    q init s --coder ada >/dev/null 2>&1
    q --study s --coder ada memo add study Hello >/dev/null
    mount -o remount,ro "$1"
    ls s | grep study.db
    q --study s memo list --format csv | cut -d, -f3-
    q --study s --coder ada memo add study More
    q init t --coder ada
    """
    assert on_small_disk(tmp_path, script) == [
        "study.db",
        "target,text",
        "study,Hello",
        "exit 0",
        READ_ONLY,
        "exit 1",
        "Error: DISK/t cannot be made: Read-only file system. Choose another folder.",
        "exit 1",
    ]


def test_work_in_the_log_of_a_read_only_study_is_read_too(tmp_path: Path) -> None:
    """A program killed before it closed the study leaves its last work in the log beside the file."""
    script = """
    q init s --coder ada >/dev/null 2>&1
    "$PYTHON" -c '
import os
from qualcode.services import memos
from qualcode.services.study import open_study
memos.add(open_study("s", coder="ada"), "study", "In the log")
os._exit(0)'
    mount -o remount,ro "$1"
    test -s s/study.db-wal && q --study s memo list
    """
    assert any("In the log" in line for line in on_small_disk(tmp_path, script))
