"""Cases, organisations, informants, and the attributes of these and of documents."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Text, UniqueConstraint

from qualcode.domain.codebook import Entity
from qualcode.domain.people import InformantKind
from qualcode.store.schema.base import Json, UtcDateTime, define, exactly_one, one_of, reference, work

case = define(
    "case",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("removed_at", UtcDateTime),
)

organisation = define(
    "organisation",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("removed_at", UtcDateTime),
)

informant = define(
    "informant",
    *work(),
    Column("key", String(100), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    reference("organisation", optional=True),
    Column("removed_at", UtcDateTime),
    one_of("kind", "kind", InformantKind),
)

attribute_definition = define(
    "attribute_definition",
    *work(),
    Column("entity", String(20), nullable=False),
    Column("key", String(100), nullable=False),
    Column("position", Integer, nullable=False),
    Column("type", String(40), nullable=False),
    Column("label", Json, nullable=False),
    # [{"id": ..., "label": {...}}] in order
    Column("values", Json, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("multiple", Boolean, nullable=False),
    Column("derived_from", String(100)),
    Column("default", Text),
    Column("note", Text, nullable=False),
    UniqueConstraint("entity", "key"),
    one_of("entity", "entity", Entity),
)

attribute_value = define(
    "attribute_value",
    *work(),
    reference("attribute_definition"),
    reference("case", optional=True),
    reference("document", optional=True),
    reference("informant", optional=True),
    reference("organisation", optional=True),
    # Several values of one attribute keep their order.
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
    exactly_one("one_owner", "case_id", "document_id", "informant_id", "organisation_id"),
    Index("ix_attribute_value_case", "case_id"),
    Index("ix_attribute_value_document", "document_id"),
    Index("ix_attribute_value_informant", "informant_id"),
    Index("ix_attribute_value_organisation", "organisation_id"),
)
