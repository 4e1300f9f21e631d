"""Coding: putting codes on spans, changing and removing codings, and reading them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment, Coding, CodingOrigin, CodingStatus
from qualcode.domain.placing import case_of, placed_segment
from qualcode.domain.span import Span, anchor_of
from qualcode.domain.transcript import Turn, main_turn
from qualcode.errors import N_, BadInput, Conflict
from qualcode.services import blinding
from qualcode.services.study import Study
from qualcode.store import belonging, codings, documents, lookup, memos
from qualcode.store.codings import Dependents, NewCoding
from qualcode.store.documents import Connection, VersionText
from qualcode.store.schema.coding import coding as coding_table
from qualcode.store.unit import Unit

KEEP: Any = object()
"""Says of an argument of `edit`: leave it as it is (None is a value there)."""


@dataclass(frozen=True, slots=True)
class Added:
    """The coding, and whether it is new: the same coding a second time is no error and changes nothing.

    `memo_is_new` is False where no memo was given, and where the coding had one with that text already.
    """

    segment: CodedSegment
    is_new: bool
    memo_is_new: bool = False


def add(
    study: Study,
    document: str,
    span: Span,
    code: str | None,
    *,
    qualifiers: Mapping[str, str] | None = None,
    case: str | None = None,
    memo: str = "",
    origin: CodingOrigin = CodingOrigin.MANUAL,
    confidence: float | None = None,
) -> Added:
    """Put `code` on `span` of the document's newest version, as the coder who acts; without a code: a quotation.

    The memo of a coding that is there already is written all the same, but no text twice.

    Raises NotFound (document, code, case), BadInput (span outside the text, code not assignable, qualifiers).
    """
    text = study.text(document)
    summary = N_("{code} put on {document} {start}-{end}") if code else N_("Quotation {document} {start}-{end}")
    with study.write("code", summary, code=code or "", document=document, start=span.start, end=span.end) as unit:
        coding, is_new = add_in(
            unit,
            study,
            text,
            span,
            code,
            qualifiers=qualifiers or {},
            case=case,
            origin=origin,
            confidence=confidence,
        )
        if is_new and memo.strip():
            memos.add(unit, coding_table, coding.uid, memo)
        segment = _placed(unit.connection, coding, text)
    return Added(segment, is_new, bool(memo.strip()) and (is_new or _add_memo_once(study, coding.uid, memo)))


def _add_memo_once(study: Study, uid: str, text: str) -> bool:
    """A memo on a coding that was there before; False where it has one with this text."""
    with study.write("memo", N_("Memo on {target}"), target=uid) as unit:
        is_new = text.strip() not in (known.text.strip() for known in memos.listing(unit.connection, [uid]))
        if is_new:
            memos.add(unit, coding_table, uid, text)
    return is_new


def add_in(
    unit: Unit,
    study: Study,
    text: VersionText,
    span: Span,
    code: str | None,
    *,
    qualifiers: Mapping[str, str],
    case: str | None = None,
    origin: CodingOrigin = CodingOrigin.MANUAL,
    confidence: float | None = None,
) -> tuple[Coding, bool]:
    """As `add`, inside a unit of work that does more; the coding, and whether it is new."""
    codebook = study.codebook
    check_assignable(codebook, code)
    new = NewCoding(
        version_id=text.version_id,
        span=span,
        anchor=anchor_of(text.text, span),
        code_id=study.code_id(code),
        uid=str(uuid4()),
        coder_id=study.coder_id,
        case_id=own_case_id(unit, text.document_id, case),
        qualifiers=qualifying.validated(codebook, code, qualifiers),
        origin=origin,
        confidence=confidence,
    )
    known = codings.find(unit.connection, new.identity)
    if known is not None:
        return codings.coding_of(unit.connection, known), False
    codings.add(unit, new)
    coding = Coding(
        uid=str(new.uid),
        document=text.document,
        version=text.version,
        span=span,
        anchor=new.anchor,
        code=code,
        coder=study.coder,
        created_at=unit.at,
        updated_at=unit.at,
        qualifiers=new.qualifiers,
        case=case if new.case_id is not None else None,
        origin=origin,
        confidence=confidence,
    )
    return coding, True


def check_assignable(codebook: Codebook, code: str | None) -> None:
    """Raises NotFound for an unknown code, BadInput for one that cannot be put on a span."""
    if code is None:
        return
    if code not in codebook:
        raise lookup.unknown("code", code, (item.id for item in codebook.codes))
    if codebook[code].retired:
        raise BadInput(
            N_("The code {code} is retired."),
            hint=N_("Use {other} instead.") if codebook[code].merged_into else N_("Choose another code."),
            code=code,
            other=codebook[code].merged_into or "",
        )
    if not codebook[code].assignable:
        raise BadInput(
            N_("{code} is a family and cannot be put on a span."),
            hint=N_("Choose one of its codes: {codes}."),
            code=code,
            codes=", ".join(child.id for child in codebook.children(code)),
        )


def own_case_id(unit: Unit, document_id: int, case: str | None) -> int | None:
    """The row id of a coding's own case; None where it equals the document's only case (rule 1)."""
    if case is None:
        return None
    case_id = lookup.row_id(unit.connection, lookup.CASE, case)
    only = case_of(None, belonging.cases_of(unit.connection, document_id))
    return None if only == case else case_id


def edit(
    study: Study,
    uid: str,
    *,
    code: str | None = KEEP,
    span: Span = KEEP,
    qualifiers: Mapping[str, str] = KEEP,
    case: str | None = KEEP,
    status: CodingStatus = KEEP,
) -> CodedSegment:
    """Change a coding. Qualifiers are merged in, an empty value clears one; those that no longer apply go.

    Raises Conflict where it would become the same as another coding.
    """
    segment = get(study, uid)
    old = segment.coding
    codebook = study.codebook
    wanted_code = old.code if code is KEEP else code
    check_assignable(codebook, None if code is KEEP else code)
    values: dict[str, Any] = {}
    with study.write("edit", N_("Coding of {document} changed"), document=old.document) as unit:
        row = codings.row_of(unit.connection, old.uid)
        if code is not KEEP:
            values["code_id"] = study.code_id(code)
        if code is not KEEP or qualifiers is not KEEP:
            applying = {item.id for item in codebook.qualifiers_for(wanted_code)} if wanted_code else set[str]()
            kept = {key: value for key, value in row.qualifiers.items() if key in applying}
            asked = {} if qualifiers is KEEP else dict(qualifiers)
            values["qualifiers"] = qualifying.validated(codebook, wanted_code, kept | asked)
        if span is not KEEP:
            anchor = anchor_of(study.text(old.document).text, span)
            values |= {"start": span.start, "end": span.end}
            values |= {"prefix": anchor.prefix, "exact": anchor.exact, "suffix": anchor.suffix}
        if case is not KEEP:
            values["case_id"] = own_case_id(unit, study.text(old.document).document_id, case)
        if status is not KEEP:
            values["status"] = status
        _refuse_twin(unit, row, values)
        codings.edit(unit, row.id, **values)
    return get(study, old.uid)


def _refuse_twin(unit: Unit, row: Any, values: Mapping[str, Any]) -> None:
    def wanted(name: str) -> Any:
        return values.get(name, getattr(row, name))

    identity = (
        row.document_version_id,
        wanted("start"),
        wanted("end"),
        wanted("code_id"),
        row.coder_id,
        row.round,
        wanted("case_id"),
    )
    twin = codings.find(unit.connection, identity)
    if twin is not None and twin != row.uid:
        raise Conflict(N_("That coding exists already ({uid})."), hint=N_("Remove one of the two."), uid=twin[:8])


def remove(study: Study, uids: Sequence[str]) -> Dependents:
    """Delete codings with the relations and evidence links that rest on them; how many of those went too."""
    summary = N_("Coding removed") if len(uids) == 1 else N_("{count} codings removed")
    with study.write("remove", summary, count=len(uids)) as unit:
        row_ids = [codings.row_of(unit.connection, uid).id for uid in uids]
        gone = codings.dependents(unit.connection, row_ids)
        codings.remove(unit, row_ids)
    return gone


def dependents(study: Study, uids: Sequence[str]) -> Dependents:
    """What `remove` would take along: said before it is done."""
    with study.store.read() as connection:
        return codings.dependents(connection, [codings.row_of(connection, uid).id for uid in uids])


def get(study: Study, uid: str) -> CodedSegment:
    """One coding with its place, by its uid or the unambiguous start of it. Raises NotFound."""
    with study.store.read() as connection:
        row = codings.row_of(connection, uid)
        coding = codings.coding_of(connection, row.uid)
        return _placed(connection, coding, study.text(coding.document))


def _placed(connection: Connection, coding: Coding, newest: VersionText) -> CodedSegment:
    turns: Sequence[Turn] = newest.turns
    if coding.version != newest.version:
        turns = documents.turns_of(connection, coding.document, coding.version)
    speakers = belonging.speakers_by_document(connection, newest.document_id).get(newest.document_id, [])
    cases = belonging.cases_of(connection, newest.document_id)
    return placed_segment(coding, turns, {speaker.label: speaker for speaker in speakers}, cases)


def of_document(study: Study, document: str) -> list[CodedSegment]:
    """All coders' placed codings of a document, in text order. Raises NotFound."""
    with study.store.read() as connection:
        lookup.row_id(connection, lookup.DOCUMENT, document)
        return codings.segments(connection, document_key=document)


