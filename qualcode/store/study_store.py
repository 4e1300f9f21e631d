"""A study's database: creating, opening, reading and writing it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url

from qualcode.errors import N_, BadInput, Conflict, Message, NotFound, StudyUnavailable, TransitionNeeded
from qualcode.store.engine import APPLICATION_ID, WRITING, connect, is_sqlite, mark_as_study, shown, sqlite_url
from qualcode.store.faults import faults_explained
from qualcode.store.schema import metadata
from qualcode.store.unit import Unit

HEAD = "0001"
"""The newest migration. Alembic takes 0.33 s to import, so it is loaded only where the stored one differs."""

_VERSION_TABLE = """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )
"""

Clock = Callable[[], datetime]


def now_utc() -> datetime:
    return datetime.now(UTC)


class Store:
    """One open study database. `read` and `write` are its only doors."""

    def __init__(self, address: str, clock: Clock = now_utc) -> None:
        self.address = address
        self.where = shown(address)
        self._engine = connect(address)
        self._clock = clock

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A connection that sees one unchanging state of the study."""
        with faults_explained(self.where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(
        self,
        verb: str,
        summary: Message,
        *,
        coder_id: int | None = None,
        undoable: bool = True,
        undoes: int | None = None,
    ) -> Generator[Unit]:
        """A unit of work: committed at the end of the block, rolled back whole by any exception."""
        with (
            faults_explained(self.where),
            self._engine.connect().execution_options(**{WRITING: True}) as connection,
            connection.begin(),
        ):
            yield Unit(
                connection,
                coder_id=coder_id,
                at=self._clock(),
                verb=verb,
                summary=summary,
                undoable=undoable,
                undoes=undoes,
            )

    def close(self) -> None:
        self._engine.dispose()


def create(address: str, *, language: str, title: str = "", clock: Clock = now_utc) -> Store:
    """A new, empty study database. Raises Conflict where there is one already."""
    if not is_sqlite(address):
        store = Store(address, clock)
        _fill(store, language, title)
        return store
    database = Path(str(make_url(address).database))
    if database.exists():
        raise Conflict(
            N_("There is a study database already: {where}."),
            hint=N_("Choose another folder."),
            where=shown(address),
        )
    _make_file(database, language, title, clock)
    return Store(address, clock)


def _make_file(database: Path, language: str, title: str, clock: Clock) -> None:
    """The file gets its name when it is whole: a program killed here leaves no half study to be in the way.

    Only its owner may read it, from the first byte: the log beside it takes the rights of the moment it is made.
    """
    beside = database.with_name(f".{database.name}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        mark_as_study(beside, str(database))
        store = Store(sqlite_url(beside).render_as_string(), clock)
        store.where = str(database)
        try:
            _fill(store, language, title)
            _empty_log(store)
        finally:
            store.close()
        beside.rename(database)
    except OSError as error:
        raise BadInput(
            N_("{where} cannot be made: {reason}."),
            hint=N_("Choose another folder."),
            where=str(database),
            reason=error.strerror or str(error),
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm"):
            beside.with_name(beside.name + suffix).unlink(missing_ok=True)


def _empty_log(store: Store) -> None:
    """Bring all into the file itself: to close it would pass over a disk that is too full for that."""
    with store.read() as connection:
        connection.exec_driver_sql("COMMIT")  # inside a transaction it would be refused
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill(store: Store, language: str, title: str) -> None:
    """All tables, the mark of this schema, and the study's own row, in one transaction."""
    with store.write("init", Message(N_("Study created")), undoable=False) as unit:
        connection = unit.connection
        if inspect(connection).has_table("study"):
            raise Conflict(
                N_("There is a study database already: {where}."),
                hint=N_("Choose another database or schema."),
                where=store.where,
            )
        metadata.create_all(connection)
        connection.execute(text(_VERSION_TABLE))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        unit.insert(metadata.tables["study"], uid=str(uuid4()), language=language, title=title)


def open_store(address: str, clock: Clock = now_utc, *, upgrade_shared: bool = False) -> Store:
    """The study database at `address`, brought to this program's schema where it is older and on SQLite.

    One on PostgreSQL is brought there only with `upgrade_shared`: the others who work on it must be asked.
    Raises NotFound (no file), StudyUnavailable (no study database), TransitionNeeded (newer program, or an
    older PostgreSQL study).
    """
    url = make_url(address)
    if is_sqlite(url) and not Path(str(url.database)).is_file():
        raise NotFound(
            N_("There is no study database {where}."),
            hint=N_("`qualcode init DIR` makes a study."),
            where=shown(address),
        )
    store = Store(address, clock)
    try:
        revision = _revision(store)
        if revision != HEAD:
            _transition(store, revision, upgrade_shared)
    except BaseException:
        store.close()
        raise
    return store


def _revision(store: Store) -> str:
    with store.read() as connection:
        if connection.dialect.name == "sqlite":
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            ours = application == APPLICATION_ID
        else:
            ours = inspect(connection).has_table("alembic_version")
        if not ours:
            raise StudyUnavailable(
                N_("{where} is no qualcode study."),
                hint=N_("It was left as it is."),
                where=store.where,
            )
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _transition(store: Store, revision: str, upgrade_shared: bool) -> None:
    from qualcode.store import migrate

    if not migrate.is_known(revision):
        raise TransitionNeeded(
            N_("The study {where} was made by a newer qualcode (schema {revision}, this program knows {head})."),
            hint=N_("Install the newer version; the study was left as it is."),
            where=store.where,
            revision=revision,
            head=HEAD,
        )
    if is_sqlite(store.address):
        migrate.upgrade(store.address)
    elif upgrade_shared:
        migrate.upgrade_shared(store.address)
    else:
        raise TransitionNeeded(
            N_("The study {where} has an older schema ({revision}); a shared database is never changed by itself."),
            hint=N_("Tell the others who work on it, back it up by `pg_dump`, then run `qualcode study upgrade`."),
            where=store.where,
            revision=revision,
        )
