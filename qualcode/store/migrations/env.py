"""How Alembic runs the migrations: on the connection it is handed, in batch mode (`qualcode.store.migrate`)."""

from __future__ import annotations

from alembic import context

from qualcode.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
