"""Programs killed twenty times each, one after the other on the same study: nothing acknowledged is lost."""

from __future__ import annotations

import random
from pathlib import Path

from tests.store import killing

ROUNDS = 20


def test_no_coding_that_was_acknowledged_is_lost(tmp_path: Path, chance: random.Random) -> None:
    for number in range(ROUNDS):
        study = killing.study_with_a_long_document(tmp_path / f"study-{number}")
        program = killing.coder(study, "ada")
        kill_after = chance.randrange(killing.CODINGS)
        killing.check_codings(study, killing.acknowledged_by(program, kill_after=kill_after, chance=chance))


def test_no_import_leaves_half_a_document(tmp_path: Path, chance: random.Random) -> None:
    files = killing.transcripts(tmp_path / "files")
    cut_short = 0
    for number in range(ROUNDS):
        study = killing.study_with_a_long_document(tmp_path / f"study-{number}")
        after = chance.randrange(killing.FILES)
        cut_short += killing.import_killed(study, files, after=after, chance=chance) < killing.FILES
        killing.check_import(study, files)
    assert cut_short >= ROUNDS // 2
