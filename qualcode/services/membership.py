"""Who belongs where: documents and informants of cases, members of organisations, labels that are nobody yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.domain.codebook import Entity
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.services import coding, documents, people
from qualcode.services.study import Study
from qualcode.store import belonging, coder_work
from qualcode.store import documents as stored_documents

Lists = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Membership:
    """Ids by the id of what they belong to, in order of import; what has none is left out."""

    documents_of_cases: Lists
    documents_of_informants: Lists
    informants_of_cases: Lists
    """Through the documents they speak in."""
    informants_of_organisations: Lists


def membership(study: Study) -> Membership:
    """Read in bulk, a query for each kind."""
    of_cases: dict[str, list[str]] = {}
    for document in documents.listing(study):
        for case in document.cases:
            of_cases.setdefault(case, []).append(document.id)
    of_informants = people.documents_of_informants(study)
    speaking: dict[str, list[str]] = {}
    for informant, spoken in of_informants.items():
        for document in spoken:
            speaking.setdefault(document, []).append(informant)
    members: dict[str, list[str]] = {}
    for informant in people.informants(study):
        if informant.organisation:
            members.setdefault(informant.organisation, []).append(informant.id)
    informants_of_cases = {
        case: list(dict.fromkeys(one for document in found for one in speaking.get(document, ())))
        for case, found in of_cases.items()
    }
    return Membership(of_cases, of_informants, informants_of_cases, members)


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A speaker label of which nobody has said who it is; empty for a whole document without turns."""

    document: str
    label: str
    turns: int


def unmapped(study: Study) -> list[Unmapped]:
    """In order of import and first appearance, read in bulk."""
    with study.store.read() as connection:
        keys = stored_documents.keys_by_id(connection)
        versions = coder_work.newest_versions(connection)
        turns = stored_documents.turns_of_versions(connection, versions.values())
        speakers = belonging.speakers_by_document(connection)
    found: list[Unmapped] = []
    for document_id, key in keys.items():
        known = {speaker.label for speaker in speakers.get(document_id, ())}
        counts: dict[str, int] = {}
        for turn in turns.get(versions[document_id], ()):
            counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        found.extend(
            Unmapped(key, label, count)
            for label, count in (counts or {WHOLE_DOCUMENT: 0}).items()
            if label not in known
        )
    return found


@dataclass(frozen=True, slots=True)
class Losses:
    """What a case, organisation or informant takes with it when it is removed."""

    documents: list[str]
    """Documents that are no longer of the case, or in which the informant no longer speaks."""
    members: list[str]
    """Informants who are without an organisation then."""
    codings: int
    """Codings that lose their case, or their informant."""


def losses(study: Study, entity: Entity, key: str) -> Losses:
    """What is to be said before `people.remove`."""
    belongs = membership(study)
    if entity is Entity.ORGANISATION:
        return Losses([], belongs.informants_of_organisations.get(key, []), 0)
    segments = coding.everything(study)
    if entity is Entity.INFORMANT:
        count = sum(segment.informant == key for segment in segments)
        return Losses(belongs.documents_of_informants.get(key, []), [], count)
    return Losses(belongs.documents_of_cases.get(key, []), [], sum(segment.case == key for segment in segments))
