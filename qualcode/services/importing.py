"""Import: from files on disk to documents of the study, one transaction a file.

One bad file never stops the others: the report names each and why. The same file again is recognised by its bytes;
a changed file under a known name is refused, since codings would silently stay on the old words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from qualcode.domain.people import Speaker
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.progress import Report, silent, track
from qualcode.domain.reading import Imported
from qualcode.domain.turn_finding import same_label
from qualcode.errors import N_, BadInput, Conflict, Message, NotFound, QualcodeError
from qualcode.formats import registry
from qualcode.formats.labels import with_labels
from qualcode.services import documents as describing
from qualcode.services.disk import content_of
from qualcode.services.documents import INTERVIEWER_LABELS, as_speaker, ensure_people
from qualcode.services.keys import check_key, check_language, slug
from qualcode.services.study import Study
from qualcode.store import belonging, documents
from qualcode.store.documents import Connection, NewDocument
from qualcode.store.unit import Unit


class Outcome(StrEnum):
    IMPORTED = "imported"
    KNOWN = "known"
    """The same bytes are in the study already."""
    RESTORED = "restored"
    """The same bytes are those of a removed document, which is back."""
    REFUSED = "refused"
    SKIPPED = "skipped"
    """Met in a folder and no transcript by its name."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says about all files of one import; a file's front matter goes before it, but for `id`."""

    id: str | None = None
    cases: tuple[str, ...] = ()
    informant: str | None = None
    speakers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Label -> informant id, `interviewer` or `none`."""
    language: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `reason` says why it was refused or skipped."""

    path: Path
    outcome: Outcome
    document: str = ""
    words: int = 0
    turns: int = 0
    speakers: tuple[Speaker, ...] = ()
    unmapped: tuple[str, ...] = ()
    """Labels that stand for nobody yet: their codings count no informant."""
    added: tuple[str, ...] = ()
    """Cases and informants that came into the study with it."""
    reason: QualcodeError | Message | None = None
    warnings: tuple[Message, ...] = ()
    losses: tuple[Message, ...] = ()


def import_files(
    study: Study, paths: Iterable[Path], choices: Choices | None = None, *, report: Report = silent
) -> list[FileReport]:
    """Import files and whole folders, in order of their paths. Raises NotFound where none of the paths exists,
    BadInput where one id is asked for several files or the language is none, Cancelled; what was imported before
    that stays.
    """
    choices = choices or Choices()
    found = _files(paths)
    count = sum(item.is_transcript for item in found)
    if choices.id is not None and count > 1:
        raise BadInput(N_("One id cannot name {count} files."), hint=N_("Import them one by one."), count=count)
    return _imported(study, found, dict.fromkeys((item.path for item in found), choices), report)


def import_chosen(
    study: Study, paths: Iterable[Path], choices: Mapping[Path, Choices], *, report: Report = silent
) -> list[FileReport]:
    """Of the files that `preview` finds under `paths` those in `choices`, each with what is said of it.

    Ids are those of the preview. Raises as `import_files`.
    """
    return _imported(study, [item for item in _files(paths) if item.path in choices], choices, report)


def _imported(
    study: Study, found: Sequence[_Found], choices: Mapping[Path, Choices], report: Report
) -> list[FileReport]:
    for language in {said.language for said in choices.values() if said.language is not None}:
        check_language(language)
    study.coder  # noqa: B018 - asked here once, since every file would be refused for the same reason
    given_to: dict[str, Path] = {}
    reports: list[FileReport] = []
    for item in track(found, Message(N_("Importing")), report):
        done = _reported(study, item, choices[item.path], given_to)
        if done.document:
            given_to[done.document] = done.path
        reports.append(done)
    return reports


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be imported; nothing is stored."""

    path: Path
    document: str = ""
    """The id it would get; empty where the file is refused."""
    imported: Imported | None = None
    refusal: QualcodeError | None = None
    outcome: Outcome = Outcome.IMPORTED
    """What an import would come to: imported, refused, or in a study known already or back."""
    cases: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    """Whom the labels would stand for; a label that is not among them would stand for nobody yet."""


def preview(
    paths: Iterable[Path], choices: Choices | None = None, *, study: Study | None = None, report: Report = silent
) -> list[Preview]:
    """Read files without storing anything; `study`: as it would go in that study, where ids may be taken.

    Raises NotFound where none of the paths exists, Cancelled.
    """
    choices = choices or Choices()
    readable = [found for found in _files(paths) if found.is_transcript]
    return [_previewed(found, choices, study) for found in track(readable, Message(N_("Reading")), report)]


def _previewed(found: _Found, choices: Choices, study: Study | None) -> Preview:
    path = found.path
    try:
        content = content_of(path)
        imported = _read(path, content, choices)
        document, outcome = _id_of(found, imported, choices), Outcome.IMPORTED
        if study is not None:
            document, outcome = _foreseen(study, document, str(found.below), content)
        cases = tuple(imported.metadata.get("cases", ())) or choices.cases
        speakers = tuple(_speakers(imported, choices).values())
        return Preview(path, document, imported, outcome=outcome, cases=cases, speakers=speakers)
    except QualcodeError as error:
        return Preview(path, refusal=error, outcome=Outcome.REFUSED)


def _foreseen(study: Study, document: str, source: str, content: bytes) -> tuple[str, Outcome]:
    """The id a file would have, and what its import would come to. Raises Conflict where the id is taken."""
    with study.store.read() as connection:
        known = documents.by_sha256(connection, hashlib.sha256(content).hexdigest())
        if known is not None and not known[1]:
            return known[0], Outcome.KNOWN
        if known is not None and documents.undone_text(connection, known[0]) is None:
            return known[0], Outcome.RESTORED
        _check_id(connection, document, source)
    return document, Outcome.IMPORTED


def _read(path: Path, content: bytes, choices: Choices) -> Imported:
    imported = registry.reader_for(path.name)(content, name=path.name, encoding=choices.encoding)
    return with_labels(imported, choices.speakers.keys())


def _id_of(found: _Found, imported: Imported, choices: Choices) -> str:
    """Raises BadInput for an id that cannot be one."""
    document_id = choices.id or imported.metadata.get("id") or slug(found.below)
    check_key(document_id)
    return document_id


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    below: Path
    """The file's path below the imported folder; its bare name where it was named itself."""
    named: bool
    """The user named this file, not its folder."""
    is_transcript: bool
    """Named files are tried whatever their ending; one met in a folder by its ending, and a README describes it."""


