"""What was done, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import Message
from qualcode.services.study import Study
from qualcode.store import history
from qualcode.store.history import REDO, UNDO, Operation


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation and whether it is taken back now."""

    operation: Operation
    undone: bool

    @property
    def is_reversal(self) -> bool:
        """True for an undo or redo itself."""
        return self.operation.verb in (UNDO, REDO)


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


def undo(study: Study, *, anybody: bool = False) -> Message:
    """Take back this coder's latest operation (`anybody`: anyone's); what it was. Raises NotFound, UndoConflict."""
    return history.undo(study.store, study.coder_id, anybody=anybody)


def redo(study: Study) -> Message:
    """Do again what this coder last took back; what it was. Raises NotFound, UndoConflict."""
    return history.redo(study.store, study.coder_id)
