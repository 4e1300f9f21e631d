"""Codings from a CSV with the columns of `export segments`: our own exports, another coder's, a script's.

All or nothing as to what the file names: an unknown document, code, coder or qualifier value refuses the file. A
quote that stands in several equally good places is stored unplaced; one that is not there is listed, not stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid4

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodingOrigin, CodingStatus
from qualcode.domain.progress import Report, silent, track
from qualcode.domain.span import Span, anchor_of
from qualcode.errors import N_, BadInput, Message
from qualcode.formats.csv_rows import CsvRow, CsvTable, read_csv
from qualcode.services.attributes import located
from qualcode.services.cells import fraction, member, number
from qualcode.services.coding import own_case_id
from qualcode.services.disk import content_of
from qualcode.services.quote_placing import Found, place_quote
from qualcode.services.study import Study
from qualcode.store import codings, lookup, memos, people
from qualcode.store.codings import Identity, NewCoding
from qualcode.store.documents import VersionText, text_of
from qualcode.store.schema.coding import coding as coding_table
from qualcode.store.unit import Unit

_NEEDED = ("document", "text")
OWN_QUALIFIER = "qualifier."
"""Begins the column of a qualifier that has no fixed column."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that needs the researcher's eye: not found, in several places, or found only nearly."""

    line: int
    document: str
    text: str
    places: int
    ratio: float = 0.0


@dataclass(slots=True)
class CodingsImported:
    new: int = 0
    known: int = 0
    """The same coding was there already."""
    nearly: list[Listed] = field(default_factory=list[Listed])
    """Placed where the words are nearly the same; each with its ratio."""
    unplaced: list[Listed] = field(default_factory=list[Listed])
    """Stored, but counted nowhere until given a span."""
    missing: list[Listed] = field(default_factory=list[Listed])
    """Not stored."""


def import_codings(
    study: Study, path: Path, *, new_coders: bool = False, raw: bool = False, report: Report = silent
) -> CodingsImported:
    """Store the codings of a CSV, as one operation.

    `new_coders` adds coders the study does not know; `raw` takes free text as it stands, without the formula guard.
    Raises BadInput with file and line, Cancelled.
    """
    table = read_csv(content_of(path), name=path.name, raw=raw)
    _check_columns(table, path.name)
    with study.write("import", N_("Codings imported from {file}"), file=path.name) as unit:
        batch = _Batch(unit, study, table)
        for name in batch.unknown_coders() if new_coders else ():
            people.add_coder(unit, name)
        for row in track(table.rows, Message(N_("Importing codings")), report):
            with located(path.name, row.line):
                batch.take(row)
        batch.store()
    return batch.result


def _check_columns(table: CsvTable, name: str) -> None:
    codes = () if "code" in table.headers else ("code_id",)
    hint = N_("Needed are document, text, and code_id or code.")
    table.require(*_NEEDED, *codes, name=name, hint=hint)


