"""The evidence rule: its worked checks, what caps and lowers a level, and what must hold of any claim."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.evidence import Level, Strength, Thresholds, Weighed, strength

ASKED = Thresholds(required_sides=frozenset({"demand", "supply"}))
BOTH = frozenset({"demand", "supply"})
ORDER = list(Level)


def claim(k: int, i: int, sides: str, x: int, **more: Any) -> Weighed:
    return Weighed(k, i, frozenset(sides.split()), x, **more)


def judged(weighed: Weighed) -> Strength:
    return strength(weighed, ASKED)


WORKED: dict[str, tuple[Weighed, Fraction, Level, bool]] = {
    "strong": (claim(3, 6, "demand supply", 1), Fraction(1, 7), Level.STRONG, False),
    "one side only": (claim(3, 6, "demand", 0), Fraction(0), Level.WEAK, False),
    "moderate": (claim(2, 3, "demand supply", 1), Fraction(1, 4), Level.MODERATE, False),
    "contested": (claim(2, 3, "demand supply", 2), Fraction(2, 5), Level.WEAK, True),
    "single statement": (claim(1, 1, "demand", 0), Fraction(0), Level.ANECDOTAL, False),
    "no supply side": (claim(3, 5, "demand intermediary", 0), Fraction(0), Level.MODERATE, False),
    "one third is not contested": (claim(2, 2, "demand supply", 1), Fraction(1, 3), Level.WEAK, False),
    "sides clash in a case": (claim(3, 6, "demand supply", 1, clash=True), Fraction(1, 7), Level.WEAK, True),
    "one coder": (claim(3, 6, "demand supply", 1, single_coder=True), Fraction(1, 7), Level.MODERATE, False),
    "low agreement": (
        claim(2, 3, "demand supply", 1, alpha=Fraction(55, 100)),
        Fraction(1, 4),
        Level.WEAK,
        False,
    ),
    "documents only": (claim(3, 6, "demand supply", 0, only_documents=True), Fraction(0), Level.WEAK, False),
    "expected value only": (
        claim(3, 6, "demand supply", 0, only_expected=True),
        Fraction(0),
        Level.MODERATE,
        False,
    ),
    "nothing for it": (claim(0, 0, "", 2), Fraction(1), Level.NONE, True),
}


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_checks_of_the_rule_hold(name: str) -> None:
    weighed, share, level, contested = WORKED[name]
    found = judged(weighed)
    assert (weighed.contradicted, found.level, found.contested) == (share, level, contested)


def test_two_for_and_one_against_is_not_contested_and_one_more_against_is() -> None:
    assert not judged(claim(2, 2, "demand supply", 1)).contested
    assert judged(claim(2, 2, "demand supply", 2)).contested


def test_a_single_statement_stays_one_when_a_level_is_lost_and_weak_becomes_one() -> None:
    assert judged(claim(1, 1, "demand", 0, single_coder=True)).level is Level.ANECDOTAL
    assert judged(claim(1, 2, "demand", 0, single_coder=True)).level is Level.ANECDOTAL


def test_one_coder_and_low_agreement_together_cost_one_level() -> None:
    found = judged(claim(3, 6, "demand supply", 0, single_coder=True, alpha=Fraction(1, 2)))
    assert (found.reached, found.level, len(found.reasons)) == (Level.STRONG, Level.MODERATE, 2)


def test_an_undefined_or_sufficient_alpha_costs_nothing() -> None:
    assert judged(claim(3, 6, "demand supply", 0, alpha=None)).level is Level.STRONG
    assert judged(claim(3, 6, "demand supply", 0, alpha=Fraction(667, 1000))).level is Level.STRONG
    assert judged(claim(3, 6, "demand supply", 0, alpha=Fraction(666, 1000))).level is Level.MODERATE


def test_expected_value_is_said_and_why_a_level_is_lost_too() -> None:
    found = judged(claim(3, 6, "demand supply", 0, only_expected=True))
    assert found.expected
    assert [str(reason) for reason in found.reasons] == ["Only expected value is spoken of: at most moderate."]


def test_nobody_on_either_side_has_no_share_and_no_level() -> None:
    nothing = claim(0, 0, "", 0)
    assert (nothing.contradicted, judged(nothing)) == (None, Strength(Level.NONE, Level.NONE, False, False))


def test_a_study_without_sides_asks_nothing_of_them() -> None:
    assert strength(claim(3, 5, "", 0)).level is Level.STRONG
    assert strength(claim(2, 3, "", 0)).level is Level.MODERATE
    assert judged(claim(3, 5, "", 0)).level is Level.WEAK


def test_sides_known_but_none_required_still_have_to_be_two() -> None:
    asked = Thresholds(required_sides=frozenset())
    assert strength(claim(3, 5, "demand intermediary", 0), asked).level is Level.STRONG
    assert strength(claim(3, 5, "demand", 0), asked).level is Level.WEAK


def test_other_thresholds_give_other_levels() -> None:
    weighed = claim(2, 4, "demand supply", 0)
    assert strength(weighed, replace(ASKED, strong_cases=2, strong_informants=4)).level is Level.STRONG
    assert strength(weighed, replace(ASKED, moderate_informants=5)).level is Level.WEAK


weighings = st.builds(
    Weighed,
    cases=st.integers(0, 4),
    informants=st.integers(0, 8),
    sides=st.frozensets(st.sampled_from(["demand", "supply", "user"])),
    against=st.integers(0, 8),
    clash=st.booleans(),
    single_coder=st.booleans(),
    alpha=st.none() | st.fractions(-1, 1),
    only_documents=st.booleans(),
    only_expected=st.booleans(),
)


@given(weighings)
def test_no_rule_raises_a_level_and_each_loss_has_a_reason(weighed: Weighed) -> None:
    found = judged(weighed)
    assert ORDER.index(found.level) <= ORDER.index(found.reached)
    assert found.level is found.reached or found.reasons
    assert (found.level is Level.NONE) is (weighed.informants == 0)


@given(weighings)
def test_one_more_voice_against_never_strengthens_a_claim(weighed: Weighed) -> None:
    one_more = replace(weighed, against=weighed.against + 1)
    assert ORDER.index(judged(one_more).level) <= ORDER.index(judged(weighed).level)


@given(weighings)
def test_one_more_voice_for_it_never_weakens_a_claim(weighed: Weighed) -> None:
    one_more = replace(weighed, informants=weighed.informants + 1)
    assert ORDER.index(judged(one_more).level) >= ORDER.index(judged(weighed).level)
