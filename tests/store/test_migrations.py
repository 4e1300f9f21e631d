"""Every way to today's schema leads to the same schema, and an upgrade loses nothing or does not happen."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

from qualcode.errors import StudyUnavailable, TransitionNeeded
from qualcode.services import history, people
from qualcode.services.study import Study
from qualcode.settings import StudyFile
from qualcode.store import copies, migrate, study_store
from qualcode.store.engine import WRITING, connect, is_sqlite, mark_as_study
from qualcode.store.schema import metadata
from qualcode.store.study_store import HEAD, create, open_store
from tests.store.samples import FEAR, OLD, add_document, codes_on, content, put

pytestmark = [
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
]


@pytest.fixture
def migrated(database_url: str) -> Iterator[Connection]:
    """An empty database that only the migrations have filled."""
    if is_sqlite(database_url):
        mark_as_study(copies.database_file(database_url), database_url)
    engine = connect(database_url)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        config = migrate.config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        yield connection
    engine.dispose()


def _described(connection: Connection) -> dict[str, Any]:
    """Columns, constraints and indexes of all tables by name."""
    looked = inspect(connection)
    return {
        table: {
            "columns": {
                (column["name"], str(column["type"]), column["nullable"], str(column["default"]))
                for column in looked.get_columns(table)
            },
            "key": looked.get_pk_constraint(table)["name"],
            "foreign": {(key["name"], key["referred_table"]) for key in looked.get_foreign_keys(table)},
            "unique": {key["name"] for key in looked.get_unique_constraints(table)},
            "checks": {(check["name"], check["sqltext"]) for check in looked.get_check_constraints(table)},
            "indexes": _indexes(connection, table),
        }
        for table in looked.get_table_names()
    }


def _indexes(connection: Connection, table: str) -> set[str]:
    """The statements that made the indexes, as the database keeps them, and whether keys are used again."""
    if connection.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        found = connection.exec_driver_sql(query, (table,)).scalars().all()
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar_one()
        found = [*found, "AUTOINCREMENT" if "AUTOINCREMENT" in made else ""]
    else:
        query = "SELECT indexdef FROM pg_indexes WHERE tablename = %s"
        found = connection.exec_driver_sql(query, (table,)).scalars().all()
    return {re.sub(r"\s+", " ", statement).replace('"', "") for statement in found}


def test_the_migrations_make_the_schema_of_the_code(migrated: Connection) -> None:
    context = MigrationContext.configure(migrated, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, metadata) == []


def test_a_new_study_has_the_schema_of_the_migrations(migrated: Connection, tmp_path: Path) -> None:
    by_migration = _described(migrated)
    if migrated.dialect.name == "sqlite":
        store = create(f"sqlite:///{tmp_path / 'new.db'}", language="nb")
    else:
        address = migrated.engine.url.render_as_string(hide_password=False)
        migrated.exec_driver_sql("DROP SCHEMA public CASCADE")
        migrated.exec_driver_sql("CREATE SCHEMA public")
        migrated.commit()
        store = create(address, language="nb")
    with store.read() as connection:
        by_code = _described(connection)
        stamped = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    store.close()
    assert by_code == by_migration
    assert stamped == HEAD
    assert "coalesce" in str(by_code["coding"]["indexes"]).lower()


def test_a_new_study_is_stamped_with_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(migrate.config()).get_current_head() == HEAD


RE_CREATE = """
    with op.batch_alter_table("document", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("shelf", sa.Text(), nullable=False, server_default="upper"))
