"""Search: words in the transcripts, each with what stands around it, who says it and what is coded there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.people import Document, Speaker
from qualcode.domain.placing import WHOLE_DOCUMENT, informant_of
from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn, main_turn, turn_at
from qualcode.errors import N_, BadInput
from qualcode.services import blinding
from qualcode.services.matching import (
    NEAR_ENOUGH,
    Match,
    expression_matches,
    ignores_case,
    near_matches,
    phrase_matches,
)
from qualcode.services.study import Study
from qualcode.store import belonging, codings, documents, lookup
from qualcode.store.documents import VersionText


class Way(StrEnum):
    """How words are looked for."""

    PHRASE = "phrase"
    EXPRESSION = "expression"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place. `before` and `after` are the text around it, line breaks and all."""

    document: str
    version: int
    span: Span
    before: str
    words: str
    after: str
    turn: int | None
    speaker: str
    informant: str | None
    codes: tuple[str, ...]
    """The ids of the codes that stand on any of it, whoever put them there, in codebook order."""
    score: float | None
    """0 to 100, of a near hit."""


def hits(
    study: Study,
    words: str,
    *,
    way: Way = Way.PHRASE,
    in_documents: Collection[str] = (),
    in_cases: Collection[str] = (),
    by_speakers: Collection[str] = (),
    ignore_case: bool | None = None,
    least: float = NEAR_ENOUGH,
    context_chars: int = 40,
) -> list[Hit]:
    """Every place of `words` in the newest texts, in order of import and text; labels of turns are not searched.

    Only in these documents, cases, or words of these speakers (labels or informant ids) where any are named.
    `ignore_case` None: letter case matters only in an expression with a capital.

    Raises NotFound (document, case), BadInput (nothing asked, unknown speaker, an expression that is wrong or
    takes too long).
    """
    searched = _Searched(study, in_documents, in_cases)
    searched.check_speakers(by_speakers)
    texts = [text.text for text in searched.texts]
    match way:
        case Way.PHRASE:
            found = phrase_matches(texts, words, ignore_case=ignore_case is not False)
        case Way.EXPRESSION:
            names = [text.document for text in searched.texts]
            loose = ignores_case(words) if ignore_case is None else ignore_case
            found = expression_matches(texts, names, words, ignore_case=loose)
        case Way.NEAR:
            found = near_matches(texts, words, least=least)
    return [
        hit
        for text, matches in zip(searched.texts, found, strict=True)
        for hit in searched.hits(text, matches, by_speakers, context_chars)
    ]


class _Searched:
    """The texts of a search, read once, and what is known of their places."""

    def __init__(self, study: Study, in_documents: Collection[str], in_cases: Collection[str]) -> None:
        self.codebook = study.codebook
        with study.store.read() as connection:
            for kind, names in ((lookup.DOCUMENT, in_documents), (lookup.CASE, in_cases)):
                for name in names:
                    lookup.row_id(connection, kind, name)
            listed = documents.listing(connection)
            marks = codings.marks(connection)
            self.speakers = belonging.speakers_by_document(connection)
        wanted = [document for document in listed if _is_wanted(document, in_documents, in_cases)]
        self.texts = [study.text(document.id) for document in wanted]
        self.marks = _without_hidden(study, marks, self.texts)

    def check_speakers(self, names: Iterable[str]) -> None:
        """Raises BadInput for a name that is no label and no informant of any of the texts."""
        known = {turn.speaker for text in self.texts for turn in text.turns}
        known |= {
            speaker.informant
            for text in self.texts
            for speaker in self.speakers.get(text.document_id, ())
            if speaker.informant
        }
        for name in names:
            if name not in known:
                raise BadInput(
                    N_("Nobody called {name!r} speaks there."),
                    hint=N_("There are {known}."),
                    name=name,
                    known=", ".join(sorted(known)) or "-",
                )

    def hits(
        self, text: VersionText, matches: Sequence[Match], by_speakers: Collection[str], context_chars: int
    ) -> Iterable[Hit]:
        mapped = {speaker.label: speaker for speaker in self.speakers.get(text.document_id, ())}
        marks = self.marks.get(text.version_id, ())
        for match in matches:
            span = match.span
            if _is_in_label(text.turns, span):
                continue
            turn = main_turn(text.turns, span)
            informant = informant_of(span, text.turns, mapped)
            if by_speakers and not _says(turn, mapped, by_speakers):
                continue
            yield Hit(
                document=text.document,
                version=text.version,
                span=span,
                before=text.text[max(0, span.start - context_chars) : span.start],
                words=text.text[span.start : span.end],
                after=text.text[span.end : span.end + context_chars],
                turn=turn.number if turn else None,
                speaker=turn.speaker if turn else "",
                informant=informant,
                codes=tuple(self.codebook.in_order({code for place, code in marks if place.overlaps(span)})),
                score=match.score,
            )


def _without_hidden(
    study: Study, marks: dict[int, list[tuple[Span, str]]], texts: Iterable[VersionText]
) -> dict[int, list[tuple[Span, str]]]:
    """The marks without those of codings that must stay hidden from the coder who acts."""
    version_ids = {(text.document, text.version): text.version_id for text in texts}
    for segment in blinding.hidden_codings(study):
        made = segment.coding
        version_id = version_ids.get((made.document, made.version))
        if version_id is not None and made.code is not None:
            # One for each: the coder who acts may have put the same code on the same place.
            marks[version_id].remove((made.span, made.code))
    return marks


def _is_wanted(document: Document, in_documents: Collection[str], in_cases: Collection[str]) -> bool:
    return (not in_documents or document.id in in_documents) and (
        not in_cases or any(case in in_cases for case in document.cases)
    )


def _is_in_label(turns: Sequence[Turn], span: Span) -> bool:
    """Nobody said a label: a search for a name would find it before every turn."""
    turn = turn_at(turns, span.start)
    return turn is not None and span.end <= turn.body_start


def _says(turn: Turn | None, mapped: dict[str, Speaker], names: Collection[str]) -> bool:
    label = turn.speaker if turn else WHOLE_DOCUMENT
    speaker = mapped.get(label)
    return label in names or (speaker is not None and speaker.informant in names)
