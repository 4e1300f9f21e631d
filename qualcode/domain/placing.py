"""Which case, informant and turn a coding belongs to (DESIGN section 4, rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.domain.coding import CodedSegment, Coding
from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.domain.relation import PlacedRelation, Relation
from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn, longest_turn, main_turn, shared_body, turns_of

WHOLE_DOCUMENT = ""
"""The label under which a document without turns is mapped whole."""


def case_of(own: str | None, document_cases: Sequence[str]) -> str | None:
    """The own case, else the document's only one, else none."""
    if own is not None:
        return own
    return document_cases[0] if len(document_cases) == 1 else None


def informant_of(span: Span, turns: Sequence[Turn], speakers: Mapping[str, Speaker]) -> str | None:
    """The informant of the informant turn that holds most of the span's words, at a tie the first; else none."""
    if not turns:
        whole = speakers.get(WHOLE_DOCUMENT)
        return whole.informant if whole else None
    return _informant_among(turns_of(turns, span), span, speakers)


def _informant_among(touched: Sequence[Turn], span: Span, speakers: Mapping[str, Speaker]) -> str | None:
    best, most = None, 0
    for turn in touched:
        speaker = speakers.get(turn.speaker)
        if speaker is None or speaker.role is not SpeakerRole.INFORMANT:
            continue
        shared = shared_body(turn, span)
        if shared > most:
            best, most = speaker.informant, shared
    return best


def placed_segment(
    coding: Coding, turns: Sequence[Turn], speakers: Mapping[str, Speaker], document_cases: Sequence[str]
) -> CodedSegment:
    """The coding with its case, informant, speaker label and turn."""
    span = coding.span
    # Looked up once for both: by the ten thousand, finding turns costs as much as reading the rows.
    touched = turns_of(turns, span)
    turn = longest_turn(touched, span)
    return CodedSegment(
        coding=coding,
        case=case_of(coding.case, document_cases),
        informant=_informant_among(touched, span, speakers) if turns else informant_of(span, turns, speakers),
        speaker=turn.speaker if turn else "",
        turn=turn.number if turn else None,
    )


def relation_case(
    own: str | None, source: CodedSegment, target: CodedSegment, quote_cases: Sequence[str]
) -> str | None:
    """The own case, else the one both ends share, else the only case of the quote's document, else none."""
    if own is not None:
        return own
    if source.case is not None and source.case == target.case:
        return source.case
    return case_of(None, quote_cases)


def placed_relation(
    relation: Relation,
    source: CodedSegment,
    target: CodedSegment,
    turns: Sequence[Turn],
    speakers: Mapping[str, Speaker],
    quote_cases: Sequence[str],
) -> PlacedRelation:
    """The relation with its ends and, from its quote, its case, informant, speaker label and turn."""
    turn = main_turn(turns, relation.span)
    return PlacedRelation(
        relation=relation,
        source=source,
        target=target,
        case=relation_case(relation.case, source, target, quote_cases),
        informant=informant_of(relation.span, turns, speakers),
        speaker=turn.speaker if turn else "",
        turn=turn.number if turn else None,
    )


def quote_of_ends(source: Span, target: Span, turns: Sequence[Turn], *, same_document: bool) -> Span:
    """The quote of a relation that was given none.

    The smallest stretch over both ends within one turn of one document, else the target's span.
    """
    if not same_document:
        return target
    both = Span(min(source.start, target.start), max(source.end, target.end))
    touched = turns_of(turns, both)
    return both if len(touched) == 1 and touched[0].end >= both.end else target