"""
LOSE_A_ROW = '\n    op.execute("DELETE FROM coding WHERE start = 25")\n'
LOSE_A_TABLE = '\n    op.drop_table("document_case")\n'
BREAK_A_KEY = '\n    op.execute("UPDATE coding SET code_id = 999")\n'
FAIL = '\n    op.execute("DELETE FROM turn")\n    op.execute("nonsense")\n'


def _revisions(folder: Path, upgrade: str) -> Path:
    """A copy of the migrations with one more."""
    migrations = Path(shutil.copytree(migrate.MIGRATIONS, folder / "migrations"))
    (migrations / "versions" / "9999_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '9999'\ndown_revision = {HEAD!r}\n\n\n"
        f"def upgrade():{upgrade}",
        encoding="utf-8",
    )
    return migrations


@pytest.fixture
def populated(furnished_file: Path, tmp_path: Path) -> str:
    """The address of a study with two documents, three codings, and a deleted row whose key is given away."""
    address = f"sqlite:///{shutil.copy(furnished_file, tmp_path / 'study.db')}"
    with Study(open_store(address), folder=None, file=StudyFile(), coder=None) as study:
        study.act_as("ada")
        add_document(study, "a")
        add_document(study, "b")
        put(study, "a", FEAR, "fear")
        put(study, "a", OLD, "old-goods")
        put(study, "b", OLD, "old-goods")
    with closing(sqlite3.connect(tmp_path / "study.db")) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'document'")
    return address


def _dump(address: str) -> list[str]:
    with closing(sqlite3.connect(copies.database_file(address))) as connection:
        return list(connection.iterdump())


def test_a_table_is_re_created_under_its_codings_without_losing_one(populated: str, tmp_path: Path) -> None:
    backup = migrate.upgrade(populated, _revisions(tmp_path, RE_CREATE))
    with closing(sqlite3.connect(copies.database_file(populated))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
        assert connection.execute("SELECT key, shelf FROM document").fetchall() == [("a", "upper"), ("b", "upper")]
        assert connection.execute("SELECT count(*) FROM coding").fetchone() == (3,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        last_key = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'document'").fetchone()
        assert last_key == (40,)
    assert backup.parent == tmp_path / "backups"
    assert copies.examine(backup).codings == 3


def test_the_history_from_before_a_new_column_is_undone_after_it(populated: str, tmp_path: Path) -> None:
    migrate.upgrade(populated, _revisions(tmp_path, RE_CREATE))
    with closing(sqlite3.connect(copies.database_file(populated))) as connection, connection:
        # As a program of revision 9999 would open it; this one knows only its own.
        connection.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
    with Study(open_store(populated), folder=None, file=StudyFile(), coder=None) as study:
        study.act_as("ada")
        history.undo(study)
        history.undo(study)
        history.undo(study)
        history.undo(study)
        assert [row["key"] for row in content(study)["document"] if row["removed_at"] is None] == ["a"]
        assert content(study)["coding"] == []


@pytest.mark.parametrize(
    ("upgrade", "told"),
    [
        (LOSE_A_ROW, "coding would have lost rows"),
        (LOSE_A_TABLE, "document_case would have lost rows"),
        (BREAK_A_KEY, "coding would have lost rows"),
        (FAIL, "refused"),
    ],
    ids=["a row lost", "a table lost", "a key broken", "a failure in the middle"],
)
def test_an_upgrade_that_loses_something_does_not_happen(
    populated: str, tmp_path: Path, upgrade: str, told: str
) -> None:
    before = _dump(populated)
    with pytest.raises(StudyUnavailable, match=told):
        migrate.upgrade(populated, _revisions(tmp_path, upgrade))
    assert _dump(populated) == before
    open_store(populated).close()


def test_an_older_study_is_backed_up_and_opened(populated: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(study_store, "HEAD", "9999")
    store = open_store(populated)
    store.close()
    (backup,) = (tmp_path / "backups").iterdir()
    assert copies.examine(backup).revision == HEAD


def test_a_study_of_a_newer_program_is_left_as_it_is(populated: str) -> None:
    with closing(sqlite3.connect(copies.database_file(populated))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = _dump(populated)
    with pytest.raises(
        TransitionNeeded, match=r"made by a newer qualcode \(schema 9999, this program knows 0001\)"
    ):
        open_store(populated)
    assert _dump(populated) == before


def test_a_shared_database_is_never_upgraded_by_itself(postgresql_url: str, monkeypatch: Any) -> None:
    create(postgresql_url, language="nb").close()
    monkeypatch.setattr(study_store, "HEAD", "9999")
    with pytest.raises(TransitionNeeded, match="a shared database is never changed by itself"):
        open_store(postgresql_url)
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "0001"
    engine.dispose()


def test_a_shared_database_is_upgraded_when_asked(postgresql_url: str, tmp_path: Path, monkeypatch: Any) -> None:
    with Study(create(postgresql_url, language="nb"), folder=None, file=StudyFile(), coder=None) as study:
        people.add_coder(study, "ada")
    # Read when the migrations are run, so that the study is asked to go where this program does not go yet.
    monkeypatch.setattr(study_store, "HEAD", "9999")
    added = (
        '\n    op.add_column("document", sa.Column("shelf", sa.Text(), nullable=False, server_default="upper"))\n'
    )
    monkeypatch.setattr(migrate.upgrade_shared, "__defaults__", (_revisions(tmp_path, added),))
    open_store(postgresql_url, upgrade_shared=True).close()
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
        assert connection.exec_driver_sql("SELECT name FROM coder").scalars().all() == ["ada"]
        assert "shelf" in {column["name"] for column in inspect(connection).get_columns("document")}
    engine.dispose()


def test_an_upgrade_of_a_shared_database_that_loses_a_row_does_not_happen(
    postgresql_url: str, tmp_path: Path
) -> None:
    with Study(create(postgresql_url, language="nb"), folder=None, file=StudyFile(), coder=None) as study:
        people.add_coder(study, "ada")
    lose = _revisions(tmp_path, '\n    op.execute("DELETE FROM change")\n')
    with pytest.raises(StudyUnavailable, match="change would have lost rows"):
        migrate.upgrade_shared(postgresql_url, lose)
    open_store(postgresql_url).close()


def test_the_codings_of_a_populated_study_read_the_same_after_an_upgrade(populated: str, tmp_path: Path) -> None:
    migrate.upgrade(populated, _revisions(tmp_path, RE_CREATE))
    with closing(sqlite3.connect(copies.database_file(populated))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
    with Study(open_store(populated), folder=None, file=StudyFile(), coder=None) as study:
        assert codes_on(study, "a") == [(25, 38, "fear", "ada"), (OLD.start, OLD.end, "old-goods", "ada")]
