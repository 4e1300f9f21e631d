"""The examination of a study: what is broken, what stands outside the counts, and what is worth knowing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook, Entity
from qualcode.domain.coding import CodedSegment
from qualcode.errors import N_, BadInput, Message
from qualcode.services import relations
from qualcode.services.study import Study
from qualcode.store import belonging, checks, codings, copies, documents, people
from qualcode.store.engine import is_sqlite
from qualcode.store.study_store import Connection


class Severity(StrEnum):
    ERROR = "error"
    """The study is damaged: what is shown may be wrong."""
    WARNING = "warning"
    """Something stands outside counts or is not as the codebook asks."""
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the doctor says: about how many rows, and which (uids, ids or `document: label`), not cut."""

    severity: Severity
    check: str
    message: Message
    count: int = 0
    places: tuple[str, ...] = ()


def examine(study: Study) -> list[Remark]:
    """Everything worth saying about the study, errors first. Nothing is changed."""
    codebook = study.codebook
    with study.store.read() as connection:
        segments = codings.segments(connection)
        found = [
            *_damage(connection),
            *_outside_counts(connection, segments),
            *_against_codebook(codebook, segments),
            *_undescribed(connection, codebook),
            *_worth_knowing(connection),
        ]
    found += [*_relations_without_case(study, segments), *_rights(study), _network(study)]
    order = list(Severity)
    return sorted(found, key=lambda remark: order.index(remark.severity))


def is_sound(remarks: Iterable[Remark]) -> bool:
    """True where nothing is damaged."""
    return all(remark.severity is not Severity.ERROR for remark in remarks)


def _said(severity: Severity, check: str, template: str, places: Sequence[str]) -> Iterator[Remark]:
    """The remark, unless there is no place to make it about."""
    if places:
        message = Message(template, {"count": len(places)})
        yield Remark(severity, check, message, len(places), tuple(places))


def _damage(connection: Connection) -> Iterator[Remark]:
    error = Severity.ERROR
    pages = checks.damaged_pages(connection)
    yield from _said(error, "pages", N_("Damaged places in the database file: {count}; restore a backup."), pages)
    keys = checks.broken_keys(connection)
    yield from _said(error, "keys", N_("Rows that refer to something that is not there: {count}."), keys)
    astray = [f"{spot.document}: {spot.table} {spot.uid}" for spot in checks.misplaced(connection)]
    yield from _said(error, "quotes", N_("Quotes that are not in the text where they should be: {count}."), astray)
    turns = checks.turns_astray(connection)
    yield from _said(error, "turns", N_("Documents whose turns do not fit the text: {count}."), turns)
    twins = [f"{second.document}: {first.uid} {second.uid}" for first, second in checks.twins(connection)]
    yield from _said(error, "twins", N_("Codings that are there twice: {count}."), twins)
    unlike = [f"{table} {row_id}" for table, row_id in checks.unlike_history(connection)]
    yield from _said(error, "history", N_("Rows that are not as the history left them: {count}."), unlike)


def _outside_counts(connection: Connection, segments: Sequence[CodedSegment]) -> Iterator[Remark]:
    warning = Severity.WARNING
    cases = belonging.cases_by_document(connection)
    several = {key for row_id, key in documents.keys_by_id(connection).items() if len(cases.get(row_id, ())) > 1}
    caseless = [item for item in segments if item.counts and item.case is None]
    ambiguous = [_named(item) for item in caseless if item.coding.document in several]
    template = N_("Codings in documents of several cases without a case, in no case row: {count}.")
    yield from _said(warning, "case", template, ambiguous)
    homeless = [_named(item) for item in caseless if item.coding.document not in several]
    template = N_("Codings in documents without a case, in no case row: {count}.")
    yield from _said(warning, "case", template, homeless)
    silent = [_named(item) for item in segments if item.counts and item.informant is None]
    template = N_("Codings without an informant, which count as segments, never as informants: {count}.")
    yield from _said(warning, "informant", template, silent)
    voices = [f"{document}: {label}" if label else document for document, label in checks.unmapped(connection)]
    yield from _said(warning, "speakers", N_("Speakers mapped to nobody: {count}."), voices)
    unplaced = [_named(item) for item in codings.segments(connection, placed=False)]
    template = N_("Codings that could not be placed in the newest text and count nowhere: {count}.")
    yield from _said(warning, "unplaced", template, unplaced)
    orphans = checks.orphan_memos(connection)
    yield from _said(warning, "memos", N_("Memos on something that is not there any more: {count}."), orphans)


