"""Many more sequences of any keys than the usual run has time for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.any_keys import hold, prepare


def test_many_sequences_of_any_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path / "template")
    hold(tmp_path / "template" / "study", tmp_path, examples=1000)
