"""Moving the codings of one code to another (DESIGN section 4, rule 6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, or_, select

from qualcode.store import codings, relations
from qualcode.store.relations import NewRelation
from qualcode.store.schema.coding import coding, memo, quote_rendering, relation
from qualcode.store.schema.synthesis import evidence, negative_hit
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Moved:
    codings: int
    collapsed: int
    """Codings that became the same as one already there; their memos and links went over to it."""


def move_codings(unit: Unit, code_id: int, to_id: int, applying: Collection[str]) -> Moved:
    """Put every coding of one code under another; qualifiers outside `applying` do not fit there and go."""
    rows = unit.connection.execute(select(coding).where(coding.c.code_id == code_id).order_by(coding.c.id)).all()
    collapsed = 0
    for row in rows:
        twin = codings.find(
            unit.connection,
            (row.document_version_id, row.start, row.end, to_id, row.coder_id, row.round, row.case_id),
        )
        if twin is None or not row.placed:
            kept = {key: value for key, value in row.qualifiers.items() if key in applying}
            codings.edit(unit, row.id, code_id=to_id, qualifiers=kept)
        else:
            _collapse(unit, row, codings.row_of(unit.connection, twin))
            collapsed += 1
    return Moved(len(rows), collapsed)


def _collapse(unit: Unit, row: Row[Any], twin: Row[Any]) -> None:
    """Let `twin` stand for both: everything that hangs on `row` goes over, then `row` goes."""
    connection = unit.connection
    memos = select(memo.c.id).where(memo.c.target_table == coding.name, memo.c.target_uid == row.uid)
    for memo_id in connection.execute(memos).scalars().all():
        unit.update(memo, memo_id, target_uid=twin.uid)
    for table in (quote_rendering, evidence):
        hanging = select(table.c.id).where(table.c.coding_id == row.id)
        for hanging_id in connection.execute(hanging).scalars().all():
            unit.update(table, hanging_id, coding_id=twin.id)
    hits = connection.execute(select(negative_hit.c.id).where(negative_hit.c.coding_id == row.id)).scalars().all()
    unit.delete(negative_hit, *hits)
    ends = or_(relation.c.source_id == row.id, relation.c.target_id == row.id)
    for related in connection.execute(select(relation).where(ends)).all():
        _move_end(unit, related, row.id, twin.id)
    unit.delete(coding, row.id)


def _move_end(unit: Unit, related: Row[Any], old_id: int, new_id: int) -> None:
    """Point a relation's end at the twin; one that would join a coding to itself, or repeat another, goes."""
    source = new_id if related.source_id == old_id else related.source_id
    target = new_id if related.target_id == old_id else related.target_id
    claim = NewRelation.of_row(related, source_id=source, target_id=target)
    if source == target or relations.find(unit.connection, claim) is not None:
        relations.remove(unit, related.uid)
    else:
        unit.update(relation, related.id, source_id=source, target_id=target)
