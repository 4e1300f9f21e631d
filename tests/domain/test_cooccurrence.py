from __future__ import annotations

from collections.abc import Sequence

import pytest

from qualcode.domain.association import Joint
from qualcode.domain.coding import CodedSegment
from qualcode.domain.cooccurrence import (
    Cooccurrence,
    Pair,
    Unit,
    UnitKind,
    codings_met,
    cooccurrence,
    unit_named,
)
from qualcode.domain.matrix import Column
from qualcode.errors import BadInput
from tests.reporting.samples import segment

X, Y = Column("x", "X", frozenset("x")), Column("y", "Y", frozenset("y"))
GROUP = Column("group", "Group", frozenset({"x", "y"}))


def turns_of_ten(segment: CodedSegment) -> Sequence[int]:
    """Turns of ten characters, all touched ones."""
    span = segment.coding.span
    return range(span.start // 10, (span.end - 1) // 10 + 1)


def counted(segments: list[CodedSegment], unit: str, *columns: Column) -> Cooccurrence:
    return cooccurrence(segments, unit_named(unit), columns or (X, Y), units_of=turns_of_ten)


def pair(segments: list[CodedSegment], unit: str, *columns: Column) -> Pair:
    return counted(segments, unit, *columns).pairs[0]


# c, Dice, overlap, P(B|A), P(A|B), lift, PMI, NPMI, phi
GOLDEN = {
    "a rare code half with a common one": (
        Joint(100, 10, 5, 400),
        (0.047619, 0.090909, 0.5, 0.05, 0.5, 2.0, 1.0, 0.15818, 0.09245),
    ),
    "balanced": (
        Joint(20, 25, 10, 100),
        (0.285714, 0.444444, 0.5, 0.5, 0.4, 2.0, 1.0, 0.30103, 0.288675),
    ),
    "never together": (Joint(20, 25, 0, 100), (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, None, -0.288675)),
    "always together": (Joint(12, 12, 12, 60), (1.0, 1.0, 1.0, 1.0, 1.0, 5.0, 2.321928, 1.0, 1.0)),
}


@pytest.mark.parametrize(("joint", "expected"), GOLDEN.values(), ids=GOLDEN)
def test_coefficients_have_the_values_other_libraries_give(
    joint: Joint, expected: tuple[float | None, ...]
) -> None:
    assert coefficients(joint) == [pytest.approx(value, abs=1e-6) for value in expected]


def coefficients(joint: Joint) -> list[float | None]:
    return [
        *(joint.jaccard, joint.dice, joint.overlap, joint.b_given_a, joint.a_given_b),
        *(joint.lift, joint.pmi, joint.npmi, joint.phi),
    ]


@pytest.mark.parametrize(
    "joint", [Joint(0, 0, 0, 0), Joint(0, 0, 0, 9)], ids=["nothing at all", "neither code is used"]
)
def test_what_has_no_ground_is_undefined_not_zero(joint: Joint) -> None:
    assert coefficients(joint) == [None] * 9


def test_a_code_that_is_in_every_unit_has_no_phi_and_no_npmi_with_itself() -> None:
    joint = Joint(4, 4, 4, 4)
    assert (joint.phi, joint.npmi, joint.pmi) == (None, None, 0.0)


def test_repeated_overlaps_make_every_coefficient_undefined_and_keep_the_counts() -> None:
    long, short = segment("x", start=0, end=100), [segment(f"y{n}", code="y", start=n * 20) for n in range(3)]
    joint = pair([long, *short], "overlap").joint
    assert joint == Joint(1, 3, 3, 4)
    assert joint.repeated
    assert coefficients(joint) == [None] * 9


def test_frequencies_more_than_five_fold_apart_are_flagged() -> None:
    assert Joint(100, 10, 5, 400).skewed
    assert Joint(51, 10, 5, 400).skewed
    assert not Joint(50, 10, 5, 400).skewed
    assert not Joint(50, 0, 0, 400).skewed


def test_coder_rows_are_not_places() -> None:
    segments = [
        segment("1", coder="anna"),
        segment("2", coder="bjorn"),
        segment("3", code="y", coder="bjorn"),
    ]
    for unit in ("span", "overlap", "turn", "document"):
        assert pair(segments, unit).joint.n12 == 1, unit
    own = {
        coder: pair([s for s in segments if s.coding.coder == coder], "overlap").joint.n12
        for coder in ("anna", "bjorn")
    }
    assert own == {"anna": 0, "bjorn": 1}


def test_touching_is_not_overlapping() -> None:
    segments = [segment("1", start=0, end=5), segment("2", code="y", start=5, end=8)]
    assert pair(segments, "overlap").joint.n12 == 0


def test_one_shared_character_is_an_overlap() -> None:
    segments = [segment("1", start=0, end=6), segment("2", code="y", start=5, end=8)]
    assert pair(segments, "overlap").joint.n12 == 1
    assert pair(segments, "span").joint.n12 == 0


def test_a_pair_of_places_that_meets_both_ways_is_counted_once() -> None:
    """Both places carry both codes: two places with themselves and one pair between them."""
    segments = [
        segment(f"{place}{code}", code=code, start=place, end=place + 10) for place in (0, 5) for code in ("x", "y")
    ]
    assert pair(segments, "overlap").joint == Joint(2, 2, 3, 2)


def test_nothing_overlaps_across_documents_or_versions() -> None:
    across = [segment("1"), segment("2", code="y", document="d2"), segment("3", code="y", version=2)]
    assert pair(across, "overlap").joint.n12 == 0
    assert pair(across, "near:9").joint.n12 == 0


def test_sentence_and_turn_take_every_unit_that_is_touched() -> None:
    segments = [segment("1", start=5, end=15), segment("2", code="y", start=12, end=18), segment("3", start=40)]
    for unit in ("sentence", "turn"):
        assert pair(segments, unit).joint == Joint(n1=3, n2=1, n12=1, units=3), unit


def test_near_counts_turns_between_the_nearest_ends() -> None:
    segments = [segment("1", start=0, end=20), segment("2", code="y", start=40)]
    assert [pair(segments, f"near:{k}").joint.n12 for k in (0, 2, 3, 4)] == [0, 0, 1, 1]


def test_a_place_in_no_unit_counts_nowhere_and_is_said() -> None:
    segments = [segment("1", informant=None), segment("2", code="y", start=20)]
    result = counted(segments, "informant")
    assert (result.frequencies, result.units, result.without_unit) == ((0, 1), 1, 1)
    without_turns = cooccurrence(segments, unit_named("near:1"), (X, Y), units_of=lambda _: ())
    assert (without_turns.frequencies, without_turns.without_unit) == ((0, 0), 2)


def test_document_and_informant_are_units_over_everything_said_there() -> None:
    segments = [
        segment("1", document="d1", informant="I1"),
        segment("2", document="d1", start=90, code="y", informant="I2"),
        segment("3", document="d2", code="y", informant="I1"),
    ]
    assert pair(segments, "document").joint == Joint(1, 2, 1, 2)
    assert pair(segments, "informant").joint == Joint(1, 2, 1, 2)


def test_informants_beside_places_are_those_who_said_both() -> None:
    segments = [
        *(segment(f"{n}{code}", code=code, start=n * 10, informant="I1") for n in range(5) for code in ("x", "y")),
        segment("a", document="d2", informant="I2"),
        segment("b", document="d2", code="y", start=5, informant="I3"),
    ]
    met = pair(segments, "overlap")
    assert (met.joint.n12, met.informants) == (6, 1)
    assert pair(segments, "document").informants == 1


def test_one_coding_in_a_group_and_its_code_is_no_meeting() -> None:
    alone = [segment("1"), segment("2", coder="bjorn")]
    for unit in ("span", "overlap", "turn", "near:1", "document", "informant"):
        assert pair(alone, unit, X, GROUP).joint.n12 == 0, unit
    assert pair([*alone, segment("3", code="y")], "overlap", X, GROUP).joint.n12 == 1


def test_overlapping_places_of_one_code_do_not_make_it_meet_its_group() -> None:
    assert pair([segment("1"), segment("2", start=5)], "overlap", X, GROUP).joint.n12 == 0


def test_n_is_what_the_study_has_where_it_is_given() -> None:
    result = cooccurrence([segment("1")], unit_named("sentence"), (X, Y), units_of=turns_of_ten, units=400)
    assert result.pairs[0].joint.units == 400


def test_codes_outside_the_columns_make_units_too() -> None:
    assert pair([segment("1"), segment("2", code="z", start=20)], "span").joint.units == 2


def test_a_pair_opens_the_codings_behind_it() -> None:
    segments = [
        segment("x1"),
        segment("y1", code="y", start=5),
        segment("z1", code="z", start=5),
        segment("x2", start=50),
    ]
    met = codings_met(segments, unit_named("overlap"), X, Y)
    assert [s.coding.uid for s in met] == ["x1", "y1"]


def test_every_pair_is_listed_also_those_that_never_meet() -> None:
    pairs = counted([segment("1")], "span", X, Y, GROUP).pairs
    assert [(p.first.id, p.second.id) for p in pairs] == [("x", "y"), ("x", "group"), ("y", "group")]


@pytest.mark.parametrize(
    "name", ["span", "overlap", "sentence", "turn", "near:0", "near:12", "document", "informant"]
)
def test_a_unit_is_named_as_it_prints(name: str) -> None:
    assert str(unit_named(name)) == name


@pytest.mark.parametrize("name", ["", "near", "near:", "near:-1", "near:x", "near:²", "span:1", "paragraph"])
def test_another_unit_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="is not a unit of co-occurrence"):
        unit_named(name)


def test_units_of_is_needed_where_turns_or_sentences_are_counted() -> None:
    with pytest.raises(ValueError, match="near:2 needs units_of"):
        cooccurrence([segment("1")], Unit(UnitKind.NEAR, 2), (X, Y))
