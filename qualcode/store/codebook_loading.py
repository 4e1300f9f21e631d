"""A stored codebook as the domain value it was saved from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

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
from qualcode.store.codebook_rows import LISTS, TEXT_FIELDS, column
from qualcode.store.schema import codebook as tables
from qualcode.store.schema.people import attribute_definition


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


def _load_codes(connection: Connection) -> tuple[Code, ...]:
    texts: dict[int, dict[str, dict[str, Any]]] = {}
    for row in connection.execute(select(tables.code_text).order_by(tables.code_text.c.id)).mappings():
        by_field = texts.setdefault(row["code_id"], {name: {} for name in TEXT_FIELDS})
        for name in TEXT_FIELDS:
            value = row[column(name)]
            if value is not None:
                by_field[name][row["lang"]] = tuple(value) if name in LISTS else value
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


def _ordered(connection: Connection, table: Table) -> list[Any]:
    return list(connection.execute(select(table).order_by(table.c.position)))
