"""Renderings of quotes: rows that hang on a coding and go with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from qualcode.domain.rendering import Rendering, RenderingKind
from qualcode.store import lookup
from qualcode.store.schema.coding import coding, quote_rendering
from qualcode.store.schema.documents import document, document_version
from qualcode.store.schema.study import coder
from qualcode.store.unit import Unit


def add(unit: Unit, coding_id: int, kind: RenderingKind, language: str, text: str) -> str:
    """Store a rendering; its uid."""
    row_id = unit.insert(quote_rendering, coding_id=coding_id, kind=kind, language=language, text=text)
    query = select(quote_rendering.c.uid).where(quote_rendering.c.id == row_id)
    return unit.connection.execute(query).scalar_one()


def edit(unit: Unit, uid: str, text: str) -> bool:
    """Set the words of a rendering; False where they are the same. Raises NotFound."""
    return unit.update(quote_rendering, lookup.row_of(unit.connection, quote_rendering, uid).id, text=text)


def remove(unit: Unit, uid: str) -> None:
    """Delete a rendering. Raises NotFound."""
    unit.delete(quote_rendering, lookup.row_of(unit.connection, quote_rendering, uid).id)


def get(connection: Connection, uid: str) -> Rendering:
    """One rendering by its uid or the unambiguous start of it (8 characters or more). Raises NotFound."""
    row_id = lookup.row_of(connection, quote_rendering, uid).id
    return _rendering(connection.execute(_select().where(quote_rendering.c.id == row_id)).one())


def listing(
    connection: Connection, *, coding_id: int | None = None, document_key: str | None = None
) -> list[Rendering]:
    """Renderings in order of document and place, those of one coding in order of time.

    Of one coding, or of the codings of one document, where asked for; none of removed documents but by coding.
    """
    query = _select()
    if coding_id is not None:
        query = query.where(quote_rendering.c.coding_id == coding_id)
    else:
        query = query.where(document.c.removed_at.is_(None))
    if document_key is not None:
        query = query.where(document.c.key == document_key)
    return [_rendering(row) for row in connection.execute(query)]


def _select() -> Any:
    return (
        select(quote_rendering, coding.c.uid.label("coding"), coder.c.name.label("coder"))
        .join(coding, coding.c.id == quote_rendering.c.coding_id)
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .outerjoin(coder, coder.c.id == quote_rendering.c.coder_id)
        .order_by(document.c.id, coding.c.start, coding.c.end, coding.c.id, quote_rendering.c.id)
    )


def _rendering(row: Row[Any]) -> Rendering:
    return Rendering(
        uid=row.uid,
        coding=row.coding,
        kind=RenderingKind(row.kind),
        language=row.language,
        text=row.text,
        coder=row.coder or "",
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
