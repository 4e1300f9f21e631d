"""Codings as they are shown: one in two lines, many as a table for people or for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.cli.output import say
from qualcode.cli.qualifier_options import qualifiers_said
from qualcode.cli.records import short_id
from qualcode.domain.coding import CodedSegment, CodingStatus
from qualcode.domain.tabular import Cell, Table
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.services.study import Study

QUOTATION = "-"
"""Said in place of a code: a quotation, which is kept and counted nowhere."""
_QUOTE_CHARACTERS = 60
_INDENT = "          "


def say_coding(study: Study, segment: CodedSegment, proposed: Iterable[str] = ()) -> None:
    """One line for what was put where, one for what was said of it."""
    coding = segment.coding
    code = study.codebook[coding.code].name(study.language) if coding.code else _("Quotation")
    line = _("{id}  {code} on {document} {start}-{end}: «{quote}»")
    place = {"document": coding.document, "start": coding.span.start, "end": coding.span.end}
    say(line.format(id=short_id(coding.uid), code=code, quote=_shortened(coding.anchor.exact), **place))
    facts = [
        qualifiers_said(study.codebook, dict(coding.qualifiers), proposed),
        _("informant {id}").format(id=segment.informant) if segment.informant else _("no informant"),
        _("case {id}").format(id=segment.case) if segment.case else _("no case"),
        _("disputed") if coding.status is CodingStatus.DISPUTED else "",
    ]
    say(_INDENT + "; ".join(fact for fact in facts if fact))


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTE_CHARACTERS else words[: _QUOTE_CHARACTERS - 1].rstrip() + "…"


def screen_table(segments: Sequence[CodedSegment]) -> Table:
    """What fits on a screen."""
    rows = [
        (
            short_id(item.coding.uid),
            item.coding.document,
            f"{item.coding.span.start}-{item.coding.span.end}",
            item.informant or item.speaker,
            item.coding.code or QUOTATION,
            item.coding.coder,
            " ".join(item.coding.anchor.exact.split()),
        )
        for item in segments
    ]
    headers = ("coding_id", "document", "span", "informant", "code_id", "coder", "text")
    labels = (_("Coding"), _("Document"), _("Span"), _("Who"), _("Code"), _("Coder"), _("Text"))
    return Table(headers, rows, labels=labels)


def complete_table(study: Study, segments: Sequence[CodedSegment]) -> Table:
    """All that a program may ask, under the names of `export segments`."""
    qualifiers = [qualifier.id for qualifier in study.codebook.qualifiers]
    rows: list[tuple[Cell, ...]] = [
        (
            item.coding.uid,
            item.coding.document,
            item.case,
            item.informant,
            item.speaker,
            item.turn,
            item.coding.span.start,
            item.coding.span.end,
            item.coding.anchor.exact,
            item.coding.code,
            *(item.coding.qualifiers.get(name, "") for name in qualifiers),
            item.coding.status,
            item.coding.coder,
            item.coding.origin,
            item.coding.confidence,
            item.coding.created_at,
            item.coding.updated_at,
        )
        for item in segments
    ]
    place = ("coding_id", "document", "case", "informant", "speaker", "turn", "start", "end", "text", "code_id")
    rest = ("status", "coder", "origin", "confidence", "created_at", "updated_at")
    return Table((*place, *qualifiers, *rest), rows, free_text=frozenset({"text", "speaker", "coder"}))