class _Batch:
    """The rows of one file on their way into one operation."""

    def __init__(self, unit: Unit, study: Study, table: CsvTable) -> None:
        self.result = CodingsImported()
        self._unit = unit
        self._study = study
        self._table = table
        self._codebook = study.codebook
        self._texts: dict[str, VersionText] = {}
        self._coder_ids: dict[str, int] = {}
        self._cases: dict[tuple[int, str], int | None] = {}
        self._new: dict[Identity | str, tuple[NewCoding, str]] = {}

    def unknown_coders(self) -> list[str]:
        known = set(lookup.keys(self._unit.connection, lookup.CODER))
        named = dict.fromkeys(row.verbatim("coder").strip() for row in self._table.rows)
        return [name for name in named if name and name not in known]

    def take(self, row: CsvRow) -> None:
        """Read one row: place its quote, check its values. Raises NotFound, BadInput."""
        text = self._text(row["document"])
        words = row.verbatim("text")
        found = self._place(row, text, words)
        if not found.spans:
            self.result.missing.append(Listed(row.line, text.document, words, 0))
            return
        new = self._new_coding(row, text, found)
        if not new.placed:
            self.result.unplaced.append(Listed(row.line, text.document, words, len(found.spans), found.ratio))
        elif found.ratio < 100:
            self.result.nearly.append(Listed(row.line, text.document, words, 1, found.ratio))
        memo = row.verbatim("memo")
        key = new.identity if new.placed else str(new.uid)
        if self._new.setdefault(key, (new, memo))[0] is not new:
            self.result.known += 1

    def store(self) -> None:
        """Write what is new, and its memos as those of the coding's coder."""
        versions = {new.version_id for new, _ in self._new.values()}
        known = codings.identities(self._unit.connection, versions)
        waiting = codings.unplaced_identities(self._unit.connection, versions)
        fresh: list[tuple[NewCoding, str]] = []
        for new, memo in self._new.values():
            if new.placed and new.identity in known:
                continue
            # The same quote may be coded in two of its places: as many rows as are stored already are those.
            if not new.placed and waiting[new.identity]:
                waiting[new.identity] -= 1
                continue
            fresh.append((new, memo))
        self.result.known += len(self._new) - len(fresh)
        self.result.new = len(fresh)
        codings.add_many(self._unit, [new for new, _memo in fresh])
        memos.add_many(
            self._unit,
            coding_table,
            [(str(new.uid), new.coder_id, memo) for new, memo in fresh if memo.strip()],
        )

    def _text(self, document: str) -> VersionText:
        if document not in self._texts:
            self._texts[document] = text_of(self._unit.connection, document)
        return self._texts[document]

    def _place(self, row: CsvRow, text: VersionText, words: str) -> Found:
        if not words.strip():
            raise BadInput(N_("The text is empty."), hint=N_("Give the words that are coded."))
        start, end, turn = number(row, "start"), number(row, "end"), number(row, "turn")
        at = Span(start, end) if start is not None and end is not None else None
        within = None
        if at is None and turn is not None:
            if not 1 <= turn <= len(text.turns):
                raise BadInput(
                    N_("{document} has no turn {turn}."),
                    hint=N_("It has {count} turns."),
                    document=text.document,
                    turn=turn,
                    count=len(text.turns),
                )
            within = text.turns[turn - 1].body
        return place_quote(text.text, words, at=at, within=within)

    def _new_coding(self, row: CsvRow, text: VersionText, found: Found) -> NewCoding:
        code = code_of(self._codebook, row["code_id"], row.verbatim("code").strip())
        span = found.spans[0]
        return NewCoding(
            version_id=text.version_id,
            span=span,
            anchor=anchor_of(text.text, span),
            code_id=self._study.code_id(code),
            coder_id=self._coder_id(row.verbatim("coder").strip()),
            case_id=self._own_case(text.document_id, row["case"]),
            qualifiers=qualifying.validated(self._codebook, code, self._qualifiers(row)),
            origin=member(CodingOrigin, row["origin"], CodingOrigin.IMPORT),
            confidence=fraction(row, "confidence"),
            status=member(CodingStatus, row["status"], CodingStatus.ACCEPTED),
            placed=found.span is not None,
            uid=self._uid(row["coding_id"]),
        )

    def _qualifiers(self, row: CsvRow) -> dict[str, str]:
        return {qualifier: row[column] for qualifier, column in self._qualifier_columns.items()}

    @cached_property
    def _qualifier_columns(self) -> Mapping[str, str]:
        """Qualifier id -> its column, of those the file has."""
        columns: dict[str, str] = {}
        for qualifier in self._codebook.qualifiers:
            for column in (qualifier.id, OWN_QUALIFIER + qualifier.id):
                if column in self._table.headers:
                    columns[qualifier.id] = column
        return columns

    def _coder_id(self, name: str) -> int:
        name = name or self._study.coder
        if name not in self._coder_ids:
            self._coder_ids[name] = lookup.row_id(self._unit.connection, lookup.CODER, name)
        return self._coder_ids[name]

    def _own_case(self, document_id: int, case: str) -> int | None:
        if not case:
            return None
        key = (document_id, case)
        if key not in self._cases:
            self._cases[key] = own_case_id(self._unit, document_id, case)
        return self._cases[key]

    @cached_property
    def _stored_uids(self) -> set[str]:
        return codings.uids(self._unit.connection)

    def _uid(self, given: str) -> str:
        """The given id where it is a UUID that the study does not have; else a new one."""
        try:
            uid = str(UUID(given))
        except ValueError:
            return str(uuid4())
        if uid in self._stored_uids:
            return str(uuid4())
        self._stored_uids.add(uid)
        return uid


def code_of(codebook: Codebook, code_id: str, name: str) -> str | None:
    """The code a row means: by id, else by name in any language; None for a quotation.

    Raises NotFound for an unknown code, BadInput for a name of several codes or a family.
    """
    if not code_id and not name:
        return None
    if code_id:
        if code_id not in codebook:
            raise lookup.unknown("code", code_id, (code.id for code in codebook.codes))
        found = [code_id]
    else:
        wanted = name.casefold()
        found = [code.id for code in codebook.codes if wanted in {text.casefold() for text in code.names.values()}]
    if not found:
        raise lookup.unknown("code", name, (text for code in codebook.codes for text in code.names.values()))
    if len(found) > 1:
        raise BadInput(
            N_("The name {name!r} means several codes."),
            hint=N_("Give a code_id: {ids}."),
            name=name,
            ids=", ".join(found),
        )
    if not codebook[found[0]].assignable:
        raise BadInput(
            N_("{code} is a family and cannot be put on a span."),
            hint=N_("Choose one of its codes."),
            code=found[0],
        )
    return found[0]
