"""Programs killed in the middle of their work, and what must be true of the study afterwards."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from qualcode.services import coding, doctor, documents
from qualcode.services.study import open_study
from tests.conftest import REPOSITORY
from tests.services.furnished import furnished
from tests.store.samples import add_document

CODINGS = 200
FILES = 40
CODER = """
import sys
from qualcode import Span, open_study
from qualcode.services import coding

study = open_study(sys.argv[1], coder=sys.argv[2])
for number in range(int(sys.argv[3])):
    added = coding.add(study, "long", Span(number, number + 2), "fear")
    print(added.segment.coding.uid, flush=True)
"""
WORDS = "Kari: Vi turte ikke. 😀 " + "Fristen var kort. " * 200


def study_with_a_long_document(folder: Path) -> Path:
    """The folder of a study with the coders ada and bo and a document `long`."""
    with furnished(folder) as study:
        add_document(study, "long", text="ja " * CODINGS, undoable=False)
    return folder


def transcripts(folder: Path) -> Path:
    """A folder of FILES transcripts, each different."""
    folder.mkdir()
    for number in range(FILES):
        text = f"I: Spørsmål {number}?\n\n{WORDS}\n\n" * 2
        (folder / f"d{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def _started(*arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "QUALCODE_CODER": "ada"}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, *arguments], stdout=pipe, stderr=subprocess.DEVNULL, env=environment)


def coder(study: Path, name: str, codings: int = CODINGS) -> subprocess.Popen[bytes]:
    """A program that codes as `name` and prints the uid of each coding once it is stored."""
    return _started("-c", CODER, str(study), name, str(codings))


def acknowledged_by(program: subprocess.Popen[bytes], *, kill_after: int, chance: random.Random) -> list[str]:
    """The uids it printed until it was killed, a moment after the given number of them."""
    assert program.stdout is not None
    lines = [program.stdout.readline() for _ in range(kill_after)]
    time.sleep(chance.uniform(0, 0.005))
    program.kill()
    lines += program.stdout.readlines()
    program.wait()
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]


def check_codings(study: Path, acknowledged: Sequence[str]) -> None:
    """All that was acknowledged is there, at most the one in the making besides, and nothing is damaged."""
    with open_study(study, coder="ada") as opened:
        stored = [segment.coding.uid for segment in coding.everything(opened)]
        assert set(acknowledged) <= set(stored)
        assert len(stored) - len(acknowledged) in (0, 1)
        assert [remark for remark in doctor.examine(opened) if remark.severity == "error"] == []


def import_killed(study: Path, files: Path, *, after: int, chance: random.Random) -> int:
    """Kill an import a moment after so many of its documents are stored; how many there are then."""
    program = _started("-m", "qualcode", "--study", str(study), "import", str(files))
    already = _imported(study)
    while program.poll() is None and _imported(study) < already + after:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.02))
    program.kill()
    program.communicate()
    return _imported(study) - already


def _imported(study: Path) -> int:
    with closing(sqlite3.connect(f"{(study / 'study.db').as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM document").fetchone()[0]


def check_import(study: Path, files: Path) -> None:
    """Each document is whole or not there, nothing is damaged, and the import can be done to its end."""
    with open_study(study, coder="ada") as opened:
        for document in documents.listing(opened):
            if document.id.startswith("d"):
                text = opened.text(document.id)
                assert text.text == (files / f"{document.id}.txt").read_text(encoding="utf-8")
                assert [turn.speaker for turn in text.turns] == ["I", "Kari"] * 2
        assert [remark for remark in doctor.examine(opened) if remark.severity == "error"] == []
    program = _started("-m", "qualcode", "--study", str(study), "import", str(files))
    program.communicate()
    assert program.returncode == 0
    with open_study(study, coder="ada") as opened:
        assert sum(document.id.startswith("d") for document in documents.listing(opened)) == FILES
        assert [remark for remark in doctor.examine(opened) if remark.severity == "error"] == []
