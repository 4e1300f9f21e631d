"""Where a coder stands: turns done, the place in each document, favourites, and what is still to do.

The turns coded follow from the codings; only a turn passed without a code is stored, and can be undone. Place and
favourites are preferences: kept, but no part of the history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook
from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn, turns_of
from qualcode.errors import N_
from qualcode.services import blinding
from qualcode.services.study import Study
from qualcode.store import belonging, coder_work, documents, lookup, settings
from qualcode.store.coder_work import Put
from qualcode.store.unit import Unit

_LAST = "document"
_FAVOURITES = "favourites"
_PLACES = "place."


def passed_turns(study: Study, document: str) -> set[int]:
    """The numbers of the turns that the coder who acts has passed. Raises NotFound."""
    version_id = study.text(document).version_id
    with study.store.read() as connection:
        return coder_work.passed_turns(connection, study.coder_id, version_id).get(version_id, set())


def pass_turn(study: Study, document: str, number: int) -> None:
    """Say that a turn is read and has nothing to code. Undoable. Raises NotFound (document).

    In a document read blind first the turn is revealed before, which stays so when the passing is taken back.
    """
    text = study.text(document)
    if number in blinding.hidden_turns(study, document):
        blinding.reveal(study, document, number)
    with study.write("pass", N_("Turn {turn} of {document} passed"), turn=number, document=document) as unit:
        coder_work.pass_turn(unit, study.coder_id, text.version_id, number)


def coded_turns(turns: Sequence[Turn], spans: Collection[Span]) -> set[int]:
    """The numbers of the turns whose words one of `spans` touches."""
    return {turn.number for span in set(spans) for turn in turns_of(turns, span) if turn.body_start < span.end}


def asking_labels(speakers: Collection[Speaker]) -> set[str]:
    """The labels that stand for the interviewer, whose turns there is nothing to code in."""
    return {speaker.label for speaker in speakers if speaker.role is SpeakerRole.INTERVIEWER}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the coder who acts has come in a document; interviewers' turns are not counted."""

    turns: int
    done: int
    """Coded or passed."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home screen says of the whole study."""

    progress: Mapping[str, Progress]
    """By document."""
    lacking: int
    """Own codings without a qualifier that the codebook requires."""
    without_case: int
    """Codings, whoever's, that stand in no case row (DESIGN section 4, rule 1)."""
    unmapped: int
    """Speaker labels of which nobody has said who they are."""


def overview(study: Study) -> Overview:
    """Progress by document and what is to be done, read in bulk: one pass over codings and turns."""
    codebook = study.codebook
    with study.store.read() as connection:
        keys = documents.keys_by_id(connection)
        versions = coder_work.newest_versions(connection)
        turns = documents.turns_of_versions(connection, versions.values())
        speakers = belonging.speakers_by_document(connection)
        cases = belonging.cases_by_document(connection)
        passed = coder_work.passed_turns(connection, study.coder_id)
        put = coder_work.put_by_version(connection, study.coder_id)
    progress: dict[str, Progress] = {}
    lacking = without_case = unmapped = 0
    for document_id, key in keys.items():
        version_id = versions[document_id]
        own_turns, own_put = turns.get(version_id, []), put.get(version_id, [])
        known = speakers.get(document_id, [])
        progress[key] = _progress(own_turns, known, own_put, passed.get(version_id, set()))
        lacking += sum(_lacks(codebook, item) for item in own_put if item.own)
        if len(cases.get(document_id, ())) != 1:
            without_case += sum(not item.has_case for item in own_put if item.code)
        labels = {turn.speaker for turn in own_turns} or {WHOLE_DOCUMENT}
        unmapped += len(labels - {speaker.label for speaker in known})
    return Overview(progress, lacking, without_case, unmapped)


def _progress(
    turns: Sequence[Turn], speakers: Collection[Speaker], put: Sequence[Put], passed: Collection[int]
) -> Progress:
    asking = asking_labels(speakers)
    answers = {turn.number for turn in turns if turn.speaker not in asking and turn.body}
    coded = coded_turns(turns, [item.span for item in put if item.own])
    return Progress(len(answers), len(answers & (coded | set(passed))))


def _lacks(codebook: Codebook, item: Put) -> bool:
    return bool(qualifying.missing(codebook, item.code, item.qualifiers))


def place(study: Study, document: str) -> int:
    """The offset where the coder who acts stopped in a document; 0 before the first visit. Raises NotFound."""
    with study.store.read() as connection:
        document_id = lookup.row_id(connection, lookup.DOCUMENT, document)
        found = settings.preference(connection, study.coder_id, _place_key(document_id))
    return found if isinstance(found, int) else 0


def remember_place(study: Study, document: str, offset: int) -> None:
    """Keep the place in a document, and that it is the one worked on last. Raises NotFound."""
    with _preferring(study) as unit:
        document_id = lookup.row_id(unit.connection, lookup.DOCUMENT, document)
        settings.put_preference(unit, study.coder_id, _place_key(document_id), offset)
        settings.put_preference(unit, study.coder_id, _LAST, document_id)


def _place_key(document_id: int) -> str:
    # By row id: a document keeps its place when it is renamed.
    return f"{_PLACES}{document_id}"


def last_document(study: Study) -> str | None:
    """The document the coder who acts worked on last, if it is still there."""
    with study.store.read() as connection:
        document_id = settings.preference(connection, study.coder_id, _LAST)
        return documents.keys_by_id(connection).get(document_id) if isinstance(document_id, int) else None


def favourites(study: Study) -> dict[str, str]:
    """Digit ("1" to "9") -> code, of the coder who acts; codes that can no longer be put are left out."""
    kept: Any = preference(study, _FAVOURITES) or {}
    codebook = study.codebook
    usable = {code.id for code in codebook.codes if code.assignable and not code.retired}
    return {digit: code for digit, code in kept.items() if code in usable}


def put_favourite(study: Study, digit: str, code: str) -> dict[str, str]:
    """Give a code a digit, taking both from what they were joined to before; all favourites."""
    others = {key: value for key, value in favourites(study).items() if value != code}
    chosen = dict(sorted((others | {digit: code}).items()))
    put_preference(study, _FAVOURITES, chosen)
    return chosen


def recent_codes(study: Study) -> list[str]:
    """The codes that the coder who acts has put, the one put last first."""
    with study.store.read() as connection:
        return coder_work.codes_by_last_use(connection, study.coder_id)


def preference(study: Study, key: str) -> Any:
    """What the coder who acts prefers, such as a theme of the desk; None where nothing was said."""
    with study.store.read() as connection:
        return settings.preference(connection, study.coder_id, key)


def preferences(study: Study) -> dict[str, Any]:
    """All preferences of the coder who acts by key, without the places in documents."""
    with study.store.read() as connection:
        kept = settings.preferences(connection, study.coder_id)
    return {key: value for key, value in kept.items() if key != _LAST and not key.startswith(_PLACES)}


def put_preference(study: Study, key: str, value: Any) -> None:
    """Keep a preference of the coder who acts."""
    with _preferring(study) as unit:
        settings.put_preference(unit, study.coder_id, key, value)


def _preferring(study: Study) -> AbstractContextManager[Unit]:
    return study.write("prefer", N_("Preference kept"), undoable=False)
