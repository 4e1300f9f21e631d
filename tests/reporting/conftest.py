"""A small matrix with everything awkward in it: markup, control characters, formulas, quotes held back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qualcode.domain.matrix import Column, Matrix, Row, pivot
from qualcode.i18n import set_language
from qualcode.reporting.heading import Heading
from qualcode.reporting.quote import Quote, Quotes
from tests.reporting.samples import segment

HOSTILE = "=1+1 <script>alert('x')</script> \x1b[2J \u202e & \"q\" | `c`\nnext line"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language another test left behind."""
    set_language("en")
    yield
    set_language("en")


@pytest.fixture
def matrix() -> Matrix:
    segments = [
        segment("a", valence="-1", speaker="Kari"),
        segment("b", coder="bjorn", valence="1"),
        segment("c", start=20, informant="I2", valence="-1"),
        segment("d", code="y", start=40, informant=None, turn=None),
        segment("e", start=60, case=None),
    ]
    rows = [Row("A", "Ferry <b>"), Row("B", "=Sensors")]
    columns = [
        Column("x", "Risk", frozenset("x"), group="Barrier"),
        Column("y", "Trust & talk", frozenset("y"), group="Interaction"),
    ]
    return pivot(segments, rows, lambda s: () if s.case is None else (s.case,), columns)


@pytest.fixture
def heading() -> Heading:
    return Heading("Study <i>", "Barriers & cases", filter="side:demand", privacy="yellow (internal)")


@pytest.fixture
def quotes() -> Quotes:
    """`d` is held back."""

    def quote(uid: str, text: str, coder: str = "anna") -> Quote:
        return Quote(uid, text, "d1", 1, "Kari", "I1", "A", coder, ("Barrier", "Risk"), -1, "nb")

    return {
        "a": quote("a", HOSTILE),
        "b": quote("b", HOSTILE, "bjorn"),
        "c": quote("c", "Ja."),
        "e": quote("e", "Outside."),
    }
