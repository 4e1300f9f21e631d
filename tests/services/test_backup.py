"""A backup is a whole, sound copy or nothing; bringing one back keeps what was there, under open programs too."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from qualcode.errors import BadInput, Conflict, NotFound, StudyUnavailable, TransitionNeeded
from qualcode.services import coding, doctor, history, safety
from qualcode.services.study import Study, create_study, open_study
from qualcode.store import copies
from tests.store.samples import FEAR, HASTE, OLD, add_document, codebook, codes_on, put


def _made(folder: Path) -> Study:
    study = create_study(folder, coder="ada", codebook=codebook())
    add_document(study, "a", cases=(), text="Vi turte ikke. " * 20)
    return study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return _made(tmp_path / "study")


def _rows(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def test_a_backup_is_a_whole_copy_that_only_its_owner_may_read(study: Study) -> None:
    put(study, "a", FEAR, "fear")
    before = _rows(copies.database_file(study.store.address))
    made = safety.backup(study)
    assert study.folder is not None
    assert (made.file.parent, made.unlogged) == (study.folder / "backups", None)
    assert made.file.name.startswith("study-20")
    assert _rows(made.file) == before
    assert (made.copy.uid, made.copy.revision, made.copy.documents, made.copy.codings) == (study.uid, "0001", 1, 1)
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert [path.name for path in made.file.parent.iterdir()] == [made.file.name]


def test_a_backup_holds_what_still_lies_in_the_log_of_the_database(study: Study, tmp_path: Path) -> None:
    put(study, "a", FEAR, "fear")
    database = copies.database_file(study.store.address)
    assert database.with_name("study.db-wal").stat().st_size > 0
    copied = shutil.copy(database, tmp_path / "file-alone.db")
    assert "coding" not in [line.split('"')[1] for line in _rows(Path(copied)) if line.startswith("INSERT")]
    assert safety.backup(study).copy.codings == 1


def test_a_backup_is_told_in_the_history_and_cannot_be_undone(study: Study) -> None:
    put(study, "a", FEAR, "fear")
    made = safety.backup(study)
    entry = history.listing(study)[0].operation
    assert (entry.verb, entry.coder, entry.undoable) == ("backup", "ada", False)
    assert str(entry.summary) == f"Backup {made.file.name}"
    history.undo(study)
    assert codes_on(study, "a") == []


def test_a_backup_may_be_given_a_name_or_a_folder_but_never_replaces_a_file(study: Study, tmp_path: Path) -> None:
    named = safety.backup(study, tmp_path / "mine.db")
    assert named.file == tmp_path / "mine.db"
    (tmp_path / "folder").mkdir()
    assert safety.backup(study, tmp_path / "folder").file.parent == tmp_path / "folder"
    before = named.file.read_bytes()
    with pytest.raises(Conflict, match="exists already"):
        safety.backup(study, tmp_path / "mine.db")
    with pytest.raises(BadInput, match="cannot be written: No such file or directory"):
        safety.backup(study, tmp_path / "nowhere" / "mine.db")
    assert named.file.read_bytes() == before


def test_a_damaged_study_gives_no_backup(study: Study, tmp_path: Path) -> None:
    database = copies.database_file(study.store.address)
    study.close()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE turn SET document_version_id = 99")
        connection.execute("UPDATE document_version SET document_id = 99")
    with open_study(database.parent) as opened, pytest.raises(StudyUnavailable, match="is damaged"):
        safety.backup(opened, tmp_path / "mine.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study"]


def test_a_backup_brought_back_makes_the_study_what_it_was_and_keeps_what_it_is(study: Study) -> None:
    put(study, "a", FEAR, "fear")
    made = safety.backup(study)
    kept_rows = put(study, "a", HASTE, "haste")
    history.undo(study)
    history.redo(study)
    before = _rows(copies.database_file(study.store.address))
    study.close()
    restored = safety.restore(made.file, study.folder)
    assert restored.copy == made.copy
    assert restored.kept is not None
    assert _rows(restored.kept) == before
    with open_study(study.folder, coder="ada") as opened:
        assert codes_on(opened, "a") == [(25, 38, "fear", "ada")]
        assert [entry.operation.verb for entry in history.listing(opened)][:2] == ["restore", "code"]
        assert doctor.is_sound(doctor.examine(opened))
        history.undo(opened)
        assert codes_on(opened, "a") == []
    safety.restore(restored.kept, study.folder)
    with open_study(study.folder, coder="ada") as opened:
        assert kept_rows in {item.coding.uid for item in coding.everything(opened)}


def test_a_backup_is_brought_back_under_a_program_that_has_the_study_open(study: Study) -> None:
    put(study, "a", FEAR, "fear")
    made = safety.backup(study)
    put(study, "a", HASTE, "haste")
    safety.restore(made.file, study.folder)
    assert codes_on(study, "a") == [(25, 38, "fear", "ada")]
    put(study, "a", OLD, "old-goods")
    with open_study(study.folder, coder="ada") as other:
        assert codes_on(other, "a") == [(25, 38, "fear", "ada"), (OLD.start, OLD.end, "old-goods", "ada")]
        assert doctor.is_sound(doctor.examine(other))


def test_a_study_that_is_gone_is_brought_back(study: Study) -> None:
    put(study, "a", FEAR, "fear")
    made = safety.backup(study)
    study.close()
    database = copies.database_file(study.store.address)
    database.unlink()
    assert safety.restore(made.file, study.folder).kept is None
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    with open_study(study.folder, coder="ada") as opened:
        assert codes_on(opened, "a") == [(25, 38, "fear", "ada")]
        put(opened, "a", HASTE, "haste")
        assert database.with_name("study.db-wal").exists()


@pytest.mark.parametrize("rubbish", [b"", b"no database at all " * 300])
def test_a_study_that_cannot_be_read_at_all_is_kept_as_it_is_and_brought_back(study: Study, rubbish: bytes) -> None:
    made = safety.backup(study)
    study.close()
    copies.database_file(study.store.address).write_bytes(rubbish)
    restored = safety.restore(made.file, study.folder)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == rubbish
    with open_study(study.folder, coder="ada") as opened:
        assert doctor.is_sound(doctor.examine(opened))


def test_the_backup_of_another_study_takes_its_place_only_when_forced(study: Study, tmp_path: Path) -> None:
    with _made(tmp_path / "other") as other:
        put(other, "a", HASTE, "haste")
        theirs = safety.backup(other).file
    put(study, "a", FEAR, "fear")
    ours, before = study.uid, _rows(copies.database_file(study.store.address))
    with pytest.raises(Conflict, match=r"is a backup of another study\. With `--force`"):
        safety.restore(theirs, study.folder)
    assert _rows(copies.database_file(study.store.address)) == before
    restored = safety.restore(theirs, study.folder, force=True)
    assert restored.kept is not None
    assert copies.examine(restored.kept).uid == ours != study.uid
    with open_study(study.folder, coder="ada") as opened:
        assert codes_on(opened, "a") == [(40, 56, "haste", "ada")]


def test_what_is_no_sound_backup_is_refused_and_the_study_left_as_it_is(study: Study, tmp_path: Path) -> None:
    put(study, "a", FEAR, "fear")
    good = safety.backup(study).file
    (tmp_path / "text.db").write_text("Ikke en database. " * 100, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection, connection:
        connection.execute("CREATE TABLE study (uid)")
    cut = tmp_path / "cut.db"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    newer = Path(shutil.copy(good, tmp_path / "newer.db"))
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = _rows(copies.database_file(study.store.address))
    refusals = {
        tmp_path / "text.db": StudyUnavailable,
        tmp_path / "foreign.db": StudyUnavailable,
        cut: StudyUnavailable,
        newer: TransitionNeeded,
        tmp_path / "missing.db": NotFound,
        copies.database_file(study.store.address): BadInput,
    }
    for file, error in refusals.items():
        with pytest.raises(error, match=file.name):
            safety.restore(file, study.folder, force=True)
    assert _rows(copies.database_file(study.store.address)) == before
    assert len(list((tmp_path / "study" / "backups").iterdir())) == 1


def test_a_study_on_a_server_is_backed_up_by_the_server(postgresql_url: str, tmp_path: Path) -> None:
    address = make_url(postgresql_url)
    with create_study(tmp_path / "study", coder="ada", database=postgresql_url) as study:
        with pytest.raises(BadInput) as refused:
            safety.backup(study)
        told = str(refused.value)
        assert "is on a PostgreSQL server, which has its own backups. Use `pg_dump --format=custom" in told
        assert f"postgresql://{address.username}@{address.host}:{address.port}/{address.database}" in told
        assert str(address.password) not in told
        with pytest.raises(BadInput, match="PostgreSQL server"):
            safety.restore(tmp_path / "any.db", study.folder)
