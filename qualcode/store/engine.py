"""Opening a database, on SQLite and on PostgreSQL, so that nothing acknowledged is ever lost.

SQLite: the driver must not begin transactions itself (it begins late, and reads would stand outside); writers
begin IMMEDIATE (a deferred BEGIN lost 292 of 800 writes to "database is locked" in spite of the timeout);
`synchronous=FULL`, because WAL with NORMAL may lose the last commits at a power cut.
PostgreSQL: a writer first takes one advisory lock, so that there too a read-then-write sees no other writer.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from qualcode.store.faults import meaning

APPLICATION_ID = 0x71636F64
"""`qcod`: marks a SQLite file as a qualcode study."""

WRITING = "qualcode_writing"
"""Execution option of a connection that is going to write."""

_BUSY_TIMEOUT_MS = 5000
_ADVISORY_LOCK = 0x71636F64


def sqlite_url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def is_sqlite(address: str | URL) -> bool:
    return make_url(address).get_backend_name() == "sqlite"


def shown(address: str | URL) -> str:
    """The address as it may be printed: a path, or a URL without its password."""
    url = make_url(address)
    return str(url.database) if is_sqlite(url) else url.render_as_string(hide_password=True)


def connect(address: str | URL) -> Engine:
    """An engine with the recipe above. Nothing is opened before the first connection."""
    url = make_url(address)
    if is_sqlite(url):
        engine = create_engine(url, creator=lambda: _open_sqlite(Path(str(url.database))))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def file_uri(file: Path, *, writing: bool = True) -> str:
    """The file for `sqlite3.connect`: to be read only, whatever is asked, in a place that cannot be written.

    SQLite makes two files beside a study even to read it. Where it cannot, the study is read as a file that nobody
    changes; but where a log lies beside it, the log's work belongs to it and must be read too.
    """
    mode = "rw" if writing else "ro"
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        mode = "ro" if _has_log(file) else "ro&immutable=1"
    return f"{file.resolve().as_uri()}?mode={mode}"


def _has_log(file: Path) -> bool:
    log, index = (file.with_name(file.name + suffix) for suffix in ("-wal", "-shm"))
    return index.exists() or (log.exists() and log.stat().st_size > 0)


def _open_sqlite(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file_uri(file), uri=True, check_same_thread=False)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # The order matters: without the timeout first, two programs opening at once collide on the journal mode.
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    # Somebody else's database is refused later; setting its journal mode would already have changed it.
    if cursor.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA trusted_schema=OFF")
    cursor.close()


def mark_as_study(file: Path, where: str) -> None:
    """Make an empty file an empty database that `connect` knows as a study. Raises StudyUnavailable for `where`."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    except sqlite3.Error as error:
        raise meaning(error, where) from error


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITING, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
