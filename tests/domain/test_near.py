from __future__ import annotations

import pytest

from qualcode.domain.near import nearest

KNOWN = ("risk", "svc", "south", "barrier-risk", "Ada")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("riks", "risk"), ("sought", "south"), ("barier-rsk", "barrier-risk"), ("ADA", "Ada"), ("svcc", "svc")],
)
def test_a_slip_of_the_fingers_finds_what_was_meant(word: str, meant: str) -> None:
    assert nearest(word, KNOWN) == [meant]


@pytest.mark.parametrize("word", ["nosuch", "s", "", "harbour", "value"])
def test_another_word_finds_nothing(word: str) -> None:
    assert nearest(word, KNOWN, at_most=3) == []


def test_the_nearest_come_first_and_no_more_than_asked_for() -> None:
    known = ["informant.side", "informant.size", "informants.side", "case"]
    assert nearest("informant.sidee", known, at_most=2) == ["informant.side", "informants.side"]
