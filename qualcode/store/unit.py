"""The unit of work: one transaction for one action of the user, with its operation and before/after rows.

All writing goes through a `Unit`, so that no change can miss the history. Tables that are not recorded (see
`schema.base`) are written the same way but leave no change rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, String, Table

from qualcode.errors import N_, BadInput, Message
from qualcode.store.rows import as_state, chunks, fetch_states, from_state, reserve_ids
from qualcode.store.schema.study import change, operation

_SHOWN = 40
"""Characters of a text that is too long, as the message shows it."""


class Unit:
    """Writes rows and their history inside one open transaction; made by `Store.write`.

    `coder_id` and `at` fill the rows' coder and times where the caller gives none. The operation row is written
    with the first change: an action that changes nothing leaves no trace.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        coder_id: int | None,
        at: datetime,
        verb: str,
        summary: Message,
        undoable: bool = True,
        undoes: int | None = None,
    ) -> None:
        self.connection = connection
        self.coder_id = coder_id
        self.at = at
        self.summary = summary
        self.changes = 0
        """Rows changed so far whose history is kept."""
        self._verb = verb
        self._undoable = undoable
        self._undoes = undoes
        self._operation_id: int | None = None

    def insert(self, table: Table, **values: Any) -> int:
        """A new row; its id. `uid`, coder and times are filled in."""
        row = self._filled(table, values)
        row_id = self._insert(table, row)
        self._record(table, [(row_id, None, as_state(table, {**row, "id": row_id}))])
        return row_id

    def insert_many(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """New rows, written in bulk (some 20 times faster than one by one); their ids in the same order."""
        if not rows:
            return []
        row_ids = reserve_ids(self.connection, table, len(rows))
        filled = [self._filled(table, {**row, "id": row_id}) for row, row_id in zip(rows, row_ids, strict=True)]
        self.connection.execute(table.insert(), filled)
        self._record(table, [(row["id"], None, as_state(table, row)) for row in filled])
        return row_ids

    def update(self, table: Table, row_id: int, **values: Any) -> bool:
        """Change columns of a row; False where they held these values already (then nothing is written)."""
        before = fetch_states(self.connection, table, [row_id])[row_id]
        after = {**before, **{name: value for name, value in as_state(table, values).items() if name in values}}
        if after == before:
            return False
        _check_lengths(table, values)
        if "updated_at" in table.c:
            values["updated_at"] = self.at
            after["updated_at"] = self.at.isoformat()
        self.connection.execute(table.update().where(table.c.id == row_id).values(**values))
        self._record(table, [(row_id, before, after)])
        return True

    def delete(self, table: Table, *row_ids: int) -> int:
        """Delete rows; how many there were. Undo puts them back in the opposite order."""
        present = fetch_states(self.connection, table, row_ids)
        states = {row_id: present[row_id] for row_id in row_ids if row_id in present}
        for some in chunks(list(states)):
            self.connection.execute(table.delete().where(table.c.id.in_(some)))
        self._record(table, [(row_id, state, None) for row_id, state in states.items()])
        return len(states)

    def restore(
        self, table: Table, states: Mapping[int, tuple[dict[str, Any] | None, dict[str, Any] | None]]
    ) -> None:
        """Bring rows from one state to another: row id -> (now, wanted); None means absent. Undo and redo."""
        gone = [row_id for row_id, (_, wanted) in states.items() if wanted is None]
        for some in chunks(gone):
            self.connection.execute(table.delete().where(table.c.id.in_(some)))
        added = [wanted for now, wanted in states.values() if now is None and wanted is not None]
        if added:
            self.connection.execute(table.insert(), [from_state(table, state) for state in added])
        for row_id, (now, wanted) in states.items():
            if now is not None and wanted is not None:
                values = from_state(table, wanted)
                self.connection.execute(table.update().where(table.c.id == row_id).values(**values))
        self._record(table, [(row_id, now, wanted) for row_id, (now, wanted) in states.items()])

    def record_restored(self, table: Table, row_id: int, column: str, absent: Any) -> None:
        """Record the insertion of a row whose undo is not its deletion but `column = absent`.

        An imported document cannot be deleted by undo, since its texts are immutable and stay: undoing the
        import marks it as removed.
        """
        after = fetch_states(self.connection, table, [row_id])[row_id]
        before = as_state(table, {**from_state(table, after), column: absent})
        self._record(table, [(row_id, before, after)])

    def log(self) -> None:
        """Write the operation though no row changes: a backup is part of the history too."""
        if self._operation_id is None:
            self._operation_id = self._begin_operation()

    def insert_unrecorded(self, table: Table, **values: Any) -> int:
        """A new row whose history is written by the caller (`record_restored`)."""
        return self._insert(table, self._filled(table, values))

    def _insert(self, table: Table, row: Mapping[str, Any]) -> int:
        key = self.connection.execute(table.insert().returning(table.c.id), row)
        return int(key.scalar_one())

    def _filled(self, table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
        row = dict(values)
        if "uid" in table.c and row.get("uid") is None:
            row["uid"] = str(uuid4())
        for name, value in (("coder_id", self.coder_id), ("created_at", self.at), ("updated_at", self.at)):
            if name in table.c and row.get(name) is None:
                row[name] = value
        _check_lengths(table, row)
        return row

    def _record(
        self, table: Table, changes: Sequence[tuple[int, dict[str, Any] | None, dict[str, Any] | None]]
    ) -> None:
        if not changes or not table.info.get("history", True):
            return
        self.log()
        self.changes += len(changes)
        rows = [
            {
                "operation_id": self._operation_id,
                "table": table.name,
                "row_id": row_id,
                "row_uid": (after or before or {}).get("uid"),
                "before": before,
                "after": after,
            }
            for row_id, before, after in changes
        ]
        self.connection.execute(change.insert(), rows)

    def _begin_operation(self) -> int:
        return self._insert(
            operation,
            {
                "uid": str(uuid4()),
                "at": self.at,
                "coder_id": self.coder_id,
                "verb": self._verb,
                "summary": message_state(self.summary),
                "undoes": self._undoes,
                "undoable": self._undoable,
            },
        )


def _check_lengths(table: Table, values: Mapping[str, Any]) -> None:
    """Raises BadInput for a text longer than its column: PostgreSQL refuses it, SQLite would keep it silently."""
    for name, limit in _limits(table):
        text = values.get(name)
        if text is not None and len(text) > limit:
            raise BadInput(
                N_("{start}… is too long: {count} characters, where {limit} are the most."),
                hint=N_("Give a shorter one; nothing was changed."),
                start=text[:_SHOWN],
                count=len(text),
                limit=limit,
            )


@cache
def _limits(table: Table) -> tuple[tuple[str, int], ...]:
    """The columns of a table that hold a text of limited length, with the length."""
    return tuple((c.name, c.type.length) for c in table.c if isinstance(c.type, String) and c.type.length)


def message_state(message: Message) -> dict[str, Any]:
    """A message as JSON; parameters that are neither text nor numbers become text."""
    params = {
        name: value if isinstance(value, str | int | float) else str(value)
        for name, value in message.params.items()
    }
    return {"template": message.template, "params": params}


def message_from(state: Mapping[str, Any]) -> Message:
    return Message(state["template"], dict(state["params"]))
