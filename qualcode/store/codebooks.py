"""The codebook between its domain value and its rows.

Saving compares the wanted rows with those stored and writes only the differences, so that one function serves the
first import, every edit and the update to a new version of the file, and the history shows what really changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import IntegrityError

from qualcode.domain.codebook import (
    ActorMapRow,
    Attribute,
    AttributeValue,
    Code,
    Codebook,
    Entity,
    Origin,
    Qualifier,
    QualifierType,
    QualifierValue,
    Question,
    RelationType,
    Side,
    Theme,
)
from qualcode.errors import N_, Conflict
from qualcode.store.rows import as_state
from qualcode.store.schema import codebook as tables
from qualcode.store.schema.people import attribute_definition
from qualcode.store.unit import Unit

Key = tuple[Any, ...]
Wanted = Mapping[Key, Mapping[str, Any]]

_LISTS = ("examples", "keywords")
_TEXT_FIELDS = ("names", "definition", "include", "exclude", "examples", "keywords")


def save(unit: Unit, codebook: Codebook, *, sha256: str | None = None) -> None:
    """Make the stored codebook equal to `codebook`. `sha256` is that of its file where it comes from one.

    Raises Conflict where codings or other work rest on a part that `codebook` leaves out.
    """
    before = unit.changes
    header_id = _save_header(unit, codebook, sha256)
    sync = _Sync(unit)
    code_ids = _save_codes(sync, codebook.codes)
    sync(tables.code_text, ("code_id", "lang"), _code_texts(codebook.codes, code_ids))
    sync(tables.qualifier, ("key",), _qualifiers(codebook.qualifiers, code_ids))
    sync(tables.relation_type, ("key",), _relation_types(codebook.relation_types))
    theme_ids = sync(tables.theme, ("key",), _themes(codebook.themes))
    sync(tables.theme_text, ("theme_id", "lang"), _theme_texts(codebook.themes, theme_ids))
    sync(tables.theme_member, ("theme_id", "position"), _theme_members(codebook.themes, theme_ids, code_ids))
    sync(tables.question, ("key",), _questions(codebook.questions))
    side_ids = sync(tables.side, ("key",), _sides(codebook.sides))
    sync(
        tables.code_side,
        ("code_id",),
        {(code_ids[code,],): {"side_id": side_ids[side,]} for code, side in codebook.code_sides.items()},
    )
    sync(tables.actor_map, ("actor_type",), _actor_map(codebook.actor_map, code_ids, side_ids))
    sync(
        tables.table_definition,
        ("position",),
        {(position,): {"definition": dict(table)} for position, table in enumerate(codebook.tables)},
    )
    sync(attribute_definition, ("entity", "key"), _attributes(codebook.attributes))
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


def load(connection: Connection) -> Codebook | None:
    """The stored codebook; None in a study without one."""
    header = connection.execute(select(tables.codebook)).first()
    if header is None:
        return None
    codes = _load_codes(connection)
    keys = {row.id: row.key for row in connection.execute(select(tables.code.c.id, tables.code.c.key))}
    sides = _ordered(connection, tables.side)
    side_keys = {row.id: row.key for row in sides}
    return Codebook(
        id=header.key,
        version=header.version,
        title=header.title,
        languages=tuple(header.languages),
        codes=codes,
        qualifiers=tuple(_qualifier(row, keys) for row in _ordered(connection, tables.qualifier)),
        relation_types=tuple(_relation_type(row) for row in _ordered(connection, tables.relation_type)),
        themes=_load_themes(connection, keys),
        questions=tuple(
            Question(row.key, row.kind, row.text, tuple(row.families), tuple(row.outputs))
            for row in _ordered(connection, tables.question)
        ),
        sides=tuple(Side(row.key, row.names) for row in sides),
        code_sides={
            keys[row.code_id]: side_keys[row.side_id]
            for row in connection.execute(select(tables.code_side).order_by(tables.code_side.c.id))
        },
        actor_map=tuple(
            ActorMapRow(row.actor_type, keys.get(row.code_id), side_keys.get(row.side_id))
            for row in _ordered(connection, tables.actor_map)
        ),
        attributes=_load_attributes(connection),
        settings=header.settings,
        tables=tuple(row.definition for row in _ordered(connection, tables.table_definition)),
        patterns=tuple(header.extra.get("patterns", ())),
        header=header.header,
        extra={name: value for name, value in header.extra.items() if name != "patterns"},
    )


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


def _code_texts(codes: Iterable[Code], code_ids: Mapping[Key, int]) -> Wanted:
    wanted: dict[Key, dict[str, Any]] = {}
    for code in codes:
        by_field = {name: getattr(code, name) for name in _TEXT_FIELDS}
        for lang in dict.fromkeys(tag for texts in by_field.values() for tag in texts):
            wanted[code_ids[code.id,], lang] = {
                _column(name): _plain(texts.get(lang)) for name, texts in by_field.items()
            }
    return wanted


def _column(field: str) -> str:
    return "name" if field == "names" else field


def _plain(value: str | tuple[str, ...] | None) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value


def _qualifiers(qualifiers: Iterable[Qualifier], code_ids: Mapping[Key, int]) -> Wanted:
    return {
        (qualifier.id,): {
            "position": position,
            "type": qualifier.type,
            "label": dict(qualifier.label),
            "meaning": dict(qualifier.meaning),
            "entry": qualifier.entry,
            "family_id": code_ids[qualifier.family,] if qualifier.family else None,
            "values": [
                {"id": value.id, "key": value.key, "label": dict(value.label)} for value in qualifier.values
            ],
            "applies_to": list(qualifier.applies_to),
            "required_for": list(qualifier.required_for),
            "default": dict(qualifier.default),
            "default_by_code": dict(qualifier.default_by_code),
            "carry_over": qualifier.carry_over,
        }
        for position, qualifier in enumerate(qualifiers)
    }


def _qualifier(row: Any, keys: Mapping[int, str]) -> Qualifier:
    return Qualifier(
        id=row.key,
        label=row.label,
        type=QualifierType(row.type),
        values=tuple(QualifierValue(value["id"], value["key"], value["label"]) for value in row.values),
        family=keys.get(row.family_id),
        meaning=row.meaning,
        entry=row.entry,
        applies_to=tuple(row.applies_to),
        required_for=tuple(row.required_for),
        default=row.default,
        default_by_code=row.default_by_code,
        carry_over=row.carry_over,
    )


def _relation_types(types: Iterable[RelationType]) -> Wanted:
    return {
        (kind.id,): {
            "position": position,
            "names": dict(kind.names),
            "definition": dict(kind.definition),
            "directed": kind.directed,
            "domain": list(kind.domain),
            "range": list(kind.range),
            "sign": kind.sign,
            "cues": {lang: list(words) for lang, words in kind.cues.items()},
            "note": dict(kind.note),
            "questions": list(kind.questions),
        }
        for position, kind in enumerate(types)
    }


def _relation_type(row: Any) -> RelationType:
    return RelationType(
        id=row.key,
        names=row.names,
        definition=row.definition,
        directed=row.directed,
        domain=tuple(row.domain),
        range=tuple(row.range),
        sign=row.sign,
        cues={lang: tuple(words) for lang, words in row.cues.items()},
        note=row.note,
        questions=tuple(row.questions),
    )


def _themes(themes: Iterable[Theme]) -> Wanted:
    return {
        (theme.id,): {"position": position, "questions": list(theme.questions)}
        for position, theme in enumerate(themes)
    }


def _theme_texts(themes: Iterable[Theme], theme_ids: Mapping[Key, int]) -> Wanted:
    return {(theme_ids[theme.id,], lang): {"name": name} for theme in themes for lang, name in theme.names.items()}


def _theme_members(themes: Iterable[Theme], theme_ids: Mapping[Key, int], code_ids: Mapping[Key, int]) -> Wanted:
    wanted: dict[Key, dict[str, Any]] = {}
    for theme in themes:
        for position, code in enumerate(theme.codes):
            wanted[theme_ids[theme.id,], position] = {"code_id": code_ids[code,], "query": None}
        if theme.query is not None:
            wanted[theme_ids[theme.id,], len(theme.codes)] = {"code_id": None, "query": theme.query}
    return wanted


def _load_themes(connection: Connection, keys: Mapping[int, str]) -> tuple[Theme, ...]:
    names: dict[int, dict[str, str]] = {}
    for row in connection.execute(select(tables.theme_text).order_by(tables.theme_text.c.id)):
        names.setdefault(row.theme_id, {})[row.lang] = row.name
    codes: dict[int, list[str]] = {}
    queries: dict[int, str] = {}
    member = tables.theme_member
    for row in connection.execute(select(member).order_by(member.c.theme_id, member.c.position)):
        if row.code_id is None:
            queries[row.theme_id] = row.query
        else:
            codes.setdefault(row.theme_id, []).append(keys[row.code_id])
    return tuple(
        Theme(
            row.key, names.get(row.id, {}), tuple(codes.get(row.id, ())), queries.get(row.id), tuple(row.questions)
        )
        for row in _ordered(connection, tables.theme)
    )


def _questions(questions: Iterable[Question]) -> Wanted:
    return {
        (question.id,): {
            "position": position,
            "kind": question.kind,
            "text": dict(question.text),
            "families": list(question.families),
            "outputs": list(question.outputs),
        }
        for position, question in enumerate(questions)
    }


def _sides(sides: Iterable[Side]) -> Wanted:
    return {(side.id,): {"position": position, "names": dict(side.names)} for position, side in enumerate(sides)}


def _actor_map(rows: Iterable[ActorMapRow], code_ids: Mapping[Key, int], side_ids: Mapping[Key, int]) -> Wanted:
    return {
        (row.actor_type,): {
            "position": position,
            "code_id": code_ids[row.code,] if row.code else None,
            "side_id": side_ids[row.side,] if row.side else None,
        }
        for position, row in enumerate(rows)
    }


def _attributes(attributes: Iterable[Attribute]) -> Wanted:
    return {
        (attribute.entity, attribute.id): {
            "position": position,
            "type": attribute.type,
            "label": dict(attribute.label),
            "values": [{"id": value.id, "label": dict(value.label)} for value in attribute.values],
            "required": attribute.required,
            "multiple": attribute.multiple,
            "derived_from": attribute.derived_from,
            "default": attribute.default,
            "note": attribute.note,
        }
        for position, attribute in enumerate(attributes)
    }


def _load_attributes(connection: Connection) -> tuple[Attribute, ...]:
    return tuple(
        Attribute(
            id=row.key,
            entity=Entity(row.entity),
            type=row.type,
            label=row.label,
            values=tuple(AttributeValue(value["id"], value["label"]) for value in row.values),
            required=row.required,
            multiple=row.multiple,
            derived_from=row.derived_from,
            default=row.default,
            note=row.note,
        )
        for row in _ordered(connection, attribute_definition)
    )


def _load_codes(connection: Connection) -> tuple[Code, ...]:
    texts: dict[int, dict[str, dict[str, Any]]] = {}
    for row in connection.execute(select(tables.code_text).order_by(tables.code_text.c.id)).mappings():
        by_field = texts.setdefault(row["code_id"], {name: {} for name in _TEXT_FIELDS})
        for name in _TEXT_FIELDS:
            value = row[_column(name)]
            if value is not None:
                by_field[name][row["lang"]] = tuple(value) if name in _LISTS else value
    rows = _ordered(connection, tables.code)
    keys = {row.id: row.key for row in rows}
    return tuple(
        Code(
            id=row.key,
            parent=keys.get(row.parent_id),
            color=row.color,
            origin=Origin(row.origin),
            assignable=row.assignable,
            retired=row.retired_at is not None,
            merged_into=keys.get(row.merged_into_id),
            sources=tuple(row.sources),
            questions=tuple(row.questions),
            **(texts.get(row.id) or {"names": {}}),
        )
        for row in rows
    )


def _ordered(connection: Connection, table: Table) -> list[Any]:
    return list(connection.execute(select(table).order_by(table.c.position)))
