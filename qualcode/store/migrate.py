"""Bringing an older study to this program's schema, without losing a row on the way.

Alembic's batch mode re-creates a table; with `foreign_keys=ON` a cascade once deleted every coding of a test study
without an error. So: back up first, migrate on a connection of its own with foreign keys off, then check every
key and every row count, and put the backup back on any loss.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url

from qualcode.errors import N_, StudyUnavailable
from qualcode.store.engine import shown


def is_known(revision: str) -> bool:
    """True for a schema this program can migrate from."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(address: str) -> None:
    """Migrate the SQLite study at `address` to the newest schema. Raises StudyUnavailable, the study unharmed."""
    path = Path(str(make_url(address).database))
    backup = path.with_name(f"{path.name}.before-upgrade")
    backup.unlink(missing_ok=True)
    with sqlite3.connect(path) as source:
        source.execute("VACUUM INTO ?", (str(backup),))
    before = _row_counts(path)
    try:
        _run_migrations(address)
        lost = {name: count for name, count in before.items() if _row_counts(path).get(name, 0) < count}
        broken = _broken_keys(path)
    except Exception:
        _put_back(backup, path)
        raise
    if lost or broken:
        _put_back(backup, path)
        raise StudyUnavailable(
            N_("The study {where} could not be brought to the new schema: {lost} tables would have lost rows."),
            hint=N_("It is as it was before; keep using the older qualcode and report this."),
            where=shown(address),
            lost=len(lost) + broken,
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _run_migrations(address: str) -> None:
    engine = create_engine(address)
    # Outside a transaction, on this connection only: inside one the pragma does nothing.
    event.listen(engine, "connect", _without_foreign_keys)
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _without_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")


def _row_counts(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - own names
            for (name,) in names
        }


def _broken_keys(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def _put_back(backup: Path, path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    backup.replace(path)
