"""Thresholds of the evidence rule are settings: what each may be, and what holds where none was set."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qualcode.domain.evidence import Thresholds
from qualcode.errors import BadInput
from qualcode.services.evidence_settings import DESCRIPTIONS, parsed, thresholds, unset


def test_what_was_never_set_is_as_in_the_rule() -> None:
    assert thresholds({}) == Thresholds()
    shown = unset({})
    assert list(shown) == list(DESCRIPTIONS)
    assert thresholds({key: parsed(key, value) for key, value in shown.items()}) == Thresholds()


def test_what_was_set_holds_and_is_no_longer_listed_as_unset() -> None:
    settings = {"evidence.strong_cases": 2, "evidence.contested_above": "2/5", "evidence.least_alpha": 0.8}
    found = thresholds(settings)
    assert (found.strong_cases, found.contested_above, found.least_alpha) == (2, Fraction(2, 5), Fraction(4, 5))
    assert set(unset(settings)) == set(DESCRIPTIONS) - set(settings)


def test_sides_are_asked_for_only_where_an_attribute_says_them() -> None:
    assert thresholds({"evidence.required_sides": ["demand"]}).required_sides is None
    assert thresholds({"evidence.side_attribute": "side"}).required_sides == frozenset()
    both = {"evidence.side_attribute": "side", "evidence.required_sides": ["demand", "supply"]}
    assert thresholds(both).required_sides == {"demand", "supply"}


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("evidence.strong_cases", "4", 4),
        ("evidence.strong_cases", " 4 ", 4),
        ("evidence.strong_contradicted", "1/5", "1/5"),
        ("evidence.strong_contradicted", "0,25", "0.25"),
        ("evidence.strong_contradicted", "0", "0"),
    ],
)
def test_a_number_is_whole_and_a_share_stays_as_it_was_written(key: str, text: str, value: int | str) -> None:
    assert parsed(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("evidence.strong_cases", "0"),
        ("evidence.strong_cases", "2.5"),
        ("evidence.strong_cases", "many"),
        ("evidence.strong_cases", ""),
        ("evidence.strong_contradicted", "1/0"),
        ("evidence.strong_contradicted", "1.2"),
        ("evidence.strong_contradicted", "-0.1"),
        ("evidence.strong_contradicted", "nan"),
    ],
)
def test_what_is_no_threshold_is_refused(key: str, text: str) -> None:
    with pytest.raises(BadInput, match=r"^evidence\.\w+ cannot be "):
        parsed(key, text)
