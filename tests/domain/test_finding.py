"""Weighing evidence: who counts on which side, and what a case says of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from qualcode.domain.coding import CodingStatus
from qualcode.domain.evidence import Weighed
from qualcode.domain.finding import (
    CaseResult,
    Evidence,
    Ground,
    Role,
    Verdict,
    case_result,
    verdict,
    weigh,
)
from tests.domain.evidence_samples import evidence, relation, segment

SIDES = {"kari": ["demand"], "siri": ["demand"], "per": ["supply"], "avisa": ["user"]}
GROUND = Ground(SIDES, frozenset({"avisa"}), {}, {}, frozenset({"gain"}))


def weighed(items: Iterable[Evidence], ground: Ground = GROUND) -> Weighed:
    return weigh(items, ground)


def test_informants_and_cases_are_distinct_and_two_coders_are_one_voice() -> None:
    found = weighed(
        [
            evidence(segment(informant="kari", coder="ada")),
            evidence(segment(informant="kari", coder="bo")),
            evidence(segment(informant="per", case="south")),
            evidence(segment(informant="per", case="north"), Role.CONTRADICTS),
        ]
    )
    assert (found.informants, found.cases, found.sides, found.against) == (2, 2, {"demand", "supply"}, 1)


def test_nuances_count_on_neither_side_and_disputed_codings_not_at_all() -> None:
    disputed = segment(informant="per", status=CodingStatus.DISPUTED)
    found = weighed(
        [evidence(segment(), Role.NUANCES), evidence(disputed), evidence(relation(disputed, segment()))]
    )
    assert (found.informants, found.against, found.cases) == (0, 0, 0)


def test_without_informant_it_is_no_voice_and_makes_no_case() -> None:
    found = weighed([evidence(segment(informant=None)), evidence(segment(informant="kari", case=None))])
    assert (found.informants, found.cases) == (1, 0)


def test_a_relation_speaks_with_the_informant_of_its_quote_and_the_codes_of_both_ends() -> None:
    related = relation(segment("fear", turn=3), segment("gain", turn=5), turn=4)
    alphas = {"fear": Fraction(9, 10), "gain": Fraction(1, 2), "haste": Fraction(0)}
    found = weighed([evidence(related)], replace(GROUND, alphas=alphas))
    assert (found.informants, found.alpha) == (1, Fraction(1, 2))
    assert evidence(related).turns == {("d", 3), ("d", 4), ("d", 5)}


def test_a_clash_is_another_side_against_it_in_the_same_case() -> None:
    here = evidence(segment(informant="kari", case="north"))
    same_side = evidence(segment(informant="siri", case="north"), Role.CONTRADICTS)
    other_case = evidence(segment(informant="per", case="south"), Role.CONTRADICTS)
    other_side = evidence(segment(informant="per", case="north"), Role.CONTRADICTS)
    assert not weighed([here, same_side, other_case]).clash
    assert weighed([here, other_side]).clash


def test_one_coder_is_one_in_all_turns_of_the_evidence_together() -> None:
    items = [evidence(segment(turn=1)), evidence(segment(turn=2))]
    alone = {("d", 1): {"ada"}, ("d", 2): {"ada"}, ("d", 9): {"bo"}}
    assert weighed(items, replace(GROUND, seen=alone)).single_coder
    assert not weighed(items, replace(GROUND, seen=alone | {("d", 2): {"ada", "bo"}})).single_coder


def test_only_documents_is_when_each_voice_for_it_is_one() -> None:
    assert weighed([evidence(segment(informant="avisa"))]).only_documents
    assert not weighed([evidence(segment(informant="avisa")), evidence(segment())]).only_documents
    assert not weighed([]).only_documents


def test_only_expected_is_when_all_support_is_of_value_and_none_of_it_came() -> None:
    expected = evidence(segment("gain", realisation="expected"))
    related = evidence(relation(segment("fear"), segment("gain", realisation="expected")))
    unsaid, came = evidence(segment("gain")), evidence(segment("gain", realisation="partly"))
    assert weighed([expected, related]).only_expected
    assert weighed([expected, unsaid]).only_expected
    assert not weighed([unsaid]).only_expected
    assert not weighed([expected, came]).only_expected
    assert not weighed([expected, evidence(segment("fear"))]).only_expected
    assert not weighed([]).only_expected


def test_what_contradicts_says_nothing_of_whether_support_is_expected() -> None:
    denied = evidence(segment("gain", realisation="not-realised"), Role.CONTRADICTS)
    assert weighed([evidence(segment("gain", realisation="expected")), denied]).only_expected


def test_a_case_supports_contradicts_does_both_or_is_silent() -> None:
    items = [
        evidence(segment(case="a")),
        evidence(segment(case="b"), Role.CONTRADICTS),
        evidence(segment(case="c")),
        evidence(segment(case="c"), Role.CONTRADICTS),
        evidence(segment(case="d"), Role.NUANCES),
    ]
    assert [case_result(items, case) for case in "abcd"] == [
        CaseResult.SUPPORTED,
        CaseResult.CONTRADICTED,
        CaseResult.MIXED,
        CaseResult.SILENT,
    ]


def test_the_verdict_depends_on_what_was_expected_of_the_case() -> None:
    assert [verdict(result) for result in CaseResult] == [
        Verdict.LITERAL,
        Verdict.NOT_REPLICATED,
        Verdict.NOT_REPLICATED,
        Verdict.OPEN,
    ]
    assert [verdict(result, expected=False) for result in CaseResult] == [
        Verdict.NOT_REPLICATED,
        Verdict.CONTRAST,
        Verdict.NOT_REPLICATED,
        Verdict.OPEN,
    ]
