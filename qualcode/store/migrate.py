"""Bringing an older study to this program's schema, without losing a row on the way.

A study on SQLite is brought there when it is opened, one on PostgreSQL by `qualcode study upgrade` alone.

Alembic's batch mode re-creates a table; with `foreign_keys=ON` a cascade once deleted every coding of a test study
without an error. So on SQLite: back up first, migrate in one transaction on a connection of its own with foreign
keys off, and commit only if every key holds and no table has fewer rows. A re-created table also forgets which keys
it has given away; they are carried over, since undo of a deletion would else meet another row under its key.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, inspect, text

from qualcode.errors import N_, StudyUnavailable
from qualcode.store import copies
from qualcode.store.engine import WRITING, connect, shown
from qualcode.store.faults import faults_explained

MIGRATIONS = Path(__file__).parent / "migrations"


def is_known(revision: str) -> bool:
    """True for a schema this program can migrate from."""
    return revision in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def upgrade(address: str, migrations: Path = MIGRATIONS) -> Path:
    """Migrate the SQLite study at `address` to the newest schema; the backup made before.

    Raises StudyUnavailable, the study unharmed.
    """
    database = copies.database_file(address)
    folder = database.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    backup = folder / f"before-upgrade-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
    copies.write(database, backup)
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with faults_explained(shown(address)), engine.begin() as connection:
            _migrate(connection, migrations, shown(address))
    finally:
        engine.dispose()
    return backup


def upgrade_shared(address: str, migrations: Path = MIGRATIONS) -> None:
    """Migrate the PostgreSQL study at `address` to the newest schema, while nobody else writes.

    Raises StudyUnavailable, the study unharmed.
    """
    engine = connect(address)
    try:
        with (
            faults_explained(shown(address)),
            engine.connect().execution_options(**{WRITING: True}) as connection,
            connection.begin(),
        ):
            _migrate(connection, migrations, shown(address))
    finally:
        engine.dispose()


def config(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration for a folder of migrations."""
    found = Config()
    # Alembic fills in `%(here)s`; a per cent sign of the path is its own.
    found.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return found


def _migrate(connection: Connection, migrations: Path, where: str) -> None:
    before = _row_counts(connection)
    given_away = _last_keys(connection)
    alembic = config(migrations)
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, "head")
    for table, last in given_away.items():
        connection.execute(
            text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :table"),
            {"last": last, "table": table},
        )
    after = _row_counts(connection)
    lost = [table for table, count in before.items() if after.get(table, 0) < count]
    lost += _tables_with_broken_keys(connection)
    if lost:
        raise StudyUnavailable(
            N_("The study {where} could not be brought to the new schema: {tables} would have lost rows."),
            hint=N_("It is as it was before; keep using the older qualcode and report this."),
            where=where,
            tables=", ".join(dict.fromkeys(lost)),
        )


def _prepare(connection: Any, _record: Any) -> None:
    # The driver would begin a transaction late, after the first tables are re-created. The pragma does nothing
    # inside one.
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _row_counts(connection: Connection) -> dict[str, int]:
    quoted = connection.dialect.identifier_preparer.quote
    return {
        name: connection.exec_driver_sql(f"SELECT count(*) FROM {quoted(name)}").scalar_one()  # noqa: S608 - own names
        for name in inspect(connection).get_table_names()
    }


def _tables_with_broken_keys(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []  # checked by the server all the time
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


def _last_keys(connection: Connection) -> dict[str, int]:
    if connection.dialect.name != "sqlite":
        return {}  # sequences outlive a re-created table
    return dict(connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all())
