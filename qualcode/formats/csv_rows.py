"""Tables that people bring: CSV from our own exports, from scripts, and from Excel in Norwegian.

The delimiter is the one of `;`, `,` and tab that splits the header and every row alike. Nothing is guessed by
`csv.Sniffer`, which chose a letter on a one-column file and failed on prose with commas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.tabular import unguarded
from qualcode.errors import N_, BadInput, Message
from qualcode.formats.encoding import MAX_BYTES, decode

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row by its headers; `line` is where it starts in the file, for messages."""

    line: int
    cells: Mapping[str, str]
    raw: bool = False
    """Written without the formula guard."""

    def __getitem__(self, header: str) -> str:
        """The cell, stripped of outer white space; empty where the column is missing."""
        return self.cells.get(header, "").strip()

    def verbatim(self, header: str) -> str:
        """A free-text cell as it was before the formula guard, if there is one; white space kept."""
        cell = self.cells.get(header, "")
        return cell if self.raw else unguarded(cell)


@dataclass(frozen=True, slots=True)
class CsvTable:
    headers: tuple[str, ...]
    rows: Sequence[CsvRow]
    warnings: tuple[Message, ...] = ()

    def require(self, *columns: str, name: str, hint: str) -> None:
        """Raises BadInput with this hint for the first of `columns` that is not there; `name` is the file's."""
        for column in columns:
            if column not in self.headers:
                raise BadInput(N_("{file}: the column {column} is missing."), hint=hint, file=name, column=column)


def read_csv(content: bytes, *, name: str, raw: bool = False) -> CsvTable:
    """The rows of a CSV file; `raw` takes free text as it stands, without taking a formula guard off.

    Raises BadInput, with the line, where rows and header do not fit.
    """
    decoded = decode(content, name=name)
    csv.field_size_limit(MAX_BYTES)
    delimiter = _delimiter(decoded.text)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    try:
        headers = _headers(next(reader), name)
        rows = list(_rows(reader, headers, name, raw))
    except csv.Error as error:
        raise BadInput(
            N_("{file}, line {line}: not CSV: {reason}."),
            hint=N_("Look for an unclosed quotation mark."),
            file=name,
            line=reader.line_num,
            reason=str(error),
        ) from None
    return CsvTable(headers, rows, decoded.warnings)


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _headers(cells: list[str], name: str) -> tuple[str, ...]:
    headers = tuple(cell.strip() for cell in cells)
    doubled = {header for header in headers if headers.count(header) > 1}
    if doubled:
        raise BadInput(
            N_("{file}: the column {column!r} stands twice in the header."),
            hint=N_("Rename one of them."),
            file=name,
            column=min(doubled),
        )
    return headers


def _rows(reader: Iterator[list[str]], headers: tuple[str, ...], name: str, raw: bool) -> Iterator[CsvRow]:
    line = 2
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) != len(headers):
                raise BadInput(
                    N_("{file}, line {line}: {found} cells where the header has {wanted}."),
                    hint=N_("Look for a missing or an unquoted separator."),
                    file=name,
                    line=line,
                    found=len(cells),
                    wanted=len(headers),
                )
            yield CsvRow(line, dict(zip(headers, cells, strict=True)), raw)
        line = getattr(reader, "line_num", line) + 1
