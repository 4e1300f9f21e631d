from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import BadInput, NotFound
from qualcode.settings import (
    StudyFile,
    UserSettings,
    read_study_file,
    read_user_settings,
    shipped,
    user_file,
    write_study_file,
    write_user_settings,
)
from tests.conftest import REPOSITORY


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("study")
    write_study_file(folder, StudyFile(database=text, language="nn", exports="ut"))
    assert read_study_file(folder) == StudyFile(database=text, language="nn", exports="ut")


def test_comments_other_keys_and_tables_survive_a_change(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text('# ours\nlanguage = "nb"\nlater = 1\n\n[other]\nlanguage = "x"\n', encoding="utf-8")
    write_study_file(tmp_path, StudyFile(language="en"))
    assert file.read_text(encoding="utf-8") == (
        '# ours\nlanguage = "en"\nlater = 1\ndatabase = "study.db"\nexports = "exports"\n[other]\nlanguage = "x"\n'
    )


def test_the_password_in_an_address_is_for_the_owner_alone(tmp_path: Path) -> None:
    write_study_file(tmp_path, StudyFile(database="postgresql+psycopg://ada:secret@db/study"))
    assert stat.S_IMODE((tmp_path / "study.toml").stat().st_mode) == 0o600
    (tmp_path / "study.toml").chmod(0o640)
    write_study_file(tmp_path, StudyFile(language="nn"))
    assert stat.S_IMODE((tmp_path / "study.toml").stat().st_mode) == 0o640


def test_silence_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text("", encoding="utf-8")
    assert read_study_file(tmp_path) == StudyFile("study.db", "nb", "exports")


def test_a_folder_without_the_file_is_no_study(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=f"{tmp_path} is not a study"):
        read_study_file(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"), [("language", "is not TOML"), ("language = 1", "language must be a text")]
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "study.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=rf"study\.toml:? {reason}"):
        read_study_file(tmp_path)


def test_a_person_s_settings_are_kept_in_the_person_s_own_folder() -> None:
    assert read_user_settings() == UserSettings()
    write_user_settings(UserSettings(coder="kari"))
    assert user_file().is_relative_to(os.environ["HOME"])
    assert read_user_settings() == UserSettings(coder="kari", language=None)
    write_user_settings(UserSettings(language="nb"))
    assert read_user_settings() == UserSettings(coder=None, language="nb")


def test_a_checkout_ships_its_own_folders() -> None:
    assert shipped() == REPOSITORY
    assert (shipped() / "transcripts").is_dir()