def _relations_without_case(study: Study, segments: Sequence[CodedSegment]) -> Iterator[Remark]:
    found = [item.relation for item in relations.listing(study, segments=segments) if item.case is None]
    places = [f"{relation.document}: {relation.uid}" for relation in found]
    yield from _said(Severity.WARNING, "case", N_("Relations without a case, in no case row: {count}."), places)


def _against_codebook(codebook: Codebook, segments: Sequence[CodedSegment]) -> Iterator[Remark]:
    warning = Severity.WARNING
    known: dict[tuple[object, ...], tuple[bool, bool, bool]] = {}
    groups: tuple[list[str], list[str], list[str]] = ([], [], [])
    for item in segments:
        coding = item.coding
        key = (coding.code, *coding.qualifiers.items())
        if key not in known:
            known[key] = _shortcomings(codebook, item)
        for group, is_short in zip(groups, known[key], strict=True):
            if is_short:
                group.append(_named(item))
    missing, invalid, unassignable = groups
    template = N_("Codings without a qualifier that the codebook requires: {count}.")
    yield from _said(warning, "qualifiers", template, missing)
    template = N_("Codings with a qualifier that the codebook does not allow there: {count}.")
    yield from _said(warning, "qualifiers", template, invalid)
    template = N_("Codings with a code that is retired or cannot be put on a span: {count}.")
    yield from _said(warning, "codes", template, unassignable)


def _shortcomings(codebook: Codebook, segment: CodedSegment) -> tuple[bool, bool, bool]:
    """A required qualifier is missing, one is not allowed, the code cannot be put any more."""
    code, qualifiers = segment.coding.code, segment.coding.qualifiers
    try:
        qualifying.validated(codebook, code, qualifiers)
        invalid = False
    except BadInput:
        invalid = True
    unassignable = code is not None and (codebook[code].retired or not codebook[code].assignable)
    return bool(qualifying.missing(codebook, code, qualifiers)), invalid, unassignable


def _undescribed(connection: Connection, codebook: Codebook) -> Iterator[Remark]:
    described = {
        Entity.CASE: people.cases(connection),
        Entity.ORGANISATION: people.organisations(connection),
        Entity.INFORMANT: people.informants(connection),
        Entity.DOCUMENT: documents.listing(connection),
    }
    places = [
        f"{entity} {item.id}: {attribute.id}"
        for entity, items in described.items()
        for attribute in codebook.attributes_of(entity)
        if attribute.required and not attribute.derived and attribute.default is None
        for item in items
        if not item.attributes.get(attribute.id)
    ]
    template = N_("Attributes that the codebook requires, without a value: {count}.")
    yield from _said(Severity.WARNING, "attributes", template, places)


def _worth_knowing(connection: Connection) -> Iterator[Remark]:
    information = Severity.INFORMATION
    gone = [f"{kind} {key}" for kind, keys in checks.removed(connection).items() for key in keys]
    template = N_("Removed documents, cases, people and coders, which count and export nowhere: {count}.")
    yield from _said(information, "removed", template, gone)
    last = checks.last_done(connection, "backup")
    message = Message(N_("The history knows of no backup; `qualcode backup` makes one."))
    if last is not None:
        message = Message(N_("The last backup was made on {date} (UTC)."), {"date": f"{last:%Y-%m-%d %H:%M}"})
    yield Remark(information, "backup", message)


def _rights(study: Study) -> Iterator[Remark]:
    if not is_sqlite(study.store.address) or os.name != "posix":
        return
    file = copies.database_file(study.store.address)
    if file.stat().st_mode & 0o077:
        message = Message(
            N_("Others on this machine may read or write {file}; `chmod 600` shuts them out."), {"file": str(file)}
        )
        yield Remark(Severity.WARNING, "rights", message, 1, (str(file),))


def _network(study: Study) -> Remark:
    template = N_("The study is on the server {where}; no command reaches anything else.")
    if is_sqlite(study.store.address):
        template = N_("Nothing leaves this machine: the study is {where}, and no command uses a network.")
    return Remark(Severity.INFORMATION, "network", Message(template, {"where": study.store.where}))


def _named(segment: CodedSegment) -> str:
    return f"{segment.coding.document}: {segment.coding.uid}"
