"""What queries are asked of in tests: a small codebook, its people, and a turn every seven characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qualcode.domain.codebook import (
    ActorMapRow,
    Attribute,
    AttributeValue,
    Entity,
    Qualifier,
    QualifierType,
    QualifierValue,
)
from qualcode.domain.coding import CodedSegment
from qualcode.domain.facts import Facts, Population
from qualcode.domain.people import Case, Coder, Document, Informant
from qualcode.domain.query import Query
from qualcode.domain.query_matching import Among
from qualcode.domain.query_reading import query_of
from qualcode.domain.span import Anchor
from tests.reporting.samples import segment, small_codebook

TURN = 7
"""Characters of a turn in every document but `bare`, which has none."""


def _enum(id: str, *values: str, derived_from: str | None = None) -> Attribute:
    allowed = tuple(AttributeValue(value) for value in values)
    return Attribute(id, Entity.INFORMANT, "enum", {"en": id}, allowed, derived_from=derived_from)


_PHASES = tuple(QualifierValue(value, value[0]) for value in ("before", "after"))
FACTS = Facts(
    replace(
        small_codebook(),
        qualifiers=(Qualifier("phase", {}, QualifierType.ENUM, _PHASES, applies_to=("barrier",)),),
        actor_map=(ActorMapRow("buyer", None, "demand"), ActorMapRow("maker", None, "supply")),
        attributes=(
            Attribute("size", Entity.CASE, "text", {}),
            _enum("trade", "buyer", "maker"),
            _enum("side", "demand", "supply", derived_from="trade"),
        ),
    ),
    Population(
        cases=(Case("A", "Ferry", {"size": ("big",)}), Case("B")),
        documents=tuple(Document(key, "", "", "nb", ("A",), 1, 10, 2) for key in ("d1", "d2", "bare")),
        informants=(
            Informant("I1", attributes={"trade": ("buyer", "maker")}),
            Informant("I2", attributes={"trade": ("buyer",)}),
        ),
        coders=(Coder("anna"), Coder("bjorn"), Coder("Bo and Siri")),
        memos=lambda: {"noted": ["Twice said.", "Ask again"], "fear": ["Trust and fear"]},
    ),
)


def asked(text: str, saved: Mapping[str, str] | None = None, *, exact: bool = False) -> Query:
    return query_of(FACTS, text, saved or {}, exact=exact)


def turns_of_seven(segment: CodedSegment) -> range:
    span = segment.coding.span
    return range(0) if segment.coding.document == "bare" else range(span.start // TURN, (span.end - 1) // TURN + 1)


def among(*segments: CodedSegment) -> Among:
    return Among(lambda: segments, turns_of_seven)


def said(one: CodedSegment, words: str, **qualifiers: str) -> CodedSegment:
    coding = replace(one.coding, anchor=Anchor("", words, ""), qualifiers={**one.coding.qualifiers, **qualifiers})
    return replace(one, coding=coding)


NOBODY = segment("none", code=None, case=None, informant=None, speaker="", turn=None)
