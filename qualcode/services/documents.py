"""Documents: listing, showing, describing, renaming and removing them, and saying who speaks in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Document, Speaker, SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.transcript import Turn
from qualcode.errors import N_, BadInput, NotFound
from qualcode.formats.csv_rows import CsvTable, read_csv
from qualcode.services import attributes
from qualcode.services.disk import content_of
from qualcode.services.keys import check_key, check_language
from qualcode.services.study import Study
from qualcode.store import attributes as stored_attributes
from qualcode.store import belonging, documents, lookup, people
from qualcode.store.documents import VersionText
from qualcode.store.unit import Unit

INTERVIEWER_LABELS = frozenset({"i", "int", "intervjuer", "intervjuar", "interviewer", "moderator", "researcher"})
"""Labels (case folded) that mean the interviewer unless the user says otherwise."""

_FIELDS = ("cases", "title", "date", "language")


def listing(study: Study, *, removed: bool = False) -> list[Document]:
    """The documents in order of import; the removed ones only with `removed`."""
    with study.store.read() as connection:
        return documents.listing(connection, removed=removed)


def get(study: Study, document: str) -> Document:
    """One document as listed. Raises NotFound."""
    text_of(study, document)
    return next(item for item in listing(study) if item.id == document)


def text_of(study: Study, document: str) -> VersionText:
    """The newest text with its turns. Raises NotFound."""
    return study.text(document)


@dataclass(frozen=True, slots=True)
class Voice:
    """A label of a document, how it is mapped, and how much it says."""

    label: str
    speaker: Speaker | None
    """None: not mapped yet."""
    turns: int
    words: int


def voices(study: Study, document: str) -> list[Voice]:
    """The labels of a document in order of first appearance; the whole document where it has no turns."""
    text = study.text(document)
    with study.store.read() as connection:
        mapped = {speaker.label: speaker for speaker in belonging.speakers_of(connection, document)}
    if not text.turns:
        return [Voice(WHOLE_DOCUMENT, mapped.get(WHOLE_DOCUMENT), 0, len(text.text.split()))]
    by_label: dict[str, list[Turn]] = {}
    for turn in text.turns:
        by_label.setdefault(turn.speaker, []).append(turn)
    return [
        Voice(label, mapped.get(label), len(turns), sum(_words(text.text, turn) for turn in turns))
        for label, turns in by_label.items()
    ]


def _words(text: str, turn: Turn) -> int:
    return len(text[turn.body_start : turn.end].split())


def speakers(study: Study, document: str) -> dict[str, Speaker]:
    """Label -> what it stands for, of the mapped labels."""
    with study.store.read() as connection:
        return {speaker.label: speaker for speaker in belonging.speakers_of(connection, document)}


def map_speaker(study: Study, document: str, label: str, means: str, *, new: bool = False) -> None:
    """Say that `label` is an informant (by id), `interviewer` or `none`; with `new` the informant is added.

    Raises NotFound (document, informant), BadInput for a label that the document does not have.
    """
    known = [voice.label for voice in voices(study, document)]
    if label not in known:
        raise BadInput(
            N_("{document} has no speaker {label!r}."),
            hint=N_("It has no turns: map it whole, by an empty label.")
            if known == [WHOLE_DOCUMENT]
            else N_("It has: {known}."),
            document=document,
            label=label,
            known=", ".join(known),
        )
    summary = N_("{label} of {document} is {means}")
    with study.write("speakers", summary, label=label, document=document, means=means) as unit:
        if new:
            ensure_people(unit, informants=[means])
        belonging.map_speakers(unit, document, {label: as_speaker(label, means)})


def as_speaker(label: str, means: str) -> Speaker:
    """What a speaker map's value says: an informant's id, `interviewer` or `none`."""
    if means in (SpeakerRole.INTERVIEWER, SpeakerRole.NONE):
        return Speaker(label, SpeakerRole(means))
    return Speaker(label, SpeakerRole.INFORMANT, means)


def edit(study: Study, document: str, values: Mapping[str, str]) -> None:
    """Set title, date, language, cases (joined by `|`) and attributes. Raises NotFound, BadInput."""
    with study.write("documents", N_("{document} described"), document=document) as unit:
        edit_in(unit, study, document, values)


def edit_in(unit: Unit, study: Study, document: str, values: Mapping[str, str]) -> None:
    """As `edit`, inside a unit of work that does more."""
    document_id = lookup.row_id(unit.connection, lookup.DOCUMENT, document)
    checked = attributes.checked(
        study.codebook,
        Entity.DOCUMENT,
        {key: value for key, value in values.items() if key not in _FIELDS},
        fields=_FIELDS,
    )
    fields = {key: _field(key, value) for key, value in values.items() if key in _FIELDS and key != "cases"}
    if fields:
        documents.edit(unit, document, **fields)
    if "cases" in values:
        wanted = "" if values["cases"] == attributes.CLEAR else values["cases"]
        belonging.set_cases(unit, document, [part for part in wanted.split(attributes.SEPARATOR) if part])
    stored_attributes.set_values(unit, Entity.DOCUMENT, document_id, checked)


def _field(key: str, text: str) -> str:
    """Title, date or language as stored; `-` clears, but a document always has a language."""
    cleared = text.strip() == attributes.CLEAR
    if key == "language":
        check_language(text)
        return text
    if key == "date" and not cleared:
        return attributes.iso_date("date", text)
    return "" if cleared else text


def read_table(study: Study, path: Path) -> CsvTable:
    """A CSV that describes documents, its header checked. Raises NotFound, BadInput."""
    table = read_csv(content_of(path), name=path.name)
    attributes.check_columns(study.codebook, Entity.DOCUMENT, table.headers, name=path.name, fields=_FIELDS)
    return table


def import_table(study: Study, path: Path) -> int:
    """Describe documents by a CSV whose first column is `id`; how many. All rows or none. Raises BadInput."""
    table = read_table(study, path)
    summary = N_("{file}: {count} documents described")
    with study.write("documents", summary, file=path.name, count=len(table.rows)) as unit:
        for row in table.rows:
            with attributes.located(path.name, row.line):
                edit_in(unit, study, row["id"], attributes.described(table, row))
    return len(table.rows)


def rename(study: Study, document: str, to: str) -> None:
    """Give a document another id. Raises NotFound, Conflict."""
    check_key(to)
    with study.write("documents", N_("{document} renamed to {to}"), document=document, to=to) as unit:
        documents.rename(unit, document, to)


def remove(study: Study, document: str) -> None:
    """Mark a document removed: its codings stay but count and export nowhere. Undoable."""
    with study.write("documents", N_("{document} removed"), document=document) as unit:
        documents.remove(unit, document)


def ensure_people(unit: Unit, *, cases: Sequence[str] = (), informants: Sequence[str] = ()) -> list[str]:
    """Add the cases and informants that are not there yet; the ids of the new ones."""
    added: list[str] = []
    for entity, keys in ((Entity.CASE, cases), (Entity.INFORMANT, informants)):
        for key in keys:
            try:
                lookup.row_id(unit.connection, people.TABLES[entity], key)
            except NotFound:
                check_key(key)
                people.put(unit, entity, key)
                added.append(key)
    return added
