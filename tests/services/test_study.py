"""Making a study, finding it again from anywhere inside, and who acts in it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from qualcode import create_study, open_study
from qualcode.errors import BadInput, Conflict, NotFound
from qualcode.services import coding, history
from qualcode.settings import UserSettings, write_user_settings
from tests.services.furnished import furnished
from tests.store.samples import FEAR, add_document, codebook


def test_a_new_study_has_its_folders_its_coder_and_its_codebook(tmp_path: Path) -> None:
    with create_study(tmp_path / "s", coder="ada", codebook=codebook(settings={"approach": "reflexive"})) as study:
        assert (study.coder, study.title, study.language) == ("ada", "s", "nb")
        assert study.codebook == codebook(settings={"approach": "reflexive"})
        assert study.settings() == {"approach": "reflexive"}
        assert [entry.operation.undoable for entry in history.listing(study)] == [False, False]
    names = {path.name for path in (tmp_path / "s").iterdir()}
    assert names == {"codebooks", "exports", "study.db", "study.toml", "transcripts"}


def test_only_its_owner_may_read_a_study_from_the_first_byte(tmp_path: Path) -> None:
    with create_study(tmp_path / "s", coder="ada") as study:
        coding.everything(study)
        for file in (tmp_path / "s").glob("study.db*"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o700


def test_a_study_is_not_made_over_another(tmp_path: Path) -> None:
    create_study(tmp_path / "s", coder="ada").close()
    before = (tmp_path / "s" / "study.db").read_bytes()
    with pytest.raises(Conflict, match="is a study already"):
        create_study(tmp_path / "s", coder="bo")
    (tmp_path / "s" / "study.toml").unlink()
    with pytest.raises(Conflict, match="There is a study database already"):
        create_study(tmp_path / "s", coder="bo")
    assert (tmp_path / "s" / "study.db").read_bytes() == before


def test_a_study_is_found_from_a_folder_below_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = furnished(tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study" / "transcripts")
    with open_study() as found:
        assert (found.uid, found.folder) == (made.uid, tmp_path / "study")


def test_the_environment_names_a_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = furnished(tmp_path / "study")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCODE_STUDY", "study")
    with open_study() as found:
        assert found.uid == made.uid


def test_a_study_is_opened_by_the_address_of_its_database_alone(tmp_path: Path) -> None:
    made = furnished(tmp_path / "study")
    with open_study(made.store.address, coder="bo") as found:
        assert (found.uid, found.folder, found.coder) == (made.uid, None, "bo")


def test_where_there_is_no_study_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFound, match=f"no study here or in a folder above {tmp_path}"):
        open_study()
    with pytest.raises(NotFound, match=r"is not a study: it has no study\.toml"):
        open_study(tmp_path)


def test_who_acts_is_said_here_else_by_the_environment_else_by_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished(tmp_path / "study")
    write_user_settings(UserSettings(coder="ada"))
    with open_study(tmp_path / "study") as study:
        assert study.coder == "ada"
    monkeypatch.setenv("QUALCODE_CODER", "bo")
    with open_study(tmp_path / "study") as study:
        assert study.coder == "bo"
    with open_study(tmp_path / "study", coder="ada") as study:
        assert study.coder == "ada"


def test_the_login_name_acts_where_the_study_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnished(tmp_path / "study")
    monkeypatch.setenv("LOGNAME", "bo")
    with open_study(tmp_path / "study") as study:
        assert study.coder == "bo"
    monkeypatch.setenv("LOGNAME", "somebody")
    with open_study(tmp_path / "study") as study, pytest.raises(BadInput, match="Nobody is named as the coder"):
        coding.add(study, "one", FEAR, "fear")


def test_an_unknown_coder_is_told_at_once_where_named_here_and_at_writing_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished(tmp_path / "study")
    with pytest.raises(NotFound, match=r"There is no coder 'adda'\. Did you mean ada\?"):
        open_study(tmp_path / "study", coder="adda")
    monkeypatch.setenv("QUALCODE_CODER", "adda")
    with open_study(tmp_path / "study") as study:
        assert coding.everything(study) == []
        with pytest.raises(NotFound, match="no coder 'adda'"):
            coding.add(study, "one", FEAR, "fear")


def test_a_coder_that_does_not_exist_leaves_the_former_one_acting(tmp_path: Path) -> None:
    study = furnished(tmp_path / "study")
    with pytest.raises(NotFound):
        study.act_as("cy")
    assert study.coder == "ada"


def test_a_text_is_the_same_object_while_it_is_read_again_and_again(tmp_path: Path) -> None:
    study = furnished(tmp_path / "study")
    assert study.text("one") is study.text("one")
    for number in range(20):
        add_document(study, f"d{number}")
        study.text(f"d{number}")
    assert study.text("one").document == "one"
