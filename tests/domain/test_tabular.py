from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.domain.tabular import Cell, guarded, unguarded, written

STARTS = "=+-@\t\r'"


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(STARTS)))
@example("''=1")
@example("'")
def test_taking_the_guard_off_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(st.sampled_from(STARTS + "a")))
def test_no_guarded_text_starts_a_formula(text: str) -> None:
    assert not guarded(text).startswith(tuple("=+-@\t\r"))


@pytest.mark.parametrize("start", STARTS)
def test_each_start_gets_one_guard(start: str) -> None:
    assert guarded(f"{start}x") == f"'{start}x"


@pytest.mark.parametrize("text", ["", "sitat", " =1", "«-»", "1-2"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


def test_a_quotation_mark_before_an_ordinary_letter_was_somebody_s_and_stays() -> None:
    assert unguarded("'twas") == "'twas"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (0.1, "0.1"),
        (("a", "b", 3), "a|b|3"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 12, 0, tzinfo=UTC), "2024-02-29T12:00:00Z"),
        (datetime(2024, 2, 29, 12, 0, tzinfo=timezone(timedelta(hours=2))), "2024-02-29T10:00:00Z"),
        (datetime(2024, 2, 29, 12, 0), "2024-02-29T12:00:00Z"),  # noqa: DTZ001 - as SQLite hands it back
    ],
)
def test_a_cell_is_written_one_way(cell: Cell, expected: str) -> None:
    assert written(cell) == expected
