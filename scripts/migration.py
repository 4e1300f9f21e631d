"""Write the next migration: `python -m scripts.migration NUMBER "what it does"`.

The first one makes everything; each later one is the difference between an empty study upgraded to the newest
revision and the schema in the code. What Alembic writes then is a draft: qualcode/store/migrations/README.md names
what it gets wrong.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from alembic import autogenerate, command
from alembic.config import Config
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from mako.template import Template
from sqlalchemy import create_engine

from qualcode.store.schema import metadata
from qualcode.store.schema.base import JsonOrJsonb, UtcDateTime

MIGRATIONS = Path("qualcode/store/migrations")


def main(number: str, title: str) -> None:
    """Write `versions/<number>_<title>.py`, formatted."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    before = ScriptDirectory.from_config(config).get_current_head()
    with create_engine("sqlite://").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        context = MigrationContext.configure(connection)
        steps = _difference(context) if before else UpgradeOps(_everything())
        upgrades = autogenerate.render_python_code(
            steps, render_as_batch=before is not None, render_item=_plain_type, migration_context=context
        )
    upgrades = "\n".join(line for line in upgrades.splitlines() if "# ### " not in line).lstrip()
    target = MIGRATIONS / "versions" / f"{number}_{title.replace(' ', '_')}.py"
    target.parent.mkdir(exist_ok=True)
    template: Any = Template(filename=str(MIGRATIONS / "script.py.mako"))
    text = template.render(
        message=f"{title[0].upper()}{title[1:]}.", up_revision=number, down_revision=before, upgrades=upgrades
    )
    target.write_text(text, encoding="utf-8")
    for job in (["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *job, "--quiet", target], check=True)


def _everything() -> list[MigrateOperation]:
    """From the metadata itself: SQLite cannot tell of an index over expressions, so no comparison sees one."""
    steps: list[MigrateOperation] = []
    for table in metadata.sorted_tables:
        steps.append(CreateTableOp.from_table(table))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        for index in indexes:
            # A partial index is so on both databases; the schema says it to PostgreSQL when its tables are made.
            if index.kwargs.get("sqlite_where") is not None:
                index.kwargs["postgresql_where"] = index.kwargs["sqlite_where"]
        steps += [CreateIndexOp.from_index(index) for index in indexes]
    return steps


def _difference(context: MigrationContext) -> UpgradeOps:
    return autogenerate.produce_migrations(context, metadata).upgrade_ops or UpgradeOps()


def _plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Column types as they are in the database: an old migration must not change when the code's types do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return "JSON" if kind == "type" and isinstance(item, JsonOrJsonb) else False


if __name__ == "__main__":
    main(*sys.argv[1:])
