"""Tables as CSV: UTF-8, RFC 4180, with a guard on what anybody may have written."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from qualcode.domain.tabular import Cell, Table, guarded, written


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str = ","
    byte_order_mark: bool = False


RFC_4180 = Dialect()
EXCEL_NB = Dialect(delimiter=";", byte_order_mark=True)
"""Excel in Norwegian splits at semicolons and takes UTF-8 for granted only behind a byte order mark."""


def table_csv(table: Table, dialect: Dialect = RFC_4180, *, raw: bool = False) -> bytes:
    """`table` under its stable headers. `raw` leaves the formula guard off."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(table.headers)
    unguarded = [raw or header not in table.free_text for header in table.headers]
    for row in table.rows:
        writer.writerow([_cell(value, as_is) for value, as_is in zip(row, unguarded, strict=True)])
    return paper.getvalue().encode("utf-8-sig" if dialect.byte_order_mark else "utf-8")


def _cell(value: Cell, as_is: bool) -> str:
    text = written(value)
    return text if as_is else guarded(text)
