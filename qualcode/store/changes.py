"""Change rows read for people: row ids become the users' ids, and each row says what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from qualcode.domain.changes import Changed, ChangeKind, FieldChange
from qualcode.errors import N_, Message
from qualcode.store.lookup import name_column
from qualcode.store.schema import metadata
from qualcode.store.schema.coding import coding, memo, quote_rendering, relation
from qualcode.store.schema.documents import document, document_version, turn
from qualcode.store.schema.study import change
from qualcode.store.schema.synthesis import evidence

State = Mapping[str, Any]

_UNSAID = frozenset({"id", "uid", "updated_at", "created_at", "removed_at", "prefix", "suffix", "coding_uids"})
"""Columns that say nothing to people, or follow from others."""
_TEXT_CHARACTERS = 60
_NAMED = {
    "case": N_("case {name}"),
    "informant": N_("informant {name}"),
    "organisation": N_("organisation {name}"),
    "coder": N_("coder {name}"),
    "codebook": N_("codebook {name}"),
    "code": N_("code {name}"),
    "code_text": N_("code {name}"),
    "theme": N_("theme {name}"),
    "theme_text": N_("theme {name}"),
    "theme_member": N_("theme {name}"),
    "document": N_("document {name}"),
    "document_case": N_("document {name}"),
    "assignment": N_("document {name}"),
    "setting": N_("setting {name}"),
    "saved_query": N_("query {name}"),
    "evidence": N_("evidence of finding {name}"),
    "negative_search": N_("search for negative cases of finding {name}"),
    "negative_hit": N_("hit of the search {name}"),
    "pattern": N_("pattern {name}"),
    "prediction": N_("pattern {name}"),
}


def changes(connection: Connection, operation_id: int, *, limit: int | None = None) -> list[Changed]:
    """What an operation changed, in the order it did; at most `limit` rows."""
    query = select(change).where(change.c.operation_id == operation_id).order_by(change.c.id).limit(limit)
    told = _Telling(connection)
    return [told.changed(row.table, row.row_uid, row.before, row.after) for row in connection.execute(query)]


def operations_on_coding(connection: Connection, uid: str) -> list[int]:
    """The operations that changed a coding, or what hangs on it now (memos, renderings, relations, evidence)."""
    row_id = connection.execute(select(coding.c.id).where(coding.c.uid == uid)).scalar_one_or_none()
    if row_id is None:
        gone = select(change.c.operation_id).where(change.c.table == coding.name, change.c.row_uid == uid)
        return list(connection.execute(gone.distinct()).scalars())
    hanging: Sequence[tuple[Table, Any]] = (
        (coding, coding.c.id == row_id),
        (memo, memo.c.target_uid == uid),
        (quote_rendering, quote_rendering.c.coding_id == row_id),
        (relation, or_(relation.c.source_id == row_id, relation.c.target_id == row_id)),
        (evidence, evidence.c.coding_id == row_id),
    )
    found: set[int] = set()
    for table, which in hanging:
        query = select(change.c.operation_id).where(
            change.c.table == table.name, change.c.row_id.in_(select(table.c.id).where(which))
        )
        found.update(connection.execute(query).scalars())
    return sorted(found)


class _Telling:
    """Names of rows, each asked once: an operation may have changed ten thousand codings in three codes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[tuple[str, int], str] = {}
        self._subjects: dict[str, Callable[[State], Message]] = {
            "coding": self._placed_code,
            "decision": self._placed_code,
            "showing": self._placed_code,
            "relation": self._relation,
            "memo": lambda state: Message(N_("memo «{text}»"), {"text": _shortened(state["text"])}),
            "quote_rendering": lambda state: Message(N_("rendering «{text}»"), {"text": _shortened(state["text"])}),
            "finding": lambda state: Message(N_("finding «{text}»"), {"text": _shortened(state["claim"])}),
            "turn_mark": self._turn,
            "speaker_map": self._speaker,
            "framework_cell": self._grid_cell,
            "asked": self._asked,
        }

    def changed(self, table: str, uid: str | None, before: State | None, after: State | None) -> Changed:
        state = after or before or {}
        placed = "document_version_id" in state and "start" in state
        return Changed(
            table=table,
            uid=uid,
            kind=_kind(before, after),
            subject=self._subjects.get(table, lambda state: self._other(table, state))(state),
            fields=self._fields(table, before, after) if before is not None and after is not None else (),
            document=self._document(state["document_version_id"]) if placed else "",
            start=state["start"] if placed else None,
            end=state["end"] if placed else None,
        )

    def _placed_code(self, state: State) -> Message:
        place = self._place(state)
        if state["code_id"] is None:
            return Message(N_("quotation on {document} {start}-{end}"), place)
        return Message(
            N_("{code} on {document} {start}-{end}"), {"code": self._name("code", state["code_id"]), **place}
        )

    def _relation(self, state: State) -> Message:
        kind = self._name("relation_type", state["relation_type_id"])
        return Message(N_("relation {type} on {document} {start}-{end}"), {"type": kind, **self._place(state)})

    def _turn(self, state: State) -> Message:
        query = select(turn.c.number, turn.c.document_version_id).where(turn.c.id == state["turn_id"])
        row = self._connection.execute(query).one()
        return Message(
            N_("turn {turn} of {document}"),
            {"turn": row.number, "document": self._document(row.document_version_id)},
        )

    def _speaker(self, state: State) -> Message:
        names = {"label": state["label"], "document": self._name("document", state["document_id"])}
        return Message(N_("speaker {label} of {document}") if state["label"] else N_("document {document}"), names)

    def _grid_cell(self, state: State) -> Message:
        row = self._one_of(state, "case", "informant")
        return Message(
            N_("summary of {row} / {column}"), {"row": row, "column": self._one_of(state, "code", "theme")}
        )

    def _asked(self, state: State) -> Message:
        names = {
            "informant": self._name("informant", state["informant_id"]),
            "about": self._one_of(state, "code", "theme"),
        }
        return Message(N_("whether {informant} was asked about {about}"), names)

    def _one_of(self, state: State, *tables: str) -> str:
        """The name of the row that the one reference which is set points to."""
        return next(self._name(table, state[f"{table}_id"]) for table in tables if state[f"{table}_id"] is not None)

    def _other(self, table: str, state: State) -> Message:
        """By its own id, else by the row it describes."""
        name = state.get("key") or (state.get("name") if table in ("coder", "saved_query") else None)
        if name is None:
            own = next(
                (key for key in _columns(table, state) if key.endswith("_id") and key != "coder_id" and state[key]),
                None,
            )
            name = self._shown(table, own, state[own]) if own else ""
        template = _NAMED.get(table)
        return (
            Message(template, {"name": name})
            if template
            else Message(N_("{table} {name}"), {"table": table, "name": name})
        )

    def _place(self, state: State) -> dict[str, Any]:
        document = self._document(state["document_version_id"])
        return {"document": document, "start": state["start"], "end": state["end"]}

    def _fields(self, table: str, before: State, after: State) -> tuple[FieldChange, ...]:
        found: list[FieldChange] = []
        for name in _columns(table, after):
            one, other = before.get(name), after[name]
            if name in _UNSAID or one == other:
                continue
            if isinstance(one or {}, dict) and isinstance(other or {}, dict):
                found += _parts(name, one or {}, other or {})
            else:
                shown = (self._shown(table, name, one), self._shown(table, name, other))
                found.append(FieldChange(name.removesuffix("_id"), *shown))
        return tuple(found)

    def _shown(self, table: str, column: str, value: Any) -> str:
        if value is None:
            return ""
        keys = metadata.tables[table].c[column].foreign_keys if column in metadata.tables[table].c else ()
        for key in keys:
            return self._name(key.column.table.name, value)
        return str(value)

    def _name(self, table: str, row_id: int) -> str:
        """The users' id of a row; of a coding its uid; where a row has none or is gone, its number."""
        known = self._names.get((table, row_id))
        if known is None:
            known = (
                self._document(row_id)
                if table == document_version.name
                else self._read(metadata.tables[table], row_id)
            )
            self._names[table, row_id] = known
        return known

    def _read(self, table: Table, row_id: int) -> str:
        column = table.c.get(name_column(table))
        if column is None:
            column = table.c.get("uid")
        if column is None:
            return str(row_id)
        found = self._connection.execute(select(column).where(table.c.id == row_id)).scalar_one_or_none()
        return str(row_id) if found is None else str(found)

    @cached_property
    def _documents(self) -> dict[int, str]:
        query = select(document_version.c.id, document.c.key).join(
            document, document.c.id == document_version.c.document_id
        )
        return dict(self._connection.execute(query).all())

    def _document(self, version_id: int) -> str:
        return self._documents[version_id]


def _columns(table: str, state: State) -> list[str]:
    """In the order of the table: PostgreSQL keeps the keys of JSON in an order of its own."""
    return [column.name for column in metadata.tables[table].c if column.name in state]


def _kind(before: State | None, after: State | None) -> ChangeKind:
    """A document comes and goes by the time of its removal: its row stays, since its texts do."""
    is_there, was_there = (state is not None and state.get("removed_at") is None for state in (after, before))
    if is_there is was_there:
        return ChangeKind.CHANGED
    return ChangeKind.ADDED if is_there else ChangeKind.REMOVED


def _parts(name: str, before: State, after: State) -> list[FieldChange]:
    """Of a mapping such as qualifiers: each key by itself."""
    keys = sorted({*before, *after})
    return [
        FieldChange(
            key if name == "qualifiers" else f"{name}.{key}", _plain(before.get(key)), _plain(after.get(key))
        )
        for key in keys
        if before.get(key) != after.get(key)
    ]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _TEXT_CHARACTERS else words[: _TEXT_CHARACTERS - 1].rstrip() + "…"
