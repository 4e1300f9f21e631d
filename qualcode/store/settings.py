"""The study's own row, its settings (with history) and the preferences of its coders (without)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from qualcode.store.schema.study import coder, coder_preference, setting, study
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class StudyRow:
    uid: str
    title: str
    language: str
    created_at: datetime


def study_row(connection: Connection) -> StudyRow:
    row = connection.execute(select(study)).one()
    return StudyRow(row.uid, row.title, row.language, row.created_at)


def set_study(unit: Unit, **values: str) -> None:
    """Set title or language of the study."""
    unit.update(study, unit.connection.execute(select(study.c.id)).scalar_one(), **values)


def settings(connection: Connection) -> dict[str, Any]:
    """Key -> value of all settings, by key."""
    query = select(setting.c.key, setting.c.value).order_by(setting.c.key)
    return dict(connection.execute(query).all())


@dataclass(frozen=True, slots=True)
class DatedSetting:
    """A setting, when it was last set, and by whom."""

    key: str
    value: Any
    changed_at: datetime
    coder: str


def dated(connection: Connection) -> list[DatedSetting]:
    """All settings by key, with time and coder of the last change."""
    query = (
        select(setting.c.key, setting.c.value, setting.c.updated_at, coder.c.name)
        .outerjoin(coder, coder.c.id == setting.c.coder_id)
        .order_by(setting.c.key)
    )
    return [DatedSetting(row.key, row.value, row.updated_at, row.name or "") for row in connection.execute(query)]


def put(unit: Unit, key: str, value: Any) -> None:
    """Set one setting."""
    found = unit.connection.execute(select(setting.c.id, setting.c.value).where(setting.c.key == key)).first()
    if found is None:
        unit.insert(setting, key=key, value=value)
    elif found.value != value:
        unit.update(setting, found.id, value=value, coder_id=unit.coder_id)


def preference(connection: Connection, coder_id: int, key: str) -> Any:
    """A coder's preference, such as the position in a document; None where it was never set."""
    query = select(coder_preference.c.value).where(
        coder_preference.c.coder_id == coder_id, coder_preference.c.key == key
    )
    return connection.execute(query).scalar_one_or_none()


def preferences(connection: Connection, coder_id: int) -> dict[str, Any]:
    """Key -> value of all preferences of a coder, by key."""
    query = select(coder_preference.c.key, coder_preference.c.value).where(coder_preference.c.coder_id == coder_id)
    return dict(connection.execute(query.order_by(coder_preference.c.key)).all())


def put_preference(unit: Unit, coder_id: int, key: str, value: Any) -> None:
    query = select(coder_preference.c.id).where(
        coder_preference.c.coder_id == coder_id, coder_preference.c.key == key
    )
    found = unit.connection.execute(query).scalar_one_or_none()
    if found is None:
        unit.insert(coder_preference, coder_id=coder_id, key=key, value=value)
    else:
        unit.update(coder_preference, found, value=value)
