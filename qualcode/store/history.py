"""Operations: listing them, and undo and redo that survive a restart and refuse on conflict.

Undo takes back one operation by bringing each row it changed from its `after` to its `before`; redo goes the other
way. Both are operations themselves, pointing at the original in `undoes`. Both first check that every row is as
the history left it: where anything has changed since, nothing is touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import IntegrityError

from qualcode.errors import N_, BadInput, Message, NotFound, UndoConflict
from qualcode.store.rebasing import SHARED, RowChange, rebased
from qualcode.store.rows import agree, chunks, fetch_states
from qualcode.store.schema import metadata
from qualcode.store.schema.codebook import code
from qualcode.store.schema.coding import showing, suggestion
from qualcode.store.schema.study import change, coder, operation
from qualcode.store.study_store import Store
from qualcode.store.unit import Unit, message_from

UNDO = "undo"
REDO = "redo"


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the history. `state` is done, undone, or fixed where it cannot be undone."""

    id: int
    uid: str
    at: datetime
    coder: str
    verb: str
    summary: Message
    undoable: bool
    undoes: int | None


def operations(
    connection: Connection,
    *,
    limit: int | None = None,
    coder_id: int | None = None,
    ids: Collection[int] | None = None,
) -> list[Operation]:
    """The newest operations first; of one coder where `coder_id` is given, only these where `ids` are."""
    query = (
        select(operation, coder.c.name)
        .outerjoin(coder, coder.c.id == operation.c.coder_id)
        .order_by(operation.c.id.desc())
    )
    if coder_id is not None:
        query = query.where(operation.c.coder_id == coder_id)
    if ids is not None:
        query = query.where(operation.c.id.in_(ids))
    if limit is not None:
        query = query.limit(limit)
    return [
        Operation(
            id=row.id,
            uid=row.uid,
            at=row.at,
            coder=row.name or "",
            verb=row.verb,
            summary=message_from(row.summary),
            undoable=row.undoable,
            undoes=row.undoes,
        )
        for row in connection.execute(query)
    ]


def operation_of(connection: Connection, operation_id: int) -> Operation:
    """One entry by its number. Raises NotFound."""
    found = operations(connection, ids=[operation_id])
    if not found:
        raise _no_operation(operation_id)
    return found[0]


def newest(connection: Connection) -> int:
    """The number of the newest operation, 0 in a study without any: it grows with every change of content."""
    return connection.execute(select(func.max(operation.c.id))).scalar_one() or 0


def undone(connection: Connection) -> set[int]:
    """The ids of operations that are taken back now."""
    taken_back: set[int] = set()
    for row in connection.execute(
        select(operation.c.verb, operation.c.undoes).where(operation.c.undoes.is_not(None)).order_by(operation.c.id)
    ):
        (taken_back.add if row.verb == UNDO else taken_back.discard)(row.undoes)
    return taken_back


def undo(store: Store, coder_id: int, *, anybody: bool = False) -> Message:
    """Take back this coder's latest operation (`anybody`: anyone's). Raises NotFound, UndoConflict."""
    with store.read() as connection:
        target = _latest_done(connection, None if anybody else coder_id)
        changes = _changes(connection, target.id)
    return _apply(store, coder_id, UNDO, target, _inverse(changes))


def undo_to(store: Store, coder_id: int, operation_id: int) -> list[Message]:
    """Take back this coder's operations from the latest to `operation_id`, in one transaction, an undo for each.

    Raises NotFound, BadInput where that one is not this coder's to take back, UndoConflict where one of them cannot
    be taken back: then none is.
    """
    with store.write(UNDO, Message(N_("Taken back")), coder_id=coder_id, undoable=False) as unit:
        connection = unit.connection
        taken_back = undone(connection)
        _check_target(connection, coder_id, operation_id, taken_back)
        done: list[Message] = []
        for row in list(_own_operations(connection, coder_id)):
            if row.id < operation_id:
                break
            if row.undoes is None and row.undoable and row.id not in taken_back and not _lasts(connection, row.id):
                summary = message_from(row.summary)
                one = Unit(
                    connection,
                    coder_id=coder_id,
                    at=unit.at,
                    verb=UNDO,
                    summary=summary,
                    undoable=False,
                    undoes=row.id,
                )
                _bring(one, summary, _inverse(_changes(connection, row.id)))
                done.append(summary)
        return done


def _check_target(connection: Connection, coder_id: int, operation_id: int, taken_back: set[int]) -> None:
    row = connection.execute(select(operation).where(operation.c.id == operation_id)).one_or_none()
    if row is None:
        raise _no_operation(operation_id)
    if row.coder_id != coder_id:
        raise BadInput(
            N_("Operation {id} is somebody else's."), hint=N_("Everybody takes back their own."), id=operation_id
        )
    if row.undoes is not None or not row.undoable or row.id in taken_back or _lasts(connection, row.id):
        raise BadInput(
            N_("Operation {id} cannot be taken back, or is taken back already."),
            hint=N_("Choose one that is done."),
            id=operation_id,
        )


