"""Attribute values of cases, documents, informants and organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Values
from qualcode.store.schema.people import attribute_definition, attribute_value
from qualcode.store.unit import Unit


def definitions(connection: Connection, entity: Entity) -> dict[str, int]:
    """Attribute id -> row id, in codebook order."""
    query = (
        select(attribute_definition.c.key, attribute_definition.c.id)
        .where(attribute_definition.c.entity == entity)
        .order_by(attribute_definition.c.position)
    )
    return {row.key: row.id for row in connection.execute(query)}


def values_of(connection: Connection, entity: Entity) -> dict[int, dict[str, tuple[str, ...]]]:
    """Row id of the owner -> attribute id -> values in order, for all owners of one kind."""
    owner = attribute_value.c[f"{entity}_id"]
    query = (
        select(owner.label("owner"), attribute_definition.c.key, attribute_value.c.value)
        .join(attribute_definition, attribute_definition.c.id == attribute_value.c.attribute_definition_id)
        .where(owner.is_not(None))
        .order_by(owner, attribute_definition.c.position, attribute_value.c.position)
    )
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for row in connection.execute(query):
        values = found.setdefault(row.owner, {})
        values[row.key] = (*values.get(row.key, ()), row.value)
    return found


def set_values(unit: Unit, entity: Entity, owner_id: int, values: Values) -> None:
    """Replace the values of the attributes named in `values`; an empty tuple clears, others are left."""
    known = definitions(unit.connection, entity)
    owner = attribute_value.c[f"{entity}_id"]
    for key, wanted in values.items():
        query = (
            select(attribute_value.c.id, attribute_value.c.value)
            .where(owner == owner_id, attribute_value.c.attribute_definition_id == known[key])
            .order_by(attribute_value.c.position)
        )
        present = unit.connection.execute(query).all()
        if tuple(row.value for row in present) == tuple(wanted):
            continue
        unit.delete(attribute_value, *(row.id for row in present))
        unit.insert_many(attribute_value, _rows(entity, owner_id, known[key], wanted))


def clear_values(unit: Unit, entity: Entity, owner_id: int) -> None:
    """Delete all values of one owner, as when it is removed."""
    owner = attribute_value.c[f"{entity}_id"]
    found = unit.connection.execute(select(attribute_value.c.id).where(owner == owner_id)).scalars()
    unit.delete(attribute_value, *found)


def _rows(entity: Entity, owner_id: int, definition_id: int, wanted: Sequence[str]) -> list[Mapping[str, object]]:
    return [
        {
            f"{entity}_id": owner_id,
            "attribute_definition_id": definition_id,
            "position": position,
            "value": value,
        }
        for position, value in enumerate(wanted)
    ]
