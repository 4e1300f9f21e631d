"""Why nothing is coded: notes on codes hold for their subtree, notes lower down win."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.asked import Answers, Asked, Reason, Statement, by_informant, reason_of
from qualcode.domain.codebook import Code, Codebook, Theme

CODEBOOK = Codebook(
    id="q",
    version="1",
    languages=("en",),
    codes=(
        Code("barrier", None, {"en": "Barrier"}, assignable=False),
        Code("risk", "barrier", {"en": "Risk"}),
        Code("allocation", "risk", {"en": "Allocation"}),
        Code("haste", "barrier", {"en": "Haste"}),
        Code("old", "barrier", {"en": "Old"}, retired=True),
    ),
    themes=(Theme("fear", {"en": "Fear"}, codes=("risk",)),),
)
ASKED, NOT = Asked.ASKED, Asked.NOT_ASKED


def about(said: dict[str, Asked], column: str) -> Asked | None:
    codes = CODEBOOK.subtree(column) if column in CODEBOOK else CODEBOOK.members(CODEBOOK.themes[0])
    return Answers(CODEBOOK, said).about(column, codes)


@pytest.mark.parametrize(
    ("said", "column", "expected"),
    [
        ({}, "barrier", None),
        ({"barrier": NOT}, "allocation", NOT),
        ({"barrier": NOT, "risk": ASKED}, "allocation", ASKED),
        ({"barrier": NOT, "risk": ASKED}, "haste", NOT),
        ({"barrier": NOT, "risk": ASKED}, "barrier", ASKED),
        ({"risk": NOT}, "barrier", None),
        ({"risk": NOT, "haste": NOT}, "barrier", NOT),
        ({"risk": NOT}, "fear", NOT),
        ({"risk": NOT, "fear": ASKED}, "fear", ASKED),
        ({"fear": ASKED}, "risk", None),
    ],
)
def test_a_note_holds_for_the_subtree_unless_another_is_made_lower_down(
    said: dict[str, Asked], column: str, expected: Asked | None
) -> None:
    assert about(said, column) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], Reason.UNKNOWN),
        ([None], Reason.UNKNOWN),
        ([NOT, NOT], Reason.NOT_ASKED),
        ([NOT, None], Reason.UNKNOWN),
        ([NOT, None, ASKED], Reason.SILENT),
    ],
)
def test_one_informant_who_was_asked_makes_an_empty_row_silence(
    answers: list[Asked | None], expected: Reason
) -> None:
    assert reason_of(answers) is expected


@given(st.dictionaries(st.sampled_from(["barrier", "risk", "allocation", "haste"]), st.sampled_from(Asked)))
def test_a_parent_column_is_asked_wherever_one_below_it_is_and_not_asked_only_where_all_are(
    said: dict[str, Asked],
) -> None:
    leaves = [about(said, code) for code in ("allocation", "haste")]
    risk = Answers(CODEBOOK, said).about("risk", ["risk"])
    each = {*leaves, risk}
    expected = ASKED if ASKED in each else NOT if each == {NOT} else None
    assert about(said, "barrier") is expected


def test_notes_are_found_by_informant() -> None:
    notes = [Statement("kari", "risk", ASKED), Statement("ola", "risk", NOT), Statement("kari", "haste", NOT)]
    assert by_informant(notes) == {"kari": {"risk": ASKED, "haste": NOT}, "ola": {"risk": NOT}}
