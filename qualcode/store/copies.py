"""Whole copies of a SQLite study: made, checked and put back so that at no moment there is only half of one.

A copy of the file alone would miss what still lies in the write-ahead log; `VACUUM INTO` copies one state of the
whole study while others go on writing. A copy is put back as one transaction of the present file, since a program
that has the study open would go on writing into a file that was replaced under it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from qualcode.errors import N_, BadInput, Conflict, StudyUnavailable
from qualcode.store.engine import APPLICATION_ID, file_uri
from qualcode.store.faults import meaning

_PATIENCE_S = 5.0
_FACTS = """
    SELECT (SELECT uid FROM study), (SELECT version_num FROM alembic_version),
           (SELECT count(*) FROM document WHERE removed_at IS NULL), (SELECT count(*) FROM coding),
           (SELECT max(at) FROM operation)
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a file holds that was found to be a whole, sound study. `changed_at` is ISO 8601, empty in a new one."""

    uid: str
    revision: str
    documents: int
    codings: int
    changed_at: str


def database_file(address: str) -> Path:
    """The file of a SQLite address."""
    return Path(str(make_url(address).database))


def dump_command(address: str) -> str:
    """The command that backs up a PostgreSQL study, without its password."""
    url = make_url(address)._replace(drivername="postgresql", password=None)  # `set` would leave the password
    return f"pg_dump --format=custom --file=study.dump {url.render_as_string()}"


def write(database: Path, target: Path) -> Copy:
    """Copy the study in the file `database` to `target`, which only its owner may read; what the copy holds.

    It gets its name when it is whole and sound. Raises Conflict where `target` exists, BadInput where its folder
    cannot be written, StudyUnavailable.
    """
    if target.exists():
        raise Conflict(N_("{file} exists already."), hint=N_("Choose another name."), file=str(target))
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    with _explained(database), _written(beside, target):
        with _opened(database) as source:
            source.execute("VACUUM INTO ?", (str(beside),))
        copy = examine(beside)
        _reach_disk(beside)
        beside.rename(target)
        _reach_disk(target.parent)
    return copy


def examine(file: Path) -> Copy:
    """Check every page and key of a copy. Raises StudyUnavailable for anything but a whole, sound study."""
    with _explained(file), _opened(file, writing=False) as connection:
        # A file from elsewhere may be made to mislead: nothing in its schema is run, its cells are measured.
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise StudyUnavailable(
                N_("{where} is no qualcode study."), hint=N_("It was left as it is."), where=str(file)
            )
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        uid, revision, documents, codings, changed_at = connection.execute(_FACTS).fetchone()
        if not sound or uid is None or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StudyUnavailable(
                N_("The copy {where} is damaged."), hint=N_("Nothing was changed; use another."), where=str(file)
            )
    return Copy(uid, revision or "", documents, codings, (changed_at or "")[:19].replace(" ", "T"))


def put_back(copy: Path, database: Path) -> None:
    """Make the study in the file `database` equal to `copy`, in one transaction; a damaged file is replaced.

    Raises StudyUnavailable, the study as it was.
    """
    with _explained(database):
        if is_readable(database):
            with _opened(copy, writing=False) as source, _opened(database) as target:
                source.backup(target, progress=_impatient(database))
            return
        beside = database.with_name(f".{database.name}.{os.urandom(4).hex()}")
        with _written(beside, database):
            with _opened(copy, writing=False) as source, _opened(beside) as target:
                source.backup(target)
            _reach_disk(beside)
            for suffix in ("-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
            beside.replace(database)
            _reach_disk(database.parent)


def is_readable(database: Path) -> bool:
    """True where SQLite can read the file at all, damaged or not in its depth."""
    if not database.is_file() or not database.stat().st_size:
        return False
    try:
        with _opened(database, writing=False) as connection:
            connection.execute("SELECT uid FROM study").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def study_uid(database: Path) -> str | None:
    """The uid of the study in a file; None where it cannot be read."""
    if not is_readable(database):
        return None
    with _opened(database, writing=False) as connection:
        row = connection.execute("SELECT uid FROM study").fetchone()
    return row[0] if row else None


@contextmanager
def _opened(file: Path, *, writing: bool = True) -> Generator[sqlite3.Connection]:
    address = file_uri(file, writing=writing)
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE_S, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        yield connection


@contextmanager
def _written(beside: Path, target: Path) -> Generator[None]:
    """An empty file only its owner may read, for the block to fill and rename; what is left of it goes."""
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise BadInput(
            N_("{file} cannot be written: {reason}."),
            hint=N_("Choose another place, or make the folder first."),
            file=str(target),
            reason=error.strerror or str(error),
        ) from error
    try:
        yield
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            beside.with_name(beside.name + suffix).unlink(missing_ok=True)


@contextmanager
def _explained(file: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise meaning(error, str(file)) from error


def _impatient(database: Path) -> Callable[[int, int, int], None]:
    """A progress callback that gives up on a lock after a while: Python's own backup waits for ever."""
    deadline = time.monotonic() + _PATIENCE_S

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise meaning(sqlite3.OperationalError("database is locked"), str(database))

    return progress


def _reach_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
