"""What suggesters read, and where they may propose: the words of the documents without the interviewer's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.codebook import Codebook
from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.suggestion import Proposal, SourceText
from qualcode.domain.transcript import Turn, turns_of
from qualcode.errors import N_, BadInput
from qualcode.services.study import Study
from qualcode.store import belonging, documents, lookup
from qualcode.store.documents import VersionText


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a document, and the row id of the version it is."""

    text: SourceText
    version_id: int


def sources(study: Study) -> dict[str, Source]:
    """All documents that are not removed, in order of import, read in one state of the study."""
    with study.store.read() as connection:
        speakers = belonging.speakers_by_document(connection)
        newest = [documents.text_of(connection, key) for key in documents.keys_by_id(connection).values()]
    return {
        text.document: Source(_spoken(text, speakers.get(text.document_id, ())), text.version_id) for text in newest
    }


def _spoken(text: VersionText, speakers: Iterable[Speaker]) -> SourceText:
    """Labels that are not mapped are spoken. A whole document of the interviewer's is one turn of theirs."""
    asking = {speaker.label for speaker in speakers if speaker.role is SpeakerRole.INTERVIEWER}
    turns = text.turns
    if not turns and WHOLE_DOCUMENT in asking:
        turns = (Turn(1, 0, 0, len(text.text), WHOLE_DOCUMENT),)
    spoken = tuple(turn for turn in turns if turn.speaker not in asking)
    return SourceText(text.document, text.version, text.text, text.language, turns, spoken)


def chosen(known: Mapping[str, Source], wanted: Sequence[str] | None) -> dict[str, Source]:
    """The documents asked for, in order of import. Raises NotFound."""
    for document in wanted or ():
        if document not in known:
            raise lookup.unknown("document", document, known)
    return {document: source for document, source in known.items() if wanted is None or document in wanted}


def check_proposal(item: Proposal, read: Mapping[str, Source], codebook: Codebook, suggester: str) -> None:
    """Raises BadInput for a document that was not read, a code that cannot be put, or words that nobody spoke.

    A suggester may be anybody's: what it proposes is not taken on trust.
    """
    source = read.get(item.document)
    if source is None or not _can_be_put(codebook, item.code) or not _is_spoken(source.text, item):
        raise BadInput(
            N_("The suggester {suggester!r} proposes {code} on {document} {start}-{end}, which cannot be."),
            hint=N_("Nothing was changed. Tell its author."),
            suggester=suggester,
            code=item.code,
            document=item.document,
            start=item.span.start,
            end=item.span.end,
        )


def _can_be_put(codebook: Codebook, code: str) -> bool:
    return code in codebook and codebook[code].assignable and not codebook[code].retired


def _is_spoken(text: SourceText, item: Proposal) -> bool:
    """True where all turns that the span touches, one or more, are spoken; anywhere in a text without turns."""
    if not text.turns:
        return item.span.end <= len(text.text)
    touched = turns_of(text.turns, item.span)
    return item.span.end <= len(text.text) and 0 < len(touched) == len(turns_of(text.spoken, item.span))
