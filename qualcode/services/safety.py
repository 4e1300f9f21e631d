"""Backups: checked copies of a study, and bringing one back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import N_, BadInput, Conflict, NotFound, StudyUnavailable, TransitionNeeded
from qualcode.services.study import Study, located, open_study
from qualcode.store import copies
from qualcode.store.copies import Copy
from qualcode.store.engine import is_sqlite, shown
from qualcode.store.study_store import HEAD, now_utc, open_store

BACKUPS = "backups"
"""The folder beside the database that backups go to by default."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made. `unlogged` says why the history of the study does not tell of it."""

    file: Path
    copy: Copy
    unlogged: StudyUnavailable | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What the study holds now, and where that which it held before is kept (None: there was nothing)."""

    copy: Copy
    kept: Path | None


def backup(study: Study, file: Path | None = None) -> Backup:
    """Write a checked copy of the study as it is now; without `file` into `backups/`, named by the time.

    Raises Conflict where `file` exists, BadInput where it cannot be written or the study is on a server.
    """
    database = _database(study.store.address)
    target = file if file is not None else _timestamped(database, "study")
    if target.is_dir():
        target = target / _timestamped(database, "study").name
    copy = copies.write(database, target)
    try:
        with study.write_unsigned("backup", N_("Backup {file}"), undoable=False, file=target.name) as unit:
            unit.log()
    except StudyUnavailable as error:  # a study on a read-only disk can be backed up all the same
        return Backup(target, copy, error)
    return Backup(target, copy)


def restore(file: Path, location: str | Path | None = None, *, force: bool = False) -> Restored:
    """Make the study at `location` what it was in the backup `file`; what it is now is kept as a backup first.

    The present database need not be readable. Raises NotFound (no file, no study), StudyUnavailable where `file`
    is no sound study, TransitionNeeded where a newer program made it, Conflict where it is another study and not
    `force`. All of these leave the study as it is.
    """
    database = _database(located(location).address)
    if not file.is_file():
        raise NotFound(
            N_("There is no backup {file}."),
            hint=N_("Backups are in {folder}."),
            file=str(file),
            folder=str(database.parent / BACKUPS),
        )
    if database.exists() and file.samefile(database):
        raise BadInput(N_("{file} is the study itself."), hint=N_("Name a backup of it."), file=str(file))
    copy = copies.examine(file)
    _check_revision(file, copy)
    present = copies.study_uid(database)
    if present not in (None, copy.uid) and not force:
        raise Conflict(
            N_("{file} is a backup of another study."),
            hint=N_("With `--force` it takes the place of this one, which is kept as a backup."),
            file=str(file),
        )
    kept = _keep(database)
    copies.put_back(file, database)
    with (
        open_study(location) as study,
        study.write_unsigned("restore", N_("Brought back from {file}"), undoable=False, file=file.name) as unit,
    ):
        unit.log()
    return Restored(copy, kept)


def upgrade(location: str | Path | None = None) -> str:
    """Bring the study at `location` to this program's schema, also one on PostgreSQL; where it is.

    Raises NotFound, StudyUnavailable (the study unharmed), TransitionNeeded where a newer program made it.
    """
    store = open_store(located(location).address, upgrade_shared=True)
    store.close()
    return store.where


def _database(address: str) -> Path:
    if is_sqlite(address):
        return copies.database_file(address)
    raise BadInput(
        N_("The study {where} is on a PostgreSQL server, which has its own backups."),
        hint=N_("Use `{command}`, and `pg_restore` to bring it back."),
        where=shown(address),
        command=copies.dump_command(address),
    )


def _timestamped(database: Path, what: str) -> Path:
    folder = database.parent / BACKUPS
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BadInput(
            N_("{file} cannot be written: {reason}."),
            hint=N_("Give another place: `qualcode backup FILE`."),
            file=str(folder),
            reason=error.strerror or str(error),
        ) from error
    return folder / f"{what}-{now_utc():%Y%m%dT%H%M%S.%f}Z.db"


def _check_revision(file: Path, copy: Copy) -> None:
    if copy.revision == HEAD:
        return
    from qualcode.store.migrate import is_known  # 0.3 s of Alembic, for a backup of another version only

    if not is_known(copy.revision):
        raise TransitionNeeded(
            N_("{file} was made by a newer qualcode."),
            hint=N_("Install the newer version; the study was left as it is."),
            file=str(file),
        )


def _keep(database: Path) -> Path | None:
    """A copy of what is there now: of the study where it can be read, else of the file and the log beside it."""
    if not database.exists():
        return None
    kept = _timestamped(database, "before-restore")
    if copies.is_readable(database):
        try:
            copies.write(database, kept)
            return kept
        except StudyUnavailable:  # readable, but damaged further in: kept as it is
            pass
    for suffix in ("", "-wal"):
        beside = database.with_name(database.name + suffix)
        if beside.exists():
            copied = shutil.copyfile(beside, kept.with_name(kept.name + suffix))
            Path(copied).chmod(0o600)
    return kept
