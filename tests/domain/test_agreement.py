"""Krippendorff's alpha: published values, what is undefined, and one code by turns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.agreement import Seen, alpha_by_turn, nominal_alpha
from qualcode.domain.coding import CodedSegment, CodingStatus
from tests.domain.evidence_samples import segment

Units = Sequence[Sequence[int | None]]

KRIPPENDORFF: Units = [
    [1, 1, None, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [None, 5, 5, 5],
    [None, None, 1, 1],
    [None, 3, None, None],
]
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
"""How many of 14 coders chose each of five values, by unit."""
TWO_CODERS = {
    "three-categories": ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], 0.797258),
    "ten-segments": ([[1, 1], [3, 5]], 0.095238),
    "thousand-characters-even": ([[50, 75], [75, 800]], 0.314629),
    "thousand-characters-skewed": ([[50, 0], [150, 800]], 0.314629),
    "one-code-characters": ([[680, 120], [260, 4940]], 0.744593),
    "one-code-sentences": ([[7, 1], [3, 49]], 0.740741),
    "identical": ([[100, 0], [0, 900]], 1.0),
    "disjoint": ([[0, 100], [100, 800]], -0.110556),
    "half-overlap": ([[50, 50], [50, 850]], 0.444722),
    "independent": ([[250, 250], [250, 250]], 0.0005),
    "only-one-category-used": ([[0, 0], [0, 40]], None),
    "high-agreement-low-kappa": ([[118, 5], [2, 0]], -0.024691),
}
"""Rows are one coder's values, columns the other's."""


def units_of_table(table: Sequence[Sequence[int]]) -> Units:
    return [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]


def test_four_coders_with_missing_values_give_the_published_value() -> None:
    assert float(nominal_alpha(KRIPPENDORFF) or 0) == pytest.approx(0.743421, abs=1e-6)


def test_fourteen_coders_give_the_known_value() -> None:
    units = [[value for value, count in enumerate(counts) for _ in range(count)] for counts in FLEISS]
    assert float(nominal_alpha(units) or 0) == pytest.approx(0.215574, abs=1e-6)


@pytest.mark.parametrize("name", TWO_CODERS)
def test_a_table_of_two_coders_gives_the_known_value(name: str) -> None:
    table, expected = TWO_CODERS[name]
    alpha = nominal_alpha(units_of_table(table))
    assert (None if alpha is None else pytest.approx(float(alpha), abs=1e-6)) == expected


@pytest.mark.parametrize("units", [[], [[1, None]], [[1], [2]], [[1, 1], [1, 1]]])
def test_alpha_is_undefined_where_nothing_could_be_told_apart(units: Units) -> None:
    assert nominal_alpha(units) is None


values = st.lists(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=5), max_size=12)


@given(values, st.randoms(use_true_random=False))
def test_alpha_knows_no_order_of_units_or_coders_and_no_names(
    units: list[list[int | None]], chance: Random
) -> None:
    other = [[None if value is None else f"v{value}" for value in unit] for unit in units]
    for unit in other:
        chance.shuffle(unit)
    chance.shuffle(other)
    assert nominal_alpha(other) == nominal_alpha(units)


@given(values)
def test_alpha_is_never_above_one_and_one_only_without_disagreement(units: list[list[int | None]]) -> None:
    alpha = nominal_alpha(units)
    agreed = all(len({value for value in unit if value is not None}) <= 1 for unit in units)
    assert alpha is None or (alpha == 1 if agreed else alpha < 1)


def at(turn: int, coder: str, code: str = "fear", status: CodingStatus = CodingStatus.ACCEPTED) -> CodedSegment:
    return segment(code, turn=turn, coder=coder, status=status)


def test_of_one_code_a_unit_is_a_turn_and_a_value_whether_the_code_is_there() -> None:
    both = {"ada", "bo"}
    seen: Seen = {("d", 1): both, ("d", 2): both, ("d", 3): both, ("d", 4): both}
    codings = [at(1, "ada"), at(1, "bo"), at(2, "ada"), at(2, "ada"), at(3, "bo", "haste")]
    expected = nominal_alpha([(1, 1), (1, 0), (0, 0), (0, 0)])
    assert expected == Fraction(8, 15)
    assert alpha_by_turn("fear", codings, seen) == expected


coders = st.sets(st.sampled_from(["ada", "bo", "cy"]), min_size=1)


@given(st.dictionaries(st.integers(1, 9), st.tuples(coders, coders)))
def test_of_one_code_alpha_is_that_of_the_values_written_out(turns: dict[int, tuple[set[str], set[str]]]) -> None:
    seen: Seen = {("d", turn): judged for turn, (judged, _) in turns.items()}
    codings = [at(turn, coder) for turn, (judged, having) in turns.items() for coder in judged & having]
    units = [[coder in having for coder in judged] for judged, having in turns.values()]
    assert alpha_by_turn("fear", codings, seen) == nominal_alpha(units)


def test_a_turn_that_one_coder_has_not_judged_is_no_disagreement() -> None:
    seen: Seen = {("d", 1): {"ada", "bo"}, ("d", 2): {"ada"}, ("d", 3): {"ada", "bo"}}
    assert alpha_by_turn("fear", [at(1, "ada"), at(1, "bo"), at(2, "ada")], seen) == 1


def test_what_does_not_count_is_not_the_code() -> None:
    seen: Seen = {("d", 1): {"ada", "bo"}, ("d", 2): {"ada", "bo"}}
    disputed = at(2, "ada", status=CodingStatus.DISPUTED)
    assert alpha_by_turn("fear", [at(1, "ada"), at(1, "bo"), disputed], seen) == 1
