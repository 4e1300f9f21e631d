"""The case and the informant of a coding, by the rules that all counts rest on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.coding import Coding, CodingStatus
from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT, case_of, informant_of, placed_segment
from qualcode.domain.span import Anchor, Span
from qualcode.domain.transcript import Turn

TURNS = (
    Turn(1, 0, 3, 10, "I"),
    Turn(2, 12, 18, 30, "Kari"),
    Turn(3, 32, 36, 40, "Ola"),
    Turn(4, 42, 48, 60, "Kari"),
)
SPEAKERS = {
    "I": Speaker("I", SpeakerRole.INTERVIEWER),
    "Kari": Speaker("Kari", SpeakerRole.INFORMANT, "kari"),
    "Ola": Speaker("Ola", SpeakerRole.INFORMANT, "ola"),
}


@pytest.mark.parametrize(
    ("own", "of_document", "case"),
    [
        (None, (), None),
        (None, ("north",), "north"),
        (None, ("north", "south"), None),
        ("south", ("north", "south"), "south"),
        ("south", ("north",), "south"),
        ("south", (), "south"),
    ],
)
def test_the_own_case_goes_before_the_documents_only_one(
    own: str | None, of_document: tuple[str, ...], case: str | None
) -> None:
    assert case_of(own, of_document) == case


@pytest.mark.parametrize(
    ("span", "informant"),
    [
        (Span(18, 30), "kari"),
        (Span(36, 40), "ola"),
        (Span(0, 10), None),
        (Span(10, 12), None),
        (Span(0, 19), "kari"),
        (Span(26, 40), "kari"),
        (Span(27, 40), "ola"),
        (Span(12, 18), None),
        (Span(30, 60), "kari"),
    ],
    ids=[
        "her words",
        "his words",
        "the interviewer's words",
        "between turns",
        "the interviewer's and one letter of hers",
        "a tie goes to the first",
        "one letter more of his",
        "a label without words",
        "the longer of two turns on either side",
    ],
)
def test_the_informant_is_whose_words_are_most_of_the_span(span: Span, informant: str | None) -> None:
    assert informant_of(span, TURNS, SPEAKERS) == informant


def test_a_label_that_is_mapped_to_nobody_gives_no_informant() -> None:
    nobody = SPEAKERS | {"Kari": Speaker("Kari", SpeakerRole.NONE)}
    del nobody["Ola"]
    assert informant_of(Span(0, 60), TURNS, nobody) is None


def test_a_document_without_turns_belongs_to_one_informant_or_to_none() -> None:
    whole = {WHOLE_DOCUMENT: Speaker(WHOLE_DOCUMENT, SpeakerRole.INFORMANT, "report")}
    assert informant_of(Span(0, 5), (), whole) == "report"
    assert informant_of(Span(0, 5), (), {}) is None


@given(st.integers(0, 59), st.integers(1, 60))
def test_the_informant_is_the_first_of_those_with_most_letters_counted_one_by_one(start: int, length: int) -> None:
    span = Span(start, start + length)
    letters = [sum(span.start <= at < span.end for at in range(turn.body_start, turn.end)) for turn in TURNS]
    candidates = [
        (-count, turn.number, SPEAKERS[turn.speaker].informant)
        for count, turn in zip(letters, TURNS, strict=True)
        if count and turn.speaker != "I"
    ]
    assert informant_of(span, TURNS, SPEAKERS) == (min(candidates)[2] if candidates else None)


def _coding(**changes: object) -> Coding:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    values: dict[str, object] = {"uid": "u", "document": "a", "version": 1, "span": Span(20, 25), "code": "fear"}
    values |= {"anchor": Anchor("", "x", ""), "coder": "ada", "created_at": now, "updated_at": now}
    return Coding(**(values | changes))  # pyright: ignore[reportArgumentType] - the fields of a coding


def test_a_placed_segment_has_case_informant_speaker_and_turn() -> None:
    placed = placed_segment(_coding(), TURNS, SPEAKERS, ("north",))
    assert (placed.case, placed.informant, placed.speaker, placed.turn) == ("north", "kari", "Kari", 2)
    outside = placed_segment(_coding(span=Span(10, 12)), TURNS, SPEAKERS, ())
    assert (outside.case, outside.informant, outside.speaker, outside.turn) == (None, None, "", None)
    asked = placed_segment(_coding(span=Span(4, 9), case="south"), TURNS, SPEAKERS, ("north",))
    assert (asked.case, asked.informant, asked.speaker, asked.turn) == ("south", None, "I", 1)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"code": None}, False),
        ({"placed": False}, False),
        ({"round": 2}, False),
        ({"status": CodingStatus.DISPUTED}, False),
    ],
)
def test_only_accepted_placed_first_codings_with_a_code_count(changes: dict[str, object], counts: bool) -> None:
    assert placed_segment(_coding(**changes), TURNS, SPEAKERS, ()).counts is counts
