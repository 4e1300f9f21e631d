"""Which codings a selection chooses, for lists and for the filter of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import BadInput, BadQuery, NotFound
from qualcode.services import blinding, coding
from qualcode.services.selecting import Selection, matcher, select, select_shown
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, OLD, put


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = furnished(tmp_path / "study")
    put(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"}, memo="Said twice.")
    put(study, "one", HASTE, "haste")
    put(study, "two", OLD, "old-goods", case="south")
    study.act_as("bo")
    put(study, "two", FEAR, "fear", case="north")
    put(study, "two", HASTE, None)
    study.act_as("ada")
    return study


def chosen(study: Study, selection: Selection) -> list[tuple[str, str | None, str]]:
    return [(item.coding.document, item.coding.code, item.coding.coder) for item in select(study, selection)]


ONE_FEAR, ONE_HASTE = ("one", "fear", "ada"), ("one", "haste", "ada")
TWO_FEAR, TWO_BARE, TWO_OLD = ("two", "fear", "bo"), ("two", None, "bo"), ("two", "old-goods", "ada")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [ONE_FEAR, ONE_HASTE, TWO_FEAR, TWO_BARE, TWO_OLD]),
        (Selection(document="two", coder="bo"), [TWO_FEAR, TWO_BARE]),
        (Selection(code="barrier"), [ONE_FEAR, ONE_HASTE, TWO_FEAR]),
        (Selection(case="north"), [ONE_FEAR, ONE_HASTE, TWO_FEAR]),
        (Selection(case="south"), [TWO_OLD]),
        (Selection(speaker="K", code="effect"), [TWO_OLD]),
        (Selection(speaker="I"), []),
        (Selection(informant="kari", document="one"), [ONE_FEAR, ONE_HASTE]),
        (Selection(qualifiers={"certainty": "sure"}), [ONE_FEAR]),
        (Selection(qualifiers={"certainty": ""}, code="barrier"), [ONE_HASTE, TWO_FEAR]),
        (Selection(memo_only=True), [ONE_FEAR]),
        (Selection(lacking_only=True), [ONE_HASTE, TWO_FEAR]),
        (Selection(unplaced=True), []),
        (Selection(where=("code=fear with code=haste",)), [ONE_FEAR]),
        (Selection(where=("code=fear or code=haste", "not memo~said"), document="one"), [ONE_HASTE]),
        (Selection(where=("code=fear with code=",), coder="bo"), [TWO_FEAR]),
        (Selection(where=("code=fear with code=",), unplaced=True), []),
    ],
)
def test_a_coding_is_chosen_by_all_that_is_asked_together(
    study: Study, selection: Selection, expected: list[tuple[str, str | None, str]]
) -> None:
    assert chosen(study, selection) == expected


def test_the_segments_of_a_document_are_matched_without_being_read_again(study: Study) -> None:
    segments = coding.of_document(study, "two")
    matches = matcher(study, Selection(code="fear", coder="bo"))
    assert [item.coding.span for item in segments if matches(item)] == [FEAR]


def test_what_is_asked_is_told_in_words_for_a_heading(study: Study) -> None:
    selection = Selection(code="fear", qualifiers={"certainty": "sure"}, lacking_only=True, where=("a=b", "@c"))
    assert selection.conditions == ("code=fear", "certainty=sure", "lacking_only", "a=b", "@c")
    assert Selection().conditions == ()


def test_what_the_study_does_not_have_is_refused(study: Study) -> None:
    for selection in (Selection(document="x"), Selection(code="x"), Selection(coder="x"), Selection(case="x")):
        with pytest.raises(NotFound, match="'x'"):
            matcher(study, selection)
    with pytest.raises(BadInput, match="no qualifier 'x'"):
        matcher(study, Selection(qualifiers={"x": "1"}))
    with pytest.raises(BadInput, match="certainty has no value 'x'"):
        matcher(study, Selection(qualifiers={"certainty": "x"}))
    with pytest.raises(BadQuery, match="code has no value 'faer'"):
        matcher(study, Selection(where=("code=faer",)))


def test_what_is_hidden_from_a_blind_coder_is_not_shown(study: Study) -> None:
    blinding.set_blind(study, "two", True)
    shown = [item.coding.code for item in select_shown(study, Selection(document="two"))]
    assert shown == ["old-goods"]
    assert len(select(study, Selection(document="two"))) == 3


def test_what_is_hidden_from_a_blind_coder_is_no_neighbour_either(study: Study) -> None:
    """That something stands before one's own coding would say what the others did."""
    beside = Selection(where=("code=old-goods after coder=bo",))
    assert chosen(study, beside) == [TWO_OLD]
    assert len(select_shown(study, beside)) == 1
    blinding.set_blind(study, "two", True)
    assert select_shown(study, beside) == []
    assert not any(map(matcher(study, beside), coding.of_document(study, "two")))
    assert len(select(study, beside)) == 1
