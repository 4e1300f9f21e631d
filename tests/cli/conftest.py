"""A study of one's own to run commands in: a copy, the current folder, of one that is made once a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FIRST = (
    "I: Hvordan begynte det?\n\n"
    "Kari: Innkjøp visste ingenting. Ingen eide saken.\n\n"
    "I: Og så?\n\n"
    "Kari: Så turte vi ikke mer 😀 enn før.\n"
)
SECOND = "I: Og dere?\n\nOla: Vi lærte av dem som satt i huset.\n\nI: Hvordan?\n\nOla: Vi spurte dem.\n"


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty study with the codebook ioa-svc and the coder Anna; nobody works in it."""
    from qualcode.services import codebooks
    from qualcode.services.study import create_study

    folder = tmp_path_factory.mktemp("made") / "study"
    codebook, sha256 = codebooks.read_file(codebooks.find("ioa-svc"))
    create_study(folder, coder="Anna", codebook=codebook, codebook_sha256=sha256).close()
    return folder


@pytest.fixture(scope="session")
def made_interviews(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `made_home` with `first` (case north, informant kari) and `second` (case south, informant ola)."""
    from qualcode.services.importing import Choices, import_files
    from qualcode.services.study import open_study

    folder = tmp_path_factory.mktemp("made") / "study"
    shutil.copytree(made_home, folder)
    with open_study(folder, coder="Anna") as study:
        for name, text, case, informant in (("first", FIRST, "north", "kari"), ("second", SECOND, "south", "ola")):
            path = folder / "transcripts" / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            import_files(study, [path], Choices(cases=(case,), informant=informant))
    return folder


def moved_into(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(made, folder)
    monkeypatch.setenv("QUALCODE_CODER", "Anna")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def home(made_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty study, the current folder; Anna is its coder and acts."""
    return moved_into(made_home, tmp_path, monkeypatch)


@pytest.fixture
def interviews(made_interviews: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with the documents `first` and `second`, the current folder; Anna is its coder and acts."""
    return moved_into(made_interviews, tmp_path, monkeypatch)
