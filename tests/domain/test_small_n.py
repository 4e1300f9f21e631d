"""What few cases can bear: golden values of luck, and the other checks against counting every possibility."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.counting import Valence
from qualcode.domain.matrix import Column, Row, pivot
from qualcode.domain.small_n import (
    Concentration,
    after_half,
    check_columns,
    concentration,
    luck,
    resting_on_one,
    valence_without_one,
)
from tests.reporting.samples import segment

# Cases, codes: exact, exact or inverse
GOLDEN = [
    (3, 5, 0.487091, 0.762695),
    (3, 10, 0.736924, 0.943686),
    (3, 20, 0.930791, 0.996829),
    (3, 40, 0.99521, 0.99999),
    (4, 20, 0.724941, 0.930791),
    (6, 20, 0.270187, 0.470051),
    (10, 20, 0.019351, 0.038346),
]


@pytest.mark.parametrize(("cases", "codes", "exact", "inverse"), GOLDEN)
def test_luck_has_the_values_of_its_formula(cases: int, codes: int, exact: float, inverse: float) -> None:
    found = luck(cases, codes)
    assert found is not None
    assert (found.exact, found.exact_or_inverse) == (
        pytest.approx(exact, abs=1e-6),
        pytest.approx(inverse, abs=1e-6),
    )


def test_luck_is_the_share_of_all_tables_of_coin_flips_that_hold_the_outcome() -> None:
    outcome, cases, codes = 0b101, 3, 2
    patterns = range(2**cases)
    tables = [(first, second) for first in patterns for second in patterns]
    found = luck(cases, codes)
    assert found is not None
    assert found.exact == pytest.approx(sum(outcome in table for table in tables) / len(tables))
    inverse = outcome ^ 0b111
    either = sum(outcome in table or inverse in table for table in tables)
    assert found.exact_or_inverse == pytest.approx(either / len(tables))


def test_luck_is_undefined_where_nothing_can_separate_and_small_but_not_0_with_many_cases() -> None:
    assert luck(0, 5) is None
    assert luck(1, 5) is None
    assert luck(3, 0) is None
    far = luck(60, 3)
    assert far is not None
    assert far.exact == pytest.approx(3 * 0.5**60)


def test_a_row_rests_on_its_only_informant_and_one_informant_may_hold_several() -> None:
    rows = {"A": ["kari", "per"], "B": ["per"], "C": [], "D": ["per", "per"], "E": ["aud"]}
    assert resting_on_one(rows) == {"aud": ("E",), "per": ("B", "D")}


def test_concentration_is_in_distinct_segments_and_leaves_out_what_nobody_said() -> None:
    said = [
        segment("1", informant="jo", start=0),
        segment("2", informant="jo", start=0, coder="bjørn"),
        segment("3", informant="jo", start=20),
        segment("4", informant="jo", start=40),
        segment("5", informant="aud", start=60),
        segment("6", informant=None, start=80),
    ]
    assert concentration(said) == Concentration("jo", Fraction(3, 4))
    assert concentration(said[:1] + said[4:5]) == Concentration("aud", Fraction(1, 2))
    assert concentration(said[5:]) is None
    assert concentration([]) is None


def test_half_of_the_informants_keep_a_row_as_often_as_all_orders_say() -> None:
    rows = [{"a", "b"}, {"b", "c", "d"}, {"e"}]
    orders = list(permutations("abcdef"))
    kept = sum(all(row & set(order[:3]) for row in rows) for order in orders)
    assert after_half(rows, 6) == Fraction(kept, len(orders))


@given(st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=5), st.integers(6, 8))
def test_half_is_counted_as_by_trying_every_half(rows: list[set[str]], heard: int) -> None:
    everybody = "abcdefgh"[:heard]
    halves = list(combinations(everybody, (heard + 1) // 2))
    kept = sum(all(row & set(half) for row in rows) for half in halves)
    assert after_half(rows, heard) == Fraction(kept, len(halves))


def test_half_is_undefined_without_rows_or_with_one_informant_and_many_rows_stay_cheap() -> None:
    assert after_half([], 5) is None
    assert after_half([["a"]], 1) is None
    each_its_own = [[f"i{number}"] for number in range(40)]
    assert after_half(each_its_own, 80) == Fraction(1, comb(80, 40))


def test_many_rows_that_share_informants_are_answered_by_lot_always_the_same() -> None:
    lot = Random(4)
    rows = [set(lot.sample("abcdefghijklmn", 4)) for _ in range(60)]
    halves = list(combinations("abcdefghijklmn", 7))
    exact = sum(all(row & set(half) for row in rows) for half in halves) / len(halves)
    found = after_half(rows, 14)
    assert found is not None
    assert 0.05 < exact < 0.95
    assert float(found) == pytest.approx(exact, abs=0.07)
    assert after_half(rows[::-1], 14) == found
    all_of_many = [[f"i{number}" for number in lot.sample(range(600), 200)] for _ in range(60)]
    assert after_half(all_of_many, 600) == 1


def test_valence_without_one_is_the_range_of_leaving_each_out() -> None:
    means = {"a": Fraction(1), "b": Fraction(-1), "c": Fraction(1, 3)}
    without = [sum(value for name, value in means.items() if name != out) / 2 for out in means]
    assert valence_without_one(Valence(means)) == (min(without), max(without))
    assert valence_without_one(Valence({"a": Fraction(1)})) is None
    assert valence_without_one(Valence({})) is None


def test_a_column_is_checked_across_the_rows_by_informants_alone() -> None:
    said = [
        segment("1", informant="kari", case="A", start=0, valence="1"),
        segment("2", informant="kari", case="A", start=20, valence="1"),
        segment("3", informant="per", case="B", start=40, valence="-1"),
        segment("4", informant="aud", case="B", start=60),
        segment("5", informant=None, case="C", start=80),
    ]
    rows = [Row(case, case) for case in "ABC"]
    columns = [Column("x", "X", frozenset("x")), Column("y", "Y", frozenset("y"))]
    of_x, of_y = check_columns(pivot(said, rows, lambda item: [item.case or ""], columns), heard=4)
    assert (of_x.mentioned, of_x.silent, of_x.separates, of_x.informants) == (("A", "B"), ("C",), True, 3)
    assert of_x.rests_on == {"kari": ("A",)}
    assert of_x.largest == Concentration("kari", Fraction(1, 2))
    assert of_x.after_half == Fraction(2, 6)
    assert (of_x.valence, of_x.valence_without_one) == (0, (-1, 1))
    assert of_x.without_informant == 1
    assert (of_y.mentioned, of_y.silent, of_y.separates, of_y.rests_on) == ((), ("A", "B", "C"), False, {})
    assert (of_y.largest, of_y.after_half, of_y.valence, of_y.valence_without_one) == (None, None, None, None)
