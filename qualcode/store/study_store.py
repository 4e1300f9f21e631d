"""A study's database: creating, opening, reading and writing it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url

from qualcode.errors import N_, Conflict, Message, NotFound, StudyUnavailable, TransitionNeeded
from qualcode.store.engine import APPLICATION_ID, WRITING, connect, is_sqlite, shown
from qualcode.store.faults import faults_explained
from qualcode.store.schema import metadata
from qualcode.store.unit import Unit

HEAD = "0001"
"""The newest migration. Alembic takes 0.33 s to import, so it is loaded only where the stored one differs."""

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
    url = make_url(address)
    if is_sqlite(url) and Path(str(url.database)).exists():
        raise Conflict(
            N_("There is a study database already: {where}."),
            hint=N_("Choose another folder."),
            where=shown(address),
        )
    store = Store(address, clock)
    with store.write("init", Message(N_("Study created")), undoable=False) as unit:
        if not is_sqlite(url) and inspect(unit.connection).has_table("study"):
            raise Conflict(
                N_("There is a study database already: {where}."),
                hint=N_("Choose another database or schema."),
                where=shown(address),
            )
        metadata.create_all(unit.connection)
        unit.connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        unit.connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        if is_sqlite(url):
            unit.connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        unit.insert(metadata.tables["study"], uid=str(uuid4()), language=language, title=title)
    if is_sqlite(url):
        Path(str(url.database)).chmod(0o600)
    return store


def open_store(address: str, clock: Clock = now_utc) -> Store:
    """The study database at `address`, brought to this program's schema where it is older and on SQLite.

    Raises NotFound (no file), StudyUnavailable (no study database), TransitionNeeded (newer program, or an
    older PostgreSQL study, which is never migrated by itself).
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
            _transition(store, revision)
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


def _transition(store: Store, revision: str) -> None:
    from qualcode.store.migrate import is_known, upgrade

    if not is_known(revision):
        raise TransitionNeeded(
            N_("The study {where} was made by a newer qualcode (schema {revision}, this program knows {head})."),
            hint=N_("Install the newer version; the study was left as it is."),
            where=store.where,
            revision=revision,
            head=HEAD,
        )
    if not is_sqlite(store.address):
        raise TransitionNeeded(
            N_("The study {where} has an older schema ({revision}); a shared database is never changed by itself."),
            hint=N_("Back it up, then run `qualcode study upgrade`."),
            where=store.where,
            revision=revision,
        )
    upgrade(store.address)
