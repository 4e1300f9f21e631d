from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from qualcode.domain.coding import CodedSegment, CodingStatus
from qualcode.domain.counting import Counts, count, in_order, mean_valence
from tests.reporting.samples import segment


def test_two_coders_on_one_place_are_one_segment_and_one_informant() -> None:
    both = [segment("a", coder="anna"), segment("b", coder="bjorn")]
    assert count(both) == Counts(informants=1, segments=1, cases=1, codings=2, without_case=0, without_informant=0)


def test_one_person_in_two_interviews_is_one_informant_in_two_cases() -> None:
    counts = count([segment("a", document="d1", case="A"), segment("b", document="d2", case="B")])
    assert (counts.informants, counts.segments, counts.cases) == (1, 2, 2)


def test_a_coding_without_informant_or_case_is_a_segment_and_is_said_to_be_without() -> None:
    counts = count([segment("a", informant=None, case=None), segment("b", start=20)])
    assert counts == Counts(informants=1, segments=2, cases=1, codings=2, without_case=1, without_informant=1)


def test_the_same_words_in_two_versions_are_two_places() -> None:
    assert count([segment("a"), segment("b", version=2)]).segments == 2


@pytest.mark.parametrize(
    "left_out",
    [{"code": None}, {"status": CodingStatus.DISPUTED}, {"round": 2}, {"placed": False}],
    ids=["a quotation", "disputed", "a second reading", "unplaced"],
)
def test_what_does_not_count_is_passed_over(left_out: dict[str, Any]) -> None:
    stays, goes = segment("a"), segment("b", start=50, valence="1", **left_out)
    assert count([goes, stays]) == count([stays])
    assert in_order([goes, stays]) == [stays]
    assert mean_valence([goes]).mean is None


def test_a_talkative_informant_weighs_as_one() -> None:
    said = {"I1": [1, 1, -1], "I2": [-1], "I3": [1, 1, 1, 1]}
    segments = [
        segment(f"{informant}{n}", document=informant, start=n * 10, informant=informant, valence=str(value))
        for informant, values in said.items()
        for n, value in enumerate(values)
    ]
    valence = mean_valence(segments)
    assert valence.per_informant == {"I1": Fraction(1, 3), "I2": Fraction(-1), "I3": Fraction(1)}
    assert valence.mean == Fraction(1, 9)


def test_the_valence_of_a_place_is_the_mean_over_its_coders() -> None:
    """Three coders at one place weigh as much as one at another: 1/3 and -1 give -1/3, not 0."""
    place = [segment(f"a{n}", coder=f"c{n}", valence=value) for n, value in enumerate(("1", "1", "-1"))]
    other = segment("b", start=30, valence="-1")
    assert mean_valence([*place, other]).mean == Fraction(-1, 3)


def test_a_coder_with_two_codes_at_a_place_weighs_as_one_coder() -> None:
    segments = [
        segment("a", code="x", coder="anna", valence="1"),
        segment("b", code="y", coder="anna", valence="1"),
        segment("c", code="x", coder="bjorn", valence="-1"),
    ]
    assert mean_valence(segments).mean == 0


def test_unsaid_valence_is_not_zero_and_nobody_is_no_informant() -> None:
    segments = [
        segment("a", valence="1"),
        segment("b", start=20),
        segment("c", start=40, valence="-1", informant=None),
    ]
    assert mean_valence(segments).mean == 1


def test_valence_without_any_is_undefined() -> None:
    assert mean_valence([segment("a")]).mean is None
    assert mean_valence([]).mean is None


def test_the_order_does_not_depend_on_how_the_codings_came() -> None:
    expected: list[CodedSegment] = [
        segment("z", document="d1", start=0),
        segment("b", document="d1", start=10, code="x", coder="anna"),
        segment("a", document="d1", start=10, code="x", coder="bjorn"),
        segment("c", document="d1", start=10, code="y", coder="anna"),
        segment("y", document="d2", start=0),
    ]
    assert in_order(reversed(expected)) == expected
