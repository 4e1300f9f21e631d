from __future__ import annotations

import pytest

from qualcode.domain.matrix import CellKind, Matrix
from qualcode.reporting.heading import Heading
from qualcode.reporting.markdown import escaped, matrix_markdown
from qualcode.reporting.quote import Quotes


def test_a_matrix_in_markdown_says_whose_work_it_is_and_how_to_read_it(matrix: Matrix, heading: Heading) -> None:
    text = matrix_markdown(matrix, CellKind.INFORMANTS, heading)
    assert text.startswith(
        "# Barriers \\& cases\n\n**Privacy class: yellow (internal)**\n\n- Study: Study \\<i\\>\n"
    )
    assert "- Coders: anna, bjorn\n" in text
    assert "- Filter: side:demand\n" in text
    assert "- In all: 2 informants, 3 segments, 1 case, 4 codings\n" in text
    assert "- Outside the table: 1 coding\n- Without a case: 1 coding\n- Without an informant: 1 coding\n" in text
    assert "· means not mentioned." in text


def test_the_table_has_numbers_to_the_right_and_dots_for_what_is_not_mentioned(
    matrix: Matrix, heading: Heading
) -> None:
    text = matrix_markdown(matrix, CellKind.INFORMANTS, heading)
    assert (
        "|  | Risk | Trust \\& talk | Total |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| Ferry \\<b\\> | 2 | 0 | 2 |\n"
        "| =Sensors | · | · | · |\n"
        "| Total | 2 | 0 | 2 |\n"
    ) in text


def test_hostile_quotes_stay_in_their_cell(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    text = matrix_markdown(matrix, CellKind.QUOTES, heading, quotes)
    assert "<script>" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    (row,) = [line for line in text.split("\n") if line.startswith("| Ferry")]
    assert row.replace("\\|", "").count("|") == 5
    assert row.count("<br>") == 1


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("# not a title", "\\# not a title"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "\\1. not a list"),
        ("[link](http://x)", "\\[link\\](http://x)"),
        ("a | b", "a \\| b"),
        ("&nbsp;", "\\&nbsp;"),
        ("-1.5 is a number", "-1.5 is a number"),
    ],
)
def test_words_are_never_markup(words: str, shown: str) -> None:
    assert escaped(words) == shown