def _files(paths: Iterable[Path]) -> list[_Found]:
    """A path that does not exist is found too, and refused when its turn comes: the others are to be imported."""
    paths = list(paths)
    _check_some(paths)
    found: list[_Found] = []
    endings = registry.endings()  # looks through all installed packages: 7 ms
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file())
            found += [
                _Found(item, item.relative_to(path), False, _looks_like_one(item, endings)) for item in inside
            ]
        else:
            found.append(_Found(path, Path(path.name), named=True, is_transcript=True))
    return [item for item in found if item.named or not _is_hidden(item.below)]


def _check_some(paths: Sequence[Path]) -> None:
    if paths and not any(path.exists() for path in paths):
        raise NotFound(
            N_("There is no file or folder {path}."),
            hint=N_("Check the name and the folder."),
            path=", ".join(map(str, paths)),
        )


def _is_hidden(path: Path) -> bool:
    """Dot files, and the lock files Word leaves beside an open document."""
    return any(part.startswith((".", "~$")) for part in path.parts)


def are_transcripts(paths: Iterable[Path]) -> set[Path]:
    """Those that would be read if they were met in a folder, by their names alone."""
    endings = registry.endings()
    return {path for path in paths if _looks_like_one(path, endings)}


def _looks_like_one(path: Path, endings: Sequence[str]) -> bool:
    return path.suffix.lower() in endings and path.stem.casefold() != "readme"


def _reported(study: Study, found: _Found, choices: Choices, given_to: Mapping[str, Path]) -> FileReport:
    """`given_to`: the ids of this import's files so far."""
    if not found.is_transcript:
        return FileReport(found.path, Outcome.SKIPPED, reason=Message(N_("no transcript by its name")))
    try:
        return _import_one(study, found, choices, given_to)
    except QualcodeError as error:
        return FileReport(found.path, Outcome.REFUSED, reason=error)


def _import_one(study: Study, found: _Found, choices: Choices, given_to: Mapping[str, Path]) -> FileReport:
    path = found.path
    content = content_of(path)
    sha256 = hashlib.sha256(content).hexdigest()
    with study.store.read() as connection:
        known = documents.by_sha256(connection, sha256)
    if known is not None and not known[1]:
        return FileReport(path, Outcome.KNOWN, document=known[0])
    imported = _read(path, content, choices)
    with study.store.read() as connection:
        undone = documents.undone_text(connection, known[0]) if known else None
    if known is not None and undone is None:
        return _restore(study, path, known[0], imported)
    new = _new_document(study, found, imported, choices, sha256)
    if new.id in given_to:
        raise _taken(new.id, str(path), str(given_to[new.id]))
    with study.write("import", N_("{file} imported as {document}"), file=path.name, document=new.id) as unit:
        if known is not None and undone == new.text:
            _take_up(unit, known[0], new)
        else:
            _claim_id(unit, new)
            documents.add(unit, new)
        return _describe(unit, study, path, new.id, imported, choices)


def _new_document(study: Study, found: _Found, imported: Imported, choices: Choices, sha256: str) -> NewDocument:
    metadata = imported.metadata
    return NewDocument(
        id=_id_of(found, imported, choices),
        title=metadata.get("title") or found.path.stem,
        date=metadata.get("date", ""),
        language=metadata.get("language") or choices.language or study.language,
        text=imported.text,
        turns=imported.turns,
        words=len(imported.text.split()),
        source_name=str(found.below),
        sha256=sha256,
        encoding=imported.encoding,
        newline=imported.newline,
    )


