"""Registered patterns with their predictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from qualcode.domain.near import nearest
from qualcode.domain.pattern import Expected, Pattern, Prediction
from qualcode.errors import N_, NotFound
from qualcode.store import lookup
from qualcode.store.removal import ids_where
from qualcode.store.schema.codebook import code, relation_type
from qualcode.store.schema.coding import coding
from qualcode.store.schema.people import case
from qualcode.store.schema.study import coder
from qualcode.store.schema.synthesis import pattern, prediction
from qualcode.store.unit import Unit


def add(unit: Unit, key: str, text: Mapping[str, str], predictions: Sequence[Prediction]) -> None:
    """A new pattern. Raises NotFound for an unknown case, code or relation type."""
    connection = unit.connection
    last = connection.execute(select(func.max(pattern.c.position))).scalar_one()
    pattern_id = unit.insert(pattern, key=key, text=dict(text), position=0 if last is None else last + 1)
    for item in predictions:
        unit.insert(
            prediction,
            pattern_id=pattern_id,
            case_id=lookup.row_id(connection, case, item.case),
            source_id=lookup.row_id(connection, code, item.source),
            relation_type_id=lookup.row_id(connection, relation_type, item.type) if item.type else None,
            target_id=lookup.row_id(connection, code, item.target) if item.target else None,
            expected=item.expected,
        )


def remove(unit: Unit, key: str) -> None:
    """Delete a pattern with its predictions. Raises NotFound."""
    found = unit.connection.execute(select(pattern.c.id).where(pattern.c.key == key)).scalar_one_or_none()
    if found is None:
        raise _unknown(key, lookup.keys(unit.connection, pattern))
    unit.delete(prediction, *ids_where(unit.connection, prediction.c.pattern_id, [found]))
    unit.delete(pattern, found)


def _unknown(key: str, known: Sequence[str]) -> NotFound:
    near = nearest(key, known)
    hint = N_("Did you mean {near}?") if near else N_("`qualcode patterns list` shows the patterns.")
    return NotFound(N_("There is no pattern {key!r}."), hint=hint, key=key, near=near[0] if near else "")


def listing(connection: Connection) -> list[Pattern]:
    """All patterns in the order they were registered; predictions on removed cases are left out."""
    source, target = code.alias(), code.alias()
    query = (
        select(
            prediction.c.pattern_id,
            prediction.c.expected,
            case.c.key.label("case"),
            source.c.key.label("source"),
            target.c.key.label("target"),
            relation_type.c.key.label("type"),
        )
        .join(case, case.c.id == prediction.c.case_id)
        .join(source, source.c.id == prediction.c.source_id)
        .outerjoin(target, target.c.id == prediction.c.target_id)
        .outerjoin(relation_type, relation_type.c.id == prediction.c.relation_type_id)
        .where(case.c.removed_at.is_(None))
        .order_by(prediction.c.id)
    )
    predicted: dict[int, list[Prediction]] = {}
    for row in connection.execute(query):
        item = Prediction(row.case, Expected(row.expected), row.source, row.type, row.target)
        predicted.setdefault(row.pattern_id, []).append(item)
    patterns = select(pattern, coder.c.name.label("coder")).outerjoin(coder, coder.c.id == pattern.c.coder_id)
    return [
        Pattern(row.key, row.text, tuple(predicted.get(row.id, ())), row.created_at, row.coder or "")
        for row in connection.execute(patterns.order_by(pattern.c.position))
    ]


def first_coding_at(connection: Connection) -> datetime | None:
    """When the oldest coding of the study was made; None where there is none."""
    return connection.execute(
        select(coding.c.created_at).order_by(coding.c.created_at).limit(1)
    ).scalar_one_or_none()
