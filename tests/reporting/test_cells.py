from __future__ import annotations

from fractions import Fraction

import pytest

from qualcode.domain.matrix import CellKind, Matrix
from qualcode.reporting.cells import cell_text, signed
from qualcode.reporting.quote import Quotes, quoted_places


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (CellKind.INFORMANTS, ["2", "0", "·", "·"]),
        (CellKind.SEGMENTS, ["2", "1", "·", "·"]),
        (CellKind.CASES, ["1", "1", "·", "·"]),
        (CellKind.VALENCE, ["-0.50", "undefined", "·", "·"]),
    ],
)
def test_a_cell_shows_what_its_kind_says_and_a_dot_where_nothing_is_coded(
    matrix: Matrix, kind: CellKind, texts: list[str]
) -> None:
    assert [cell_text(cell, kind) for cells in matrix.cells for cell in cells] == texts


def test_a_cell_of_quotes_has_one_line_per_place_with_its_source(matrix: Matrix, quotes: Quotes) -> None:
    first, second = cell_text(matrix.cells[0][0], CellKind.QUOTES, quotes).split("\n")
    assert first.startswith("“=1+1 <script>")
    assert first.endswith("| `c` next line” (d1, turn 1, I1, labelled Kari, A)")
    assert second == "“Ja.” (d1, turn 1, I2, labelled K, A)"


def test_words_held_back_show_only_their_place(matrix: Matrix, quotes: Quotes) -> None:
    expected = "(words held back) (d1, no informant, labelled K, A)"
    assert cell_text(matrix.cells[0][1], CellKind.QUOTES, quotes) == expected


def test_one_coding_that_holds_its_words_back_holds_back_the_place(matrix: Matrix, quotes: Quotes) -> None:
    places = quoted_places(matrix.cells[0][0].codings, {"a": quotes["a"], "c": quotes["c"]})
    assert [place.text for place in places] == [None, "Ja."]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 3), "+0.33"),
        (Fraction(-1), "-1.00"),
        (Fraction(0), "0.00"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(2, 3), "+0.67"),
    ],
)
def test_a_valence_has_a_sign_and_two_decimals(value: Fraction, text: str) -> None:
    assert signed(value) == text
