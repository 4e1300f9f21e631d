"""Cases, organisations, informants and coders."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Case, Coder, Informant, InformantKind, Organisation
from qualcode.errors import N_, Conflict
from qualcode.store import attributes, own_cases
from qualcode.store.lookup import row_id
from qualcode.store.schema.coding import relation
from qualcode.store.schema.documents import document_case, speaker_map
from qualcode.store.schema.people import case, informant, organisation
from qualcode.store.schema.study import coder
from qualcode.store.unit import Unit

TABLES: dict[Entity, Table] = {Entity.CASE: case, Entity.ORGANISATION: organisation, Entity.INFORMANT: informant}


def cases(connection: Connection) -> list[Case]:
    values = attributes.values_of(connection, Entity.CASE)
    query = select(case).where(case.c.removed_at.is_(None)).order_by(case.c.id)
    return [Case(row.key, row.title, values.get(row.id, {})) for row in connection.execute(query)]


def organisations(connection: Connection) -> list[Organisation]:
    values = attributes.values_of(connection, Entity.ORGANISATION)
    query = select(organisation).where(organisation.c.removed_at.is_(None)).order_by(organisation.c.id)
    return [Organisation(row.key, row.title, values.get(row.id, {})) for row in connection.execute(query)]


def informants(connection: Connection) -> list[Informant]:
    values = attributes.values_of(connection, Entity.INFORMANT)
    query = (
        select(informant, organisation.c.key.label("organisation"))
        .outerjoin(organisation, organisation.c.id == informant.c.organisation_id)
        .where(informant.c.removed_at.is_(None))
        .order_by(informant.c.id)
    )
    return [
        Informant(row.key, row.title, InformantKind(row.kind), row.organisation, values.get(row.id, {}))
        for row in connection.execute(query)
    ]


def coders(connection: Connection) -> list[Coder]:
    query = select(coder).order_by(coder.c.id)
    return [Coder(row.name, row.active) for row in connection.execute(query)]


def add_coder(unit: Unit, name: str) -> int:
    """A new coder, or one that was deactivated, made active again."""
    known = unit.connection.execute(select(coder).where(coder.c.name == name)).one_or_none()
    if known is None:
        return unit.insert(coder, name=name, active=True)
    unit.update(coder, known.id, active=True)
    return known.id


def rename_coder(unit: Unit, name: str, to: str) -> None:
    _refuse_taken(unit, coder, "name", to)
    unit.update(coder, row_id(unit.connection, coder, name), name=to)


def remove_coder(unit: Unit, name: str) -> bool:
    """Remove a coder without work; one with rows of work is deactivated instead: True says so."""
    coder_id = row_id(unit.connection, coder, name)
    worked = any(
        unit.connection.execute(select(table.c.id).where(column == coder_id).limit(1)).first()
        for table in coder.metadata.sorted_tables
        for column in table.c
        if column.references(coder.c.id)
    )
    if worked:
        unit.update(coder, coder_id, active=False)
    else:
        unit.delete(coder, coder_id)
    return worked


def put(
    unit: Unit,
    entity: Entity,
    key: str,
    *,
    title: str | None = None,
    kind: InformantKind | None = None,
    organisation_key: str | None = None,
    without_organisation: bool = False,
) -> int:
    """Add a case, organisation or informant, or set what is given of an existing one; its row id.

    A removed one with this id comes back.
    """
    table = TABLES[entity]
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = title
    if kind is not None:
        values["kind"] = kind
    if organisation_key is not None:
        values["organisation_id"] = row_id(unit.connection, organisation, organisation_key)
    if without_organisation:
        values["organisation_id"] = None
    present = unit.connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
    if present is not None:
        unit.update(table, present, **values, removed_at=None)
        return present
    defaults: dict[str, object] = {"key": key, "title": "", "removed_at": None}
    if entity is Entity.INFORMANT:
        defaults |= {"kind": InformantKind.PERSON, "organisation_id": None}
    return unit.insert(table, **(defaults | values))


def rename(unit: Unit, entity: Entity, key: str, to: str) -> None:
    """Give a case, organisation or informant another id. Raises NotFound, Conflict."""
    table = TABLES[entity]
    _refuse_taken(unit, table, "key", to)
    unit.update(table, row_id(unit.connection, table, key), key=to)


def remove(unit: Unit, entity: Entity, key: str) -> None:
    """Remove a case, organisation or informant with its links and attribute values (rule 9).

    Raises NotFound, Conflict where codings would become the same by losing the case.
    """
    table = TABLES[entity]
    removed_id = row_id(unit.connection, table, key)
    attributes.clear_values(unit, entity, removed_id)
    if entity is Entity.CASE:
        own_cases.clear(unit, removed_id)
        documents = own_cases.documents_of(unit.connection, removed_id)
        _delete_where(unit, document_case, "case_id", removed_id)
        _clear(unit, relation, "case_id", removed_id)
        for document_id in documents:
            own_cases.settle(unit, document_id)
    elif entity is Entity.INFORMANT:
        _delete_where(unit, speaker_map, "informant_id", removed_id)
    else:
        _clear(unit, informant, "organisation_id", removed_id)
    unit.update(table, removed_id, removed_at=unit.at)


def _delete_where(unit: Unit, table: Table, column: str, value: int) -> None:
    found = unit.connection.execute(select(table.c.id).where(table.c[column] == value)).scalars()
    unit.delete(table, *found)


def _clear(unit: Unit, table: Table, column: str, value: int) -> None:
    for found in unit.connection.execute(select(table.c.id).where(table.c[column] == value)).scalars().all():
        unit.update(table, found, **{column: None})


def _refuse_taken(unit: Unit, table: Table, column: str, key: str) -> None:
    if unit.connection.execute(select(table.c.id).where(table.c[column] == key)).first() is not None:
        raise Conflict(N_("{key!r} is taken already."), hint=N_("Choose another id."), key=key)
