"""Whatever keys are pressed: the desk lives, the study is sound, and undo leads back to where they began."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.any_keys import hold, prepare


def test_any_keys_leave_a_living_desk_a_sound_study_and_what_undo_takes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path / "template")
    hold(tmp_path / "template" / "study", tmp_path, examples=10, always_the_same=True)
