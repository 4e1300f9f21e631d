"""Single cells of imported tables as numbers and words of a closed list, with an error that says what is wanted."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from qualcode.errors import N_, BadInput
from qualcode.formats.csv_rows import CsvRow

E = TypeVar("E", bound=StrEnum)


def number(row: CsvRow, column: str) -> int | None:
    """A whole number; None for an empty or missing cell. Raises BadInput."""
    if not row[column]:
        return None
    try:
        return int(row[column])
    except ValueError:
        raise BadInput(
            N_("{column} is {value!r}, not a whole number."),
            hint=N_("Correct or empty the cell."),
            column=column,
            value=row[column],
        ) from None


def fraction(row: CsvRow, column: str) -> float | None:
    """A number from 0 to 1; None for an empty or missing cell. Raises BadInput."""
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadInput(
            N_("{column} is {value!r}, not a number from 0 to 1."),
            hint=N_("Correct or empty the cell."),
            column=column,
            value=row[column],
        )
    return value


def member(kind: type[E], text: str, otherwise: E) -> E:
    """The member of `kind` that `text` names; `otherwise` for an empty cell. Raises BadInput."""
    if not text:
        return otherwise
    try:
        return kind(text)
    except ValueError:
        raise BadInput(
            N_("{value!r} is not known here."), hint=N_("One of {known}."), value=text, known=", ".join(kind)
        ) from None
