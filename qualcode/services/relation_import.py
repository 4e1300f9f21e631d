"""Relations from a CSV with the columns of `export relations`.

An end is found by its id, else by document, code and coder with its span, or with its words (`source_text`, and
`source_turn` where they repeat). What is not found, or found in several places, is listed and not stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from qualcode.domain.coding import CodedSegment
from qualcode.domain.progress import Report, silent, track
from qualcode.domain.relation import Claimant, Stance
from qualcode.domain.span import Span
from qualcode.errors import N_, Message
from qualcode.formats.csv_rows import CsvRow, CsvTable, read_csv
from qualcode.services.attributes import located
from qualcode.services.cells import member, number
from qualcode.services.disk import content_of
from qualcode.services.quote_placing import place_quote
from qualcode.services.relations import default_quote, fitting_type, relate_in
from qualcode.services.study import Study
from qualcode.store import codings, lookup, memos
from qualcode.store.documents import VersionText, text_of
from qualcode.store.schema.coding import relation as relation_table
from qualcode.store.unit import Unit

_NEEDED = ("type", "document")
SOURCE, TARGET = "source", "target"


@dataclass(frozen=True, slots=True)
class NotRelated:
    """A row that was not stored, and why."""

    line: int
    reason: Message


@dataclass(slots=True)
class RelationsImported:
    new: int = 0
    known: int = 0
    listed: list[NotRelated] = field(default_factory=list[NotRelated])


class _NotOne(Exception):
    """An end or quote that is nowhere, or in several places: the row is listed."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def import_relations(study: Study, path: Path, *, raw: bool = False, report: Report = silent) -> RelationsImported:
    """Store the relations of a CSV, as one operation; `raw` takes free text without taking a formula guard off.

    Raises BadInput with file and line: an unknown type, coder, document or value, or ends the type does not fit.
    """
    table = read_csv(content_of(path), name=path.name, raw=raw)
    hint = N_("Needed are type, document, and what tells the two codings.")
    table.require(*_NEEDED, name=path.name, hint=hint)
    result = RelationsImported()
    with study.write("import", N_("Relations imported from {file}"), file=path.name) as unit:
        batch = _Batch(unit, study, table)
        for row in track(table.rows, Message(N_("Importing relations")), report):
            with located(path.name, row.line):
                try:
                    is_new = batch.store(row)
                except _NotOne as not_one:
                    result.listed.append(NotRelated(row.line, not_one.message))
                    continue
            result.new += is_new
            result.known += not is_new
    return result


class _Batch:
    def __init__(self, unit: Unit, study: Study, table: CsvTable) -> None:
        self._unit = unit
        self._study = study
        self._table = table
        self._texts: dict[str, VersionText] = {}
        self._by_uid: dict[str, CodedSegment] = {}
        self._by_code: dict[tuple[str, str | None, str], list[CodedSegment]] = {}
        for segment in codings.segments(unit.connection):
            item = segment.coding
            self._by_uid[item.uid] = segment
            self._by_code.setdefault((item.document, item.code, item.coder), []).append(segment)

    def store(self, row: CsvRow) -> bool:
        """Store one row; whether it is new. Raises _NotOne, QualcodeError."""
        coder = row.verbatim("coder").strip() or self._study.coder
        coder_id = lookup.row_id(self._unit.connection, lookup.CODER, coder)
        ends = self._end(row, SOURCE, coder), self._end(row, TARGET, coder)
        kind = fitting_type(self._study.codebook, row["type"], *ends)
        text, span = self._quote(row, ends)
        uid, is_new = relate_in(
            self._unit,
            self._study,
            kind,
            ends,
            text,
            span,
            case=row["case"] or None,
            stance=member(Stance, row["stance"], Stance.STATES),
            claimed_by=member(Claimant, row["claimed_by"], Claimant.INFORMANT),
            coder_id=coder_id,
            uid=_uuid(row["relation_id"]),
        )
        if is_new and row.verbatim("memo").strip():
            memos.add_many(self._unit, relation_table, [(uid, coder_id, row.verbatim("memo"))])
        return is_new

    def _end(self, row: CsvRow, which: str, coder: str) -> CodedSegment:
        given = row[f"{which}_id"]
        if given in self._by_uid:
            return self._by_uid[given]
        document = row[f"{which}_document"] or row["document"]
        self._text(document)
        code = row[f"{which}_code_id"]
        self._study.code_id(code)
        near = self._by_code.get((document, code, coder), [])
        found = [segment for segment in near if _is_end(segment, row, which)]
        if len(found) == 1:
            return found[0]
        template = N_("the {which} coding is not there") if not found else N_("{count} codings may be the {which}")
        raise _NotOne(Message(template, {"which": which, "count": len(found)}))

    def _quote(self, row: CsvRow, ends: tuple[CodedSegment, CodedSegment]) -> tuple[VersionText, Span]:
        words = row.verbatim("text")
        if not words.strip():
            document, span = default_quote(self._study, *ends)
            return self._text(document), span
        text = self._text(row["document"])
        start, end, turn = number(row, "start"), number(row, "end"), number(row, "turn")
        at = Span(start, end) if start is not None and end is not None else None
        within = text.turns[turn - 1].body if turn and turn <= len(text.turns) else None
        found = place_quote(text.text, words, at=at, within=within)
        if found.span is None:
            message = N_("the quote is not there") if not found.spans else N_("the quote stands in {count} places")
            raise _NotOne(Message(message, {"count": len(found.spans)}))
        return text, found.span

    def _text(self, document: str) -> VersionText:
        if document not in self._texts:
            self._texts[document] = text_of(self._unit.connection, document)
        return self._texts[document]


def _is_end(segment: CodedSegment, row: CsvRow, which: str) -> bool:
    coding = segment.coding
    start, end = number(row, f"{which}_start"), number(row, f"{which}_end")
    if start is not None and end is not None:
        fits = (coding.span.start, coding.span.end) == (start, end)
    else:
        turn = number(row, f"{which}_turn")
        fits = coding.anchor.exact == row.verbatim(f"{which}_text") and turn in (None, segment.turn)
    case = row[f"{which}_case"] or row["case"]
    return fits and (not case or segment.case in (None, case))


def _uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
