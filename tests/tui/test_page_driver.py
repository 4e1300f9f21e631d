"""The desk of a page, without the server between: what it does when the page or the server goes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import IO

import pytest

from qualcode.services import marking
from qualcode.services.study import open_study
from tests.conftest import REPOSITORY
from tests.tui.studies import DOCUMENT, FEAR, span_of, study_in

QUIT = b'{"type": "quit"}'


@pytest.fixture
def desk(tmp_path: Path) -> Generator[subprocess.Popen[bytes]]:
    """A desk that reads and writes packets, on the one document of a study."""
    study_in(tmp_path).close()
    with subprocess.Popen(
        [sys.executable, "-m", "qualcode", "--study", "study", "--coder", "kari", "open", DOCUMENT],
        cwd=tmp_path,
        env=os.environ
        | {"PYTHONPATH": str(REPOSITORY), "TEXTUAL_DRIVER": "qualcode.tui.page_driver:PageDriver"}
        | {"COLUMNS": "100", "ROWS": "30"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def read_until(words: str, stdout: IO[bytes] | None) -> None:
    assert stdout is not None
    seen = b""
    while words.encode() not in seen:
        piece = os.read(stdout.fileno(), 65536)
        assert piece, seen
        seen += piece


def send(stdin: IO[bytes] | None, kind: bytes, payload: bytes) -> None:
    assert stdin is not None
    stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
    stdin.flush()


def test_a_page_that_is_closed_is_the_desk_left_with_the_place_kept(
    desk: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    read_until("fortelle", desk.stdout)
    send(desk.stdin, b"D", b"t")
    read_until(f"{len(FEAR.split())} words", desk.stdout)
    send(desk.stdin, b"M", QUIT)
    _stdout, stderr = desk.communicate(timeout=60)
    assert (desk.returncode, stderr) == (0, b"")
    with open_study(tmp_path / "study", coder="kari") as study:
        assert marking.place(study, DOCUMENT) == span_of(study, FEAR).start


def test_a_desk_whose_server_was_killed_leaves_without_a_word(desk: subprocess.Popen[bytes]) -> None:
    read_until("fortelle", desk.stdout)
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdout.close()
    desk.stdin.close()
    assert desk.wait(timeout=60) == 0
    assert desk.stderr is not None
    assert desk.stderr.read() == b""