def everything(study: Study, *, coder: str | None = None, placed: bool = True) -> list[CodedSegment]:
    """All codings of documents that are not removed; of one coder, or the unplaced ones, where asked for."""
    with study.store.read() as connection:
        if coder is not None:
            lookup.row_id(connection, lookup.CODER, coder)
        return codings.segments(connection, coder_name=coder, placed=placed)


def counts_by_code(study: Study) -> dict[str, int]:
    """Code id -> its placed codings, those left out that must stay hidden from the coder who acts."""
    with study.store.read() as connection:
        counts = codings.counts_by_code(connection)
    return _without(counts, (item.coding.code or "" for item in blinding.hidden_codings(study)))


def counts_by_document(study: Study) -> dict[str, int]:
    """Document id -> its placed codings, quotations included, those left out that must stay hidden."""
    with study.store.read() as connection:
        counts = codings.counts_by_document(connection)
    return _without(counts, (item.coding.document for item in blinding.hidden_codings(study)))


def counts_by_coder(study: Study) -> dict[str, int]:
    """Name of a coder -> their placed codings, those left out that must stay hidden from the coder who acts."""
    with study.store.read() as connection:
        counts = codings.counts_by_coder(connection)
    return _without(counts, (item.coding.coder for item in blinding.hidden_codings(study)))


def _without(counts: Mapping[str, int], hidden: Iterable[str]) -> dict[str, int]:
    less = Counter(hidden)
    return {key: count - less[key] for key, count in counts.items() if count > less[key]}


def proposed_qualifiers(
    study: Study, document: str, span: Span, code: str, *, segments: Iterable[CodedSegment] | None = None
) -> dict[str, str]:
    """The codebook's defaults for the code, and what carries over from this coder's coding before in the turn.

    `segments` where the caller has all codings of the document at hand already.
    """
    codebook = study.codebook
    proposed = qualifying.defaults(codebook, code)
    turn = main_turn(study.text(document).turns, span)
    family = codebook.family(code)
    known = of_document(study, document) if segments is None else segments
    for segment in sorted(known, key=lambda item: item.coding.created_at, reverse=True):
        same = segment.coding.coder == study.coder and segment.turn == (turn.number if turn else None)
        if same and segment.coding.code and codebook.family(segment.coding.code) == family:
            return proposed | qualifying.carried_over(codebook, code, segment.coding.qualifiers)
    return proposed
