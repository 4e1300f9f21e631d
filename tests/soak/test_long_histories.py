"""Many more random histories of two coders than the usual run has time for."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from tests.store.test_history_machine import Histories, prepare, run


def test_many_histories_of_two_coders(tmp_path: Path) -> None:
    prepare(f"sqlite:///{tmp_path / 'template.db'}")
    numbers = itertools.count()

    def machine() -> Histories:
        return Histories(f"sqlite:///{shutil.copy(tmp_path / 'template.db', tmp_path / f'{next(numbers)}.db')}")

    run(machine, examples=300)
