"""What was done, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.changes import Changed
from qualcode.errors import Message
from qualcode.services.study import Study
from qualcode.store import changes as stored_changes
from qualcode.store import history
from qualcode.store.history import Operation


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation and whether it is taken back now."""

    operation: Operation
    undone: bool

    @property
    def is_reversal(self) -> bool:
        """True for an undo or redo itself."""
        return self.operation.undoes is not None

    @property
    def takes_back(self) -> bool:
        """True for an undo."""
        return self.operation.verb == history.UNDO


def listing(study: Study, *, limit: int | None = None, own: bool = False) -> list[Entry]:
    """The newest operations first; only this coder's with `own`."""
    with study.store.read() as connection:
        taken_back = history.undone(connection)
        coder_id = study.coder_id if own else None
        found = history.operations(connection, limit=limit, coder_id=coder_id)
    return [Entry(operation, operation.id in taken_back) for operation in found]


def revision(study: Study) -> int:
    """A number that grows with every change anybody makes: how an open desk notices what it has not seen."""
    with study.store.read() as connection:
        return history.newest(connection)


def get(study: Study, operation_id: int) -> Entry:
    """One entry by its number. Raises NotFound."""
    with study.store.read() as connection:
        found = history.operation_of(connection, operation_id)
        return Entry(found, operation_id in history.undone(connection))


def changes(study: Study, operation_id: int, *, limit: int | None = None) -> list[Changed]:
    """What an entry changed, row by row, in the order it did; at most `limit` rows. Raises NotFound."""
    with study.store.read() as connection:
        history.operation_of(connection, operation_id)
        return stored_changes.changes(connection, operation_id, limit=limit)


def of_coding(study: Study, uid: str) -> list[Entry]:
    """The entries that made or changed a coding, or what hangs on it, the newest first; none for an unknown uid.

    Also of one that is removed now, by its whole uid.
    """
    with study.store.read() as connection:
        ids = stored_changes.operations_on_coding(connection, uid)
        taken_back = history.undone(connection)
        return [Entry(item, item.id in taken_back) for item in history.operations(connection, ids=ids)]


def undo(study: Study, *, anybody: bool = False) -> Message:
    """Take back this coder's latest operation (`anybody`: anyone's); what it was. Raises NotFound, UndoConflict."""
    return history.undo(study.store, study.coder_id, anybody=anybody)


def undo_to(study: Study, operation_id: int) -> list[Message]:
    """Take back all that this coder did from the latest operation back to `operation_id`; what that was.

    All or nothing, and redo does them again one by one. Raises NotFound, BadInput where that one is somebody else's
    or not to be taken back, UndoConflict naming the first that cannot be taken back.
    """
    return history.undo_to(study.store, study.coder_id, operation_id)


def redo(study: Study) -> Message:
    """Do again what this coder last took back; what it was. Raises NotFound, UndoConflict."""
    return history.redo(study.store, study.coder_id)
