"""Relations between codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from qualcode.domain.relation import Claimant, Relation, Stance
from qualcode.domain.span import Anchor, Span
from qualcode.store import lookup, removal
from qualcode.store.schema.codebook import relation_type
from qualcode.store.schema.coding import coding, relation
from qualcode.store.schema.documents import document, document_version
from qualcode.store.schema.people import case
from qualcode.store.schema.study import coder
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class NewRelation:
    """A relation to store, in row ids."""

    type_id: int
    source_id: int
    target_id: int
    version_id: int
    span: Span
    anchor: Anchor
    stance: Stance
    claimed_by: Claimant
    coder_id: int
    case_id: int | None = None
    uid: str | None = None

    @classmethod
    def of_row(cls, row: Row[Any], *, source_id: int, target_id: int) -> NewRelation:
        """The claim of a stored relation between other ends."""
        return cls(
            type_id=row.relation_type_id,
            source_id=source_id,
            target_id=target_id,
            version_id=row.document_version_id,
            span=Span(row.start, row.end),
            anchor=Anchor(row.prefix, row.exact, row.suffix),
            stance=Stance(row.stance),
            claimed_by=Claimant(row.claimed_by),
            coder_id=row.coder_id,
            case_id=row.case_id,
        )


def find(connection: Connection, new: NewRelation) -> str | None:
    """The uid of the relation that is the same in all that makes it unique."""
    query = select(relation.c.uid).where(
        relation.c.relation_type_id == new.type_id,
        relation.c.source_id == new.source_id,
        relation.c.target_id == new.target_id,
        relation.c.document_version_id == new.version_id,
        relation.c.start == new.span.start,
        relation.c.end == new.span.end,
        relation.c.stance == new.stance,
        relation.c.claimed_by == new.claimed_by,
        relation.c.coder_id == new.coder_id,
    )
    return connection.execute(query).scalar_one_or_none()


def add(unit: Unit, new: NewRelation) -> int:
    return unit.insert(
        relation,
        uid=new.uid,
        relation_type_id=new.type_id,
        source_id=new.source_id,
        target_id=new.target_id,
        document_version_id=new.version_id,
        start=new.span.start,
        end=new.span.end,
        prefix=new.anchor.prefix,
        exact=new.anchor.exact,
        suffix=new.anchor.suffix,
        stance=new.stance,
        claimed_by=new.claimed_by,
        coder_id=new.coder_id,
        case_id=new.case_id,
        placed=True,
    )


def change(unit: Unit, row_id: int, claim: NewRelation) -> bool:
    """Make a stored relation say what `claim` says: type, ends, stance and claimant; False where it did already."""
    return unit.update(
        relation,
        row_id,
        relation_type_id=claim.type_id,
        source_id=claim.source_id,
        target_id=claim.target_id,
        stance=claim.stance,
        claimed_by=claim.claimed_by,
    )


def remove(unit: Unit, uid: str) -> None:
    """Delete a relation with its evidence links and memos. Raises NotFound."""
    removal.delete_relations(unit, [row_of(unit.connection, uid).id])


def row_of(connection: Connection, uid: str) -> Row[Any]:
    """The row of a relation, by its uid or by the unambiguous start of it (8 characters or more)."""
    return lookup.row_of(connection, relation, uid)


def listing(connection: Connection, *, document_key: str | None = None, uid: str | None = None) -> list[Relation]:
    """Placed relations whose quote and ends lie in documents that are not removed, in order of their quotes.

    `document_key`: those whose quote or an end lies in it; `uid`: that one alone.
    """
    query, owners = _select()
    if document_key is not None:
        query = query.where(or_(*(owner.c.key == document_key for owner in owners)))
    if uid is not None:
        query = query.where(relation.c.uid == uid)
    return [_relation(row) for row in connection.execute(query)]


def _select() -> tuple[Select[Any], list[Any]]:
    """The query, and the documents of the quote and of the two ends in it."""
    source, target = coding.alias("source"), coding.alias("target")
    ends: Mapping[str, Any] = {"source": source, "target": target}
    query = (
        select(
            relation,
            relation_type.c.key.label("type"),
            document.c.key.label("document"),
            document_version.c.number.label("version"),
            case.c.key.label("case_key"),
            coder.c.name.label("coder"),
            *(end.c.uid.label(name) for name, end in ends.items()),
        )
        .join(relation_type, relation_type.c.id == relation.c.relation_type_id)
        .join(source, source.c.id == relation.c.source_id)
        .join(target, target.c.id == relation.c.target_id)
        .join(document_version, document_version.c.id == relation.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .join(coder, coder.c.id == relation.c.coder_id)
        .outerjoin(case, case.c.id == relation.c.case_id)
        .where(relation.c.placed)
        .order_by(document.c.id, relation.c.start, relation.c.end, relation.c.id)
    )
    owners: list[Any] = [document]
    for end in ends.values():
        version, owner = document_version.alias(), document.alias()
        query = query.join(version, version.c.id == end.c.document_version_id).join(
            owner, owner.c.id == version.c.document_id
        )
        owners.append(owner)
    return query.where(*(owner.c.removed_at.is_(None) for owner in owners)), owners


def _relation(row: Row[Any]) -> Relation:
    return Relation(
        uid=row.uid,
        type=row.type,
        source=row.source,
        target=row.target,
        document=row.document,
        version=row.version,
        span=Span(row.start, row.end),
        anchor=Anchor(row.prefix, row.exact, row.suffix),
        stance=Stance(row.stance),
        claimed_by=Claimant(row.claimed_by),
        coder=row.coder,
        created_at=row.created_at,
        updated_at=row.updated_at,
        case=row.case_key,
        placed=row.placed,
    )
