"""The written cells of the framework grid, and who was asked about what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select

from qualcode.domain.asked import Asked, Statement
from qualcode.domain.grid import CellKey, RowKind, Summary, SummaryState
from qualcode.store import lookup
from qualcode.store.schema.codebook import code, theme
from qualcode.store.schema.people import case, informant
from qualcode.store.schema.study import coder
from qualcode.store.schema.synthesis import asked, framework_cell
from qualcode.store.unit import Unit

_ROWS: Mapping[RowKind, Table] = {RowKind.CASE: case, RowKind.INFORMANT: informant}


def summaries(connection: Connection) -> list[Summary]:
    """All written cells by row and column; those of removed cases and informants are left out."""
    checker = coder.alias("checker")
    query = (
        select(
            framework_cell,
            case.c.key.label("case_key"),
            informant.c.key.label("informant_key"),
            code.c.key.label("code_key"),
            theme.c.key.label("theme_key"),
            coder.c.name.label("coder"),
            checker.c.name.label("checker"),
        )
        .outerjoin(case, case.c.id == framework_cell.c.case_id)
        .outerjoin(informant, informant.c.id == framework_cell.c.informant_id)
        .outerjoin(code, code.c.id == framework_cell.c.code_id)
        .outerjoin(theme, theme.c.id == framework_cell.c.theme_id)
        .outerjoin(coder, coder.c.id == framework_cell.c.coder_id)
        .outerjoin(checker, checker.c.id == framework_cell.c.checked_by_id)
        .where(case.c.removed_at.is_(None), informant.c.removed_at.is_(None))
        .order_by(*_in_order(informant.c.id, case.c.id, theme.c.position, code.c.position))
    )
    return [_summary(row) for row in connection.execute(query)]


def _in_order(*columns: Column[Any]) -> list[Any]:
    """Without a value first on both databases: by itself SQLite puts NULL first and PostgreSQL last."""
    return [func.coalesce(column, -1) for column in columns]


def _summary(row: Any) -> Summary:
    kind = RowKind.INFORMANT if row.case_key is None else RowKind.CASE
    return Summary(
        key=CellKey(kind, row.case_key or row.informant_key, row.code_key or row.theme_key),
        text=row.text,
        state=SummaryState(row.state),
        rests_on=tuple(row.coding_uids),
        coder=row.coder or "",
        updated_at=row.updated_at,
        checked_by=row.checker or "",
        checked_at=row.checked_at,
    )


def put_summary(
    unit: Unit,
    key: CellKey,
    text: str,
    state: SummaryState,
    rests_on: Sequence[str],
    *,
    checked_by: str = "",
    checked_at: datetime | None = None,
) -> bool:
    """Write a cell whole; False where it was the same already. Raises NotFound for an unknown row or column."""
    values: dict[str, Any] = {
        "text": text,
        "state": state,
        "coding_uids": sorted(rests_on),
        "checked_by_id": lookup.row_id(unit.connection, lookup.CODER, checked_by) if checked_by else None,
        "checked_at": checked_at,
    }
    found = _cell_id(unit.connection, key)
    if found is not None:
        return _rewritten(unit, found, values)
    row_column = f"{key.kind}_id"
    column, column_id = _column(unit.connection, key.column)
    row_id = lookup.row_id(unit.connection, _ROWS[key.kind], key.row)
    unit.insert(framework_cell, **{row_column: row_id, f"{column.name}_id": column_id}, **values)
    return True


def _rewritten(unit: Unit, row_id: int, values: Mapping[str, Any]) -> bool:
    """Who changes the words of a cell is its coder from then on; a check leaves the writer."""
    before = unit.connection.execute(
        select(framework_cell.c.text).where(framework_cell.c.id == row_id)
    ).scalar_one()
    writer = {"coder_id": unit.coder_id} if before != values["text"] else {}
    return unit.update(framework_cell, row_id, **values, **writer)


def clear_summary(unit: Unit, key: CellKey) -> bool:
    """Take the words of a cell away; False where there are none."""
    found = _cell_id(unit.connection, key)
    return found is not None and unit.delete(framework_cell, found) > 0


def _cell_id(connection: Connection, key: CellKey) -> int | None:
    row_id = lookup.row_id(connection, _ROWS[key.kind], key.row)
    column, column_id = _column(connection, key.column)
    query = select(framework_cell.c.id).where(
        framework_cell.c[f"{key.kind}_id"] == row_id, framework_cell.c[f"{column.name}_id"] == column_id
    )
    return connection.execute(query).scalar_one_or_none()


def _column(connection: Connection, key: str) -> tuple[Table, int]:
    """The code or theme called `key`; an id that is both names the code, as in a matrix. Raises NotFound."""
    for table in (code, theme):
        found = connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
        if found is not None:
            return table, found
    raise lookup.unknown("code", key, [*lookup.keys(connection, code), *lookup.keys(connection, theme)])


def statements(connection: Connection) -> list[Statement]:
    """Who was asked about what, by informant; those of removed informants are left out."""
    query = (
        select(
            asked.c.state, informant.c.key.label("informant"), code.c.key.label("code"), theme.c.key.label("theme")
        )
        .join(informant, informant.c.id == asked.c.informant_id)
        .outerjoin(code, code.c.id == asked.c.code_id)
        .outerjoin(theme, theme.c.id == asked.c.theme_id)
        .where(informant.c.removed_at.is_(None))
        .order_by(*_in_order(informant.c.id, theme.c.position, code.c.position))
    )
    return [Statement(row.informant, row.code or row.theme, Asked(row.state)) for row in connection.execute(query)]


def put_statement(unit: Unit, informant_key: str, about: str, state: Asked | None) -> bool:
    """Note whether an informant was asked about a code or theme; None takes the note away. False where it stood so.

    Raises NotFound.
    """
    informant_id = lookup.row_id(unit.connection, lookup.INFORMANT, informant_key)
    table, about_id = _column(unit.connection, about)
    column: Column[Any] = asked.c[f"{table.name}_id"]
    query = select(asked.c.id).where(asked.c.informant_id == informant_id, column == about_id)
    found = unit.connection.execute(query).scalar_one_or_none()
    if state is None:
        return found is not None and unit.delete(asked, found) > 0
    if found is not None:
        return unit.update(asked, found, state=state)
    unit.insert(asked, informant_id=informant_id, **{column.name: about_id}, state=state)
    return True
