"""Memos on any row of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, select

from qualcode.errors import N_, BadInput, NotFound
from qualcode.store import codings, lookup
from qualcode.store.rows import chunks
from qualcode.store.schema.coding import coding, memo, relation
from qualcode.store.schema.study import coder, study
from qualcode.store.schema.synthesis import finding
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Memo:
    """`target` names a table and the uid of the row in it."""

    uid: str
    target_table: str
    target_uid: str
    text: str
    coder: str
    created_at: datetime
    updated_at: datetime


_KINDS = {
    "document": lookup.DOCUMENT,
    "code": lookup.CODE,
    "case": lookup.CASE,
    "informant": lookup.INFORMANT,
    "organisation": lookup.ORGANISATION,
    "theme": lookup.THEME,
}
_BY_UID = {table.name: table for table in (relation, finding)}
"""What has no id of its users and is named by its kind and uid."""


def target_of(connection: Connection, target: str) -> tuple[Table, str]:
    """Table and uid of what `target` names: a coding's uid, `study`, or kind:id. Eight characters of a uid do.

    Raises NotFound for an unknown id, BadInput for an unknown kind.
    """
    if target == "study":
        return study, connection.execute(select(study.c.uid)).scalar_one()
    kind, colon, key = target.partition(":")
    if not colon:
        return coding, codings.row_of(connection, target).uid
    if kind in _BY_UID:
        return _BY_UID[kind], lookup.row_of(connection, _BY_UID[kind], key).uid
    if kind not in _KINDS:
        raise BadInput(
            N_("{target!r} names nothing a memo can be on."),
            hint=N_("A coding's id, `study`, or one of {kinds} with an id, as in `document:a1`."),
            target=target,
            kinds=", ".join((*_KINDS, *_BY_UID)),
        )
    table = _KINDS[kind]
    found = lookup.row_id(connection, table, key)
    return table, connection.execute(select(table.c.uid).where(table.c.id == found)).scalar_one()


def add(unit: Unit, table: Table, target_uid: str, text: str) -> int:
    return unit.insert(memo, target_table=table.name, target_uid=target_uid, text=text)


def add_many(unit: Unit, table: Table, written: Sequence[tuple[str, int, str]]) -> None:
    """Memos by several coders: (target uid, coder's row id, text)."""
    rows = [
        {"target_table": table.name, "target_uid": uid, "coder_id": coder_id, "text": text}
        for uid, coder_id, text in written
    ]
    unit.insert_many(memo, rows)


def edit(unit: Unit, uid: str, text: str) -> None:
    """Set the text of a memo; an empty text deletes it."""
    found = unit.connection.execute(select(memo.c.id).where(memo.c.uid == uid)).scalar_one_or_none()
    if found is None:
        raise NotFound(N_("There is no memo {uid!r}."), hint=N_("`qualcode memo list` shows them."), uid=uid)
    if text.strip():
        unit.update(memo, found, text=text)
    else:
        unit.delete(memo, found)


def listing(connection: Connection, target_uids: Iterable[str] | None = None) -> list[Memo]:
    """Memos in order of time; of these targets only where given."""
    query = select(memo, coder.c.name).outerjoin(coder, coder.c.id == memo.c.coder_id)
    query = query.order_by(memo.c.created_at, memo.c.id)
    if target_uids is None:
        rows = connection.execute(query).all()
    else:
        wanted = list(target_uids)
        rows = [
            row for some in chunks(wanted) for row in connection.execute(query.where(memo.c.target_uid.in_(some)))
        ]
    return [
        Memo(row.uid, row.target_table, row.target_uid, row.text, row.name or "", row.created_at, row.updated_at)
        for row in rows
    ]


def texts_by_target(connection: Connection, table: Table) -> dict[str, list[str]]:
    """Target uid -> the texts of its memos in order of time, for one kind of target."""
    query = (
        select(memo.c.target_uid, memo.c.text)
        .where(memo.c.target_table == table.name)
        .order_by(memo.c.created_at, memo.c.id)
    )
    found: dict[str, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.target_uid, []).append(row.text)
    return found
