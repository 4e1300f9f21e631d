from __future__ import annotations

import pytest
from rich.cells import cell_len

from qualcode.tui.text.names import ending, fitted, short_names
from qualcode.tui.text.search import hits


def test_cut_speaker_labels_can_still_be_told_apart() -> None:
    short = short_names(["Informant 1", "Informant 2", "Int", "Intervjuer"], 3)
    assert short == {"Informant 1": "INF", "Informant 2": "IN2", "Int": "Int", "Intervjuer": "INT"}
    assert len(set(short.values())) == 4


def test_twelve_labels_alike_are_all_different() -> None:
    names = [f"Deltaker {number}" for number in range(12)]
    assert len(set(short_names(names, 3).values())) == 12


@pytest.mark.parametrize(("text", "width", "shown"), [
    ("Tillit", 8, "Tillit  "), ("Samfunnsverdi", 8, "Samfunn…"), ("한국어", 4, "한… "), ("ab", 1, "…"),
    ("ab", 0, ""),
])  # fmt: skip
def test_a_name_is_fitted_to_exactly_its_cells(text: str, width: int, shown: str) -> None:
    assert fitted(text, width) == shown
    assert cell_len(shown) == width


def test_search_ignores_case_and_bears_an_unfinished_expression() -> None:
    text = "Tillit er tillit."
    assert [(span.start, span.end) for span in hits(text, "TILLIT")] == [(0, 6), (10, 16)]
    assert [(span.start, span.end) for span in hits(text, r"t\w+t\b", regex=True)] == [(0, 6), (10, 16)]
    assert hits(text, "(till", regex=True) == []
    assert hits(text, "") == []
    assert hits(text, "x*", regex=True) == []
    assert [span.start for span in hits("a.b ab", "a.b")] == [0]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("og så", 8, "   og så"),
        ("satt oss ned", 9, " …oss ned"),
        ("日本語です", 6, " …です"),
        ("kort", 4, "kort"),
    ],
)
def test_what_leads_up_to_a_word_is_cut_at_its_beginning(text: str, width: int, shown: str) -> None:
    assert ending(text, width) == shown
