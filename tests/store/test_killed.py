"""A few programs killed while they write; `make soak` kills many more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from qualcode.services import coding, doctor
from qualcode.services.study import open_study
from tests.store import killing


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_codings_that_were_acknowledged_survive_a_kill(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    study = killing.study_with_a_long_document(tmp_path / "study")
    program = killing.coder(study, "ada")
    acknowledged = killing.acknowledged_by(program, kill_after=chance.randrange(1, 150), chance=chance)
    killing.check_codings(study, acknowledged)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_import_that_is_killed_leaves_whole_documents(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    study, files = killing.study_with_a_long_document(tmp_path / "study"), killing.transcripts(tmp_path / "files")
    killing.import_killed(study, files, after=chance.randrange(1, killing.FILES - 5), chance=chance)
    killing.check_import(study, files)


def test_two_programs_that_code_at_once_lose_nothing(tmp_path: Path) -> None:
    study = killing.study_with_a_long_document(tmp_path / "study")
    programs = [killing.coder(study, name, 100) for name in ("ada", "bo")]
    printed = [program.communicate()[0].decode().split() for program in programs]
    assert [(program.returncode, len(uids)) for program, uids in zip(programs, printed, strict=True)] == [
        (0, 100)
    ] * 2
    with open_study(study, coder="ada") as opened:
        assert {item.coding.uid for item in coding.everything(opened)} == {uid for uids in printed for uid in uids}
        assert doctor.is_sound(doctor.examine(opened))
