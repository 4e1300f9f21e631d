"""Undo in the codebook, whose rows are everybody's: only what an operation changed in a row must still be so.

The codebook is edited as a whole: each edit dates its head, and a code put in shifts the places of all after it. To
ask that the whole row is as it was left, as of a coding, would let nobody take back one text after somebody else's
edit of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qualcode.store.rows import agree
from qualcode.store.schema import codebook

State = dict[str, Any]

SHARED = frozenset(table.name for table in (codebook.codebook, codebook.code, codebook.code_text))
"""The tables whose rows are taken back column by column."""
_DATE = "updated_at"
_PLACE = "position"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row as it must be now (`before`) and as it shall be (`after`); None means absent."""

    table: str
    row_id: int
    before: State | None
    after: State | None


def rebased(changes: Sequence[RowChange], now: Mapping[int, State], at: datetime) -> list[RowChange]:
    """The changes, of one table, carried over to rows in which other columns have changed since.

    Where one place has changed since, all stay as they are: some shifted back and some not would mix up the order.
    """
    moved = any(_differs(item, now.get(item.row_id), _PLACE) for item in changes)
    ignored = {_DATE, _PLACE} if moved else {_DATE}
    return [_carried_over(item, now.get(item.row_id), ignored, at) for item in changes]


def _differs(item: RowChange, now: State | None, column: str) -> bool:
    """True where the operation changed a column and it is not as left."""
    if item.before is None or item.after is None or now is None or column not in now:
        return False
    return item.before[column] != item.after[column] and now[column] != item.before[column]


def _carried_over(item: RowChange, now: State | None, ignored: set[str], at: datetime) -> RowChange:
    before, after = item.before, item.after
    if now is None or before is None or (agree(now, before) and _PLACE not in ignored):
        return item
    if after is None:
        as_left = agree(now | {name: before.get(name) for name in (_DATE, _PLACE) if name in now}, before)
        return replace(item, before=now) if as_left else item
    changed = [name for name in after if name in now and name not in ignored and after[name] != before.get(name)]
    if any(now[name] != before.get(name) for name in changed):
        return item
    wanted = now | {name: after[name] for name in changed}
    if _DATE in now:
        # A date not met before: by it an open study notices that its codebook has changed.
        wanted[_DATE] = at.isoformat()
    return replace(item, before=now, after=wanted)
