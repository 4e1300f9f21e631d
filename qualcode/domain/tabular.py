"""Tables of answers, and how one cell is written.

What a cell is on paper is a contract with spreadsheets and scripts: several values joined by `|`, dates ISO 8601,
times in UTC with `Z`, booleans `true` and `false`, nothing where there is nothing, `NaN` for a number that is
undefined (R and pandas read it so).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isnan

Scalar = str | int | float | bool | date | None
Cell = Scalar | tuple[Scalar, ...]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_GUARD = "'"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers, ready for a screen, CSV or JSON."""

    headers: tuple[str, ...]
    """Stable ids in English: CSV headers and JSON keys that scripts rely on."""
    rows: Sequence[Sequence[Cell]]
    """Each as long as `headers`."""
    title: str = ""
    """Said above the table on a screen only, in the screen language."""
    labels: tuple[str, ...] = ()
    """What a screen shows instead of `headers`, in the screen language; empty: the headers."""
    free_text: frozenset[str] = frozenset()
    """The headers whose cells anybody may have written: in CSV they get the formula guard."""
    numeric: frozenset[str] = frozenset()
    """The headers whose columns are set like numbers although words or marks stand for some of them."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A table as long as the study has codings: its rows come one by one and once, and it is never held whole."""

    headers: tuple[str, ...]
    rows: Iterator[Sequence[Cell]]
    free_text: frozenset[str] = frozenset()


def guarded(text: str) -> str:
    """`text` with one `'` before it where a spreadsheet would run it as a formula (`= + - @`, tab, CR, or `'`).

    A leading `'` is guarded too, else `unguarded` could not tell a guard from a quotation mark of the text.
    """
    return _GUARD + text if text.startswith(_FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """The inverse of `guarded`: exactly one `'` taken off, and only where `guarded` would have put it.

    A `'` before an ordinary letter was written by somebody and stays.
    """
    if text.startswith(_GUARD) and text[1:].startswith(_FORMULA_STARTS):
        return text[1:]
    return text


def written(cell: Cell) -> str:
    """One cell as text."""
    match cell:
        case str():
            return str(cell)
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case tuple():
            return "|".join(written(value) for value in cell)
        case float() if isnan(cell):
            return "NaN"
        case datetime():
            return _in_utc(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _in_utc(moment: datetime) -> str:
    """A moment without a zone is taken as UTC: SQLite hands times back without theirs."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