def _no_operation(operation_id: int) -> NotFound:
    return NotFound(
        N_("The history has no operation {id}."), hint=N_("`qualcode history` lists them."), id=operation_id
    )


def _inverse(changes: Sequence[RowChange]) -> list[RowChange]:
    return [RowChange(item.table, item.row_id, item.after, item.before) for item in reversed(changes)]


def redo(store: Store, coder_id: int) -> Message:
    """Do again what this coder last took back. A new operation since then has ended redo. Raises NotFound."""
    with store.read() as connection:
        target = _latest_undone(connection, coder_id)
        changes = _changes(connection, target.id)
    return _apply(store, coder_id, REDO, target, changes)


def _latest_done(connection: Connection, coder_id: int | None) -> Row[Any]:
    taken_back = undone(connection)
    for row in _own_operations(connection, coder_id):
        if row.undoes is None and row.undoable and row.id not in taken_back and not _lasts(connection, row.id):
            return row
    raise NotFound(N_("There is nothing to undo."))


def _lasts(connection: Connection, operation_id: int) -> bool:
    """True where all it did was to add coders who have done something since.

    The history names them for ever, so they can be put to rest and not taken away; undo passes over it, or nobody
    could take back what was done before it.
    """
    of_this = change.c.operation_id == operation_id
    if connection.execute(select(change.c.id).where(of_this, change.c.table != coder.name).limit(1)).first():
        return False
    added = [item.row_id for item in _changes(connection, operation_id) if item.before is None]
    acted = select(operation.c.id).where(operation.c.coder_id.in_(added)).limit(1)
    return connection.execute(acted).first() is not None


def _latest_undone(connection: Connection, coder_id: int) -> Row[Any]:
    taken_back = undone(connection)
    for row in _own_operations(connection, coder_id):
        if row.undoes is None and row.undoable and row.id not in taken_back:
            break
        if row.verb == UNDO and row.undoes in taken_back:
            return connection.execute(select(operation).where(operation.c.id == row.undoes)).one()
    raise NotFound(N_("There is nothing to redo."))


def _own_operations(connection: Connection, coder_id: int | None) -> Iterator[Row[Any]]:
    query = select(operation).order_by(operation.c.id.desc())
    if coder_id is not None:
        query = query.where(operation.c.coder_id == coder_id)
    yield from connection.execute(query)


def _changes(connection: Connection, operation_id: int) -> list[RowChange]:
    query = select(change).where(change.c.operation_id == operation_id).order_by(change.c.id)
    return [RowChange(row.table, row.row_id, row.before, row.after) for row in connection.execute(query)]


def _apply(store: Store, coder_id: int, verb: str, target: Row[Any], changes: Sequence[RowChange]) -> Message:
    summary = message_from(target.summary)
    with store.write(verb, summary, coder_id=coder_id, undoable=False, undoes=target.id) as unit:
        _bring(unit, summary, changes)
    return summary


def _bring(unit: Unit, summary: Message, changes: Sequence[RowChange]) -> None:
    """Bring each row from its `before` to its `after`. Raises UndoConflict where one is not as `before` says."""
    try:
        for table_name, run in _runs(changes):
            table = metadata.tables[table_name]
            now = fetch_states(unit.connection, table, [item.row_id for item in run])
            if table_name in SHARED:
                run = rebased(run, now, unit.at)
            for item in run:
                if not agree(now.get(item.row_id), item.before):
                    raise _changed_since(summary)
            if table is code:
                _forget_offers(unit, [item.row_id for item in run if item.after is None])
            unit.restore(table, {item.row_id: (item.before, item.after) for item in run})
    except IntegrityError as error:
        raise _changed_since(summary) from error


def _forget_offers(unit: Unit, code_ids: Sequence[int]) -> None:
    """What was suggested of codes about to go, and that it was shown: no content, yet it would hold them."""
    for some in chunks(code_ids):
        unit.connection.execute(suggestion.delete().where(suggestion.c.code_id.in_(some)))
        unit.delete(showing, *unit.connection.scalars(select(showing.c.id).where(showing.c.code_id.in_(some))))


def _runs(changes: Sequence[RowChange]) -> Iterator[tuple[str, list[RowChange]]]:
    """Neighbouring changes of one table and kind, each row once, so that they can be written together."""

    def kind(item: RowChange) -> tuple[str, bool, bool]:
        return item.table, item.before is None, item.after is None

    for (table, *_), group in groupby(changes, key=kind):
        run: dict[int, RowChange] = {}
        for item in group:
            if item.row_id in run:
                yield table, list(run.values())
                run = {}
            run[item.row_id] = item
        yield table, list(run.values())


def _changed_since(summary: Message) -> UndoConflict:
    return UndoConflict(
        N_("«{summary}» cannot be taken back or done again: what it changed has been changed since."),
        hint=N_("Nothing was changed; `qualcode history` shows by whom."),
        summary=summary,
    )
