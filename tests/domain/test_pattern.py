"""Patterns held against codings and relations: what is there, what is not, and what nobody was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from qualcode.domain.codebook import Code, Codebook, RelationType
from qualcode.domain.coding import CodedSegment, CodingStatus
from qualcode.domain.finding import CaseResult, Verdict
from qualcode.domain.pattern import Expected, Material, Outcome, Pattern, Prediction, score
from qualcode.domain.relation import PlacedRelation, Stance
from tests.domain.evidence_samples import WHEN, relation, segment

BOOK = Codebook(
    "b",
    "1",
    ("en",),
    (
        Code("barrier", None, {}, assignable=False),
        Code("fear", "barrier", {}),
        Code("dread", "fear", {}),
        Code("gain", "barrier", {}),
    ),
    relation_types=(RelationType("leads-to", {}), RelationType("with", {}, directed=False)),
)


def outcome(
    prediction: Prediction,
    segments: Sequence[CodedSegment] = (),
    relations: Sequence[PlacedRelation] = (),
    asked: Mapping[str, Collection[str]] | None = None,
) -> Outcome:
    pattern = Pattern("p", {}, (prediction,), WHEN, "ada")
    (found,) = score(pattern, Material(BOOK, segments, relations, asked or {})).outcomes
    return found


def of(expected: Expected, source: str = "fear", type: str | None = None, target: str | None = None) -> Prediction:
    return Prediction("north", expected, source, type, target)


def verdicts(segments: Sequence[CodedSegment], asked: Mapping[str, Collection[str]] | None = None) -> list[Verdict]:
    """Of the code fear expected to be present, and to be absent."""
    return [
        outcome(of(expected), segments, asked=asked).verdict for expected in (Expected.PRESENT, Expected.ABSENT)
    ]


def test_a_code_is_present_with_its_subtree_in_the_case_and_only_there() -> None:
    assert verdicts([segment("dread")]) == [Verdict.LITERAL, Verdict.NOT_REPLICATED]
    assert verdicts([segment("fear", case="south")]) == [Verdict.OPEN, Verdict.OPEN]
    assert verdicts([segment("fear", status=CodingStatus.DISPUTED)]) == [Verdict.OPEN, Verdict.OPEN]


def test_what_nobody_speaks_of_is_absent_only_where_somebody_was_asked() -> None:
    assert verdicts([segment("gain")]) == [Verdict.OPEN, Verdict.OPEN]
    assert verdicts([], {"north": {"fear"}}) == [Verdict.NOT_REPLICATED, Verdict.CONTRAST]


def related(stance: Stance = Stance.STATES, *, source: str = "dread", type: str = "leads-to") -> PlacedRelation:
    made = relation(segment(source), segment("gain"))
    return replace(made, relation=replace(made.relation, stance=stance, type=type))


LINK = of(Expected.PRESENT, "fear", "leads-to", "gain")


@pytest.mark.parametrize(
    ("stances", "result"),
    [
        ((), CaseResult.SILENT),
        ((Stance.STATES,), CaseResult.SUPPORTED),
        ((Stance.CONTRADICTS,), CaseResult.CONTRADICTED),
        ((Stance.STATES, Stance.CONTRADICTS), CaseResult.MIXED),
    ],
)
def test_a_relation_is_stated_denied_both_or_not_spoken_of(stances: tuple[Stance, ...], result: CaseResult) -> None:
    assert outcome(LINK, relations=[related(stance) for stance in stances]).result is result


def test_the_way_round_matters_only_where_the_type_has_a_direction() -> None:
    back = replace(LINK, source="gain", target="fear")
    assert outcome(back, relations=[related()]).result is CaseResult.SILENT
    undirected = replace(back, type="with")
    assert outcome(undirected, relations=[related(type="with")]).result is CaseResult.SUPPORTED


def test_more_and_less_compare_shares_of_informants_with_the_mean_of_the_other_cases() -> None:
    segments = [
        *(segment("fear", informant="a", case="north"), segment("gain", informant="b", case="north")),
        *(segment("fear", informant="c", case="south"), segment("gain", informant="d", case="south")),
        *(segment("gain", informant="e", case="west"), segment("gain", informant="f", case="west")),
    ]
    assert outcome(of(Expected.MORE), segments).verdict is Verdict.LITERAL
    assert outcome(of(Expected.LESS), segments).verdict is Verdict.NOT_REPLICATED
    fewer = segments[1:]
    assert outcome(of(Expected.LESS), fewer).verdict is Verdict.CONTRAST
    assert outcome(of(Expected.MORE), segments[:4]).result is CaseResult.MIXED
    assert outcome(of(Expected.MORE), segments[:2]).verdict is Verdict.OPEN
    assert outcome(of(Expected.MORE), segments[2:]).verdict is Verdict.OPEN


def test_one_talkative_informant_is_one_voice() -> None:
    talkative = [segment("fear", informant="a") for _ in range(9)]
    others = [segment("gain", informant="b"), segment("fear", informant="c", case="south")]
    assert outcome(of(Expected.MORE), [*talkative, *others]).result is CaseResult.CONTRADICTED


def test_more_of_a_relation_counts_those_who_state_it() -> None:
    more = replace(LINK, expected=Expected.MORE)
    segments = [segment("gain"), segment("gain", informant="per", case="south")]
    assert outcome(more, segments, [related()]).result is CaseResult.SUPPORTED
    assert outcome(more, segments, [related(Stance.CONTRADICTS)]).result is CaseResult.MIXED


def test_a_code_that_was_merged_into_another_stands_for_that_one() -> None:
    old = Code("old", "barrier", {}, retired=True, merged_into="fear")
    book = replace(BOOK, codes=(*BOOK.codes, old))
    pattern = Pattern("p", {}, (of(Expected.PRESENT, "old"),), WHEN, "ada")
    (found,) = score(pattern, Material(book, [segment("dread")], (), {})).outcomes
    assert found.verdict is Verdict.LITERAL


def test_hits_are_a_share_of_the_predictions_with_data() -> None:
    predictions = (of(Expected.PRESENT), of(Expected.ABSENT), of(Expected.PRESENT, "gain"))
    pattern = Pattern("p", {}, predictions, WHEN, "ada")
    found = score(pattern, Material(BOOK, [segment("fear")], (), {}))
    assert (found.hits, found.with_data, found.share) == (1, 2, Fraction(1, 2))
    assert score(pattern, Material(BOOK, (), (), {})).share is None