def _take_up(unit: Unit, undone: str, new: NewDocument) -> None:
    """The document of an import that was undone, with the same words, is that of the import that is done now."""
    if undone != new.id:
        _claim_id(unit, new)
    documents.bring_back(unit, undone)
    if undone != new.id:
        documents.rename(unit, undone, new.id)
    documents.edit(unit, new.id, title=new.title, date=new.date, language=new.language)


def _claim_id(unit: Unit, new: NewDocument) -> None:
    """Raises Conflict where the id is another document's; one whose import was undone gives it up."""
    if _check_id(unit.connection, new.id, new.source_name):
        documents.free_id(unit, new.id)


def _check_id(connection: Connection, document: str, source: str) -> bool:
    """True where a document whose import was undone has the id. Raises Conflict where another has it."""
    if documents.state_of(connection, document) is None:
        return False
    if documents.undone_text(connection, document) is not None:
        return True
    known = documents.source_of(connection, document)
    if known == source:
        raise Conflict(
            N_("{source} has changed since it was imported as {document}; its codings stay on the text of then."),
            hint=N_("Import it under another id (`--id`), or put the old file back."),
            source=source,
            document=document,
        )
    raise _taken(document, source, known)


def _taken(document: str, source: str, known: str) -> Conflict:
    return Conflict(
        N_("The id {document} of {source} is taken by {known}."),
        hint=N_("Give one of them another id (`--id`, or `id:` in its front matter)."),
        document=document,
        source=source,
        known=known,
    )


def _restore(study: Study, path: Path, document: str, imported: Imported) -> FileReport:
    """A removed document comes back as it was: what was said of it by hand goes before what the file says."""
    with study.write("import", N_("{document} is back"), document=document) as unit:
        documents.bring_back(unit, document)
        speakers = belonging.speakers_of(unit.connection, document)
    return _told(path, Outcome.RESTORED, document, imported, speakers)


def _describe(
    unit: Unit,
    study: Study,
    path: Path,
    document: str,
    imported: Imported,
    choices: Choices,
) -> FileReport:
    """Cases, speakers and attributes of the document just stored; what is new by them is added and said."""
    metadata = imported.metadata
    cases = tuple(metadata.get("cases", ())) or choices.cases
    speakers = _speakers(imported, choices)
    informants = [speaker.informant for speaker in speakers.values() if speaker.informant]
    added = ensure_people(unit, cases=cases, informants=list(dict.fromkeys(informants)))
    belonging.set_cases(unit, document, cases)
    belonging.map_speakers(unit, document, speakers)
    attributes: Mapping[str, tuple[str, ...]] = metadata.get("attributes", {})
    describing.edit_in(unit, study, document, {key: "|".join(values) for key, values in attributes.items()})
    return _told(path, Outcome.IMPORTED, document, imported, tuple(speakers.values()), added)


def _told(
    path: Path,
    outcome: Outcome,
    document: str,
    imported: Imported,
    speakers: Sequence[Speaker],
    added: Sequence[str] = (),
) -> FileReport:
    mapped = {speaker.label for speaker in speakers}
    return FileReport(
        path=path,
        outcome=outcome,
        document=document,
        words=len(imported.text.split()),
        turns=len(imported.turns),
        speakers=tuple(speakers),
        unmapped=tuple(label for label in imported.speakers or (WHOLE_DOCUMENT,) if label not in mapped),
        added=tuple(added),
        warnings=imported.warnings,
        losses=imported.losses,
    )


def _speakers(imported: Imported, choices: Choices) -> dict[str, Speaker]:
    """Usual interviewer labels, then the one informant, then `--speaker`, then the front matter, which wins."""
    labels = imported.speakers
    found = {label: as_speaker(label, "interviewer") for label in labels if label.casefold() in INTERVIEWER_LABELS}
    said: dict[str, str] = {**choices.speakers, **imported.metadata.get("speakers", {})}
    in_any_case = {same_label(label): means for label, means in said.items()}
    for label in labels:
        means = said.get(label) or in_any_case.get(same_label(label))
        if means is not None:
            found[label] = as_speaker(label, means)
    informant: Any = imported.metadata.get("informant") or choices.informant
    if informant is None:
        return found
    others = [label for label in labels if label not in found] if labels else [WHOLE_DOCUMENT]
    if len(others) > 1:
        raise BadInput(
            N_("Which of {labels} is {informant}?"),
            hint=N_("Say so for each: `--speaker LABEL=INFORMANT`."),
            labels=", ".join(others),
            informant=informant,
        )
    return found | {label: as_speaker(label, informant) for label in others}


def refusals(reports: Sequence[FileReport]) -> list[FileReport]:
    """The files that could not be imported."""
    return [report for report in reports if report.outcome is Outcome.REFUSED]
