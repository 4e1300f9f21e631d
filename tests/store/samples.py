"""A small study to test on: two families, four codes, two cases, and interviews of a few sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from qualcode.domain.codebook import (
    Attribute,
    AttributeValue,
    Code,
    Codebook,
    Entity,
    Qualifier,
    QualifierType,
    QualifierValue,
    RelationType,
)
from qualcode.domain.people import InformantKind, Speaker, SpeakerRole
from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn
from qualcode.services import coding
from qualcode.services.study import Study
from qualcode.store import belonging, codebooks, documents, people
from qualcode.store.documents import NewDocument
from qualcode.store.rows import as_state
from qualcode.store.schema import metadata

SIZES = (AttributeValue("small"), AttributeValue("large"))
TEXT = "I: Hva stoppet dere?\n\nK: Vi turte ikke. Fristen var kort.\n\nI: Og så?\n\nK: Så kjøpte vi det gamle."
TURNS = (
    Turn(1, 0, 3, 20, "I"),
    Turn(2, 22, 25, 57, "K"),
    Turn(3, 59, 62, 68, "I"),
    Turn(4, 70, 73, len(TEXT), "K"),
)
FEAR = Span(25, 38)
"""«Vi turte ikke»"""
HASTE = Span(40, 56)
"""«Fristen var kort»"""
OLD = Span(73, len(TEXT))
"""The last answer."""


def ticking(start: datetime = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)) -> Callable[[], datetime]:
    """A clock that goes one second further each time it is read."""
    moments = iter(range(1_000_000))
    return lambda: start + timedelta(seconds=next(moments))


def codebook(**changes: Any) -> Codebook:
    """The codebook of the sample study; `changes` replace parts of it."""
    parts: dict[str, Any] = {
        "id": "sample",
        "version": "1",
        "languages": ("en", "nb"),
        "codes": (
            Code("barrier", None, {"en": "Barrier", "nb": "Barriere"}, assignable=False),
            Code("fear", "barrier", {"en": "Fear", "nb": "Frykt"}, keywords={"nb": ("turte", "redd")}),
            Code("haste", "barrier", {"en": "Haste", "nb": "Hastverk"}),
            Code("effect", None, {"en": "Effect", "nb": "Virkning"}, assignable=False),
            Code("old-goods", "effect", {"en": "Old goods", "nb": "Gammelt"}),
            Code("nothing", "effect", {"en": "Nothing", "nb": "Ingenting"}),
        ),
        "qualifiers": (
            Qualifier(
                "certainty",
                {"en": "Certainty"},
                QualifierType.ENUM,
                (QualifierValue("sure", "s"), QualifierValue("unsure", "u")),
                applies_to=("barrier",),
                required_for=("barrier",),
            ),
        ),
        "relation_types": (RelationType("leads-to", {"en": "leads to"}),),
        "attributes": (
            Attribute(
                "size",
                Entity.CASE,
                "enum",
                values=(AttributeValue("small"), AttributeValue("large")),
                required=True,
            ),
            Attribute("topics", Entity.CASE, "text", multiple=True),
            Attribute("post", Entity.INFORMANT, "text"),
        ),
    }
    return Codebook(**(parts | changes))


def furnish(study: Study) -> None:
    """Coders ada (who acts) and bo, the codebook, the cases north and south, the informant kari of a firm."""
    with study.write_unsigned("init", "Furnished", undoable=False) as unit:
        people.add_coder(unit, "ada")
        people.add_coder(unit, "bo")
        codebooks.save(unit, codebook())
        for case in ("north", "south"):
            people.put(unit, Entity.CASE, case)
        people.put(unit, Entity.ORGANISATION, "firm")
        people.put(unit, Entity.INFORMANT, "kari", kind=InformantKind.PERSON, organisation_key="firm")
    study.act_as("ada")


def new_document(key: str, text: str = TEXT, turns: Sequence[Turn] = TURNS) -> NewDocument:
    return NewDocument(
        id=key,
        title=key,
        date="2026-02-01",
        language="nb",
        text=text,
        turns=turns,
        words=len(text.split()),
        source_name=f"{key}.txt",
        sha256=key.ljust(64, "0"),
        encoding="utf-8",
        newline="lf",
    )


def add_document(
    study: Study, key: str, *, cases: Sequence[str] = ("north",), text: str = TEXT, undoable: bool = True
) -> None:
    """A document with its cases, `I` the interviewer and `K` the informant kari, in one operation."""
    with study.write("import", "Imported {document}", undoable=undoable, document=key) as unit:
        documents.add(unit, new_document(key, text, TURNS if text == TEXT else ()))
        belonging.set_cases(unit, key, cases)
        speakers = {
            "I": Speaker("I", SpeakerRole.INTERVIEWER),
            "K": Speaker("K", SpeakerRole.INFORMANT, "kari"),
        }
        belonging.map_speakers(unit, key, speakers if text == TEXT else {})


def put(study: Study, document: str, span: Span, code: str | None, **more: Any) -> str:
    """Code a span; the uid of the coding."""
    return coding.add(study, document, span, code, **more).segment.coding.uid


def codes_on(study: Study, document: str) -> list[tuple[int, int, str | None, str]]:
    """Start, end, code and coder of a document's codings, in text order."""
    return [
        (item.coding.span.start, item.coding.span.end, item.coding.code, item.coding.coder)
        for item in coding.of_document(study, document)
    ]


Everything = dict[str, list[dict[str, Any]]]


def everything(study: Study, *, leave_out: Sequence[str] = ()) -> Everything:
    """All rows of all tables, as the history would keep them."""
    with study.store.read() as connection:
        return {
            table.name: [as_state(table, row) for row in connection.execute(_by_id(table)).mappings()]
            for table in metadata.sorted_tables
            if table.name not in leave_out
        }


def content(study: Study) -> Everything:
    """All rows but the history's own: what undo and redo must bring back."""
    return everything(study, leave_out=("operation", "change"))


def _by_id(table: Table) -> Any:
    return select(table).order_by(table.c.id)
