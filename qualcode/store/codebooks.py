"""The codebook between its domain value and its rows.

Saving compares the wanted rows with those stored and writes only the differences, so that one function serves the
first import, every edit and the update to a new version of the file, and the history shows what really changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import IntegrityError

from qualcode.domain.codebook import Code, Codebook
from qualcode.errors import N_, Conflict
from qualcode.store import codebook_rows as wanted
from qualcode.store.codebook_loading import load as load
from qualcode.store.codebook_rows import Key, Wanted
from qualcode.store.rows import as_state
from qualcode.store.schema import codebook as tables
from qualcode.store.schema.people import attribute_definition
from qualcode.store.unit import Unit


def save(unit: Unit, codebook: Codebook, *, sha256: str | None = None) -> None:
    """Make the stored codebook equal to `codebook`. `sha256` is that of its file where it comes from one.

    Raises Conflict where codings or other work rest on a part that `codebook` leaves out.
    """
    before = unit.changes
    header_id = _save_header(unit, codebook, sha256)
    sync = _Sync(unit)
    code_ids = _save_codes(sync, codebook.codes)
    sync(tables.code_text, ("code_id", "lang"), wanted.code_texts(codebook.codes, code_ids))
    sync(tables.qualifier, ("key",), wanted.qualifiers(codebook.qualifiers, code_ids))
    sync(tables.relation_type, ("key",), wanted.relation_types(codebook.relation_types))
    theme_ids = sync(tables.theme, ("key",), wanted.themes(codebook.themes))
    sync(tables.theme_text, ("theme_id", "lang"), wanted.theme_texts(codebook.themes, theme_ids))
    sync(tables.theme_member, ("theme_id", "position"), wanted.theme_members(codebook.themes, theme_ids, code_ids))
    sync(tables.question, ("key",), wanted.questions(codebook.questions))
    side_ids = sync(tables.side, ("key",), wanted.sides(codebook.sides))
    sync(
        tables.code_side,
        ("code_id",),
        {(code_ids[code,],): {"side_id": side_ids[side,]} for code, side in codebook.code_sides.items()},
    )
    sync(tables.actor_map, ("actor_type",), wanted.actor_map(codebook.actor_map, code_ids, side_ids))
    sync(
        tables.table_definition,
        ("position",),
        {(position,): {"definition": dict(table)} for position, table in enumerate(codebook.tables)},
    )
    sync(attribute_definition, ("entity", "key"), wanted.attributes(codebook.attributes))
    sync.delete_stale()
    if unit.changes > before:
        # Also where only codes changed: `revision` must differ afterwards.
        unit.update(tables.codebook, header_id, updated_at=unit.at)


def revision(connection: Connection) -> object:
    """A value that differs whenever the codebook may have changed: what caches compare."""
    return connection.execute(select(tables.codebook.c.id, tables.codebook.c.updated_at)).first()


def code_ids(connection: Connection) -> dict[str, int]:
    """Code id -> row id."""
    return dict(connection.execute(select(tables.code.c.key, tables.code.c.id)).all())


class _Sync:
    """Inserts and updates rows until they are as wanted; rows nobody wants any more are deleted at the end.

    Deleting a code before its texts would break their keys, so what was brought in first goes last.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._stale: list[tuple[Table, dict[Key, int]]] = []

    def __call__(self, table: Table, key: tuple[str, ...], wanted: Wanted) -> dict[Key, int]:
        """`wanted` maps the values of the key columns to the other columns; row ids by key."""
        rows = self.unit.connection.execute(select(table)).mappings()
        present = {tuple(row[name] for name in key): row for row in rows}
        stale = {found: row["id"] for found, row in present.items() if found not in wanted}
        self._stale.append((table, stale))
        ids: dict[Key, int] = {}
        added: list[Key] = []
        for wanted_key, values in wanted.items():
            row = present.get(wanted_key)
            if row is None:
                added.append(wanted_key)
                continue
            ids[wanted_key] = row["id"]
            stored = as_state(table, row)
            if any(stored[name] != value for name, value in as_state(table, values).items() if name in values):
                self.unit.update(table, row["id"], **values)
        new = [{**dict(zip(key, wanted_key, strict=True)), **wanted[wanted_key]} for wanted_key in added]
        ids.update(zip(added, self.unit.insert_many(table, new), strict=True))
        return ids

    def delete_stale(self) -> None:
        """Raises Conflict where something else still refers to one of the rows."""
        for table, rows in reversed(self._stale):
            if table is tables.code:
                # Codes refer to each other; undo could not put a child back before its parent.
                for row_id in rows.values():
                    self.unit.update(table, row_id, parent_id=None, merged_into_id=None)
            try:
                self.unit.delete(table, *rows.values())
            except IntegrityError as error:
                raise _still_used(rows) from error


def _still_used(rows: Iterable[Key]) -> Conflict:
    return Conflict(
        N_("The codebook leaves out what the study still uses, one of: {parts}."),
        hint=N_("Keep it; a code that is no longer wanted is retired, or merged into another."),
        parts=", ".join(".".join(str(part) for part in key) for key in rows),
    )


def _save_header(unit: Unit, codebook: Codebook, sha256: str | None) -> int:
    values: dict[str, Any] = {
        "key": codebook.id,
        "version": codebook.version,
        "title": dict(codebook.title),
        "languages": list(codebook.languages),
        "header": dict(codebook.header),
        "settings": dict(codebook.settings),
        "extra": dict(codebook.extra) | ({"patterns": list(codebook.patterns)} if codebook.patterns else {}),
    }
    present = unit.connection.execute(select(tables.codebook.c.id, tables.codebook.c.sha256)).first()
    if sha256 is not None and (present is None or present.sha256 != sha256):
        values |= {"sha256": sha256, "imported_at": unit.at}
    if present is None:
        return unit.insert(tables.codebook, **({"sha256": "", "imported_at": None} | values))
    unit.update(tables.codebook, present.id, **values)
    return present.id


def _save_codes(sync: _Sync, codes: Sequence[Code]) -> dict[Key, int]:
    """Codes refer to each other (parent, merged into), so the references are set once all have a row."""
    unit = sync.unit
    retired = dict(unit.connection.execute(select(tables.code.c.key, tables.code.c.retired_at)).all())
    ids = sync(
        tables.code,
        ("key",),
        {
            (code.id,): {
                "position": position,
                "color": code.color,
                "origin": code.origin,
                "assignable": code.assignable,
                "retired_at": (retired.get(code.id) or unit.at) if code.retired else None,
                "sources": list(code.sources),
                "questions": list(code.questions),
            }
            for position, code in enumerate(codes)
        },
    )
    for code in codes:
        unit.update(
            tables.code,
            ids[code.id,],
            parent_id=ids[code.parent,] if code.parent else None,
            merged_into_id=ids[code.merged_into,] if code.merged_into else None,
        )
    return ids
